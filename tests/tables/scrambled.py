"""A table of 三 whose sums hold, and the ways in which tools cut it into boxes."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain

from nlp.form import form as forms
from nlp.tables.page.tokens import Token, tokens
from nlp.text.lines import split

TABLE = forms.named("2019").table("requests")
ROWS = [row.id for row in TABLE.rows]
LABELS = [row.label for row in TABLE.rows]
COLUMNS = [column.label for column in TABLE.columns]

Grid = list[list[int]]


def grid() -> Grid:
    """Return a filled table: 31 + 3 received, 30 answered, 4 carried over."""
    parts = {
        "new_received": [20, 4, 0, 2, 0, 5],
        "carried_over": [2, 0, 0, 1, 0, 0],
        "granted": [12, 3, 0, 1, 0, 2],
        "denied_third_party_rights": [3, 0, 0, 1, 0, 0],
        "unavailable_not_held": [5, 0, 0, 0, 0, 3],
        "total": [20, 3, 0, 2, 0, 5],
        "carried_forward": [2, 1, 0, 1, 0, 0],
    }
    rows = [parts.get(row, [0] * 6) for row in ROWS]
    return [[*row, sum(row)] for row in rows]


def box(found: Grid, rows: slice, columns: slice) -> str:
    """Return the numbers of some rows and columns, row by row, a line each."""
    return "\n".join(str(number) for row in found[rows] for number in row[columns])


def by_columns(found: Grid, order: Sequence[int] = range(7)) -> str:
    """Return all numbers column by column, each in a box of its own."""
    return "\n\n".join(str(row[column]) for column in order for row in found)


def page(*boxes: str) -> list[Token]:
    """Return the tokens of a page: the labels of the rows in a box, then others, white gaps between."""
    text = "\n\n".join(["\n".join(LABELS), *boxes])
    return list(chain.from_iterable(tokens(line) for line in split(text)))
