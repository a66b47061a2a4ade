"""Table cells with row and column spans, as a document gives them, and their rows as tabbed lines."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

WIDEST = 200
"""In columns: a table of a report is narrower, and a `colspan` of 100000 is cut to this."""
_BREAK = re.compile(r"[ \t\r\n\f\v]*[\n\t\r\f\v][ \t\r\n\f\v]*")
_SPACES = re.compile(r" {2,}")
_BREAK_IN_WORDS = re.compile(r"[!-~]\n[!-~]")


@dataclass(frozen=True)
class GivenCell:
    """A table cell as a document gives it: its text, and how many rows and columns it spans."""

    text: str
    row_span: int = 1
    column_span: int = 1


@dataclass(frozen=True)
class _Continuation:
    """The part of a cell that reaches into the next row: its columns, and the rows still to come."""

    first_column: int
    columns: int
    rows: int

    @property
    def end_column(self) -> int:
        return self.first_column + self.columns


def tabbed_lines(rows: Iterable[Iterable[GivenCell]]) -> list[str]:
    """Return a line for each row of a table, its cells separated by tabs; rows without text are left out.

    Each cell is written once, at its first row and column. In the further rows that it spans an empty cell
    stands for it; further columns that it spans are not written.

    >>> results = GivenCell("办理结果", row_span=2)
    >>> first_row = [results, GivenCell("予以公开"), GivenCell("3")]
    >>> tabbed_lines([first_row, [GivenCell("部分公开"), GivenCell("0")]])
    ['办理结果\\t予以公开\\t3', '\\t部分公开\\t0']
    """
    lines = []
    from_above: list[_Continuation] = []
    for row in rows:
        texts, from_above = _texts_of_row(row, from_above)
        line = "\t".join(texts)
        if line.strip("\t "):
            lines.append(line)
    return lines


def _texts_of_row(
    row: Iterable[GivenCell], from_above: list[_Continuation]
) -> tuple[list[str], list[_Continuation]]:
    """Return the texts of a row, and the cells that reach from it into the next row.

    `from_above` are the cells that reach into this row, from the left.
    """
    texts: list[str] = []
    column = 0
    waiting = list(from_above)
    into_next = [_Continuation(cell.first_column, cell.columns, cell.rows - 1) for cell in from_above]
    for cell in row:
        while waiting and waiting[0].first_column <= column:
            texts.append("")
            column = max(column, waiting.pop(0).end_column)
        columns = min(max(cell.column_span, 1), WIDEST)
        texts.append(in_one_line(cell.text))
        if column < WIDEST:
            into_next.append(_Continuation(column, columns, cell.row_span - 1))
        column += columns
    texts += [""] * len(waiting)
    reaching = [cell for cell in into_next if cell.rows > 0]
    return texts, sorted(reaching, key=lambda cell: (cell.first_column, cell.columns, cell.rows))


def in_one_line(text: str) -> str:
    """Return the text of a cell without line breaks, which become spaces between ASCII characters only.

    >>> in_one_line("商业\\n企业"), in_one_line(" 13\\n\\n20 ")
    ('商业企业', '13 20')
    """
    text = _BREAK.sub("\n", text.strip())
    if "\n" in text:
        text = _BREAK_IN_WORDS.sub(lambda match: match.group().replace("\n", " "), text).replace("\n", "")
    return _SPACES.sub(" ", text)
