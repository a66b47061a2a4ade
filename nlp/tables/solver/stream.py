"""The numbers of a page in the order in which a tool gave them, and what stands between them."""

from __future__ import annotations

from collections.abc import Sequence
from enum import IntEnum
from itertools import pairwise

import numpy as np
from msgspec import Struct
from msgspec.structs import replace
from numpy.typing import NDArray

Integers = NDArray[np.int64]
_MOST_ALONE = 0.6
"""Where more of the numbers stand in boxes of their own, boxes tell nothing."""


class Gap(IntEnum):
    """What separates a number from the one before it in the stream."""

    SAME_LINE = 0
    LINE_END = 1
    IN_BOX = 2
    """A line end, where boxes of several lines stand between blank lines."""
    BLANK_LINE = 3
    BOX_END = 4
    """A blank line, where boxes of several lines stand between blank lines."""
    CELL_END = 5
    """A blank line, where numbers stand behind the labels of their rows."""
    LABEL = 6
    """A text, on a line that is not the number's own."""
    LABEL_BESIDE = 7
    """A text on the number's own line, before it."""
    WHOLE_BOX_END = 8
    """The end of a box, where boxes are taken to be printed whole."""


_OTHERWISE = {Gap.BLANK_LINE: Gap.LINE_END, Gap.BOX_END: Gap.WHOLE_BOX_END}


class Number(Struct, frozen=True):
    """One printed number, or one printed mark of a blank cell.

    `value` is None for a mark of a blank cell, which counts as 0 in sums. `page_break`: a page ends between
    the number before and this one. `rows` are the rows of the table that a label next before it names,
    `beside` tells whether that label is on the number's own line; `columns` are the columns that headers
    next before it name, in their order.
    """

    value: int | None
    gap: Gap = Gap.LINE_END
    page_break: bool = False
    rows: tuple[str, ...] = ()
    beside: bool = False
    columns: tuple[str, ...] = ()


class Stream(Struct, frozen=True, dict=True):
    """The numbers of one table, or of several that follow each other, in the tool's order."""

    numbers: Sequence[Number]

    def values(self) -> Integers:
        """Return the value of each number, 0 for the mark of a blank cell."""
        return np.array([number.value or 0 for number in self.numbers], dtype=np.int64)

    def gaps(self) -> Integers:
        """Return the Gap before each number."""
        return np.array([number.gap for number in self.numbers], dtype=np.int64)

    def boxes(self) -> list[range]:
        """Return the places of the numbers of each box: what neither blank line nor label parts.

        >>> Stream([Number(3), Number(7), Number(4, Gap.BLANK_LINE)]).boxes()
        [range(0, 2), range(2, 3)]
        """
        starts = [at for at, number in enumerate(self.numbers) if at == 0 or number.gap > Gap.IN_BOX]
        return [range(one, two) for one, two in pairwise([*starts, len(self.numbers)])]

    def parted_otherwise(self) -> Stream:
        """Return the numbers as if each box were printed whole, and other blank lines parted cells alone.

        >>> [number.gap.name for number in Stream([Number(3, Gap.BOX_END)]).parted_otherwise().numbers]
        ['WHOLE_BOX_END']
        """
        return Stream(
            [replace(number, gap=_OTHERWISE.get(number.gap, number.gap)) for number in self.numbers]
        )

    def is_boxed(self) -> bool:
        """Return whether most numbers share a box with others; where they do not, boxes tell nothing."""
        alone = sum(len(box) == 1 for box in self.boxes())
        return alone <= _MOST_ALONE * len(self.numbers)
