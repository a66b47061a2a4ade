"""Tells whether the numbers that a reading gives to rows may be those of other rows."""

from __future__ import annotations

from collections.abc import Mapping

from nlp.form.form import Row
from nlp.form.sums import adds_up
from nlp.tables.columns.displaced import are_displaced
from nlp.tables.on_lines import are_on_one_line
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run, numbers_in, numbers_of, texts
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Manner, Reading
from nlp.tables.table_page import TablePage

_LOST = 4
"""From so many numbers without a row and rows without numbers on, a table without sums has no rows."""


class OwnNumbers:
    """Tells which rows of a reading have their own numbers.

    `behind_labels` are the numbers that stand behind each row's label, whatever the reading gives it.
    """

    def __init__(self, page: TablePage, reading: Reading, behind_labels: Mapping[str, Run]) -> None:
        self.page, self.reading, self.table = page, reading, page.table
        self.behind_labels = behind_labels
        self.are_settled = reading.settled
        self.are_rows_together = not self.are_settled and reading.keeps_rows_together(page.table)
        self.displaced = reading.surplus > 0 or self._are_displaced()

    def has_its_own(self, row: Row) -> bool:
        """Tell whether a row has its own numbers, as all have that have just theirs behind their labels.

        One on its label's line may lack those that no row has, on the lines beside it, where no sum tells: a
        cell of several lines. Any other may have numbers of others, or lack some that others have.
        """
        if self.are_settled:
            return True
        run = self.reading.runs[row.id]
        if self.reading.on_one_line(row.id, self.page.tokens):
            lacks_some = numbers_in(run) < len(row.columns) and not self.table.down
            return not (lacks_some and self._is_number_beside(row))
        if self.are_rows_together and self._is_full(row.id):
            return True
        if self._rows_are_scattered() or self._may_have_anothers(row):
            return False
        if not self._is_full(row.id):
            return not self.displaced or len(run) >= len(row.columns)
        if not self.displaced and self.reading.manner is not Manner.PIECEMEAL:
            return True
        values = [count(token) or 0 for token in numbers_of(run)]
        return adds_up(self.table.sums_of(row.columns), values)

    def _is_full(self, row: str) -> bool:
        """Tell whether a row has as many numbers as columns."""
        return numbers_in(self.reading.runs[row]) == len(self.table.row[row].columns)

    def _is_number_beside(self, row: Row) -> bool:
        """Return whether a number of no row, or one too many, is on the line above or below a row's label."""
        line = self.page.tokens[self.reading.matches[row.id].last].line
        numbers = [*self.reading.unassigned, *self._numbers_too_many()]
        return any(abs(token.line - line) == 1 for token in numbers)

    def _numbers_too_many(self) -> list[Token]:
        """Return the numbers behind the rows' labels for which the rows have no column."""
        too_many: list[Token] = []
        for id, run in self.reading.runs.items():
            printed = numbers_of(run)
            too_many += printed[len(self.table.row[id].columns) :]
        return too_many

    def _rows_are_scattered(self) -> bool:
        """Tell whether rows that do not share a line with their numbers are no rows."""
        reading = self.reading
        empty = sum(not numbers_in(run) for run in reading.runs.values())
        is_lost = reading.surplus > 0 and reading.surplus + empty >= _LOST
        return reading.scattered or (is_lost and not self.table.down)

    def _may_have_anothers(self, row: Row) -> bool:
        """Tell whether a row's numbers may be another's, in a table whose rows do not all fit.

        Those behind its own label, up to the next one, are its own, and so is a whole line of them. A row
        without numbers may have lost them to others that took theirs from anywhere; where no row has any, nor
        an empty cell, they are not here (四 may be left blank).
        """
        runs = self.reading.runs
        if not any(runs.values()):
            return not self.table.one_row and (
                bool(self.reading.unassigned) or self.page.page.has_unread_number()
            )
        if self.reading.manner is not Manner.NEARBY:
            return False
        is_whole_line = self._is_full(row.id) and are_on_one_line(runs[row.id])
        all_fit = not self.reading.surplus and all(map(self._is_full, runs))
        if all_fit or (is_whole_line and len(row.columns) > 1):
            return False
        elsewhere = {id for id, run in runs.items() if texts(run) != texts(self.behind_labels.get(id, ()))}
        return row.id in elsewhere if numbers_in(runs[row.id]) else len(elsewhere) > 0

    def _are_displaced(self) -> bool:
        """Tell whether the sums of the columns say that numbers stand at other rows than their own."""
        if self.are_settled or not self.table.down:
            return False
        return are_displaced(self.reading, self.table)
