"""Compares what documents are read as with what they were read as before: gains and losses."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec import Struct

from training.net.answers import Answer

Answers = Mapping[str, Answer]
"""What each document is read as, by its key."""


class Change(Struct, frozen=True):
    """A document that is read otherwise than before, with the names of the parts of its record that changed.

    `gain` is the growth of the number of right cells less that of wrong ones, 0 where gold is not known.
    """

    key: str
    parts: tuple[str, ...]
    gain: int
    before: Answer
    after: Answer

    def __str__(self) -> str:
        words = [f"{self.key}: {', '.join(self.parts)}"]
        for outcome in ("right", "wrong", "unanswered"):
            before = self.before.cells.get(outcome, 0)
            after = self.after.cells.get(outcome, 0)
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
        if old is None or old == new:
            continue
        parts = sorted({*old.parts, *new.parts})
        changed_parts = tuple(part for part in parts if old.parts.get(part) != new.parts.get(part))
        more_right = new.cells.get("right", 0) - old.cells.get("right", 0)
        more_wrong = new.cells.get("wrong", 0) - old.cells.get("wrong", 0)
        yield Change(key, changed_parts, more_right - more_wrong, old, new)
