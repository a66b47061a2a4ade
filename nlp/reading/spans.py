"""Table cells with row and column spans, their rows as tabbed lines, and their places in the text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from nlp.reading.document import GivenCell, GivenTable
from nlp.reading.marked_digits import is_number
from nlp.text.cells import NUMBER_BELOW

WIDEST = 200
"""In columns: a table of a report is narrower, and a `colspan` of 100000 is cut to this."""
_BREAK = re.compile(r"[ \t\r\n\f]*[\n\t\r\f][ \t\r\n\f]*")
_SPACES = re.compile(r" {2,}")
_DECIMALS = re.compile(r"[.,]\d+")
_BREAK_IN_WORDS = re.compile(r"[!-~]\n[!-~]")


class MarkupCell(NamedTuple):
    """A table cell as the markup gives it: its text, and how many rows and columns it spans.

    `columns_before` are columns that the row leaves free before it; `continues` says that the cell is a part
    of the one above, as Word writes cells over several rows.
    """

    text: str
    row_span: int = 1
    column_span: int = 1
    columns_before: int = 0
    continues: bool = False


class TabbedTable(NamedTuple):
    """A table as tabbed lines, and its cells; their places count from the beginning of `text`."""

    text: str
    table: GivenTable

    @property
    def lines(self) -> list[str]:
        """The lines of its rows, none for a table without text."""
        return self.text.split("\n") if self.text else []


Block = str | TabbedTable
"""A line of a document, or a table of it."""


class _Continuation(NamedTuple):
    """The part of a cell that reaches into the next row: its columns, and the rows still to come."""

    first_column: int
    columns: int
    rows: int

    @property
    def end_column(self) -> int:
        return self.first_column + self.columns


class _RowTexts(NamedTuple):
    """A row of a table.

    `texts` are those that its line parts by tabs, empty ones for cells from above among them; `cells` are
    its own cells, each with the position of its text and with its column.
    """

    texts: list[str]
    cells: list[tuple[int, int, MarkupCell]]
    into_next: list[_Continuation]


def tabbed(rows: Iterable[Iterable[MarkupCell]]) -> TabbedTable:
    """Return a table with a line for each row, its cells separated by tabs; rows without text have none.

    Each cell is written once, at its first row and column. In the further rows that it spans an empty cell
    stands for it; further columns that it spans are not written.

    >>> results = MarkupCell("办理结果", row_span=2)
    >>> first_row = [results, MarkupCell("予以公开"), MarkupCell("3")]
    >>> table = tabbed([first_row, [MarkupCell("部分公开"), MarkupCell("0")]])
    >>> table.lines
    ['办理结果\\t予以公开\\t3', '\\t部分公开\\t0']
    >>> table.table.rows[1][0]
    GivenCell(row=1, column=1, row_span=1, column_span=1, start=13, end=17)
    """
    lines: list[str] = []
    given_rows: list[list[GivenCell]] = []
    from_above: list[_Continuation] = []
    length = 0
    for row in rows:
        texts, cells, from_above = _texts_of_row(row, from_above)
        line = "\t".join(texts)
        has_text = bool(line.strip("\t "))
        if has_text:
            start = length + 1 if lines else 0
            given = _placed(cells, texts, len(given_rows), start)
            lines.append(line)
            length = start + len(line)
        else:
            given = [_given(cell, len(given_rows), column, length, length) for _, column, cell in cells]
        given_rows.append(_without_continuing(given, cells, given_rows))
    return TabbedTable("\n".join(lines), GivenTable(tuple(map(tuple, given_rows))))


def _texts_of_row(row: Iterable[MarkupCell], from_above: list[_Continuation]) -> _RowTexts:
    """Return the texts and cells of a row; `from_above` are the cells that reach into it, from the left."""
    texts: list[str] = []
    cells = []
    column = 0
    waiting = list(from_above)
    into_next = [_Continuation(cell.first_column, cell.columns, cell.rows - 1) for cell in from_above]
    for cell in row:
        column += cell.columns_before
        while waiting and waiting[0].first_column <= column:
            texts.append("")
            column = max(column, waiting.pop(0).end_column)
        columns = min(max(cell.column_span, 1), WIDEST)
        cells.append((len(texts), column, cell))
        texts.append(in_one_line(cell.text))
        if column < WIDEST:
            into_next.append(_Continuation(column, columns, cell.row_span - 1))
        column += columns
    texts += [""] * len(waiting)
    reaching = [cell for cell in into_next if cell.rows > 0]
    reaching.sort()
    return _RowTexts(texts, cells, reaching)


def _placed(
    cells: Sequence[tuple[int, int, MarkupCell]], texts: Sequence[str], row: int, start: int
) -> list[GivenCell]:
    """Return the cells of a row whose line begins at `start`."""
    starts = []
    for text in texts:
        starts.append(start)
        start += len(text) + 1
    return [
        _given(cell, row, column, starts[place], starts[place] + len(texts[place]))
        for place, column, cell in cells
    ]


def _given(cell: MarkupCell, row: int, column: int, start: int, end: int) -> GivenCell:
    columns = min(max(cell.column_span, 1), WIDEST)
    return GivenCell(row, column, max(cell.row_span, 1), columns, start, end)


def _without_continuing(
    given: list[GivenCell],
    cells: Sequence[tuple[int, int, MarkupCell]],
    rows_above: list[list[GivenCell]],
) -> list[GivenCell]:
    """Return the cells of a row but those that continue one above, which is made to span this row too."""
    kept = []
    for placed, (_, _, cell) in zip(given, cells, strict=True):
        if not (cell.continues and _extended_above(placed, rows_above)):
            kept.append(placed)
    return kept


def _extended_above(continuing: GivenCell, rows_above: list[list[GivenCell]]) -> bool:
    """Make the cell above span the row of a cell that continues it; return whether there is one."""
    for row in reversed(rows_above):
        for place, cell in enumerate(row):
            if cell.column == continuing.column and cell.row + cell.row_span == continuing.row:
                row[place] = cell._replace(row_span=cell.row_span + 1)
                return True
    return False


def flat(blocks: Iterable[Block]) -> list[str]:
    """Return the lines of blocks."""
    lines: list[str] = []
    for block in blocks:
        if isinstance(block, str):
            lines.append(block)
        else:
            lines += block.lines
    return lines


def joined(blocks: Iterable[Block]) -> tuple[str, tuple[GivenTable, ...]]:
    """Return the text of blocks, a line each, and their tables with the places of cells in that text.

    >>> text, tables = joined(["二、主动公开", tabbed([[MarkupCell("规章"), MarkupCell("3")]])])
    >>> [text[cell.start : cell.end] for cell in tables[0].rows[0]]
    ['规章', '3']
    """
    texts = []
    tables = []
    length = 0
    for block in blocks:
        if isinstance(block, str):
            text = block
        elif block.text:
            text = block.text
            tables.append(moved(block.table, length))
        else:
            continue
        texts.append(text)
        length += len(text) + 1
    return "\n".join(texts), tuple(tables)


def moved(table: GivenTable, by: int) -> GivenTable:
    """Return a table with its text so many characters further on."""
    return table._replace(rows=tuple(tuple(cell.moved(by) for cell in row) for row in table.rows))


def in_one_line(text: str) -> str:
    """Return the text of a cell without line breaks, which become spaces between ASCII characters only.

    Between two numbers, each alone on its line, a break becomes NUMBER_BELOW.

    >>> in_one_line("商业\\n企业"), in_one_line(" No.\\n\\n20 "), in_one_line("5\\n69")
    ('商业企业', 'No. 20', '5\\x0b69')
    """
    text = _BREAK.sub("\n", text.strip())
    if "\n" in text:
        text = _with_numbers_apart(text)
        text = _BREAK_IN_WORDS.sub(lambda match: match.group().replace("\n", " "), text).replace("\n", "")
    return _SPACES.sub(" ", text)


def _with_numbers_apart(text: str) -> str:
    """Return the lines of a cell with NUMBER_BELOW for the line feed between two numbers.

    The one below may be the decimals of the one above.
    """
    first, *others = text.split("\n")
    whole = first
    above = is_number(first)
    for line in others:
        is_below = is_number(line) or _DECIMALS.fullmatch(line) is not None
        whole += (NUMBER_BELOW if above and is_below else "\n") + line
        above = is_below
    return whole
