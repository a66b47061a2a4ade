"""Turns the reading of a table's rows into cells, and doubts those that may not be their rows' own."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise

from nlp.form.form import Row
from nlp.form.sums import total_holds
from nlp.record.model import TableCells
from nlp.tables.cell_writer import CellWriter, FilledRow
from nlp.tables.circumstances import Label, Setting
from nlp.tables.columns.candidates import (
    ABSENT,
    OPEN,
    Candidate,
    differing,
    in_doubt,
    tokens_of,
    without_totals,
)
from nlp.tables.columns.column_assignment import assign_columns
from nlp.tables.columns.displaced import is_overprinted
from nlp.tables.columns.grid import Grid, gaps_of, headed
from nlp.tables.columns.shared_cells import shared_cells, with_shared_cells_open
from nlp.tables.columns.shifted_rows import with_shifted_rows_open
from nlp.tables.labels.header_orders import Order
from nlp.tables.labels.row_matches import RowMatch
from nlp.tables.layouts import unsegmented
from nlp.tables.own_numbers import OwnNumbers
from nlp.tables.page.brackets import REMARK
from nlp.tables.page.remarks import is_contradicted
from nlp.tables.page.runs import Run, numbers_in
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Manner, Reading
from nlp.tables.solver.digit_cuts import ANY
from nlp.tables.table_page import TablePage
from nlp.text.cell_text import LONGEST_NUMBER, Content, read_cell

_NUMBER_AT_END = re.compile(r"\s\d+\W?$")
_MUCH = 0.9
"""From this similarity on a row's label is much alike that of the form."""


