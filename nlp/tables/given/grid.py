"""The grid of a table with given cells: the text of each cell and the tokens in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.form.labels.index import owners
from nlp.form.labels.normalised import parts
from nlp.reading.document import GivenCell, GivenTable
from nlp.tables.page.tokens import Kind, Token, tokens
from nlp.text.cells import PLACEHOLDERS
from nlp.text.folding import filled
from nlp.text.lines import Line

_LONGEST_LABEL = 80
"""In characters: no label of the form is longer."""
_MOST_FIELDS = 50_000
"""A table whose cells cover more fields of its grid is no table of the form."""


class GridCell(Struct, frozen=True, gc=False):
    """A cell in the grid of its table, and what it holds.

    - `text`: its folded text without white space at its ends; `enumerator`, `key`: the parts of the label.
    - `filling`: the number, the placeholder or the emptiness that it holds, where it holds nothing else but
      a remark in brackets behind a number; None for labels and for cells that cannot be read.
    - `tokens`: all tokens in it.
    """

    row: int
    column: int
    row_span: int
    column_span: int
    text: str
    enumerator: str
    key: str
    filling: Token | None
    tokens: tuple[Token, ...]

    @property
    def end_column(self) -> int:
        """The first column behind it."""
        return self.column + self.column_span

    @property
    def is_empty(self) -> bool:
        """Whether it holds nothing."""
        return self.filling is not None and self.filling.kind is Kind.EMPTY

    @property
    def is_label(self) -> bool:
        """Whether it holds words and no number."""
        return self.filling is None and all(token.kind is Kind.TEXT for token in self.tokens)

    @property
    def numbers(self) -> list[Token]:
        """The numbers and placeholders in it, those among words included."""
        return [token for token in self.tokens if token.kind in (Kind.VALUE, Kind.PLACEHOLDER)]

    def overlaps(self, first: int, end: int) -> bool:
        """Return whether it covers some of the columns from `first` up to `end`, excluded."""
        return self.column < end and first < self.end_column


class Grid(Struct, frozen=True, gc=False):
    """A table by rows: `covering` are the cells that cover each row, from the left.

    `page_breaks` are the rows that begin a page; `is_own` says whether it holds a label that only the form's
    table which is looked for has.
    """

    covering: list[list[GridCell]]
    page_breaks: tuple[int, ...] = ()
    is_own: bool = True

    def beginning(self, row: int) -> list[GridCell]:
        """Return the cells that begin in a row."""
        return [cell for cell in self.covering[row] if cell.row == row]

    def end_of(self, row: int) -> int:
        """Return the first column behind the last cell of a row."""
        return max((cell.end_column for cell in self.covering[row]), default=0)

    def is_whole(self, row: int, first: int, end: int) -> bool:
        """Return whether the cells of a row cover the columns from `first` on without gap and end at `end`.

        Where they do not, a cell is missing or spans too many rows or columns, and others are moved.
        """
        place = first
        for cell in self.covering[row]:
            if cell.end_column <= first:
                continue
            if cell.column != place and not (place == first and cell.column < first):
                return False
            place = cell.end_column
        return place == end

    def above(self, cell: GridCell) -> Iterator[GridCell]:
        """Yield the cells above a cell that cover all of its columns, the nearest first, each once."""
        last = None
        for row in range(cell.row - 1, -1, -1):
            for other in self.covering[row]:
                covers = other.column <= cell.column and cell.end_column <= other.end_column
                if covers and other is not last:
                    last = other
                    yield other


def grids(tables: Sequence[GivenTable], lines: Sequence[Line], table_id: str) -> Iterator[Grid]:
    """Yield the grids of the tables that hold a label which only one table of the form has.

    The table behind such a one is yielded as well: a page may end between headers and values. `lines` are
    those of the document, `table_id` is the id of the form's table.
    """
    starts = [line.start for line in lines]
    tokens_of: dict[int, list[Token]] = {}
    is_behind_own = False
    for table in tables:
        is_own = _has_own_label(table, lines, starts, table_id)
        is_behind_own, is_wanted = is_own, is_own or is_behind_own
        if not is_wanted:
            continue
        rows = len(table.rows)
        cells = [cell for row in table.rows for cell in row]
        fields = sum(min(cell.row_span, rows - cell.row) * cell.column_span for cell in cells)
        if fields > _MOST_FIELDS or not lines:
            continue
        covering: list[list[GridCell]] = [[] for _ in range(rows)]
        for given in cells:
            n = bisect_right(starts, given.start) - 1
            if n not in tokens_of:
                tokens_of[n] = tokens(lines[n])
            cell = _cell(given, lines[n], tokens_of[n])
            for row in range(given.row, min(given.row + given.row_span, rows)):
                covering[row].append(cell)
        for covering_row in covering:
            covering_row.sort(key=lambda cell: cell.column)
        yield Grid(covering, table.page_breaks, is_own)


def _has_own_label(table: GivenTable, lines: Sequence[Line], starts: Sequence[int], table_id: str) -> bool:
    """Return whether a table holds a label that only one table of the form has.

    `starts` are the positions in the text at which `lines` begin.
    """
    for row in table.rows:
        for given in row:
            if not 1 < given.end - given.start <= _LONGEST_LABEL:
                continue
            line = lines[bisect_right(starts, given.start) - 1]
            text = line.folded[given.start - line.start : given.end - line.start]
            if text.isdecimal():
                continue
            enumerator, key = parts(text)
            if owners().get(key) == table_id or owners().get(enumerator + key) == table_id:
                return True
    return False


def _cell(given: GivenCell, line: Line, tokens_of_line: Sequence[Token]) -> GridCell:
    start, end = given.start - line.start, given.end - line.start
    text = filled(line.folded[start:end]).strip()
    inside: tuple[Token, ...] = ()
    if text:
        inside = tuple(token for token in tokens_of_line if start <= token.start and token.end <= end)
    enumerator, key = parts(text)
    return GridCell(
        given.row,
        given.column,
        given.row_span,
        given.column_span,
        text,
        enumerator,
        key,
        _filling(text, inside, line, start),
        inside,
    )


def _filling(text: str, inside: Sequence[Token], line: Line, start: int) -> Token | None:
    """Return the one number or placeholder of a cell, or an empty token; None for anything else."""
    if not text:
        return Token(Kind.EMPTY, line.n, start, start, "")
    if not inside and text in PLACEHOLDERS:
        return Token(Kind.PLACEHOLDER, line.n, start, start + len(text), text)
    if not inside or inside[0].kind is Kind.TEXT:
        return None
    remarks = inside[1:]
    for remark in remarks:
        is_remark = remark.kind is Kind.TEXT and remark.text[0] == "(" and remark.text[-1] == ")"
        if not is_remark:
            return None
    return inside[0]
