"""A grammar of phrases: symbols from data/phrases expand into sentences, the same ones for the same seed."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache
from random import Random

from nlp.resources import knowledge

SLOT = re.compile(r"\{([^{}]+)\}")
NUMBER = re.compile(r"(\d+)([~^])(\d+)")

Part = tuple[str, str]
"""What to do with a piece of a template, and the piece."""


@cache
def rules(chapter: str) -> dict[str, list[str]]:
    """Return the symbols of data/phrases/<chapter>.toml, each with its alternatives."""
    return knowledge(f"phrases/{chapter}")


CHAPTERS = ("common", "titles", "preface", "overview", "problems", "other_matters", "chrome")


@cache
def _all_rules() -> dict[str, list[str]]:
    return {symbol: texts for chapter in CHAPTERS for symbol, texts in rules(chapter).items()}


@cache
def _parts(template: str) -> tuple[Part, ...]:
    """Cut a template into words and slots: `{symbol}`, `{?symbol}`, `{1~9}`, `{1^900}`."""
    pieces = SLOT.split(template)
    words = [("word", piece) for piece in pieces[::2]]
    slots = [_slot(piece) for piece in pieces[1::2]]
    mixed = [part for pair in zip(words, slots, strict=False) for part in pair]
    return tuple(part for part in (*mixed, words[-1]) if part[1])


def _slot(piece: str) -> Part:
    if NUMBER.fullmatch(piece):
        return "number", piece
    return ("maybe", piece[1:]) if piece.startswith("?") else ("symbol", piece)


class Phrases:
    """The sentences of one document: symbols expand by `rng`, those in `facts` to what they say.

    `choices` are a document's own alternatives of a symbol; `fullness` is how many sentences it takes
    to say something, 1 being usual.

    >>> Phrases(Random("1"), {"org": "如东县教育局", "year": "2023"}).fill("{org}{year}年")
    '如东县教育局2023年'
    """

    def __init__(self, rng: Random, facts: Mapping[str, str]) -> None:
        self.rng = rng
        self.facts = dict(facts)
        self.choices: dict[str, Sequence[str]] = {}
        self.fullness = rng.choice([0.7, 1.0, 1.0, 1.5, 2.0, 3.0])
        self._last: dict[str, str] = {}

    def __call__(self, symbol: str) -> str:
        """Expand a symbol; KeyError where neither facts nor rules know it."""
        fact = self.facts.get(symbol)
        if fact is not None:
            return fact
        text = self.rng.choice(self.choices.get(symbol) or _all_rules()[symbol])
        if text == self._last.get(symbol):
            text = self.rng.choice(self.choices.get(symbol) or _all_rules()[symbol])
        self._last[symbol] = text
        return self.fill(text)

    def fill(self, template: str) -> str:
        """Fill the slots of a template."""
        return "".join(self._part(kind, piece) for kind, piece in _parts(template))

    def many(self, *counts: int) -> int:
        """Draw a number of sentences, more of them in a wordy document."""
        return max(1, round(self.rng.choice(counts) * self.fullness))

    def several(self, symbol: str, count: int) -> list[str]:
        """Expand `count` different alternatives of a symbol, all of them where it has no more."""
        texts = list(dict.fromkeys(_all_rules()[symbol]))
        return [self.fill(text) for text in self.rng.sample(texts, min(count, len(texts)))]

    def distinct(self, symbol: str, count: int) -> list[str]:
        """Expand a symbol into `count` texts, none of them twice."""
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
            return str(drawn(piece, self.rng))
        if kind == "maybe" and self.rng.random() < 0.5:
            return ""
        return self(piece)


def drawn(piece: str, rng: Random) -> int:
    """Draw a number: `1~9` evenly, `1^900` with small ones more often.

    >>> 1 <= drawn("1^900", Random("x")) <= 900
    True
    """
    low, kind, high = NUMBER.fullmatch(piece).groups()  # type: ignore[union-attr]
    if kind == "~":
        return rng.randint(int(low), int(high))
    return int(int(low) * ((int(high) + 1) / int(low)) ** rng.random())


def symbols() -> Sequence[str]:
    """Return every symbol of the grammar."""
    return tuple(_all_rules())
