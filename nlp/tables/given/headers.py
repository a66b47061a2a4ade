"""Labels and headers of given tables: which rows and columns of the form they name."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.given.grid import Grid, GridCell

_REMARK = re.compile(r"\([^()]*\)$")
FOREIGN = ""
"""Stands for the column of a header that the form does not have."""


class Header(Struct, frozen=True, gc=False):
    """A header over the columns of a grid from `first` up to `end`, excluded, and what column it names."""

    first: int
    end: int
    column: str
    cell: GridCell


def row_named(text: str, lexicon: Lexicon) -> str | None:
    """Return the id of the row that a whole label names, with a remark in brackets behind it or without.

    >>> from nlp.form.form import named
    >>> lexicon = Lexicon(named("2021").table("disclosure"))
    >>> row_named("规章(含修订)", lexicon), row_named("其中:规章", lexicon)
    ('regulations', None)
    """
    row = lexicon.rows.get(key(text))
    if row is None:
        row = lexicon.rows.get(key(_REMARK.sub("", text)))
    return row


def column_named(cell: GridCell, lexicon: Lexicon) -> str | None:
    """Return the id of the column that a header names, with its unit in brackets or without; None for none.

    Where the two lines of a narrow header overlap, its characters come in another order: 维结持果.
    """
    column = lexicon.columns.get(cell.key)
    if column is None:
        without_remark = key(_REMARK.sub("", cell.text))
        column = lexicon.columns.get(without_remark) or lexicon.money.get(without_remark)
    return column or lexicon.shuffled_column(cell.key)


def headers_of(grid: Grid, rows: Sequence[int], lexicon: Lexicon) -> list[Header]:
    """Return the headers of consecutive rows from the left: for each column of the grid the lowest text."""
    width = max((cell.end_column for row in rows for cell in grid.covering[row]), default=0)
    headers: list[Header] = []
    for place in range(width):
        cell = _lowest_text(grid, rows, place)
        if cell is None:
            continue
        column = column_named(cell, lexicon)
        if column is None and cell.key in lexicon.headers:
            continue
        if headers and headers[-1].cell is cell and headers[-1].end == place:
            headers[-1] = replace(headers[-1], end=place + 1)
        else:
            headers.append(Header(place, place + 1, column or FOREIGN, cell))
    return headers


def _lowest_text(grid: Grid, rows: Sequence[int], place: int) -> GridCell | None:
    """Return the lowest cell with text in some rows at a column of the grid; None where there is none."""
    for row in reversed(rows):
        for cell in grid.covering[row]:
            if cell.overlaps(place, place + 1) and not cell.is_empty:
                return cell
    return None
