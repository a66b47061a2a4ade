"""Tokens and headers by the lines of the page on which they stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import Protocol, TypeVar

from nlp.tables.page.page_numbers import FRAME
from nlp.tables.page.tokens import Token
from nlp.text.lines import Line


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


def is_all_of_its_line(token: Token, lines: Sequence[Line]) -> bool:
    """Return whether a token is all that stands on its line, but for a frame round the page of `lines`."""
    return lines[token.line - 1].plain.strip(FRAME) == token.text
