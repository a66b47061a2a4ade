"""A page under construction: blocks before they are laid out, then lines with labels and sections."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace

from nlp.labelling.certain_forms import is_border
from nlp.text.folding import fold
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
_WORD = re.compile(r"[^\W_]")
"""A character that no border has."""


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


def with_borders(page: Page) -> Page:
    """Return a page whose lines of nothing but the borders of cells are furniture.

    >>> with_borders([line(" | |", "numeric_cell", "requests")])[0].label
    'furniture'
    """
    lines = []
    for entry in page:
        may_be_border = entry.label not in ("", "furniture") and not _WORD.search(entry.text)
        is_only_border = may_be_border and is_border(fold(entry.text).strip())
        lines.append(replace(entry, label="furniture") if is_only_border else entry)
    return lines


def spans(page: Page) -> dict[str, list[int]]:
    """Return the first and the last line (from 1) of each section, in the order of the page.

    A section runs to the line before the next one, the last one to the last line that belongs to a section:
    what a site prints behind it does not.

    >>> title, heading = line("甲局", "heading", "title"), line("总体情况", "heading", "overview")
    >>> spans([title, heading, line("一年来，", "narrative", "overview")])
    {'title': [1, 1], 'overview': [2, 3]}
    """
    first_lines: dict[str, int] = {}
    for n, entry in enumerate(page, 1):
        if entry.section and entry.label not in ("", "furniture"):
            first_lines.setdefault(entry.section, n)
    last_line = max((n for n, entry in enumerate(page, 1) if entry.section), default=len(page))
    kinds = sorted(first_lines, key=first_lines.__getitem__)
    ends = [first_lines[kind] - 1 for kind in kinds[1:]] + [last_line]
    return {kind: [first_lines[kind], end] for kind, end in zip(kinds, ends, strict=True)}
