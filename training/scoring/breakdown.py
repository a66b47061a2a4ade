"""Computes the cell figures of each table, row, edition, tool and kind of noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.scoring.counts import ALL, NONE
from training.scoring.figures import Figures, figures
from training.scoring.headline import reports_of
from training.scoring.tally import Tally

CountsArray = NDArray[np.float32]
"""The fields of Counts [document, field]."""

_WIDTH = len(NONE)


def breakdown(tallies: Sequence[Tally]) -> dict[str, dict[str, Figures]]:
    """Return figures as `[level][name]`.

    The levels are `all`, `table`, `row`, `edition`, `tool` and `noise`. The name of a row is its table's id
    and its own, `requests.total`.
    """
    blocks = {("all", ALL): _counts_of(tallies, ALL)}
    for name in _tables_and_rows(tallies):
        level = "row" if "." in name else "table"
        blocks[level, name] = _counts_of(tallies, name)
    blocks |= _counts_by_kind(tallies)
    reports = reports_of(tallies)
    by_level: dict[str, dict[str, Figures]] = {}
    for (level, name), block in blocks.items():
        by_level.setdefault(level, {})[name] = figures(block, reports)
    return by_level


def of_all(tallies: Sequence[Tally]) -> Figures:
    """Return the figures of all cells."""
    return figures(_counts_of(tallies, ALL), reports_of(tallies))


def _tables_and_rows(tallies: Sequence[Tally]) -> list[str]:
    """Return the names of all tables, then of all rows, in the order of gold."""
    tables: dict[str, None] = {}
    rows: dict[str, None] = {}
    for tally in tallies:
        for name in tally.counts:
            if "." in name:
                rows[name] = None
            elif name != ALL:
                tables[name] = None
    return [*tables, *rows]


def _counts_of(tallies: Sequence[Tally], name: str) -> CountsArray:
    """Return the counts of one table or row in each document; 0 where a document lacks it."""
    counts = [tally.counts.get(name, NONE) for tally in tallies]
    return np.array(counts, np.float32).reshape(-1, _WIDTH)


def _counts_by_kind(tallies: Sequence[Tally]) -> dict[tuple[str, str], CountsArray]:
    """Return the counts of each (level, name) of documents; 0 for documents that do not belong to it."""
    groups: set[tuple[str, str]] = set()
    for tally in tallies:
        for level, names in tally.kinds.items():
            groups.update((level, name) for name in names)
    every = _counts_of(tallies, ALL)
    counts: dict[tuple[str, str], CountsArray] = {}
    for level, name in sorted(groups):
        belongs = [name in tally.kinds.get(level, ()) for tally in tallies]
        counts[level, name] = every * np.array(belongs, np.float32)[:, None]
    return counts
