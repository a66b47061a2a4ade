"""Layouts of the page: what word processors, web pages and PDF tools make of the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from random import Random

from training.generator import aligning, bordered, cell_lines, cells, odd_layouts, prose, sheets
from training.generator.grids import Grid
from training.generator.page import Blocks, Page, TableBlock
from training.generator.worlds import TRAINING, World

TableWriter = Callable[[Grid], Page]
TableWriterMaker = Callable[[Random], TableWriter]
"""Draws how the tables of one document are written, and returns the function that writes them."""


@dataclass(frozen=True)
class Layout:
    """A way to lay a report out into lines.

    `share` is the relative frequency of the layout, `noise` names the kinds of noise that every page in it
    has, and `on_paper` says that it imitates a text taken from a printed page.
    """

    name: str
    share: float
    tables: TableWriterMaker
    prose: prose.BlockWriterMaker
    noise: tuple[str, ...] = ()
    on_paper: bool = False

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
    Layout("piped_cells", 7, cell_lines.piped, prose.paragraphs, ("37_pipe_a_line",)),
    Layout("pdf_cells", 5, sheets.one_a_line, prose.wrapped, ("04_one_cell_a_line",), on_paper=True),
    Layout("pdf_stream", 10, sheets.stream, prose.wrapped, on_paper=True),
    Layout("pdf_geometric", 10, sheets.geometric, prose.wrapped, on_paper=True),
    Layout("pdf_aligned", 6, aligning.aligned, prose.indented, on_paper=True),
    Layout("pdf_aligned_wide", 3, aligning.aligned_wide, prose.indented_wide, on_paper=True),
    Layout(
        "scrambled_columns",
        2,
        sheets.column_by_column,
        prose.wrapped,
        ("13_columns_apart",),
        on_paper=True,
    ),
    Layout(
        "scrambled_blocks",
        1.5,
        sheets.blocks,
        prose.wrapped,
        ("13_columns_apart", "16_totals_last"),
        on_paper=True,
    ),
    Layout("scrambled_glued", 0.5, cells.glued, prose.paragraphs, ("36_glued_cells",)),
)


UNSEEN_LAYOUTS = (
    Layout("bars_before", 8, odd_layouts.bars_before, prose.paragraphs, ("37_pipe_a_line",)),
    Layout("rows_apart", 8, odd_layouts.rows_apart, prose.paragraphs),
    Layout("double_tabs", 12, odd_layouts.double_tabs, prose.paragraphs),
    Layout("wide_bars", 9, odd_layouts.wide_bars, prose.paragraphs, ("05_pipes",)),
    Layout("drawn", 5, odd_layouts.drawn, prose.paragraphs, ("05_pipes",)),
    Layout("double_bars", 5, odd_layouts.double_bars, prose.paragraphs, ("05_pipes",)),
    Layout("pdf_tight", 12, odd_layouts.tight, odd_layouts.narrow, on_paper=True),
    Layout("pdf_cells_loose", 4, odd_layouts.loose_cells, odd_layouts.narrow, on_paper=True),
    Layout(
        "scrambled_halves",
        2,
        odd_layouts.halves,
        odd_layouts.narrow,
        ("13_columns_apart",),
        on_paper=True,
    ),
)
"""The layouts of reports that nothing is trained or tuned on."""


def of(world: World) -> tuple[Layout, ...]:
    """Return the layouts of the reports of a world."""
    layouts = LAYOUTS if world == TRAINING else UNSEEN_LAYOUTS
    if world.dress > 1:
        return tuple(layout for layout in layouts if not layout.on_paper)
    return layouts


def choose(rng: Random, world: World = TRAINING) -> Layout:
    """Draw a layout of a world by its share."""
    return drawn(of(world), rng)


def drawn(layouts: Sequence[Layout], rng: Random) -> Layout:
    """Draw one of some layouts by its share."""
    return rng.choices(layouts, [layout.share for layout in layouts])[0]


def named(name: str) -> Layout:
    """Return the layout with a name; KeyError where there is none.

    >>> named("pdf_stream").on_paper
    True
    """
    return {layout.name: layout for layout in LAYOUTS}[name]


def laid_out(blocks: Blocks, layout: Layout, rng: Random) -> Page:
    """Return the lines of a page, each with its label and its section."""
    write_table = layout.tables(rng)
    write_block = layout.prose(rng)
    page: Page = []
    for block in blocks:
        if isinstance(block, TableBlock):
            page += write_table(block.grid)
        else:
            page += write_block(block)
    return page
