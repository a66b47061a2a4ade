"""A document as read: its decoded text, where it came from, or why it could not be read."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlp.record.model import Source, Span

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF points, from the lower left corner of the page set upright."""


class Unreadable(Exception):
    """A document that yields no text: a code for programs and a message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Boxes(NamedTuple):
    """Where each character of a page stands."""

    page: int
    left: list[float]
    bottom: list[float]
    right: list[float]
    top: list[float]


class Stretch(NamedTuple):
    """A piece of a text: characters `first` to `last` of a page."""

    text: str
    boxes: Boxes
    first: int
    last: int


@dataclass(frozen=True)
class Positions:
    """Where the characters of a text stand on the pages that it was read from.

    `starts` are the places in the text, in order, at which the stretches start.

    >>> here = Boxes(1, [10.0, 20.0], [5.0, 5.0], [20.0, 30.0], [15.0, 16.0])
    >>> Positions([4], [Stretch("17", here, 0, 2)]).of((5, 9))
    (1, (20.0, 5.0, 30.0, 16.0))
    """

    starts: Sequence[int]
    stretches: Sequence[Stretch]

    def of(self, span: Span) -> tuple[int, Box] | None:
        """Return the page (from 1) and the box of a piece of the text; None where it is on no page."""
        parts = self._parts(span)
        if not parts:
            return None
        boxes = parts[0][0]
        here = [_around(*part) for part in parts if part[0] is boxes]
        left, bottom, right, top = here[0] if len(here) == 1 else _outer(here)
        return boxes.page, (round(left, 1), round(bottom, 1), round(right, 1), round(top, 1))

    def _parts(self, span: Span) -> list[tuple[Boxes, int, int]]:
        """Return which characters of which pages a span takes."""
        start, end = span
        found = []
        for n in range(max(bisect_right(self.starts, start) - 1, 0), len(self.starts)):
            if (at := self.starts[n]) >= end:
                break
            _, boxes, first, last = self.stretches[n]
            one, other = max(first, first + start - at), min(last, first + end - at)
            if one < other:
                found.append((boxes, one, other))
        return found


def _around(boxes: Boxes, first: int, last: int) -> Box:
    """Return the box around some characters of a page."""
    if last - first == 1:
        return boxes.left[first], boxes.bottom[first], boxes.right[first], boxes.top[first]
    here = slice(first, last)
    return min(boxes.left[here]), min(boxes.bottom[here]), max(boxes.right[here]), max(boxes.top[here])


def _outer(boxes: Sequence[Box]) -> Box:
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return min(lefts), min(bottoms), max(rights), max(tops)


@dataclass(frozen=True)
class Read:
    """What a reader makes of some bytes: a text, its encoding, characters replaced, places on pages."""

    text: str
    encoding: str | None
    replaced: int = 0
    positions: Positions | None = None


@dataclass(frozen=True)
class Document:
    """A decoded text and its source; every span of a record points into `text`."""

    source: Source
    text: str
    positions: Positions | None = None
