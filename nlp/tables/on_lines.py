"""Tokens and headers by the lines of the page on which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Protocol, TypeVar


class _OnLine(Protocol):
    """Something that stands on a line."""

    @property
    def line(self) -> int:
        """Its number, from 1."""


T = TypeVar("T", bound=_OnLine)


def lines_of(items: Iterable[T]) -> Iterator[list[T]]:
    """Yield what stands together on one line, line by line, from items in the order of the page."""
    for _, line in groupby(items, key=lambda item: item.line):
        yield list(line)


def are_on_one_line(items: Iterable[_OnLine]) -> bool:
    """Return whether there are items, all on the same line."""
    return len({item.line for item in items}) == 1
