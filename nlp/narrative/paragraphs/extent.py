"""A stretch of a document, by its lines and by the columns of the first and the last of them."""

from __future__ import annotations

from msgspec import Struct


class Extent(Struct, frozen=True, gc=False):
    """Lines by position, first and last included.

    The stretch starts at column `start` of the first line and ends before column `end` of the last one, or
    with that line where `end` is None. It is empty where `last` is smaller than `first`.
    """

    first: int
    last: int
    start: int = 0
    end: int | None = None

    @property
    def is_empty(self) -> bool:
        return self.last < self.first

    def columns(self, position: int) -> tuple[int, int | None]:
        """Return the columns between which a line of the stretch belongs to it.

        >>> Extent(3, 5, start=4).columns(3), Extent(3, 5, start=4).columns(4)
        ((4, None), (0, None))
        """
        start = self.start if position == self.first else 0
        end = self.end if position == self.last else None
        return start, end
