"""A table of problems and measures side by side, however its cells were found."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Literal

from msgspec import Struct

from nlp.narrative.paragraphs.cell_borders import only_columns
from nlp.record.model import Span
from nlp.text.lines import Line

Column = Literal["problems", "improvements"]
NOTHING: Span = (0, 0)
RULE = re.compile(r"[-+=|:\s]+")
"""A line that is drawn between the rows of a table."""


class Table(Struct, frozen=True):
    """Two columns below a header.

    `header` is the position of the line that names the columns, `end` that of the first line behind the
    table. `rows` are the first and the last line of each row. `cells` are the characters of a line that
    belong to each column, by the line's position; the other lines hold no cell.
    """

    header: int
    end: int
    rows: Sequence[Span]
    cells: Mapping[int, Mapping[Column, Span]]

    def column(self, lines: Sequence[Line], name: Column) -> list[Line]:
        """Return the lines of a document, with white space in the table where the column is not."""
        own = list(lines)
        for first, last in self.rows:
            for position in range(first, last + 1):
                start, end = self.cells.get(position, {}).get(name, NOTHING)
                own[position] = only_columns(lines[position], start, end)
        return own
