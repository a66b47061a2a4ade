"""A page under construction: blocks before they are laid out, then lines with labels and sections."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from training.generator.grids import Grid


@dataclass(frozen=True)
class Block:
    """A paragraph, a heading or a piece of furniture before it is laid out into lines.

    `label` is the label of its lines, `section` the kind of the chapter, "title" or "preface", and `align`
    is left, centre or right.
    """

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
        """The kind of the chapter, which has the id of its table."""
        return self.grid.table


Blocks = list[Block | TableBlock]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of the page; `label` is empty for a blank line, `table` is the id of the table it is part of."""

    text: str
    label: str
    section: str = ""
    table: str = ""


Page = list[PageLine]


def line(text: str, label: str, section: str = "", table: str = "") -> PageLine:
    """Return a line, without a label where it holds nothing but white space.

    >>> line(" \\t", "table_row").label
    ''
    """
    return PageLine(text, label if text.strip() else "", section, table)


def table_line(cells: Iterable[tuple[str, bool]], separator: str, section: str = "") -> PageLine:
    """Return cells as one line of a table; each is a text and whether it is a value.

    >>> table_line([("规章", False), ("0", True)], " ").label
    'table_row'
    >>> table_line([("0", True), ("", False)], " ").label
    'numeric_cell'
    """
    texts = []
    label = "numeric_cell"
    for text, is_value in cells:
        texts.append(text)
        if text.strip() and not is_value:
            label = "table_row"
    return line(separator.join(texts), label, section)


def spans(page: Page) -> dict[str, list[int]]:
    """Return the first and the last line (from 1) of each section, in the order of the page.

    A section runs to the line before the next one, the last one to the end of the page.

    >>> title, heading = line("甲局", "heading", "title"), line("总体情况", "heading", "overview")
    >>> spans([title, heading, line("一年来，", "narrative", "overview")])
    {'title': [1, 1], 'overview': [2, 3]}
    """
    first_lines: dict[str, int] = {}
    for n, entry in enumerate(page, 1):
        if entry.section and entry.label not in ("", "furniture"):
            first_lines.setdefault(entry.section, n)
    starts = [*first_lines.values(), len(page) + 1]
    return {kind: [start, end - 1] for kind, (start, end) in zip(first_lines, pairwise(starts), strict=True)}
