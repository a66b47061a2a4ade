"""Counts the cells of a document, in all and for each table and row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from training.scoring.cells import Judged

ALL = "all"


class Counts(NamedTuple):
    """What is counted of some cells of a document; counts of several documents add up.

    `zeros` of the cells are 0 in gold: what the baseline has right.
    """

    documents: int
    exact: int
    zeros_only: int
    cells: int
    right: int
    wrong: int
    unanswered: int
    silent: int
    non_zero_right: int
    non_zero_predicted: int
    non_zero_gold: int
    zeros: int


NONE = Counts(*[0] * len(Counts._fields))
FIELD = {field: at for at, field in enumerate(Counts._fields)}


def grouped(cells: Sequence[Judged], accepted: bool) -> dict[str, Counts]:
    """Return the counts of a document: `all`, each table and each row by its id.

    >>> from training.scoring.readings import Reading
    >>> three = Reading("printed", 3)
    >>> cell = Judged("review_litigation", "review", "total", three, three, "right")
    >>> list(grouped([cell], True)), grouped([cell], True)["all"].non_zero_right
    (['review_litigation.review', 'review_litigation', 'all'], 1)
    """
    found: dict[str, Counts] = {}
    for table, of_table in groupby(cells, key=lambda cell: cell.table):
        rows = {
            f"{table}.{row}": counted(list(of_row), accepted)
            for row, of_row in groupby(of_table, key=lambda cell: cell.row)
        }
        found |= rows
        found[table] = _together(rows.values())
    if found:
        found[ALL] = _together(counts for group, counts in found.items() if "." not in group)
    return found


def counted(cells: Sequence[Judged], accepted: bool) -> Counts:
    """Count some cells of one document."""
    gold = [cell.gold.kind for cell in cells]
    claims = [cell.predicted.kind for cell in cells]
    outcomes = [cell.outcome for cell in cells]
    right, wrong, zeros = outcomes.count("right"), outcomes.count("wrong"), gold.count("zero")
    return Counts(
        1,
        int(right == len(cells)),
        int(zeros == len(cells)),
        len(cells),
        right,
        wrong,
        len(cells) - right - wrong,
        len(cells) - right if accepted else 0,
        sum(kind == "number" and done == "right" for kind, done in zip(gold, outcomes, strict=True)),
        claims.count("number"),
        gold.count("number"),
        zeros,
    )


def _together(parts: Iterable[Counts]) -> Counts:
    """Add the parts of one document up: it is exact where each of them is."""
    known = list(parts)
    total = added(known)
    return total._replace(
        documents=1,
        exact=int(total.exact == len(known)),
        zeros_only=int(total.zeros_only == len(known)),
    )


def added(counts: Iterable[Counts]) -> Counts:
    """Return the sum over documents."""
    return Counts(*map(sum, zip(NONE, *counts, strict=True)))
