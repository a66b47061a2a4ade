"""Tables whose columns are kept by spaces, as pdftotext -layout prints them."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.grids import Grid
from training.generator.page import Page, line
from training.generator.sheets import by_height, joined
from training.generator.typesetting import Piece, pieces, sheet, width

Writer = Callable[[Grid], Page]


def aligned(rng: Random) -> Writer:
    """Columns by visual width, a Chinese character being two wide."""
    return _aligned(rng, rng.choice([0, 0, 4]), 0, rng.choice([2.0, 2.0, 2.4]))


def aligned_wide(rng: Random) -> Writer:
    """The same with a margin and blank lines in between (pdfplumber with layout)."""
    return _aligned(rng, 11, rng.choice([1, 1, 2]), rng.choice([1.6, 2.0]))


def _aligned(rng: Random, margin: int, after: int, scale: float) -> Writer:
    how = sheet(rng)
    tolerance = rng.choice([0.2, 0.3, 0.4])

    def write(grid: Grid) -> Page:
        page: Page = []
        for parts in by_height(pieces(grid, how, rng), tolerance):
            page.append(line(placed(parts, margin, scale), joined(parts, grid).label, grid.table, grid.table))
            blank = after + (rng.random() < 0.08)
            page += [line("", "", grid.table, grid.table)] * blank
        return page

    return write


def placed(parts: list[Piece], margin: int, scale: float) -> str:
    """Put each piece where it stands; what would overlap follows after one space."""
    text, at = "", 0.0
    for piece in parts:
        gap = max(int(margin + piece.x * scale - at), 1 if text else 0)
        text += " " * gap + piece.text
        at += gap + 2 * width(piece.text)
    return text
