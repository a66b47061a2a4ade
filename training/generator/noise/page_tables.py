"""Noise in the table lines of a page: numbers on lines of their own, joined column names, parted digits."""

from __future__ import annotations

import re
from dataclasses import replace
from random import Random

from training.generator.noise.characters import rewritten
from training.generator.noise.damage import Damage
from training.generator.page import Page, PageLine, line

LAST_OF_ROW = re.compile(r"((?:\d+[\s|]+){6})([1-9]\d*)(\s*\|*\s*)$")
"""The end of a row of requests: six values, a last one that is not 0, borders."""
COLUMN_NAMES = re.compile(r"^[^\d/—-]*(?:行政复议|结果|维持|尚未|审结|自然人|商业|机构|申请人情况)[^\d/—-]*$")
"""A line that holds names of columns and no value."""
NUMBER = re.compile(r"(?<![\d.,，+-])(\d)(\d+)(?=$|[ \t|　])")
"""A value of two digits or more that fills its cell."""


def orphan_value(page: Page, rng: Random) -> Page:
    """Move the last number of a row of requests to a line of its own: below the row, or rows further down."""
    requests = [n for n, entry in enumerate(page) if entry.table == "requests"]
    rows = [n for n in requests if LAST_OF_ROW.search(page[n].text)]
    if not rows:
        return page
    row = rng.choice(rows)
    match = LAST_OF_ROW.search(page[row].text)
    last_number = match.group(2) if match else ""
    table_end = requests[-1]
    line_before = rng.choice([row, min(row + rng.randint(1, 6), table_end), table_end])
    orphan = line(last_number, "numeric_cell", "requests", "requests")
    rest = replace(page[row], text=LAST_OF_ROW.sub(r"\1\3", page[row].text))
    return [*page[:row], rest, *page[row + 1 : line_before + 1], orphan, *page[line_before + 1 :]]


def glued_headers(page: Page, rng: Random) -> Page:
    """Print the column names of a line without spaces between them: `行政复议行政诉讼`."""

    def without_spaces(entry: PageLine) -> str:
        is_label_line = bool(entry.table) and entry.label == "table_row"
        if is_label_line and COLUMN_NAMES.search(entry.text):
            return entry.text.strip().replace(" ", "")
        return entry.text

    return rewritten(page, without_spaces)


def split_digits(page: Page, rng: Random) -> Page:
    """Print a space between two digits of one number of a table: `1 0` for 10."""
    rows = [n for n, entry in enumerate(page) if entry.table and NUMBER.search(entry.text)]
    if not rows:
        return page
    row = rng.choice(rows)
    text = page[row].text
    number = rng.choice(list(NUMBER.finditer(text)))
    cut = number.start() + rng.randint(1, len(number.group()) - 1)
    return [*page[:row], replace(page[row], text=text[:cut] + " " + text[cut:]), *page[row + 1 :]]


DAMAGES: tuple[Damage[Page], ...] = (
    Damage("14_orphan_value", orphan_value, on_screen=0.02),
    Damage("17_glued_headers", glued_headers, on_paper=0.1),
    Damage("25_split_digits", split_digits, on_screen=0.02, on_paper=0.02),
)
