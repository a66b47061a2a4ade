"""Noise in the characters of a page: odd spaces, invisible characters, foreign line ends."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from random import Random

from training.generator.noise.damage import Damage
from training.generator.page import Page, PageLine

SPACES = ("\u00a0", "\u00a0", "\u3000", "\u2002", "\u2003", "\u202f")
"""No-break, ideographic, en, em and narrow no-break space, the first twice as likely."""
INVISIBLE = ("\u200b", "\u200b", "\ufeff", "\u200d", "\u00ad", "\x07", "\x0b", "\u2028")
"""Characters without a shape: zero-width ones, the soft hyphen, a bell, separators of lines."""


def odd_spaces(page: Page, rng: Random) -> Page:
    """Print one other kind of space in place of every space."""
    space = rng.choice(SPACES)
    return rewritten(page, lambda entry: entry.text.replace(" ", space))


def invisible_characters(page: Page, rng: Random) -> Page:
    """Insert a zero-width or control character into a share of the lines."""
    character = rng.choice(INVISIBLE)
    share = rng.choice([0.02, 0.1, 0.5])

    def with_character(entry: PageLine) -> str:
        if not entry.label or rng.random() > share:
            return entry.text
        position = rng.randrange(len(entry.text) + 1)
        return entry.text[:position] + character + entry.text[position:]

    return rewritten(page, with_character)


def carriage_returns(page: Page, rng: Random) -> Page:
    """End every line with `\\r\\n`."""
    return rewritten(page, lambda entry: entry.text + "\r")


def byte_order_mark(page: Page, rng: Random) -> Page:
    """Begin the page with a byte order mark."""
    first = replace(page[0], text="\ufeff" + page[0].text)
    return [first, *page[1:]]


def rewritten(page: Page, rewrite: Callable[[PageLine], str]) -> Page:
    """Return a page whose lines have the texts that `rewrite` returns for them; labels stay."""
    return [replace(entry, text=rewrite(entry)) for entry in page]


DAMAGES: tuple[Damage[Page], ...] = (
    Damage("28_odd_spaces", odd_spaces, on_screen=0.05, on_paper=0.05),
    Damage("28_invisible_characters", invisible_characters, on_screen=0.04, on_paper=0.04),
    Damage("28_carriage_returns", carriage_returns, on_screen=0.02, on_paper=0.02),
    Damage("28_byte_order_mark", byte_order_mark, on_screen=0.01, on_paper=0.01),
)
