"""Gives each row that a page names the candidates of its cells, by the numbers that a reading gives it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from nlp.form.form import Row
from nlp.form.sums import total_holds
from nlp.tables.cell_writer import CellWriter
from nlp.tables.columns.candidates import ABSENT, OPEN, Candidate, differing, tokens_of
from nlp.tables.columns.column_assignment import assign_columns
from nlp.tables.columns.displaced import is_overprinted
from nlp.tables.columns.grid import Grid, gaps_of, headed
from nlp.tables.labels.header_orders import Order
from nlp.tables.own_numbers import OwnNumbers
from nlp.tables.page.runs import Run, numbers_of
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Reading
from nlp.tables.table_page import TablePage
from nlp.tables.unread_cells import has_words_for_numbers, is_end_of_page, is_number_unread


class RowCandidates:
    """The candidates of the rows of one reading of a table.

    `behind_labels` are the numbers that stand behind each row's label, whatever the reading gives it.
    """

    def __init__(
        self, page: TablePage, reading: Reading, behind_labels: Mapping[str, Run], writer: CellWriter
    ) -> None:
        self.page, self.reading, self.writer, self.table = page, reading, writer, writer.table
        self.own_numbers = OwnNumbers(page, reading, behind_labels)
        matches = page.matches
        self.labels = {*(match.first for match in matches.rows), *matches.groups, *dict(matches.columns)}
        self.grids = _grids(page, reading, writer.table.rows)

    def of(self, row: Row) -> list[Candidate]:
        """Return the candidates of a row: open where its numbers may not be its own, or were not all read.

        So are those for which the reading leaves other numbers, or the page another order of its columns.
        """
        match, run = self.reading.matches[row.id], self.reading.runs[row.id]
        grid = self.grids[len(row.columns)]
        if not run and is_end_of_page(self.page, match):
            return [ABSENT] * len(row.columns)
        is_unread = is_number_unread(self.page, match, run, self.labels)
        is_unread = is_unread or has_words_for_numbers(self.page, match, run, self.labels, grid)
        if is_unread or is_overprinted(run) or not self.own_numbers.has_its_own(row):
            return [OPEN] * len(row.columns)
        label = self.page.tokens[match.last]
        candidates = self._assigned(row, label, run, grid)
        for other in self.reading.alternatives.get(row.id, ()):
            candidates = differing(candidates, self._assigned(row, label, other, grid))
        for order in self.page.other_orders.get(row.id, ()):
            if len(order) == len(candidates) or not self._stand_under_headers(candidates, row):
                candidates = differing(candidates, _in_order(candidates, order, row.columns))
        return candidates

    def _assigned(self, row: Row, label: Token, run: Run, grid: Grid) -> list[Candidate]:
        """Return the candidates of a row's columns, were a run its numbers."""

        def holds(tokens: Sequence[Token | None]) -> bool | None:
            values = []
            for token, id in zip(tokens, row.columns, strict=True):
                values.append(self.writer.value(token, row.id, self.table.column[id]))
            return total_holds(self.table.sums_of(row.columns), values)

        return assign_columns(label, run, len(row.columns), grid, holds)

    def _stand_under_headers(self, candidates: Sequence[Candidate], row: Row) -> bool:
        """Return whether a row's numbers stand in the delimited cells of their columns' headers."""
        headers = [(column, self.page.tokens[at]) for at, column in self.page.matches.columns]
        under = {(column, header.cell, header.cells) for column, header in headers if header.cell >= 0}
        numbers = zip(row.columns, tokens_of(candidates), strict=True)
        return under.issuperset((column, token.cell, token.cells) for column, token in numbers if token)


def _in_order(candidates: Sequence[Candidate], order: Order, columns: Sequence[str]) -> list[Candidate]:
    """Return the candidates of some columns as they would be if these stood in another order.

    Among more columns, some of which the form lacks, each number may stand in any of them.
    """
    if len(order) != len(candidates):
        return [Candidate.any_of((*tokens_of(candidates), None))] * len(candidates)
    candidate_of = dict(zip(order, candidates, strict=True))
    return [candidate_of.get(column, known) for column, known in zip(columns, candidates, strict=True)]


def _grids(page: TablePage, reading: Reading, rows: Sequence[Row]) -> dict[int, Grid]:
    """Return what the rows of each number of columns show of where columns stand."""
    columns_of = {row.id: row.columns for row in rows}
    of_width: dict[int, list[tuple[Token, list[Token]]]] = {}
    for id, run in reading.runs.items():
        label, numbers = page.tokens[reading.matches[id].last], numbers_of(run)
        of_width.setdefault(len(columns_of[id]), []).append((label, numbers))
    gapped = gaps_of((numbers, width) for width, pairs in of_width.items() for _, numbers in pairs)
    headers = page.matches.columns
    repeating = _repeats(page.tokens, {*page.matches.groups, *dict(headers)})
    wrapped = any(page.tokens[match.first].line < page.tokens[match.last].line for match in page.matches.rows)
    grids = {}
    for width, pairs in of_width.items():
        filled = [(label, numbers) for label, numbers in pairs if numbers]
        orders = [columns for columns in columns_of.values() if len(columns) == width]
        starts = headed(page.tokens, headers, orders)
        grids[width] = Grid(filled, width, page.lines, repeating, gapped, starts, wrapped)
    return grids


def _repeats(tokens: Sequence[Token], headers: set[int]) -> bool:
    """Tell whether a page's tool fills every column of a merged cell, as it does labels and headers.

    `headers` are the places of the labels of groups and columns among the tokens.
    """
    labels = [tokens[at] for at in sorted(headers)]
    return any(one.line == two.line and one.text == two.text for one, two in pairwise(labels))
