"""Noise that web sites put around a report: index tables, paths, dates, links, letters, feet of pages."""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from training.generator.grammar import Phrases
from training.generator.noise.damage import Damage
from training.generator.noise.page_furniture import furniture_lines, site_facts, title_end
from training.generator.page import Page, line
from training.generator.worlds import World

_CUTS = ("", " ", "　", " | ", "|", "\t", " |\t")
"""What stands between the cells of an index table."""

Dressing = Callable[[Page, Phrases], Page]


def index_table(page: Page, phrases: Phrases) -> Page:
    """Print the table with the index number above the title or below it, cells in rows or one a line."""
    rng = phrases.rng
    cut = rng.choice(_CUTS)
    phrases.facts["cut"] = cut
    texts = phrases.distinct("index_row", rng.choice([2, 3, 4, 6]))
    if cut.strip() and rng.random() < 0.7:
        texts = [f"{text} |" for text in texts]
    elif rng.random() < 0.3:
        texts = [cell for text in texts for cell in text.split(cut or " ") if cell.strip()]
    if "|" in cut and rng.random() < 0.5:
        texts.append(rng.choice(["| | | |", "|||", "|", "---|---"]))
    place = rng.choice([0, 0, title_end(page)])
    section = "title" if place else ""
    return page[:place] + furniture_lines(texts, section, 0) + page[place:]


def path(page: Page, phrases: Phrases) -> Page:
    """Print the path to the page above it, at times with a link a line."""
    text = phrases("crumb")
    texts = text.replace(">", "\n").split("\n") if phrases.rng.random() < 0.15 else [text]
    return furniture_lines([one.strip() for one in texts if one.strip()], "", 0) + page


def date_below_title(page: Page, phrases: Phrases) -> Page:
    """Print date, source and number of readers below the title, or above it."""
    place = title_end(page) if phrases.rng.random() < 0.8 else 0
    texts = phrases.several("date_line", phrases.rng.choice([1, 1, 2]))
    section = "title" if place else ""
    return page[:place] + furniture_lines(texts, section, 0) + page[place:]


def links(page: Page, phrases: Phrases) -> Page:
    """Print links to other reports behind the report."""
    rng = phrases.rng
    titles = phrases.distinct("report_link", rng.choice([1, 2, 4, 7]))
    bullet = rng.choice(["", "", "· ", "- ", "•"])
    texts = [bullet + title for title in titles]
    if rng.random() < 0.3:
        texts = [f"{text} {_date(rng)}" for text in texts]
    head = [phrases("link_head")] if rng.random() < 0.7 else []
    return page + furniture_lines([*head, *texts], "", 0)


def _date(rng: Random) -> str:
    return f"{rng.randint(2019, 2025)}-0{rng.randint(1, 9)}-{rng.randint(10, 28)}"


def menu(page: Page, phrases: Phrases) -> Page:
    """Print a long menu above the report, one entry a line, or several parted by bars."""
    rng = phrases.rng
    entries = phrases.distinct("nav", rng.choice([6, 12, 25]))
    if rng.random() < 0.3:
        size = rng.choice([3, 5])
        bar = rng.choice([" | ", "  ", "|"])
        entries = [bar.join(entries[n : n + size]) for n in range(0, len(entries), size)]
    return furniture_lines(entries, "", 0) + page


def foot(page: Page, phrases: Phrases) -> Page:
    """Print the foot of the site behind the report."""
    texts = phrases.distinct("footer_line", phrases.rng.choice([2, 4, 6]))
    return page + furniture_lines(texts, "", phrases.rng.choice([0, 0, 1]))


def letter(page: Page, phrases: Phrases) -> Page:
    """Print a line of the letter that hands the report in above its title."""
    return [line(phrases("cover"), "furniture", ""), *page]


def advertising_between(page: Page, phrases: Phrases) -> Page:
    """Print a line of advertising between the lines of the report, outside its tables."""
    places = []
    for n in range(1, len(page)):
        if not page[n].table and not page[n - 1].table and page[n].section == page[n - 1].section:
            places.append(n)
    if not places:
        return page
    place = phrases.rng.choice(places)
    return [*page[:place], line(phrases("reading_ad"), "furniture", page[place].section), *page[place:]]


def _in_world(dressing: Dressing, world: World) -> Callable[[Page, Random], Page]:
    return lambda page, rng: dressing(page, Phrases(rng, site_facts(page), world))


def damages(world: World) -> tuple[Damage[Page], ...]:
    """Return the damages of this module, as the sites of a world do them."""
    return (
        Damage("50_date_line", _in_world(date_below_title, world), on_screen=0.15),
        Damage("50_index_table", _in_world(index_table, world), on_screen=0.15),
        Damage("50_letter", _in_world(letter, world), on_screen=0.02),
        Damage("50_menu", _in_world(menu, world), on_screen=0.06),
        Damage("50_path", _in_world(path, world), on_screen=0.12),
        Damage("50_links", _in_world(links, world), on_screen=0.1),
        Damage("50_foot", _in_world(foot, world), on_screen=0.12),
        Damage("42_advertising_between", _in_world(advertising_between, world), on_screen=0.02),
    )
