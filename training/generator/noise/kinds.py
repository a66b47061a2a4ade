"""The kinds of noise: every damage with its number in NOISE.md, how often it strikes, and where."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random
from typing import Generic, TypeVar

from nlp.text.enumerators import shape
from training.generator import chapter_five, drafting, printing, styles
from training.generator.drafting import Draft
from training.generator.grids import Grid
from training.generator.layouts import LAYOUTS, Layout
from training.generator.noise import characters as noise_characters
from training.generator.noise import draft as noise_draft
from training.generator.noise import page as noise_page
from training.generator.noise import tables as noise_tables
from training.generator.page import Page

ONE_ROW_OTHER, WRONG_SUMS = "31_one_row_other", "35_wrong_sums"
FIGURES = (ONE_ROW_OTHER, WRONG_SUMS)
"""The kinds that come with the figures of a report."""

T = TypeVar("T")
Fits = Callable[[Layout], bool]


def anywhere(layout: Layout) -> bool:
    """Say that a damage may strike any layout."""
    return True


def on_paper(layout: Layout) -> bool:
    """Say whether a layout comes from a printed page."""
    return layout.name.startswith(("pdf_", "scrambled_columns", "scrambled_blocks"))


def on_screen(layout: Layout) -> bool:
    """Say whether it comes from a word processor or a web page."""
    return not on_paper(layout)


@dataclass(frozen=True)
class Damage(Generic[T]):
    """A kind of noise: its name begins with its number in NOISE.md, `share` is how often it strikes."""

    name: str
    share: float
    apply: Callable[[T, Random], T]
    fits: Fits = anywhere


TABLES: tuple[Damage[Grid], ...] = (
    Damage("01_torn_row", 0.02, noise_tables.torn_row),
    Damage("01_torn_group", 0.03, noise_tables.torn_group, on_screen),
    Damage("01_header_repeated", 0.03, noise_tables.header_repeated),
    Damage("02_numbers_below", 0.02, noise_tables.numbers_below, on_screen),
    Damage("03_eighth_number", 0.03, noise_tables.eighth_number, on_screen),
    Damage("06_digits_in_unit", 0.08, noise_tables.digits_in_unit),
    Damage("09_spaced_labels", 0.05, noise_tables.spaced_labels),
    Damage("22_totals_left_out", 0.01, noise_tables.single_applicant),
    Damage("26_dropped_label_characters", 0.03, noise_tables.dropped_label_characters),
)
DRAFTS: tuple[Damage[Draft], ...] = (
    Damage("07_bookmarks", 0.03, noise_draft.bookmarks),
    Damage("07_bold_marks", 0.05, noise_draft.bold_marks, on_screen),
    Damage("07_heading_marks", 0.03, noise_draft.heading_marks, on_screen),
    Damage("07_markup", 0.02, noise_draft.markup, on_screen),
    Damage("07_tool_lines", 0.03, noise_draft.tool_lines),
    Damage("20_numbering_restarts", 0.03, noise_draft.numbering_restarts),
    Damage("20_numbering_slips", 0.03, noise_draft.numbering_slips),
    Damage("21_lost_heading", 0.03, noise_draft.lost_heading),
    Damage("heading_runs_in", 0.015, noise_draft.heading_runs_in, on_screen),
    Damage("paragraphs_merged", 0.015, noise_draft.paragraphs_merged),
    Damage("table_of_contents", 0.01, noise_draft.table_of_contents),
    Damage("half_a_report", 0.01, noise_draft.half_a_report),
    Damage("missing_table", 0.02, noise_draft.missing_table),
)
PAGES: tuple[Damage[Page], ...] = (
    Damage("14_orphan_value", 0.02, noise_page.orphan_value, on_screen),
    Damage("17_glued_headers", 0.1, noise_page.glued_headers, on_paper),
    Damage("25_split_digits", 0.02, noise_characters.split_digits),
    Damage("26_dropped_characters", 0.03, noise_characters.dropped_characters),
    Damage("09_spaced_prose", 0.1, noise_characters.spaced_prose, on_paper),
    Damage("broken_at_commas", 0.06, noise_page.broken_at_commas, on_paper),
    Damage("01_breaks_in_tables", 0.08, noise_page.breaks_in_tables),
    Damage("27_title_repeated", 0.05, noise_page.title_repeated, on_screen),
    Damage("18_running_head", 0.03, noise_page.running_head, on_paper),
    Damage("18_page_numbers", 0.8, noise_page.page_numbers, on_paper),
    Damage("18_page_numbers", 0.05, noise_page.page_numbers, on_screen),
    Damage("27_site_chrome", 0.35, noise_page.site_chrome, on_screen),
    Damage("28_odd_spaces", 0.05, noise_characters.odd_spaces),
    Damage("28_invisible_characters", 0.04, noise_characters.invisible_characters),
    Damage("28_carriage_returns", 0.02, noise_characters.carriage_returns),
    Damage("28_byte_order_mark", 0.01, noise_characters.byte_order_mark),
)


def struck(thing: T, damages: Iterable[Damage[T]], layout: Layout, rng: Random) -> tuple[T, list[str]]:
    """Return what is left of a thing, and the names of the damages that changed it."""
    names = []
    for damage in damages:
        if damage.fits(layout) and rng.random() < damage.share:
            before, thing = thing, damage.apply(thing, rng)
            names += [damage.name] if thing != before else []
    return thing, names


def struck_tables(tables: list[Grid], layout: Layout, rng: Random) -> tuple[list[Grid], list[str]]:
    """Strike each table by itself."""
    results = [struck(grid, TABLES, layout, rng) for grid in tables]
    return [grid for grid, _ in results], [name for _, names in results for name in names]


VALUES = re.compile(r"[ \t]*(?:\d+[ \t]+){6}\d+[ \t]*")
GROUP_GLUED = re.compile(shape("group_glued", "generated"))


SHOWN = ("10_vertical_text", "11_group_glued", "12_wrapped_label")


def kinds() -> list[str]:
    """Return the name of every kind of noise that a sample may have."""
    damages = [damage.name for damages in (TABLES, DRAFTS, PAGES) for damage in damages]
    layouts = [name for layout in LAYOUTS for name in layout.noise]
    habits = [habit.name for habit in printing.HABITS] + [habit[1] for habit in chapter_five.HABITS]
    others = [*drafting.SEEN, *(style[1] for style in styles.STYLES), *SHOWN, *FIGURES]
    return sorted({*damages, *layouts, *habits, *others} - {""})


def shown(page: Page) -> list[str]:
    """Name the kinds of noise that a layout brought about by itself on this page."""
    texts = [entry.text.strip() for entry in page if entry.table == "requests"]
    seen = (
        {"本", "年", "度"} <= set(texts),
        any(GROUP_GLUED.match(text) for text in texts),
        any(VALUES.fullmatch(text) for text in texts),
    )
    return [kind for kind, there in zip(SHOWN, seen, strict=True) if there]
