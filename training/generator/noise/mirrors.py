"""Noise that mirrors make: readings behind characters, another word in place of 政府信息公开."""

from __future__ import annotations

import re
from functools import partial
from random import Random

from nlp.resources import knowledge
from training.generator.noise.characters import rewritten
from training.generator.noise.damage import Damage
from training.generator.page import Page, PageLine
from training.generator.worlds import TRAINING, World

_WHOLE = "政府信息公开"
_TAIWAN = {"信息": "資訊", "行政规范性文件": "行政規範性檔案"}


def readings(page: Page, rng: Random) -> Page:
    """Put the reading behind a share of some characters: `规(guī)章`, `政(zheng)(zheng)府`."""
    syllables = knowledge("phrases/mirrors")["readings"]
    characters = rng.sample(sorted(syllables), rng.choice([6, 12]))
    share = rng.choice([0.1, 0.4, 0.8])
    twice = rng.random() < 0.2
    pattern = re.compile("[" + "".join(characters) + "]")

    def with_reading(match: re.Match[str]) -> str:
        character = match.group()
        if rng.random() >= share:
            return character
        return character + f"({syllables[character]})" * (2 if twice else 1)

    def read(entry: PageLine) -> str:
        return pattern.sub(with_reading, entry.text) if entry.label != "furniture" else entry.text

    return rewritten(page, read)


def other_word(page: Page, rng: Random, world: World = TRAINING) -> Page:
    """Print another word wherever a chapter or the title says 政府信息公开."""
    words = knowledge("phrases/mirrors")["words" if world == TRAINING else "words_unseen"]
    word = rng.choice(words)

    def replaced(entry: PageLine) -> str:
        return entry.text.replace(_WHOLE, word) if entry.label == "heading" else entry.text

    return rewritten(page, replaced)


def taiwan_words(page: Page, rng: Random) -> Page:
    """Print the words of Taiwan in headings and tables."""

    def translated(entry: PageLine) -> str:
        text = entry.text
        if entry.label in ("heading", "table_row"):
            for word, other in _TAIWAN.items():
                text = text.replace(word, other)
        return text

    return rewritten(page, translated)


def damages(world: World) -> tuple[Damage[Page], ...]:
    """Return the damages of this module, as the mirrors of a world do them."""
    return (
        Damage("41_readings", readings, on_screen=0.012),
        Damage("42_other_word", partial(other_word, world=world), on_screen=0.008),
        Damage("49_taiwan_words", taiwan_words, on_screen=0.008),
    )
