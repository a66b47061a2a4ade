"""Models a figure of the speed table: what is measured, beside what, and the target."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from msgspec import Struct


class Measured(Struct, frozen=True):
    """What one run found: `value` is None where it could not be measured, and `note` says why.

    `parts` are the numbers that the value was made of, by name, each name with its unit.
    """

    value: float | None
    parts: dict[str, float]
    note: str


@dataclass(frozen=True)
class Figure:
    """One row of the table; `measure(quick)` runs it, on far less where `quick`.

    >>> Figure("a", "a ÷ b", 0.35, lambda quick: Measured(0.3, {}, "")).met(0.3)
    True
    """

    name: str
    what: str
    target: float
    measure: Callable[[bool], Measured]
    at_least: bool = False
    unit: str = ""

    @property
    def aim(self) -> str:
        """The target as the table prints it."""
        return f"{'≥' if self.at_least else '≤'} {self.target:g}{self.unit and ' ' + self.unit}"

    def met(self, value: float) -> bool:
        """Tell whether a value is as good as the target."""
        return value >= self.target if self.at_least else value <= self.target
