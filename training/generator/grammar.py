"""A grammar of phrases: symbols from data/phrases expand into sentences, the same ones for the same seed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from training.generator.worlds import TRAINING, World

SLOT = re.compile(r"\{([^{}]+)\}")
NUMBER = re.compile(r"(\d+)([~^])(\d+)")

Part = tuple[str, str]
"""What a piece of a template is (word, number, symbol; maybe: left out half of the time), and its text."""


@cache
def _parts(template: str) -> tuple[Part, ...]:
    """Cut a template into words and slots: `{symbol}`, `{?symbol}`, `{1~9}`, `{1^900}`."""
    parts: list[Part] = []
    # A pattern with one group splits a text into words at even places and slots at odd ones.
    for place, piece in enumerate(SLOT.split(template)):
        is_slot = place % 2 == 1
        if is_slot and NUMBER.fullmatch(piece):
            parts.append(("number", piece))
        elif is_slot and piece.startswith("?"):
            parts.append(("maybe", piece[1:]))
        elif is_slot:
            parts.append(("symbol", piece))
        elif piece:
            parts.append(("word", piece))
    return tuple(parts)


class Phrases:
    """The sentences of one document: symbols expand by `rng`, those in `facts` to what they say.

    `choices` are a document's own alternatives of a symbol; `fullness` is how many sentences it takes
    to say something, 1 being usual. `world` is what its sentences are taken from.

    >>> Phrases(Random("1"), {"org": "如东县教育局", "year": "2023"}).fill("{org}{year}年")
    '如东县教育局2023年'
    """

    def __init__(self, rng: Random, facts: Mapping[str, str], world: World = TRAINING) -> None:
        self.rng = rng
        self.world = world
        self.facts = dict(facts)
        self.choices: dict[str, Sequence[str]] = {}
        self.fullness = rng.choice([0.7, 1.0, 1.0, 1.5, 2.0, 3.0])
        self._last: dict[str, str] = {}

    def __call__(self, symbol: str) -> str:
        """Expand a symbol; KeyError where neither facts nor rules know it.

        Where the template drawn is the one of the last time, it is drawn once more.
        """
        fact = self.facts.get(symbol)
        if fact is not None:
            return fact
        templates = self.choices.get(symbol) or self.world.symbols()[symbol]
        template = self.rng.choice(templates)
        if template == self._last.get(symbol):
            template = self.rng.choice(templates)
        self._last[symbol] = template
        return self.fill(template)

    def fill(self, template: str) -> str:
        """Fill the slots of a template."""
        return "".join(self._part(kind, piece) for kind, piece in _parts(template))

    def many(self, *counts: int) -> int:
        """Draw a number of sentences, more of them in a wordy document."""
        return max(1, round(self.rng.choice(counts) * self.fullness))

    def several(self, symbol: str, count: int) -> list[str]:
        """Expand `count` different alternatives of a symbol, all of them where it has no more."""
        templates = list(dict.fromkeys(self.world.symbols()[symbol]))
        return [self.fill(template) for template in self.rng.sample(templates, min(count, len(templates)))]

    def distinct(self, symbol: str, count: int) -> list[str]:
        """Expand a symbol into `count` different texts, fewer where twenty attempts a text do not do."""
        texts: dict[str, None] = {}
        for _ in range(20 * count):
            texts[self(symbol)] = None
            if len(texts) == count:
                break
        return list(texts)

    def _part(self, kind: str, piece: str) -> str:
        if kind == "word":
            return piece
        if kind == "number":
            return str(random_number(piece, self.rng))
        if kind == "maybe" and self.rng.random() < 0.5:
            return ""
        return self(piece)


def random_number(slot: str, rng: Random) -> int:
    """Draw a number for a slot: `1~9` evenly, `1^900` with small ones more often.

    >>> 1 <= random_number("1^900", Random("x")) <= 900
    True
    """
    low, kind, high = NUMBER.fullmatch(slot).groups()  # type: ignore[union-attr]
    if kind == "~":
        return rng.randint(int(low), int(high))
    ratio = (int(high) + 1) / int(low)
    return int(int(low) * ratio ** rng.random())


def symbols(world: World = TRAINING) -> Sequence[str]:
    """Return every symbol of the grammar."""
    return tuple(world.symbols())
