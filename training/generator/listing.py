"""Lists of items in prose: how they are numbered, in one paragraph or one a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from random import Random

from nlp.text.enumerators import NUMERALS, circled
from training.generator.grammar import Phrases
from training.generator.page import Block

LONGEST_TITLE = 24
"""A title that was to run into its paragraph but stands alone is a heading; longer, it is a sentence."""
SECTION = "problems_and_improvements"
CHINESE = NUMERALS


@dataclass
class Chapter:
    """The chapter as written so far; `answers` are positions in `problems`."""

    blocks: list[Block] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    improvements: list[tuple[str, list[int]]] = field(default_factory=list)

    def say(self, text: str) -> None:
        """Add a paragraph."""
        self.blocks.append(Block(text, "narrative", SECTION))

    def head(self, text: str) -> None:
        """Add a sub-heading."""
        self.blocks.append(Block(text, "heading", SECTION))


Enumerator = Callable[[int], str]
ITEMS: tuple[Enumerator, ...] = (
    lambda i: f"{CHINESE[i]}是",
    lambda i: f"{CHINESE[i]}是",
    lambda i: f"{CHINESE[i]}是",
    lambda i: f"（{CHINESE[i]}）",
    lambda i: f"{i + 1}.",
    lambda i: f"{i + 1}、",
    lambda i: f"（{i + 1}）",
    lambda i: circled(i + 1),
    lambda i: f"第{CHINESE[i]}，",
    lambda i: f"{CHINESE[i]}、",
    lambda i: ("首先，", "其次，", "再次，", "最后，", "此外，", "同时，")[i],
    lambda i: f"{i + 1}．",
    lambda i: f"{i + 1}. ",
    lambda i: f"{CHINESE[i]}要",
)
PARTS: tuple[Enumerator, ...] = (
    lambda i: f"（{CHINESE[i]}）",
    lambda i: f"（{CHINESE[i]}）",
    lambda i: f"({CHINESE[i]})",
    lambda i: f"({CHINESE[i]}) ",
    lambda i: f"{i + 1}.",
    lambda i: f"{i + 1}、",
    lambda i: "",
    lambda i: f"（{CHINESE[i]}） ",
)


def items(phrases: Phrases, symbol: str, most: int = 5) -> list[str]:
    return phrases.distinct(symbol, phrases.rng.choice([1, 2, 2, 2, 3, 3, 3, 4, most]))


def _enumerator(items: Sequence[str], rng: Random, but: str = "") -> Enumerator:
    """Choose how items are numbered; `首先` cannot number one, nor may items look like their heading."""
    fit = [one for one in ITEMS if one(0)[:1] != but[:1] and (len(items) > 1 or "首" not in one(0))]
    return rng.choice(fit)


def in_one(texts: Sequence[str], mark: Enumerator, rng: Random) -> str:
    """Write items as one paragraph: `一是…；二是…。`"""
    between = "。" if any("。" in item or "；" in item for item in texts) else rng.choice(["。", "；", "；"])
    return between.join(mark(i) + item for i, item in enumerate(texts)) + "。"


def listed(chapter: Chapter, items: Sequence[str], phrases: Phrases, intro: str, but: str = "") -> None:
    """Write an introduction and items: all in one paragraph, or one a paragraph."""
    rng = phrases.rng
    mark = _enumerator(items, rng, but)
    if rng.random() < 0.5:
        chapter.say(intro + in_one(items, mark, rng))
        return
    if len(intro) > LONGEST_TITLE or "，" in intro:
        chapter.say(intro)
    elif intro:
        chapter.head(intro)
    end = rng.choice(["。", "。", "。", "；"])
    for i, item in enumerate(items):
        chapter.say(mark(i) + item + ("。" if i == len(items) - 1 else end))


def opened(phrases: Phrases, symbol: str) -> str:
    """Return an introduction that ends before the first item, or none."""
    if phrases.rng.random() < 0.5:
        return ""
    return phrases(symbol) + phrases("colon" if symbol == "admit" else "resolve_colon")
