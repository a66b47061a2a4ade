"""Damages to the characters of a page: split, dropped, spread, invisible."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.generator.page import Page, PageLine

NUMBER = re.compile(r"(?<![\d.,，+-])(\d)(\d+)(?=$|[ \t|　])")


def split_digits(page: Page, rng: Random) -> Page:
    """Part the digits of one number of a table: `1 0` for 10."""
    rows = [n for n, entry in enumerate(page) if entry.table and NUMBER.search(entry.text)]
    if not rows:
        return page
    at = rng.choice(rows)
    found = rng.choice(list(NUMBER.finditer(page[at].text)))
    text = page[at].text
    cut = found.start() + rng.randint(1, len(found.group()) - 1)
    return [*page[:at], replace(page[at], text=text[:cut] + " " + text[cut:]), *page[at + 1 :]]


def dropped_characters(page: Page, rng: Random) -> Page:
    """Lose single characters of prose and headings, never a digit."""
    share = rng.choice([0.02, 0.1])

    def drop(entry: PageLine) -> str:
        if entry.table or len(entry.text) < 12 or rng.random() > share:
            return entry.text
        at = rng.randrange(2, len(entry.text) - 1)
        return entry.text if entry.text[at].isdigit() else entry.text[:at] + entry.text[at + 1 :]

    return rewritten(page, drop)


def spaced_prose(page: Page, rng: Random) -> Page:
    """Part every character of a few lines, as justified lines come out: `号 ， 邮 编 ：`."""
    share = rng.choice([0.01, 0.04])

    def spread(entry: PageLine) -> str:
        if entry.table or entry.label == "furniture" or rng.random() > share:
            return entry.text
        return re.sub(r"(?<=[^\x00-\xff])(?=\S)|(?<=\S)(?=[^\x00-\xff])", " ", entry.text)

    return rewritten(page, spread)


def odd_spaces(page: Page, rng: Random) -> Page:
    """Write spaces as other spaces: no-break, ideographic, narrow."""
    other = rng.choice(["\u00a0", "\u00a0", "\u3000", "\u2002", "\u2003", "\u202f"])
    return rewritten(page, lambda entry: entry.text.replace(" ", other))


def invisible_characters(page: Page, rng: Random) -> Page:
    """Put zero-width and control characters between others."""
    mark = rng.choice(["\u200b", "\u200b", "\ufeff", "\u200d", "\u00ad", "\x07", "\x0b", "\u2028"])
    share = rng.choice([0.02, 0.1, 0.5])

    def marked(entry: PageLine) -> str:
        if not entry.label or rng.random() > share:
            return entry.text
        at = rng.randrange(len(entry.text) + 1)
        return entry.text[:at] + mark + entry.text[at:]

    return rewritten(page, marked)


def carriage_returns(page: Page, rng: Random) -> Page:
    """End every line by `\\r\\n`."""
    return rewritten(page, lambda entry: entry.text + "\r")


def byte_order_mark(page: Page, rng: Random) -> Page:
    """Begin with a byte order mark that a reader took for text."""
    return [replace(page[0], text="\ufeff" + page[0].text), *page[1:]]


def rewritten(page: Page, rewrite: Callable[[PageLine], str]) -> Page:
    """Return a page with every line rewritten; a line keeps its label."""
    return [replace(entry, text=rewrite(entry)) for entry in page]
