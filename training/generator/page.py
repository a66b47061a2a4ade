"""A page under construction: lines with their labels and the section that they belong to."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from training.generator.grids import Grid


@dataclass(frozen=True)
class Block:
    """A paragraph, heading or piece of furniture before it is laid out into lines."""

    text: str
    label: str
    section: str
    align: str = "left"


@dataclass(frozen=True)
class TableBlock:
    """A table before it is laid out into lines."""

    grid: Grid

    @property
    def section(self) -> str:
        return self.grid.table


Blocks = list[Block | TableBlock]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page; `label` is empty for a blank line, `table` names the table it is part of."""

    text: str
    label: str
    section: str = ""
    table: str = ""


Page = list[PageLine]


def line(text: str, label: str, section: str = "", table: str = "") -> PageLine:
    """Return a line, without a label where nothing but white space stands in it.

    >>> line(" \\t", "table_row").label
    ''
    """
    return PageLine(text, label if text.strip() else "", section, table)


def table_line(texts: Iterable[tuple[str, bool]], between: str, section: str = "") -> PageLine:
    """Join cells, each with whether it is a value, into a line of a table.

    >>> table_line([("规章", False), ("0", True)], " ").label
    'table_row'
    >>> table_line([("0", True), ("", False)], " ").label
    'numeric_cell'
    """
    cells = list(texts)
    words = any(text.strip() and not value for text, value in cells)
    return line(between.join(text for text, _ in cells), "table_row" if words else "numeric_cell", section)


def spans(page: Page) -> dict[str, list[int]]:
    """Return the first and last line (from 1) of each section; what precedes the first has none.

    A section runs to the line before the next one, the last one to the last line that belongs to a section:
    what a site prints behind it does not.
    """
    first: dict[str, int] = {}
    for n, entry in enumerate(page, 1):
        if entry.section and entry.label not in ("", "furniture"):
            first.setdefault(entry.section, n)
    starts = sorted(first.items(), key=lambda item: item[1])
    last = max((n for n, entry in enumerate(page, 1) if entry.section), default=len(page))
    ends = [n - 1 for _, n in starts[1:]] + [last]
    return {kind: [start, end] for (kind, start), end in zip(starts, ends, strict=True)}
