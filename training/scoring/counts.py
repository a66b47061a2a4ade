"""Counts the cells of a document by outcome, in all and for each table and row."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby
from typing import NamedTuple

from training.scoring.cells import Judged

ALL = "all"
"""The name of the group of all cells."""


class Counts(NamedTuple):
    """The counts of some cells of one document, or the sums over several documents.

    `documents` is 1 for one document, `exact` 1 if all its cells are right, `zeros_only` 1 if all are 0 in
    gold. `silent` are the cells that are not right in an accepted record. The `non_zero` counts are of
    numbers that are not 0. `zeros` are the cells that are 0 in gold, which the baseline gets right.
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
FIELD = {field: number for number, field in enumerate(Counts._fields)}
"""The column of each field in an array of counts."""


def grouped(cells: Sequence[Judged], accepted: bool) -> dict[str, Counts]:
    """Return the counts of a document: of each row, of each table, and of all cells; empty without cells.

    >>> from training.scoring.readings import Reading
    >>> three = Reading("printed", 3)
    >>> cell = Judged("review_litigation", "review", "total", three, three, "right")
    >>> list(grouped([cell], True)), grouped([cell], True)["all"].non_zero_right
    (['review_litigation.review', 'review_litigation', 'all'], 1)
    """
    groups: dict[str, Counts] = {}
    tables: list[Counts] = []
    for table, cells_of_table in groupby(cells, key=lambda cell: cell.table):
        rows: list[Counts] = []
        for row, cells_of_row in groupby(cells_of_table, key=lambda cell: cell.row):
            counts = counted(list(cells_of_row), accepted)
            groups[f"{table}.{row}"] = counts
            rows.append(counts)
        groups[table] = _together(rows)
        tables.append(groups[table])
    if tables:
        groups[ALL] = _together(tables)
    return groups


def counted(cells: Sequence[Judged], accepted: bool) -> Counts:
    """Return the counts of some cells of one document."""
    gold_kinds = [cell.gold.kind for cell in cells]
    predicted_kinds = [cell.predicted.kind for cell in cells]
    outcomes = [cell.outcome for cell in cells]
    right, wrong, zeros = outcomes.count("right"), outcomes.count("wrong"), gold_kinds.count("zero")
    return Counts(
        documents=1,
        exact=int(right == len(cells)),
        zeros_only=int(zeros == len(cells)),
        cells=len(cells),
        right=right,
        wrong=wrong,
        unanswered=len(cells) - right - wrong,
        silent=len(cells) - right if accepted else 0,
        non_zero_right=sum(cell.right for cell in cells if cell.gold.kind == "number"),
        non_zero_predicted=predicted_kinds.count("number"),
        non_zero_gold=gold_kinds.count("number"),
        zeros=zeros,
    )


def _together(parts: Sequence[Counts]) -> Counts:
    """Return the counts of parts of one document together, which is exact if each part is."""
    total = added(parts)
    return total._replace(
        documents=1,
        exact=int(total.exact == len(parts)),
        zeros_only=int(total.zeros_only == len(parts)),
    )


def added(counts: Iterable[Counts]) -> Counts:
    """Return the sums over documents."""
    return Counts(*map(sum, zip(NONE, *counts, strict=True)))
