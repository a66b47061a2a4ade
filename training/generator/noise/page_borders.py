"""Noise in the borders of tables: pipes before rows, on lines of their own, rows without their last ones."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from training.generator.noise.characters import rewritten
from training.generator.noise.damage import Damage
from training.generator.page import Page, PageLine, line

_LINES = ("|", "| |", "| | | |", "|||", "||||||||", "---|---", "--- | --- | ---", "| --- |")


def border_lines(page: Page, rng: Random) -> Page:
    """Insert lines of nothing but borders, within tables and beside them."""
    bordered = list(page)
    places = [n for n, entry in enumerate(page) if entry.table or (n and page[n - 1].table)]
    for place in sorted(rng.sample(places, min(len(places), rng.choice([1, 2, 5]))), reverse=True):
        entry = page[place]
        bordered.insert(place, line(rng.choice(_LINES), "furniture", entry.section, entry.table))
    return bordered


def lone_pipes(page: Page, rng: Random) -> Page:
    """Open some rows of tables that have pipes by one more."""
    share = rng.choice([0.1, 0.5, 1.0])

    def opened(entry: PageLine) -> str:
        is_row = bool(entry.table) and "|" in entry.text and not entry.text.startswith("|")
        return f"|{entry.text}" if is_row and rng.random() < share else entry.text

    return rewritten(page, opened)


def ragged_rows(page: Page, rng: Random) -> Page:
    """Lose the pipes at the end of some rows."""
    share = rng.choice([0.1, 0.4])
    ragged = []
    for entry in page:
        text = entry.text.rstrip(" |")
        has_pipes = bool(entry.table) and entry.text.count("|") > 1 and entry.text.endswith("|") and text
        ragged.append(replace(entry, text=text) if has_pipes and rng.random() < share else entry)
    return ragged


DAMAGES: tuple[Damage[Page], ...] = (
    Damage("39_border_lines", border_lines, on_screen=0.03),
    Damage("39_lone_pipes", lone_pipes, on_screen=0.04),
    Damage("39_ragged_rows", ragged_rows, on_screen=0.04),
)
