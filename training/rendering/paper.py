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
_SMALLEST, _LARGEST = 5.0, 12
"""The sizes of letters in tables, in points."""
_NARROWEST = 1.1
"""The width of the narrowest column, in letters."""
_POINT = 0.3528
"""The length of a point in millimetres."""
_REQUESTS = 10
"""How many columns the table of requests has, labels included."""
_SONG, _HEI = "Noto Serif CJK SC", "Noto Sans CJK SC"


@dataclass(frozen=True)
class Paper:
    """How a report is set; lengths in millimetres, sizes of letters in points.

    Of tables: `full_width` as wide as the page, `fixed` in the widths of columns, `narrow` a factor on the
    widths of the value columns of requests, `header_again` on every page, `rows_whole` not torn between
    pages, `vertical` in the labels of groups, `break_in` the characters after which a label of twice as many
    is broken (0 for none), and `too_narrow` for their longest numbers. `footer` is what stands before and
    after the number of a page, None where pages have none.
    """

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
        """The width of a line in millimetres."""
        page_width = 297 if self.landscape else 210
        return page_width - 2 * self.margin

    def widths(self, grid: Grid) -> list[float]:
        """Return the widths of the columns of a table in millimetres, padding included."""
        letters = self._letters_in_columns(grid)
        em = self._em(letters)
        return [em * width + 2 * self.padding for width in letters]

    def fitting(self, tables: Sequence[Grid]) -> Paper:
        """Return the paper with letters small enough for its tables, as offices make them."""
        widest = [self._em(self._letters_in_columns(grid)) / _POINT for grid in tables]
        size = min(self.table_letters, *widest, _LARGEST)
        return replace(self, table_letters=round(max(_SMALLEST, size), 1))

    def _em(self, letters: Sequence[float]) -> float:
        """Return how wide a letter may be, in millimetres, where columns hold so many of them."""
        return (self.room - 2 * self.padding * len(letters)) / sum(letters)

    def _letters_in_columns(self, grid: Grid) -> list[float]:
        """Return how many letters each column holds: those of values as many as their longest number."""
        narrow = self.narrow if len(grid.widths) == _REQUESTS else 1.0
        letters = []
        for column, width in enumerate(grid.widths):
            factor = narrow if column > 2 else 1.0
            letters.append(max(width * factor, _NARROWEST))
        for box in grid.boxes:
            if box.figure and not self.too_narrow:
                needed = _length(box.text) / box.across
                letters[box.column] = max(letters[box.column], needed)
        return letters


def _length(text: str) -> float:
    """Return the width of the longest number of a text in letters: numbers, unlike Chinese, never break."""
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
