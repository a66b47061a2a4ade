"""The cell figures of each table, row, edition, tool and kind of noise."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from training.scoring.bootstrap import resampled
from training.scoring.counts import ALL, FIELD, NONE
from training.scoring.figures import RATIOS, Figures, figures
from training.scoring.tally import Tally

Counted = NDArray[np.float32]
_WIDTH = len(NONE)
_DRAWN = np.array([field in RATIOS for field in FIELD], np.float32)
"""The counts that figures with an interval are made of."""


def breakdown(tallies: Sequence[Tally]) -> dict[str, dict[str, Figures]]:
    """Return figures by what they are of (`table`, `row`, `edition`, `tool`, `noise`), then which.

    A row has its id after its table's, `requests.total`. The baseline and the intervals are in each.
    """
    blocks = {
        **{("all", ALL): _of_cells(tallies, ALL)},
        **{(_level(name), name): _of_cells(tallies, name) for name in _names(tallies)},
        **_of_documents(tallies),
    }
    sums = _resampled(list(blocks.values()))
    found: dict[str, dict[str, Figures]] = {}
    for (level, name), block, drawn in zip(blocks, blocks.values(), sums, strict=True):
        found.setdefault(level, {})[name] = figures(block, drawn)
    return found


def of_all(tallies: Sequence[Tally]) -> Figures:
    """Return the figures of all cells."""
    rows = _of_cells(tallies, ALL)
    return figures(rows, resampled(rows))


def _level(name: str) -> str:
    return "row" if "." in name else "table"


def _names(tallies: Sequence[Tally]) -> list[str]:
    """Tables first, each in the order in which gold has them."""
    names = dict.fromkeys(name for one in tallies for name in one.counts if name != ALL)
    return sorted(names, key=lambda name: "." in name)


def _of_cells(tallies: Sequence[Tally], name: str) -> Counted:
    return np.array([one.counts.get(name, NONE) for one in tallies], np.float32).reshape(-1, _WIDTH)


def _of_documents(tallies: Sequence[Tally]) -> dict[tuple[str, str], Counted]:
    groups = dict.fromkeys(
        (level, name) for one in tallies for level in one.kinds for name in one.kinds[level]
    )
    every = _of_cells(tallies, ALL)
    return {
        (level, name): every * np.array([[name in one.kinds.get(level, ())] for one in tallies], np.float32)
        for level, name in sorted(groups)
    }


def _resampled(blocks: list[Counted]) -> list[Counted] | list[None]:
    sums = resampled(np.concatenate(blocks, axis=1) * np.tile(_DRAWN, len(blocks))) if blocks else None
    if sums is None:
        return [None] * len(blocks)
    return [sums[:, at : at + _WIDTH] for at in range(0, sums.shape[1], _WIDTH)]
