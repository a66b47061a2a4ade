"""Layouts of the page: what word processors, web pages and PDF tools make of the same tables."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from training.generator import aligning, bordered, cell_lines, cells, prose, sheets
from training.generator.grids import Grid
from training.generator.page import Blocks, Page, TableBlock

Writer = Callable[[Grid], Page]
Maker = Callable[[Random], Writer]


@dataclass(frozen=True)
class Layout:
    """A way to lay a report out; `share` is how often it is drawn, `noise` the kinds it shows by itself."""

    name: str
    share: float
    tables: Maker
    prose: prose.Maker
    noise: tuple[str, ...] = ()

    @property
    def scrambled(self) -> bool:
        """Whether the numbers of a row are torn apart."""
        return self.name.startswith("scrambled_")


LAYOUTS = (
    Layout("tabs", 14, cells.tabs, prose.paragraphs),
    Layout("tabs_repeated", 3, cells.tabs_repeated, prose.paragraphs),
    Layout("pipes", 7, cells.pipes, prose.paragraphs, ("05_pipes",)),
    Layout("markdown", 5, cells.markdown, prose.paragraphs, ("05_markdown",)),
    Layout("borders", 1.5, bordered.borders, prose.paragraphs, ("05_pipes",)),
    Layout("commas", 0.7, bordered.commas, prose.paragraphs),
    Layout("spaces", 4, cells.spaces, prose.paragraphs),
    Layout("cells", 9, cell_lines.one_a_line, prose.paragraphs, ("04_one_cell_a_line",)),
    Layout("pdf_cells", 5, sheets.one_a_line, prose.wrapped, ("04_one_cell_a_line",)),
    Layout("pdf_stream", 10, sheets.stream, prose.wrapped),
    Layout("pdf_geometric", 10, sheets.geometric, prose.wrapped),
    Layout("pdf_aligned", 6, aligning.aligned, prose.indented),
    Layout("pdf_aligned_wide", 3, aligning.aligned_wide, prose.indented_wide),
    Layout("scrambled_columns", 2, sheets.column_by_column, prose.wrapped, ("13_columns_apart",)),
    Layout("scrambled_blocks", 1.5, sheets.blocks, prose.wrapped, ("13_columns_apart", "16_totals_last")),
    Layout("scrambled_glued", 0.5, cells.glued, prose.paragraphs, ("36_glued_cells",)),
)


def choose(rng: Random) -> Layout:
    """Draw a layout by its share."""
    return rng.choices(LAYOUTS, [layout.share for layout in LAYOUTS])[0]


def laid_out(blocks: Blocks, layout: Layout, rng: Random) -> Page:
    """Return the lines of a page, each with its label and its section."""
    table, paragraph = layout.tables(rng), layout.prose(rng)
    page: Page = []
    for block in blocks:
        page.extend(table(block.grid) if isinstance(block, TableBlock) else paragraph(block))
    return page
