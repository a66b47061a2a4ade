"""Tells which broken sums a digit may have broken that is none of its number, or that its number lacks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import chain

from nlp.record.model import Cell, Check, Number, TableCells

Term = tuple[str, str]
"""The row and column of a cell in a sum."""
Terms = tuple[Term, ...]
"""The row and column of each term on one side of a sum."""
Sides = tuple[Terms, Terms]
"""The terms on the left side of a sum and those on its right."""


def broken_by_digits(checks: Iterable[Check], sides: Mapping[str, Sides], rows: TableCells) -> set[str]:
    """Return the ids of the broken sums of a table that other digits of one cell may mend.

    No sum over such a cell holds, and one would if the cell held what its digits are without some of them (a
    note's raised digit, one struck out), or what they begin (a number that the end of a line cuts). `sides`
    are the terms of each check, by its id.
    """
    broken_over: dict[Term, list[str]] = {}
    right: set[Term] = set()
    suspected: set[Term] = set()
    for check in checks:
        if check.outcome == "holds":
            right.update(chain.from_iterable(sides[check.id]))
        elif check.outcome == "broken":
            for term, needed in _needed_by(check, sides[check.id], rows):
                broken_over.setdefault(term, []).append(check.id)
                if may_be_meant(_digits(rows[term[0]][term[1]]), needed):
                    suspected.add(term)
    return {id for term in suspected - right for id in broken_over[term]}


def _needed_by(check: Check, sides: Sides, rows: TableCells) -> Iterator[tuple[Term, Number]]:
    """Yield each term of a sum and what it would have to be for the sum to hold, the others as they are."""
    too_much = (check.left or 0) - (check.right or 0)
    for terms, excess in zip(sides, (too_much, -too_much), strict=True):
        for row, column in terms:
            value = rows[row][column].value if column in rows[row] else None
            if value is not None:
                yield (row, column), value - excess


def may_be_meant(printed: str, needed: Number) -> bool:
    """Return whether a count may be printed for another with digits that are none of it, or cut off.

    >>> may_be_meant("181", 18), may_be_meant("2018", 18), may_be_meant("12", 120), may_be_meant("19", 18)
    (True, True, True, False)
    """
    meant = str(needed)
    if printed == meant or not (printed.isdecimal() and meant.isdecimal()):
        return False
    if meant.startswith(printed):
        return printed != "0"
    digits_printed = iter(printed)
    return all(digit in digits_printed for digit in meant)


def _digits(cell: Cell) -> str:
    """Return the digits that a cell prints; those of its value where it prints no bare digits (1,024)."""
    text = cell.text or ""
    return text if text.isascii() and text.isdecimal() else str(cell.value)
