"""A number or statement of a paragraph with what it speaks of, before it is held against the tables."""

from __future__ import annotations

from msgspec import Struct

from nlp.claims.kinds import Meaning
from nlp.record.claims import Approximation, Wording


class Found(Struct, frozen=True):
    """A number of a paragraph that speaks of something, at `start` to `end` of its text.

    - `is_plain`: whether the words leave no doubt what it counts.
    - `is_weak`: whether it may count more or less than the tables do: then only an equal number says
      something.
    """

    start: int
    end: int
    value: int | float
    unit: str | None
    meaning: Meaning
    is_plain: bool
    is_weak: bool = False
    approximate: Approximation | None = None

    @property
    def wording(self) -> Wording:
        """How far its words say what it speaks of."""
        if self.is_weak:
            return "weak"
        return "plain" if self.is_plain else "doubtful"
