"""Attributes a broken sum to the agency's own numbers, or leaves it undecided."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from itertools import combinations

from msgspec.structs import replace

from nlp.checking.confidence import CERTAIN
from nlp.checking.digits import Sides, broken_by_digits
from nlp.form.form import Table
from nlp.record.model import Blame, Cell, Check, Number, TableCells

_SEVERAL = 3
"""From so many rows on in which a sum is broken, the agency's own numbers are less likely to blame."""


def blame(summed: Iterable[Cell], rows: TableCells, table: Table) -> Blame:
    """Return who is to blame for a broken sum over the cells `summed` of a table with the cells `rows`.

    `source`, if every cell of the sum is certain without the sum. `source` as well, if the table prints all
    its values in one row (`one_row`, 四), their order is in doubt, and no order of them would make the sums
    hold. `undecided` otherwise.
    """
    if all(_is_certain(cell) for cell in summed):
        return "source"
    if table.one_row and _is_order_in_doubt(rows):
        numbers = _numbers(rows)
        if numbers and not mendable(numbers, len(table.parts)):
            return "source"
    return "undecided"


def reconsidered(checks: list[Check], sides: Mapping[str, Sides], rows: TableCells) -> list[Check]:
    """Return the checks of a table, the sums that one misread number may have broken no longer blamed.

    In a table whose rows have each number on a line of its own, a cell that was taken for a page number
    moves the numbers behind it by one column: one column's sum is then too high by what another's is too
    low. The blame of such sums becomes `undecided`. So does that of a sum which is broken in most rows, or
    columns, of a table: one of its columns may be another than the form's. So does that of a sum which holds
    if one cell has some digits less, or more at its end: these may be none of its number, or cut off.
    `sides` are the terms of each check, by its id.
    """
    if not any(check.blame == "source" for check in checks):
        return checks
    by_digits = broken_by_digits(checks, sides, rows)
    doubtful = {check.id for check in checks if check.id in by_digits or _is_broken_throughout(check, checks)}
    checks = undecided(checks, doubtful)
    if not _has_number_on_each_line(rows):
        return checks
    differences = {}
    for check in checks:
        if check.blame == "source":
            differences[check.id] = (check.left or 0) - (check.right or 0)
    return undecided(checks, {id for id in differences if _has_counterpart(id, differences)})


def undecided(checks: Iterable[Check], doubtful: Container[str]) -> list[Check]:
    """Return the checks; none whose id is `doubtful` is blamed on the agency."""
    blamed = []
    for check in checks:
        is_doubtful = check.blame == "source" and check.id in doubtful
        blamed.append(replace(check, blame="undecided") if is_doubtful else check)
    return blamed


def _is_broken_throughout(check: Check, checks: Sequence[Check]) -> bool:
    """Return whether a sum that the source is blamed for is broken over most rows that are not all 0."""
    if check.blame != "source":
        return False
    alike = [other for other in checks if _relation(other.id) == _relation(check.id)]
    broken = [other for other in alike if other.outcome == "broken"]
    held = [other for other in alike if other.outcome == "holds" and other.left]
    return len(broken) >= _SEVERAL and len(broken) > len(held)


def _relation(check: str) -> str:
    """Return the relation that a check evaluates over one row or column."""
    return check.rpartition(".")[0]


def _has_counterpart(check: str, differences: Mapping[str, Number]) -> bool:
    """Return whether the same relation is broken the other way over another row or column."""
    for other, difference in differences.items():
        same_relation = other != check and _relation(other) == _relation(check)
        if same_relation and difference == -differences[check]:
            return True
    return False


def _has_number_on_each_line(rows: TableCells) -> bool:
    """Return whether the numbers of some row stand on several lines."""
    for cells in rows.values():
        lines = {cell.line for cell in cells.values() if cell.line}
        if len(lines) > 1:
            return True
    return False


def _is_certain(cell: Cell) -> bool:
    return cell.confidence >= CERTAIN


def _is_order_in_doubt(rows: TableCells) -> bool:
    """Return whether all cells of some row are uncertain, and every cell of the table that is not 0."""
    some_row_uncertain = False
    for cells in rows.values():
        certain = [cell for cell in cells.values() if _is_certain(cell)]
        if any(cell.value for cell in certain):
            return False
        if not certain:
            some_row_uncertain = True
    return some_row_uncertain


def _numbers(rows: TableCells) -> list[Number] | None:
    """Return the numbers of a table, an ambiguous cell's first candidate; None if a cell was not read."""
    numbers: list[Number] = []
    for cells in rows.values():
        for cell in cells.values():
            value = cell.value
            if cell.state == "ambiguous" and cell.candidates:
                value = cell.candidates[0]
            if value is not None:
                numbers.append(value)
            elif cell.state != "blank":
                return None
    return numbers


def mendable(numbers: Iterable[Number], parts: int) -> bool:
    """Return whether numbers can be arranged into totals with at most `parts` parts each.

    >>> mendable([0, 3, 2, 5, 0], parts=4)
    True
    >>> mendable([10, 1, 5, 0, 0], parts=4)
    False
    """
    not_zero = [number for number in numbers if number]
    return _arranged(tuple(sorted(not_zero, reverse=True)), parts)


def _arranged(numbers: tuple[Number, ...], parts: int) -> bool:
    """Return whether numbers, the largest first, can be arranged into totals and their parts.

    The largest number is a total, or the only part of one that is as large. Equal parts leave the same
    rest, which is examined once: fifteen ones have very many pairs.
    """
    if not numbers:
        return True
    total, rest = numbers[0], numbers[1:]
    return any(_arranged(others, parts) for others in set(_without_parts(total, rest, parts)))


def _without_parts(total: Number, rest: Sequence[Number], parts: int) -> Iterator[tuple[Number, ...]]:
    """Yield what is left of `rest` without each choice of at most `parts` numbers that sum to `total`."""
    places = range(len(rest))
    for count in range(1, parts + 1):
        for chosen in combinations(places, count):
            if sum(rest[place] for place in chosen) == total:
                yield tuple(rest[place] for place in places if place not in chosen)