class ReadingWriter:
    """Writes the rows of one reading of a table.

    `behind_labels` are the numbers that stand behind each row's label, whatever the reading gives it.
    """

    def __init__(
        self,
        page: TablePage,
        reading: Reading,
        behind_labels: Mapping[str, Run],
        writer: CellWriter,
    ) -> None:
        self.table, self.page, self.reading = writer.table, page, reading
        self.behind_labels = behind_labels
        self.writer = writer

    def cells(self) -> TableCells:
        """Return the cells of every row of the form, of optional ones where the page names them."""
        if self.reading.manner is Manner.BY_CELL:
            return self._cells_of_columns()
        grids = self._grids()
        own_numbers = OwnNumbers(self.page, self.reading, self.behind_labels)
        is_unsegmented = self.page.region.unsegmented
        strings = unsegmented.strings(self.page.tokens, self.reading, self.table, is_unsegmented)
        blanks = self.page.page.blanks if is_unsegmented else ANY
        segmented = unsegmented.segmented_rows(self.table, strings, blanks)
        is_run_uncut = self._is_run_uncut(strings, segmented)
        candidates: dict[str, list[Candidate]] = {}
        for row in self.table.rows:
            run = self.reading.runs.get(row.id)
            if run == () and is_run_uncut:
                candidates[row.id] = [OPEN] * len(row.columns)
            elif row.id in strings:
                candidates[row.id] = self._string(row, segmented)
            elif run is not None:
                candidates[row.id] = self._row(row, run, grids, own_numbers)
            elif not row.optional:
                candidates[row.id] = [ABSENT] * len(row.columns)
        return self._written(self._with_doubtful_totals(candidates))

    def _cells_of_columns(self) -> TableCells:
        """Return the cells of a reading that tells their columns itself, the rows as the page has them."""
        candidates: dict[str, list[Candidate]] = {}
        for id in dict.fromkeys([*self.page.table.row, *self.table.row]):
            row = self.table.row[id]
            of_row = self.reading.cells.get(id, {})
            if of_row or not row.optional:
                candidates[id] = [of_row.get(column, ABSENT) for column in row.columns]
        return self._written(candidates)

    def _written(self, candidates: Mapping[str, list[Candidate]]) -> TableCells:
        """Return the cells of rows, given their candidates."""
        candidates = with_shifted_rows_open(candidates, self.table)
        columns = {id: self.table.row[id].columns for id in candidates}
        label_lines = {id: self.page.tokens[match.last].line for id, match in self.reading.matches.items()}
        shared = shared_cells(self.page.page.given, self.page.lines)
        filled = []
        for id, opened in with_shared_cells_open(candidates, columns, label_lines, shared).items():
            row = self.table.row[id]
            filled.append(FilledRow(row, self._without_unsure(row, opened), self._setting(row)))
        return self.writer.rows(filled)

    def _with_doubtful_totals(self, rows: dict[str, list[Candidate]]) -> dict[str, list[Candidate]]:
        """Return rows with blank totals in doubt where a number of the page may be one of them."""
        total = self.table.total
        columns = self.table.rows[0].columns
        is_in_all = {row.columns for row in self.table.rows} == {columns}
        if total not in columns or not is_in_all:
            return rows
        place = columns.index(total)
        lacking = without_totals(place, rows)
        if not lacking or not self.page.page.has_unread_number():
            return rows
        doubtful = dict(rows)
        for id in lacking:
            of_row = rows[id]
            doubtful[id] = [*of_row[:place], *in_doubt([of_row[place]]), *of_row[place + 1 :]]
        return doubtful

    def _setting(self, row: Row) -> Setting:
        """Return how a row was read."""
        reading = self.reading
        if reading.manner is Manner.BY_CELL:
            return Setting(reading.layout)
        bare = not any(reading.runs.values())
        return Setting(reading.layout, self._label(row), reading.unsure, reading.surplus > 0, bare)

    def _label(self, row: Row) -> Label:
        """Return how a row's label was recognised."""
        match = self.reading.matches.get(row.id)
        if match is None or match.similarity == 1.0:
            return "exact"
        if self._in_turn(row):
            return "in turn"
        return "much alike" if match.similarity >= _MUCH else "alike"

    def _grids(self) -> dict[int, Grid]:
        """Return what the rows of each number of columns show of where columns stand."""
        rows: dict[int, list[tuple[Token, Run]]] = {}
        for id, run in self.reading.runs.items():
            label = self.page.tokens[self.reading.matches[id].last]
            rows.setdefault(len(self.table.row[id].columns), []).append((label, run))
        gapped = gaps_of((run, width) for width, pairs in rows.items() for _, run in pairs)
        repeating, wrapped = self._repeats(), self._has_wrapped_labels()
        grids = {}
        for width, pairs in rows.items():
            orders = [row.columns for row in self.table.rows if len(row.columns) == width]
            headers = headed(self.page.tokens, self.page.matches.columns, orders)
            grids[width] = Grid(pairs, width, self.page.lines, repeating, gapped, headers, wrapped)
        return grids

    def _has_wrapped_labels(self) -> bool:
        """Tell whether the label of a row goes on on another line."""
        tokens = self.page.tokens
        return any(tokens[match.first].line < tokens[match.last].line for match in self.page.matches.rows)

    def _repeats(self) -> bool:
        """Tell whether the page's tool fills every column of a merged cell, as it does labels and headers."""
        places = sorted({*self.page.matches.groups, *(at for at, _ in self.page.matches.columns)})
        labels = [self.page.tokens[at] for at in places]
        return any(one.line == two.line and one.text == two.text for one, two in pairwise(labels))

    def _row(self, row: Row, run: Run, grids: dict[int, Grid], own_numbers: OwnNumbers) -> list[Candidate]:
        """Return the candidates of a row that the page names, by the numbers that the reading gives it."""
        match = self.reading.matches[row.id]
        if not run and self._is_end_of_page(match):
            return [ABSENT] * len(row.columns)
        is_unread = self._is_cell_unread(match) or self._has_words_for_numbers(row, grids[len(row.columns)])
        if is_unread or is_overprinted(run) or not own_numbers.has_its_own(row):
            return [OPEN] * len(row.columns)
        label = self.page.tokens[match.last]
        candidates = self._candidates(row, label, run, grids)
        for other in self.reading.alternatives.get(row.id, ()):
            candidates = differing(candidates, self._candidates(row, label, other, grids))
        for order in self.page.other_orders.get(row.id, ()):
            if len(order) == len(candidates) or not self._stand_under_headers(candidates, row):
                candidates = differing(candidates, _in_order(candidates, order, row.columns))
        return candidates

    def _without_unsure(self, row: Row, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Return candidates, open where headers above name nothing of the form, or a remark contradicts."""
        lacking = self.page.strange.lacking
        sure = []
        for column, candidate in zip(row.columns, candidates, strict=True):
            token = candidate.token
            is_unsure = token is not None and (
                not lacking.isdisjoint((column, row.id))
                or is_contradicted(token, self.page.lines[token.line - 1])
            )
            sure.append(Candidate.any_of((token, None)) if is_unsure else candidate)
        return sure

    def _stand_under_headers(self, candidates: Sequence[Candidate], row: Row) -> bool:
        """Return whether a row's numbers stand in the delimited cells of their columns' headers."""
        headers = [(column, self.page.tokens[at]) for at, column in self.page.matches.columns]
        under = {(column, header.cell, header.cells) for column, header in headers if header.cell >= 0}
        numbers = zip(row.columns, tokens_of(candidates), strict=True)
        return under.issuperset((column, token.cell, token.cells) for column, token in numbers if token)

    def _is_cell_unread(self, match: RowMatch) -> bool:
        """Return whether a number that the row prints was read as none.

        It may be the first text behind the row's label (`(2)`, `1.5.1`), or the label's end (`行政许可 7,`).
        """
        label = self.page.tokens[match.last].text
        if not numbers_in(self.reading.runs[match.row]) and _NUMBER_AT_END.search(label):
            return True
        behind = self.page.tokens[match.last + 1 :]
        text = next((token.text for token in behind if token.kind is Kind.TEXT), "")
        return read_cell(text).content in (Content.NUMBER, Content.UNREADABLE)

    def _has_words_for_numbers(self, row: Row, grid: Grid) -> bool:
        """Return whether a row that lacks numbers has words in the cells beside its label: `####`, `见附件`.

        A remark in brackets is none. Behind another label of the form no cell is this row's.
        """
        matches, match = self.page.matches, self.reading.matches[row.id]
        label = self.page.tokens[match.last]
        if label.cells < 2 or numbers_in(self.reading.runs[row.id]) >= len(row.columns):
            return False
        first = grid.start(label.cells, label.cell) or label.cell + 1
        named = {*(other.first for other in matches.rows), *matches.groups, *dict(matches.columns)}
        for at, token in enumerate(self.page.tokens[match.last + 1 :], match.last + 1):
            if at in named or token.line != label.line:
                return False
            is_in_cell = first <= token.cell < first + len(row.columns)
            if token.kind is Kind.TEXT and is_in_cell and not REMARK.fullmatch(token.text):
                return True
        return False

    def _is_end_of_page(self, match: RowMatch) -> bool:
        """Return whether the page ends behind a label."""
        if match.last != len(self.page.tokens) - 1:
            return False
        line = self.page.tokens[match.last].line
        return all(behind.blank for behind in self.page.lines[line:])

    def _string(self, row: Row, filled: Mapping[str, list[Candidate]]) -> list[Candidate]:
        """Return the candidates of a row that nothing parts."""
        may_be_lost = self.reading.surplus > 0 and not self.reading.runs[row.id]
        if may_be_lost or row.id in self.reading.alternatives:
            return [OPEN] * len(row.columns)
        return filled.get(row.id, [OPEN] * len(row.columns))

    def _is_run_uncut(self, strings: Mapping[str, Token], filled: Mapping[str, list[Candidate]]) -> bool:
        """Tell whether a row has digits that are not just its own cells: those of other rows as well."""
        uncut = {id: run for id, run in self.reading.runs.items() if run and id not in filled}
        is_too_long = any(len(token.text) > LONGEST_NUMBER for run in uncut.values() for token in run)
        return is_too_long or not strings.keys().isdisjoint(uncut)

    def _in_turn(self, row: Row) -> bool:
        """Tell whether a row stands between those that stand around it in the form: then no other fits."""
        named = [match.row for match in self.page.matches.rows]
        known = [one.id for one in self.table.rows if one is row or not one.optional]
        return _around(row.id, named) == _around(row.id, known)

    def _candidates(self, row: Row, label: Token, run: Run, grids: dict[int, Grid]) -> list[Candidate]:
        width = len(row.columns)
        return assign_columns(label, run, width, grids[width], lambda read: self._holds(row, read))

    def _holds(self, row: Row, read: Sequence[Token | None]) -> bool | None:
        columns = (self.table.column[id] for id in row.columns)
        values = [
            self.writer.value(token, row.id, column) for token, column in zip(read, columns, strict=True)
        ]
        return total_holds(self.table.sums_of(row.columns), values)


def _in_order(candidates: Sequence[Candidate], order: Order, columns: Sequence[str]) -> list[Candidate]:
    """Return the candidates of some columns as they would be if these stood in another order.

    Among more columns, some of which the form lacks, each number may stand in any of them.
    """
    if len(order) != len(candidates):
        return [Candidate.any_of((*tokens_of(candidates), None))] * len(candidates)
    candidate_of = dict(zip(order, candidates, strict=True))
    return [candidate_of.get(column, known) for column, known in zip(columns, candidates, strict=True)]


def _around(row: str, rows: Sequence[str]) -> Sequence[str]:
    """Return a row with its neighbours."""
    at = rows.index(row)
    return rows[max(0, at - 1) : at + 2]
