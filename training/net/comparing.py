"""Holds what documents are read as against what they were read as before: gains and losses by document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from training.net.answers import Answer

Answers = Mapping[str, Answer]
"""What each document is read as, by its key."""


class Change(Struct, frozen=True):
    """A document that is read otherwise: which parts of its record changed, and what that did to its cells.

    `gain` counts the right cells more than before, less the wrong ones more; it is 0 where gold is not known.
    """

    key: str
    parts: tuple[str, ...]
    gain: int
    before: Answer
    after: Answer

    def __str__(self) -> str:
        words = [f"{self.key}: {', '.join(self.parts)}"]
        for outcome in ("right", "wrong", "unanswered"):
            before, after = (one.cells.get(outcome, 0) for one in (self.before, self.after))
            if before != after:
                words.append(f"{outcome} {before} → {after}")
        if self.before.accepted != self.after.accepted:
            words.append("accepted now" if self.after.accepted else "no longer accepted")
        return "; ".join(words)


def changes(before: Answers, after: Answers) -> Iterator[Change]:
    """Yield the documents of both runs that are read otherwise.

    >>> old = Answer({"tables": "a"}, True, {"right": 9, "wrong": 1})
    >>> new = Answer({"tables": "b"}, True, {"right": 10})
    >>> [str(change) for change in changes({"x": old}, {"x": new})]
    ['x: tables; right 9 → 10; wrong 1 → 0']
    """
    for key, new in after.items():
        old = before.get(key)
        if old is not None and old != new:
            parts = {*old.parts, *new.parts}
            differing = tuple(sorted(part for part in parts if old.parts.get(part) != new.parts.get(part)))
            yield Change(key, differing, _gain(old, new), old, new)


def _gain(old: Answer, new: Answer) -> int:
    right = new.cells.get("right", 0) - old.cells.get("right", 0)
    wrong = new.cells.get("wrong", 0) - old.cells.get("wrong", 0)
    return right - wrong
