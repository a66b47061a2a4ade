"""The paper that a report is printed on: its size, its letters, how its tables are set, how pages end."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from random import Random

from nlp.resources import knowledge
from training.generator.grids import Grid

FOOTERS = [(before, after) for before, after in knowledge("phrases/site")["footers"]]
"""What stands before and after the number of a page."""
NUMBER = re.compile(r"[0-9.,+-]+|[０-９]+")
_SMALLEST = 5.0
_POINT = 0.3528
_REQUESTS = 10
"""How many columns the table of requests has, labels included."""
_SONG, _HEI = "Noto Serif CJK SC", "Noto Sans CJK SC"


@dataclass(frozen=True)
class Paper:
    """How a report is set; lengths in millimetres, sizes of letters in points."""

    landscape: bool
    margin: float
    font: str
    letters: float
    table_letters: float
    leading: float
    padding: float
    full_width: bool
    fixed: bool
    narrow: float
    centred: bool
    header_again: bool
    rows_whole: bool
    vertical: bool
    break_in: int
    footer: tuple[str, str] | None
    too_narrow: bool

    @property
    def room(self) -> float:
        """How wide a line may be."""
        return (297 if self.landscape else 210) - 2 * self.margin

    def widths(self, grid: Grid) -> list[float]:
        """Share the room out among the columns of a table."""
        wanted = self._wanted(grid)
        em = self._em(wanted)
        return [em * width + 2 * self.padding for width in wanted]

    def fitting(self, tables: Sequence[Grid]) -> Paper:
        """Return the paper with letters small enough for its tables, as offices make them."""
        ems = [self._em(self._wanted(grid)) / _POINT for grid in tables]
        return replace(self, table_letters=round(max(_SMALLEST, min(self.table_letters, *ems, 12)), 1))

    def _em(self, wanted: Sequence[float]) -> float:
        """Return how wide a letter may be where columns hold so many of them."""
        return (self.room - 2 * self.padding * len(wanted)) / sum(wanted)

    def _wanted(self, grid: Grid) -> list[float]:
        """Return how many letters each column holds: those of values as many as their longest number."""
        narrow = self.narrow if len(grid.widths) == _REQUESTS else 1.0
        wanted = [width * (narrow if i > 2 else 1.0) for i, width in enumerate(grid.widths)]
        longest = [1.1] * len(wanted)
        for box in grid.boxes:
            if box.figure and not self.too_narrow:
                share = _length(box.text) / box.across
                longest[box.column] = max(longest[box.column], share)
        return [max(pair) for pair in zip(wanted, longest, strict=True)]


def _length(text: str) -> float:
    """Return how wide the longest number of a text is: Chinese breaks anywhere, numbers must not."""
    return max((0.6 * len(number) + 0.2 for number in NUMBER.findall(text)), default=0.0)


def drawn(rng: Random) -> Paper:
    """Draw a paper as offices use them: mostly A4 upright, large letters in prose, small ones in tables."""
    return Paper(
        landscape=rng.random() < 0.1,
        margin=rng.choice([15, 20, 26, 28, 31.8]),
        font=rng.choice([_SONG, _SONG, _HEI]),
        letters=rng.choice([10.5, 12, 12, 14, 15, 16, 16]),
        table_letters=rng.choice([7.5, 8, 9, 9, 10.5, 10.5, 12]),
        leading=rng.choice([1.0, 1.2, 1.5, 1.8]),
        padding=rng.choice([0.2, 0.5, 1, 1.9, 2.5]),
        full_width=rng.random() < 0.8,
        fixed=rng.random() < 0.6,
        narrow=rng.choice([0.55, 0.7, 1.0, 1.0, 1.4]),
        centred=rng.random() < 0.7,
        header_again=rng.random() < 0.25,
        rows_whole=rng.random() < 0.5,
        vertical=rng.random() < 0.08,
        break_in=rng.choice([0, 0, 0, 2, 2]),
        footer=rng.choice(FOOTERS) if rng.random() < 0.75 else None,
        too_narrow=rng.random() < 0.02,
    )


def header_rows(grid: Grid) -> int:
    """Return how many rows stand above the first value, the rows that are printed again on a new page.

    Only the table of requests is longer than a page; that of disclosures has a header for every item.
    """
    return grid.header if grid.table == "requests" else 0
