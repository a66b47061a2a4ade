"""The form's sums as equations over values: evaluated here for the search, the checks and the generator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from msgspec import Struct

Number = int | float


class Equation(Struct, frozen=True, gc=False):
    """A sum over a sequence of values: those at the places `left` come to as much as those at `right`."""

    left: tuple[int, ...]
    right: tuple[int, ...]

    def amounts(self, values: Sequence[Number | None]) -> tuple[Number, Number]:
        """Return what both sides come to; a blank value (None) adds nothing.

        >>> Equation(left=(2,), right=(0, 1)).amounts([1, None, 3])
        (3, 1)
        """
        left = added([values[place] or 0 for place in self.left])
        right = added([values[place] or 0 for place in self.right])
        return left, right

    def holds(self, values: Sequence[Number | None]) -> bool:
        """Return whether both sides come to the same."""
        left, right = self.amounts(values)
        return left == right

    def has_total(self, values: Sequence[Number | None]) -> bool:
        """Return whether the left side, the total, is printed."""
        return all(values[place] is not None for place in self.left)


def added(values: Sequence[Number]) -> Number:
    """Return the sum of some values; decimal fractions are added as decimals.

    >>> added([0.1, 0.2]), added([1, 2])
    (0.3, 3)
    """
    if float not in map(type, values):
        return sum(values)
    total = sum(Decimal(str(value)) for value in values)
    return int(total) if total == int(total) else float(total)


def adds_up(equations: Iterable[Equation], values: Sequence[Number | None]) -> bool:
    """Return whether every sum of a row holds: blank parts add nothing, a blank total does not hold.

    >>> row = (Equation(left=(2,), right=(0, 1)),)
    >>> adds_up(row, [None, 3, 3]), adds_up(row, [0, 0, None])
    (True, False)
    """
    return all(equation.has_total(values) and equation.holds(values) for equation in equations)


def total_holds(equations: Iterable[Equation], values: Sequence[Number | None]) -> bool | None:
    """Return whether the sums of a row hold; None where that says nothing.

    A total that is blank, or parts that are all blank or 0, say nothing, nor does a row without sums.

    >>> row = (Equation(left=(2,), right=(0, 1)),)
    >>> total_holds(row, [1, 2, 3]), total_holds(row, [1, 2, 0]), total_holds(row, [0, 0, 0])
    (True, False, None)
    """
    verdict = None
    for equation in equations:
        has_parts = any(values[place] for place in equation.right)
        if not has_parts or not equation.has_total(values):
            return None
        verdict = verdict is not False and equation.holds(values)
    return verdict
