"""Lists of items in prose: how they are numbered, in one paragraph or one a paragraph."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from random import Random

from nlp.text.enumerators import NUMERALS, circled
from training.generator.grammar import Phrases
from training.generator.page import Block

LONGEST_TITLE = 24
"""The number of characters up to which an introduction alone on its line is a heading, not a sentence."""
SECTION = "problems_and_improvements"
CHINESE = NUMERALS


@dataclass
class Chapter:
    """The chapter as written so far.

    `improvements` pairs each measure with the positions in `problems` of the problems that it answers.
    """

    blocks: list[Block] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    improvements: list[tuple[str, list[int]]] = field(default_factory=list)

    def add_paragraph(self, text: str) -> None:
        """Write a paragraph."""
        self.blocks.append(Block(text, "narrative", SECTION))

    def add_heading(self, text: str) -> None:
        """Write a sub-heading."""
        self.blocks.append(Block(text, "heading", SECTION))

    def record(self, problems: Iterable[str], measures: Iterable[str]) -> None:
        """Note problems, and measures that answer none of them in particular, as items of the chapter."""
        self.problems.extend(problems)
        self.improvements.extend((measure, []) for measure in measures)


Enumerator = Callable[[int], str]
"""Returns what stands before the item at a position (from 0)."""
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
"""How items are numbered; what is listed three times is drawn three times as often."""
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
"""How the parts of a chapter are numbered."""


def items(phrases: Phrases, symbol: str, most: int = 5) -> list[str]:
    """Return one to four different texts of a symbol, or `most`."""
    return phrases.distinct(symbol, phrases.rng.choice([1, 2, 2, 2, 3, 3, 3, 4, most]))


def _item_enumerator(items: Sequence[str], rng: Random, unlike: str) -> Enumerator:
    """Draw an enumerator whose first mark begins with another character than `unlike`, the heading's mark.

    A single item is never numbered by `首先`.
    """
    candidates = []
    for enumerator in ITEMS:
        first_mark = enumerator(0)
        needs_several = "首" in first_mark
        if first_mark[:1] != unlike[:1] and (len(items) > 1 or not needs_several):
            candidates.append(enumerator)
    return rng.choice(candidates)


def in_one_paragraph(items: Sequence[str], enumerator: Enumerator, rng: Random) -> str:
    """Return items as one paragraph: `一是…；二是…。`"""
    if any("。" in item or "；" in item for item in items):
        separator = "。"
    else:
        separator = rng.choice(["。", "；", "；"])
    numbered = [enumerator(i) + item for i, item in enumerate(items)]
    return separator.join(numbered) + "。"


def add_list(
    chapter: Chapter, items: Sequence[str], phrases: Phrases, intro: str, heading_mark: str = ""
) -> None:
    """Write an introduction and items, all in one paragraph or one a paragraph.

    `heading_mark` is the enumerator of the heading above, which the items do not use.
    """
    rng = phrases.rng
    enumerator = _item_enumerator(items, rng, unlike=heading_mark)
    if rng.random() < 0.5:
        chapter.add_paragraph(intro + in_one_paragraph(items, enumerator, rng))
        return
    if len(intro) > LONGEST_TITLE or "，" in intro:
        chapter.add_paragraph(intro)
    elif intro:
        chapter.add_heading(intro)
    separator = rng.choice(["。", "。", "。", "；"])
    last = len(items) - 1
    for i, item in enumerate(items):
        end = "。" if i == last else separator
        chapter.add_paragraph(enumerator(i) + item + end)


def introduction(phrases: Phrases, symbol: str) -> str:
    """Return an introduction that ends with a colon before the first item, or "" in half of the cases."""
    if phrases.rng.random() < 0.5:
        return ""
    colon = "colon" if symbol == "admit" else "resolve_colon"
    return phrases(symbol) + phrases(colon)
