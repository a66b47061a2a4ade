"""Damages to the lines of a page: page breaks, site chrome, odd characters, split and dropped ones."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from training.generator.grammar import Phrases, rules
from training.generator.noise.characters import rewritten
from training.generator.page import Page, PageLine, line

Inserted = list[PageLine]


def page_numbers(page: Page, rng: Random) -> Page:
    """Break the page every so many lines: a number, at times blank lines or a form feed around it."""
    style = rng.choice(rules("chrome")["page_number"])
    filled = sum(1 for entry in page if entry.label)
    length = max(22, filled // rng.choice([3, 4, 5, 6, 8]))
    before, after = rng.choice([0, 0, 0, 1]), rng.choice([0, 0, 0, 1])
    feed = rng.random() < 0.15
    number_first = rng.random() < 0.3
    pages = max(1, -(-filled // length))
    written: Page = []
    count, number = 0, 1
    for entry in page:
        if count == 0 and entry.label and (number_first or number > 1):
            shown = number if number_first else number - 1
            written += _numbered(style, shown, pages, entry.section, before, after)
            entry = replace(entry, text="\f" + entry.text) if feed else entry
        written.append(entry)
        count += bool(entry.label)
        if count == length + rng.randint(-2, 2) or count > length + 2:
            count, number = 0, number + 1
    if not number_first:
        written += _numbered(style, number, pages, page[-1].section, before, 0)
    return written


def _numbered(style: str, number: int, pages: int, section: str, before: int, after: int) -> Inserted:
    text = style.replace("{page}", str(number)).replace("{pages}", str(pages))
    blank = line("", "", section)
    return [*[blank] * before, line(text, "furniture", section), *[blank] * after]


def running_head(page: Page, rng: Random) -> Page:
    """Repeat a line at the top of every page of paper."""
    titles = [entry.text.strip() for entry in page if entry.section == "title" and entry.label]
    if not titles:
        return page
    text = rng.choice(titles)
    starts = range(rng.choice([25, 35]), len(page), rng.choice([30, 40]))
    written = list(page)
    for at in reversed(starts):
        written.insert(at, line(text, "furniture", page[at].section))
    return written


def site_chrome(page: Page, rng: Random) -> Page:
    """Put what surrounds an article on a web page before and after the report."""
    phrases = Phrases(rng, _facts(page))
    top = phrases.distinct("top", rng.choice([0, 1, 2, 3, 5, 8]))
    if rng.random() < 0.3:
        top = [*phrases.distinct("nav", rng.choice([4, 8, 15])), *top]
    bottom = phrases.distinct("bottom", rng.choice([0, 1, 2, 3, 6]))
    if rng.random() < 0.15:
        bottom = [*bottom, *phrases.distinct("nav", rng.choice([3, 6]))]
    gap = [line("", "", "")] * rng.choice([0, 0, 1])
    above = [entry for text in top for entry in (line(text, "furniture"), *gap)]
    after_title = _after_title(page)
    below = [entry for text in bottom for entry in (line(text, "furniture"), *gap)]
    if rng.random() < 0.5 and after_title:
        meta = [line(phrases("top"), "furniture", "title") for _ in range(rng.choice([1, 1, 2, 3]))]
        page = page[:after_title] + meta + page[after_title:]
    return above + page + below


def _after_title(page: Page) -> int:
    return max((n for n, entry in enumerate(page, 1) if entry.section == "title" and entry.label), default=0)


def _facts(page: Page) -> dict[str, str]:
    """Site chrome speaks of the same year and agency as the title."""
    title = "".join(entry.text.strip() for entry in page if entry.section == "title")
    year = re.search(r"20\d\d", title)
    n = int(year.group()) if year else 2023
    org = re.split(r"\d|关于|政府|政务|信息", title)[0] or "本单位"
    known = {"org": org, "name_short": org, "place": org[:3], "province": "省", "leaders": "市委、市政府"}
    return {**known, "year": str(n), "last": str(n - 1), "next": str(n + 1), "page": "1", "pages": "5"}


def title_repeated(page: Page, rng: Random) -> Page:
    """Print the title a second time, as web pages do in their own heading."""
    titles = [entry for entry in page if entry.section == "title" and entry.label]
    if len(titles) != 1:
        return page
    return [replace(titles[0], text=titles[0].text.strip()), *page]


def breaks_in_tables(page: Page, rng: Random) -> Page:
    """Put blank lines between rows of a table, where a page ended."""
    inside = [n for n, entry in enumerate(page[:-1]) if entry.table and page[n + 1].table == entry.table]
    written = list(page)
    for at in sorted(rng.sample(inside, min(len(inside), rng.choice([1, 2, 3]))), reverse=True):
        written.insert(at + 1, line("", "", page[at].section, page[at].table))
    return written


LAST_OF_ROW = re.compile(r"((?:\d+[\s|]+){6})([1-9]\d*)(\s*\|*\s*)$")


def orphan_value(page: Page, rng: Random) -> Page:
    """Move the last number of a row to a line of its own, some lines further down."""
    rows = [n for n, entry in enumerate(page) if entry.table == "requests" and LAST_OF_ROW.search(entry.text)]
    if not rows:
        return page
    at = rng.choice(rows)
    found = LAST_OF_ROW.search(page[at].text)
    end = max(n for n, entry in enumerate(page) if entry.table == "requests")
    to = rng.choice([at, min(at + rng.randint(1, 6), end), end])
    orphan = line(found.group(2) if found else "", "numeric_cell", "requests", "requests")
    left = replace(page[at], text=LAST_OF_ROW.sub(r"\1\3", page[at].text))
    return [*page[:at], left, *page[at + 1 : to + 1], orphan, *page[to + 1 :]]


def broken_at_commas(page: Page, rng: Random) -> Page:
    """Break justified lines after a mark, as pdftotext -raw does."""
    written: Page = []
    for entry in page:
        at = entry.text.find("，") + 1
        if entry.table or entry.label != "narrative" or not 4 < at < len(entry.text) or rng.random() > 0.05:
            written.append(entry)
        else:
            parts = (entry.text[:at], entry.text[at:])
            written += [line(part, entry.label, entry.section) for part in parts]
    return written


def glued_headers(page: Page, rng: Random) -> Page:
    """Join the names in header lines of a table: `行政复议行政诉讼`."""

    def glued(entry: PageLine) -> str:
        if entry.label != "table_row" or not entry.table or not HEADERS.search(entry.text):
            return entry.text
        return entry.text.strip().replace(" ", "")

    return rewritten(page, glued)


HEADERS = re.compile(r"^[^\d/—-]*(?:行政复议|结果|维持|尚未|审结|自然人|商业|机构|申请人情况)[^\d/—-]*$")
