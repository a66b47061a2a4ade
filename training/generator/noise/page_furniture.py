"""Noise that pages and sites add to a report: page numbers, running heads, blank lines, site chrome."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass, replace
from functools import partial
from random import Random

from training.generator.grammar import Phrases
from training.generator.noise.damage import Damage
from training.generator.page import Page, PageLine, line
from training.generator.worlds import TRAINING, World


def breaks_in_tables(page: Page, rng: Random) -> Page:
    """Insert blank lines between the lines of a table, where a page ended."""
    places = []
    for n in range(len(page) - 1):
        if page[n].table and page[n].table == page[n + 1].table:
            places.append(n)
    chosen = rng.sample(places, min(len(places), rng.choice([1, 2, 3])))
    broken = list(page)
    for place in sorted(chosen, reverse=True):
        broken.insert(place + 1, line("", "", page[place].section, page[place].table))
    return broken


def title_repeated(page: Page, rng: Random) -> Page:
    """Print the title a second time at the top, as web pages do in their own heading."""
    titles = _title_lines(page)
    if len(titles) != 1:
        return page
    return [replace(titles[0], text=titles[0].text.strip()), *page]


def _title_lines(page: Page) -> list[PageLine]:
    return [entry for entry in page if entry.section == "title" and entry.label]


def running_head(page: Page, rng: Random) -> Page:
    """Repeat a line of the title at the top of every printed page but the first."""
    titles = _title_lines(page)
    if not titles:
        return page
    text = rng.choice(titles).text.strip()
    page_starts = range(rng.choice([25, 35]), len(page), rng.choice([30, 40]))
    headed = list(page)
    for start in reversed(page_starts):
        headed.insert(start, line(text, "furniture", page[start].section))
    return headed


@dataclass(frozen=True)
class _PageNumbers:
    """How a document prints page numbers: `style` with {page} and {pages}, and blank lines around them."""

    style: str
    pages: int
    blank_lines_before: int
    blank_lines_after: int

    def lines(self, number: int, section: str, *, at_end: bool = False) -> Page:
        """Return the lines with one number; none follows the number of the last page."""
        text = self.style.replace("{page}", str(number)).replace("{pages}", str(self.pages))
        blank = line("", "", section)
        after = 0 if at_end else self.blank_lines_after
        return [*[blank] * self.blank_lines_before, line(text, "furniture", section), *[blank] * after]


def page_numbers(page: Page, rng: Random, world: World = TRAINING) -> Page:
    """Print a page number every so many lines, at times with blank lines or a form feed at the page break.

    Three in ten documents number their pages at the top, the others at the bottom.
    """
    style = rng.choice(world.symbols()["page_number"])
    filled_lines = sum(1 for entry in page if entry.label)
    lines_per_page = max(22, filled_lines // rng.choice([3, 4, 5, 6, 8]))
    blank_lines_before = rng.choice([0, 0, 0, 1])
    blank_lines_after = rng.choice([0, 0, 0, 1])
    has_form_feeds = rng.random() < 0.15
    at_top = rng.random() < 0.3
    pages = max(1, math.ceil(filled_lines / lines_per_page))
    numbers = _PageNumbers(style, pages, blank_lines_before, blank_lines_after)
    numbered: Page = []
    lines_on_page = 0
    number = 1
    for entry in page:
        begins_page = lines_on_page == 0 and bool(entry.label)
        if begins_page and at_top:
            numbered += numbers.lines(number, entry.section)
        elif begins_page and number > 1:
            numbered += numbers.lines(number - 1, entry.section)
        if begins_page and has_form_feeds and (at_top or number > 1):
            entry = replace(entry, text="\f" + entry.text)
        numbered.append(entry)
        if entry.label:
            lines_on_page += 1
        if lines_on_page == lines_per_page + rng.randint(-2, 2) or lines_on_page > lines_per_page + 2:
            lines_on_page = 0
            number += 1
    if not at_top:
        numbered += numbers.lines(number, page[-1].section, at_end=True)
    return numbered


def site_chrome(page: Page, rng: Random, world: World = TRAINING) -> Page:
    """Print what surrounds an article on a web page before and after the report, and below its title."""
    phrases = Phrases(rng, site_facts(page), world)
    top = phrases.distinct("top", rng.choice([0, 1, 2, 3, 5, 8]))
    if rng.random() < 0.3:
        top = [*phrases.distinct("nav", rng.choice([4, 8, 15])), *top]
    bottom = phrases.distinct("bottom", rng.choice([0, 1, 2, 3, 6]))
    if rng.random() < 0.15:
        bottom = [*bottom, *phrases.distinct("nav", rng.choice([3, 6]))]
    blank_lines = rng.choice([0, 0, 1])
    above = furniture_lines(top, "", blank_lines)
    below = furniture_lines(bottom, "", blank_lines)
    end = title_end(page)
    if rng.random() < 0.5 and end:
        below_title = [phrases("top") for _ in range(rng.choice([1, 1, 2, 3]))]
        page = page[:end] + furniture_lines(below_title, "title", 0) + page[end:]
    return above + page + below


def furniture_lines(texts: list[str], section: str, blank_lines: int) -> Page:
    """Return a furniture line for each text, with blank lines after it; these belong to no section."""
    lines: Page = []
    for text in texts:
        lines.append(line(text, "furniture", section))
        lines += [line("", "", "")] * blank_lines
    return lines


def title_end(page: Page) -> int:
    """Return the number of lines up to the last line of the title, 0 where the page has no title."""
    end = 0
    for n, entry in enumerate(page, 1):
        if entry.section == "title" and entry.label:
            end = n
    return end


def site_facts(page: Page) -> dict[str, str]:
    """Return names and years for the lines of a site: those of the title, where they stand in it."""
    title = "".join(entry.text.strip() for entry in page if entry.section == "title")
    year_in_title = re.search(r"20\d\d", title)
    year = int(year_in_title.group()) if year_in_title else 2023
    organization = re.split(r"\d|关于|政府|政务|信息", title)[0] or "本单位"
    return {
        "org": organization,
        "name_short": organization,
        "place": organization[:3],
        "province": "省",
        "leaders": "市委、市政府",
        "year": str(year),
        "last": str(year - 1),
        "next": str(year + 1),
        "page": "1",
        "pages": "5",
    }


def damages(world: World) -> tuple[Damage[Page], ...]:
    """Return the damages of this module, as the sites and printers of a world do them."""
    return (
        Damage("01_breaks_in_tables", breaks_in_tables, on_screen=0.08, on_paper=0.08),
        Damage("27_title_repeated", title_repeated, on_screen=0.05),
        Damage("18_running_head", running_head, on_paper=0.03),
        Damage("18_page_numbers", partial(page_numbers, world=world), on_screen=0.05, on_paper=0.8),
        Damage("27_site_chrome", partial(site_chrome, world=world), on_screen=0.35),
    )
