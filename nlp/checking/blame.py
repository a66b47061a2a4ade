"""Whose fault a broken sum is: the agency's, the reader's, or nobody's that can be told."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from msgspec.structs import replace

from nlp.form.form import Table
from nlp.record.model import Blame, Cell, Check, Number, TableCells

_CERTAIN = 0.9
"""From this confidence on a cell's place is certain without the sums."""


def blame(summed: Iterable[Cell], rows: TableCells, table: Table) -> Blame:
    """Return who is to blame for a broken sum over some cells of a table.

    The agency, where each cell is certain without the sum. The agency as well where the order of a table
    in one row (四) is in doubt and no order of its numbers would make the sums hold.
    """
    if all(_certain(cell) for cell in summed):
        return "source"
    numbers = _numbers(rows) if table.one_row and _order_in_doubt(rows) else None
    if numbers and not mendable(numbers, len(table.parts)):
        return "source"
    return "undecided"


def _order_in_doubt(rows: TableCells) -> bool:
    """Tell whether a whole group's cells are in doubt, and every one that is not 0."""
    whole_group = any(not any(map(_certain, cells.values())) for cells in rows.values())
    found = (cell for cells in rows.values() for cell in cells.values())
    return whole_group and not any(cell.value and _certain(cell) for cell in found)


def reconsidered(checks: list[Check], rows: TableCells) -> list[Check]:
    """Return the checks of a table, those undecided that another place of one number would mend.

    Where a row's numbers stand on lines of their own, one that was taken for a page's number moves those
    behind it: two columns are off by as much, one too high and one too low.
    """
    off = {check.id: _difference(check) for check in checks if check.blame == "source"}
    if len(off) < 2 or not _one_a_line(rows):
        return checks
    moved = {id for id in off if any(_same_sum(id, other) and off[id] == -off[other] for other in off)}
    return [replace(check, blame="undecided") if check.id in moved else check for check in checks]


def _difference(check: Check) -> Number:
    return (check.left or 0) - (check.right or 0)


def _same_sum(one: str, other: str) -> bool:
    return one != other and one.rpartition(".")[0] == other.rpartition(".")[0]


def _one_a_line(rows: TableCells) -> bool:
    """Tell whether some row's numbers stand on several lines."""
    return any(len({cell.line for cell in cells.values() if cell.line}) > 1 for cells in rows.values())


def _certain(cell: Cell) -> bool:
    return cell.confidence >= _CERTAIN


def _numbers(rows: TableCells) -> list[Number] | None:
    """Return the numbers of a table, wherever they belong; None where some were not read at all."""
    found: list[Number] = []
    for cell in (cell for cells in rows.values() for cell in cells.values()):
        if cell.value is not None:
            found.append(cell.value)
        elif cell.state == "ambiguous" and cell.candidates and (first := cell.candidates[0]) is not None:
            found.append(first)
        elif cell.state != "blank":
            return None
    return found


def mendable(numbers: Iterable[Number], parts: int) -> bool:
    """Tell whether numbers can be arranged into totals and at most so many parts of each.

    >>> mendable([0, 3, 2, 5, 0], parts=4)
    True
    >>> mendable([10, 1, 5, 0, 0], parts=4)
    False
    """
    return _arranged(tuple(sorted((number for number in numbers if number), reverse=True)), parts)


def _arranged(numbers: tuple[Number, ...], parts: int) -> bool:
    """The largest number is a total, or the only part of one that is as large.

    Parts that are alike leave the same rest, which is looked at once: fifteen ones have very many pairs.
    """
    if not numbers:
        return True
    largest, rest = numbers[0], numbers[1:]
    return any(_arranged(left, parts) for left in set(_without_parts(largest, rest, parts)))


def _without_parts(total: Number, rest: Sequence[Number], parts: int) -> Iterator[tuple[Number, ...]]:
    for count in range(1, parts + 1):
        for chosen in combinations(range(len(rest)), count):
            if sum(rest[at] for at in chosen) == total:
                yield tuple(number for at, number in enumerate(rest) if at not in chosen)
