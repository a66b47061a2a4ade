"""Noise in the prose of a page: lost characters, spaced-out lines, lines broken at commas."""

from __future__ import annotations

import re
from random import Random

from training.generator.noise.characters import rewritten
from training.generator.noise.damage import Damage
from training.generator.page import Page, PageLine, line

BESIDE_WIDE_CHARACTER = re.compile(r"(?<=[^\x00-\xff])(?=\S)|(?<=\S)(?=[^\x00-\xff])")
"""The places between two characters of which one at least is wide."""


def dropped_characters(page: Page, rng: Random) -> Page:
    """Lose single characters of prose and headings, never a digit."""
    share = rng.choice([0.02, 0.1])

    def with_one_dropped(entry: PageLine) -> str:
        if entry.table or len(entry.text) < 12 or rng.random() > share:
            return entry.text
        position = rng.randrange(2, len(entry.text) - 1)
        if entry.text[position].isdigit():
            return entry.text
        return entry.text[:position] + entry.text[position + 1 :]

    return rewritten(page, with_one_dropped)


def spaced_prose(page: Page, rng: Random) -> Page:
    """Put spaces between all characters of a few lines, as justified lines are read: `号 ， 邮 编 ：`."""
    share = rng.choice([0.01, 0.04])

    def spaced(entry: PageLine) -> str:
        if entry.table or entry.label == "furniture" or rng.random() > share:
            return entry.text
        return BESIDE_WIDE_CHARACTER.sub(" ", entry.text)

    return rewritten(page, spaced)


def broken_at_commas(page: Page, rng: Random) -> Page:
    """Break one line of prose in twenty after its first comma, as `pdftotext -raw` breaks justified lines."""
    broken: Page = []
    for entry in page:
        cut = entry.text.find("，") + 1
        is_prose = entry.label == "narrative" and not entry.table
        if is_prose and 4 < cut < len(entry.text) and rng.random() <= 0.05:
            broken.append(line(entry.text[:cut], entry.label, entry.section))
            broken.append(line(entry.text[cut:], entry.label, entry.section))
        else:
            broken.append(entry)
    return broken


DAMAGES: tuple[Damage[Page], ...] = (
    Damage("26_dropped_characters", dropped_characters, on_screen=0.03, on_paper=0.03),
    Damage("09_spaced_prose", spaced_prose, on_paper=0.1),
    Damage("broken_at_commas", broken_at_commas, on_paper=0.06),
)
