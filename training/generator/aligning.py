"""Tables whose columns are kept by spaces, as pdftotext -layout prints them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.grids import Grid
from training.generator.page import Page, line
from training.generator.sheets import by_height, joined
from training.generator.typesetting import PlacedText, placed_texts, table_setting, width

TableWriter = Callable[[Grid], Page]


def aligned(rng: Random) -> TableWriter:
    """Columns by visual width, a Chinese character being two spaces wide."""
    return _aligned(rng, margin=rng.choice([0, 0, 4]), blank_lines=0, scale=rng.choice([2.0, 2.0, 2.4]))


def aligned_wide(rng: Random) -> TableWriter:
    """Columns by visual width, with a margin and blank lines in between (pdfplumber with layout)."""
    return _aligned(rng, margin=11, blank_lines=rng.choice([1, 1, 2]), scale=rng.choice([1.6, 2.0]))


def _aligned(rng: Random, margin: int, blank_lines: int, scale: float) -> TableWriter:
    setting = table_setting(rng)
    tolerance = rng.choice([0.2, 0.3, 0.4])

    def write(grid: Grid) -> Page:
        page: Page = []
        for texts in by_height(placed_texts(grid, setting, rng), tolerance):
            label = joined(texts, grid).label
            page.append(line(spaced_out(texts, margin, scale), label, grid.table, grid.table))
            one_more = rng.random() < 0.08
            page += [line("", "", grid.table, grid.table)] * (blank_lines + one_more)
        return page

    return write


def spaced_out(texts: list[PlacedText], margin: int, scale: float) -> str:
    """Return the texts of a line at their places, in spaces; what would overlap follows after one space.

    `margin` is in spaces, and `scale` is how many spaces wide a Chinese character is.
    """
    row = ""
    end = 0.0
    for text in texts:
        least = 1 if row else 0
        gap = max(int(margin + text.x * scale - end), least)
        row += " " * gap + text.text
        end += gap + 2 * width(text.text)
    return row
