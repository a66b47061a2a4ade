"""Every kind of noise: the damages by what they change, and the kinds that other steps bring about."""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from nlp.text.enumerators import shape
from training.generator import chapter_five, drafting, printing, styles
from training.generator.drafting import Draft
from training.generator.grids import Grid
from training.generator.layouts import LAYOUTS, Layout
from training.generator.noise import (
    chapters,
    characters,
    dress,
    mirrors,
    odd_chapters,
    own_rows,
    page_borders,
    page_furniture,
    page_prose,
    page_tables,
    residue,
    table_cells,
    titles,
    torn_tables,
)
from training.generator.noise.damage import Damage, apply_damages, dressed
from training.generator.page import Page
from training.generator.worlds import TRAINING, World

TABLES: tuple[Damage[Grid], ...] = (*torn_tables.DAMAGES, *table_cells.DAMAGES, *own_rows.DAMAGES)
"""Damages to a table before it is laid out; tried in this order, as are those to drafts and pages."""


def drafts(world: World) -> tuple[Damage[Draft], ...]:
    """Return the damages to a report of a world before it is laid out."""
    damages = (*residue.damages(world), *chapters.DAMAGES, *odd_chapters.DAMAGES)
    return tuple(dressed(damages, world.dress))


def pages(world: World) -> tuple[Damage[Page], ...]:
    """Return the damages to the lines of a page of a world."""
    damages = (
        *page_tables.DAMAGES,
        *page_prose.DAMAGES,
        *page_furniture.damages(world),
        *titles.damages(world),
        *dress.damages(world),
        *page_borders.DAMAGES,
        *mirrors.damages(world),
        *characters.DAMAGES,
    )
    return tuple(dressed(damages, world.dress))


DRAFTS, PAGES = drafts(TRAINING), pages(TRAINING)

ONE_ROW_OTHER, WRONG_SUMS = "31_one_row_other", "35_wrong_sums"
FIGURES = (ONE_ROW_OTHER, WRONG_SUMS)
"""The kinds that come with the numbers of a report."""


def damaged_tables(
    tables: list[Grid], layout: Layout, rng: Random, world: World = TRAINING
) -> tuple[list[Grid], list[str]]:
    """Apply the damages to each table; return the tables and the names of the damages that changed one."""
    damages = tuple(dressed(TABLES, world.dress))
    damaged = []
    names = []
    for grid in tables:
        grid, names_of_grid = apply_damages(grid, damages, layout, rng)
        damaged.append(grid)
        names += names_of_grid
    return damaged, names


def _has_vertical_text(texts: list[str]) -> bool:
    return {"本", "年", "度"} <= set(texts)


GROUP_AND_ROW = re.compile(shape("group_glued", "generated"))
"""The end of a group's label, then a row's label with its number: `予公开 1.属于国家秘密`."""


def _has_glued_group(texts: list[str]) -> bool:
    return any(GROUP_AND_ROW.match(text) for text in texts)


SEVEN_VALUES = re.compile(r"[ \t]*(?:\d+[ \t]+){6}\d+[ \t]*")


def _has_wrapped_label(texts: list[str]) -> bool:
    return any(SEVEN_VALUES.fullmatch(text) for text in texts)


SHOWN: dict[str, Callable[[list[str]], bool]] = {
    "10_vertical_text": _has_vertical_text,
    "11_group_glued": _has_glued_group,
    "12_wrapped_label": _has_wrapped_label,
}
"""Kinds that a layout brings about by itself: whether the lines of the table of requests show one."""


def shown(page: Page) -> list[str]:
    """Return the names of the kinds of noise that the layout of a page brought about by itself."""
    texts = [entry.text.strip() for entry in page if entry.table == "requests"]
    return [kind for kind, is_shown in SHOWN.items() if is_shown(texts)]


def kinds() -> list[str]:
    """Return the name of every kind of noise that a generated report may have, in alphabetical order."""
    names = {*SHOWN, *FIGURES, *drafting.SEEN, drafting.IN_TEXT}
    names.update(damage.name for damage in TABLES)
    names.update(damage.name for damage in DRAFTS)
    names.update(damage.name for damage in PAGES)
    for layout in LAYOUTS:
        names.update(layout.noise)
    for printing_habit in printing.HABITS:
        names.add(printing_habit.noise)
    for writing_habit in chapter_five.HABITS:
        names.add(writing_habit.noise)
    for style in styles.STYLES:
        names.add(style.noise)
    return sorted(names - {""})
