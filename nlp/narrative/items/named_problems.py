"""Settles which of the problems that 针对…的问题 names are listed elsewhere already."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.narrative.items.stretch import Item
from nlp.narrative.wording import expression

_SHARED_WITH_LISTED = 0.6
"""A problem is one listed before if they share so much of the character pairs of the one with fewer."""

_SHARED_WITH_NAMED = 0.9
"""It is one named before if they share so much of the character pairs of the one with more."""


def settled(items: Sequence[Item], text: str) -> list[Item]:
    """Return the items, each problem that is named once more as `other`; its measures answer the first one.

    Where a text lists its problems, one that is only named with its measure and cannot be found among
    them is taken for one of them in other words, and its measures answer none.
    """
    meant = _meant_problems(items, text)
    result = []
    for position, item in enumerate(items):
        if meant.get(position, position) != position:
            result.append(replace(item, kind="other"))
            continue
        answers: list[int] = []
        for problem in item.answers:
            same = meant.get(problem, problem)
            if same is not None and same not in answers:
                answers.append(same)
        result.append(replace(item, answers=tuple(answers)))
    return result


def _meant_problems(items: Sequence[Item], text: str) -> dict[int, int | None]:
    """Return for each named problem which problem it means, by positions; None where that is not known."""
    listed: list[int] = []
    named: list[int] = []
    for position, item in enumerate(items):
        if item.kind == "problems":
            problems = named if item.is_named else listed
            problems.append(position)
    pairs = {position: _character_pairs(text, items[position]) for position in (*listed, *named)}
    meant: dict[int, int | None] = {}
    kept: list[int] = []
    for position in named:
        same = None
        for other in listed:
            fewer = min(len(pairs[position]), len(pairs[other]))
            if _share(pairs[position], pairs[other], fewer, _SHARED_WITH_LISTED):
                same = other
                break
        if same is None:
            for other in kept:
                more = max(len(pairs[position]), len(pairs[other]))
                if _share(pairs[position], pairs[other], more, _SHARED_WITH_NAMED):
                    same = other
                    break
        if same is None and len(listed) < len(named):
            same = position
            kept.append(position)
        meant[position] = same
    return meant


def _share(pairs: frozenset[str], other: frozenset[str], count: int, share: float) -> bool:
    """Return whether two problems have so much of `count` character pairs in common."""
    return len(pairs & other) >= share * max(count, 1)


def _character_pairs(text: str, item: Item) -> frozenset[str]:
    words = expression("items", "unlike").sub("", text[item.start : item.end])
    return frozenset(words[place : place + 2] for place in range(len(words) - 1))
