"""The grid of a table with given cells: the text of each cell and the tokens in it."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.form.labels.index import owner
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import parts
from nlp.reading.document import GivenCell, GivenTable
from nlp.tables.labels.column_names import column_of
from nlp.tables.page.brackets import is_in_brackets
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Kind, Token, tokens
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
    def places(self) -> range:
        """The columns that it covers."""
        return range(self.column, self.end_column)

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
        return numbers_of(self.tokens)

    def names_column(self, lexicon: Lexicon) -> str | None:
        """Return the id of the column that its text names; None for none."""
        column = column_of(self.text, lexicon)
        return None if column is None else column[0]


class GivenReading(Struct, frozen=True):
    """What the given cells of a document say about one table of the form.

    `cells` are tokens of the document's lines by row id and column id: numbers, placeholders, empty ones for
    blank cells. `foreign` are the cells beside labels, or under headers, that the form does not have.
    """

    cells: dict[tuple[str, str], Token]
    foreign: list[GridCell]


class Grid(Struct, frozen=True, gc=False):
    """A table by rows: `covering` are the cells that cover each row, from the left."""

    covering: list[list[GridCell]]

    def beginning(self, row: int) -> list[GridCell]:
        """Return the cells that begin in a row."""
        return [cell for cell in self.covering[row] if cell.row == row]

    def end_of(self, row: int) -> int:
        """Return the first column behind the last cell of a row."""
        return max((cell.end_column for cell in self.covering[row]), default=0)

    def is_whole(self, row: int, first: int, end: int) -> bool:
        """Return whether the cells of a row cover the columns from `first` to `end` without gap, none more.

        Where they do not, a cell is missing or spans too many rows or columns, and others are moved.
        """
        covered = [place for cell in self.covering[row] for place in cell.places if place >= first]
        return covered == list(range(first, end))

    def texts_over(self, rows: Sequence[int]) -> dict[int, list[GridCell]]:
        """Return the cells with text of some rows by the columns that they cover, the lowest first."""
        texts: dict[int, list[GridCell]] = {}
        for row in reversed(rows):
            for cell in self.covering[row]:
                places = () if cell.is_empty else cell.places
                for place in places:
                    texts.setdefault(place, []).append(cell)
        return texts


def grids(tables: Sequence[GivenTable], lines: Sequence[Line], table_id: str) -> Iterator[Grid]:
    """Yield the grids of the tables that hold a label which only one table of the form has.

    `lines` are those of the document, `table_id` is the id of the form's table.
    """
    page = _Page(lines)
    for table in tables:
        cells = [cell for row in table.rows for cell in row]
        is_own = any(page.owner(cell) == table_id for cell in cells)
        height = len(table.rows)
        fields = sum(min(cell.row_span, height - cell.row) * cell.column_span for cell in cells)
        if not is_own or fields > _MOST_FIELDS:
            continue
        covering: list[list[GridCell]] = [[] for _ in range(height)]
        for given in sorted(cells, key=lambda cell: cell.column):
            cell = page.cell(given)
            for covered in covering[given.row : given.row + given.row_span]:
                covered.append(cell)
        yield Grid(covering)


class _Page:
    """The lines of a document, in which the texts of given cells stand; each is read once."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.starts = [line.start for line in lines]
        self.tokens_of: dict[int, list[Token]] = {}

    def line(self, cell: GivenCell) -> Line:
        """Return the line in which a cell begins."""
        return self.lines[bisect_right(self.starts, cell.start) - 1]

    def owner(self, cell: GivenCell) -> str | None:
        """Return the id of the table that alone has a cell's label; None for cells without such a one."""
        if not 1 < cell.end - cell.start <= _LONGEST_LABEL:
            return None
        line = self.line(cell)
        return owner(line.folded[cell.start - line.start : cell.end - line.start])

    def cell(self, given: GivenCell) -> GridCell:
        """Return a cell with what it holds."""
        line = self.line(given)
        if line.n not in self.tokens_of:
            self.tokens_of[line.n] = tokens(line)
        start, end = given.start - line.start, given.end - line.start
        text = filled(line.folded[start:end]).strip()
        inside = [token for token in self.tokens_of[line.n] if start <= token.start and token.end <= end]
        held = tuple(inside) if text else ()
        filling = _filling(text, held, line, start)
        spans = (given.row, given.column, given.row_span, given.column_span)
        return GridCell(*spans, text, *parts(text), filling, held)


def _filling(text: str, inside: Sequence[Token], line: Line, start: int) -> Token | None:
    """Return the one number or placeholder of a cell, or an empty token; None for anything else."""
    if not text:
        return Token(Kind.EMPTY, line.n, start, start, "")
    remarks = inside[1:]
    is_filled = bool(inside) and inside[0].kind is not Kind.TEXT
    if is_filled and all(remark.kind is Kind.TEXT and is_in_brackets(remark.text) for remark in remarks):
        return inside[0]
    return None
