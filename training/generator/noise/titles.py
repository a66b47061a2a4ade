"""Noise in and above the title: lines of the site over it, marks before it, broken lines, twice over."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from random import Random

from training.generator.grammar import Phrases
from training.generator.noise.damage import Damage
from training.generator.noise.page_furniture import site_facts
from training.generator.page import Page, PageLine, line
from training.generator.worlds import TRAINING, World

_YEAR = re.compile(r"(?=20\d\d ?年)")
_REPORT = re.compile("(?=年度报告|工作年度报告|年报)")


def _title(page: Page) -> list[int]:
    """Return the places of the title's lines."""
    return [n for n, entry in enumerate(page) if entry.section == "title" and entry.label == "heading"]


def title_in_three_lines(page: Page, rng: Random) -> Page:
    """Break a title of one line before its year, and before the word for report."""
    title = _title(page)
    if len(title) != 1:
        return page
    place = title[0]
    pieces: list[str] = []
    for part in _YEAR.split(page[place].text.strip(), maxsplit=1):
        pieces += _REPORT.split(part, maxsplit=1)
    broken = [line(piece.strip(), "heading", "title") for piece in pieces if piece.strip()]
    if len(broken) < 2:
        return page
    return [*page[:place], *broken, *page[place + 1 :]]


def mark_before_title(page: Page, rng: Random, world: World = TRAINING) -> Page:
    """Leave a mark of the tool or of the site in front of the title: `Page 8 - `, `【年报】`."""
    title = _title(page)
    if not title:
        return page
    phrases = Phrases(rng, site_facts(page), world)
    marked = list(page)
    first = page[title[0]]
    marked[title[0]] = replace(first, text=phrases("odd_mark") + first.text.strip())
    return marked


def line_above(symbol: str, world: World) -> Callable[[Page, Random], Page]:
    """Return the damage that prints a line of the site right above the title, or above its lines."""

    def above(page: Page, rng: Random) -> Page:
        title = _title(page)
        if not title:
            return page
        phrases = Phrases(rng, site_facts(page), world)
        texts = phrases.distinct(symbol, rng.choice([1, 1, 2]))
        lines: list[PageLine] = [line(text, "furniture", "") for text in texts]
        return [*page[: title[0]], *lines, *page[title[0] :]]

    return above


def agency_above(page: Page, rng: Random) -> Page:
    """Print the agency on a line of its own above a title that names it once more."""
    title = _title(page)
    name = site_facts(page)["org"]
    if len(title) != 1 or len(name) < 4 or name not in page[title[0]].text:
        return page
    return [*page[: title[0]], line(name, "heading", "title"), *page[title[0] :]]


def title_below_itself(page: Page, rng: Random) -> Page:
    """Print a title of one line once more below it, the second time in two lines."""
    title = _title(page)
    if len(title) != 1:
        return page
    place = title[0]
    parts = [part for part in _YEAR.split(page[place].text.strip(), maxsplit=1) if part]
    again = [line(part.strip(), "heading", "title") for part in parts]
    return [*page[: place + 1], *again, *page[place + 1 :]]


def damages(world: World) -> tuple[Damage[Page], ...]:
    """Return the damages of this module, as the sites of a world do them."""
    mark = partial(mark_before_title, world=world)
    return (
        Damage("51_title_in_three_lines", title_in_three_lines, on_screen=0.03, on_paper=0.02),
        Damage("51_agency_above_title", agency_above, on_screen=0.02),
        Damage("51_title_below_itself", title_below_itself, on_screen=0.02),
        Damage("51_mark_before_title", mark, on_screen=0.02, on_paper=0.01),
        Damage("51_channel_above_title", line_above("channel", world), on_screen=0.04),
        Damage("51_site_above_title", line_above("site_name", world), on_screen=0.04),
        Damage("42_advertising", line_above("advert", world), on_screen=0.02),
    )
