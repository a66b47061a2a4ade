"""Tells which recognised cells hold numbers, what they are read as, and which of these are in doubt."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from nlp.reading.scan.engine import Letter

UNREAD = "\ufffd"
"""Stands in a cell for writing of which no character was recognised."""
_MAY_BE_NUMBER = re.compile(r"[^\u3400-\u9fff]{0,14}[\u3400-\u9fff]{0,3}")
_NUMBER = re.compile(r"[+-]?\d[\d,]*(?:\.\d+)?|\d+\.\d+")

Lines = Sequence[Sequence[Letter]]
"""The characters of each line of a cell."""


class CellRead(NamedTuple):
    """A cell that may hold a number.

    `text` is what it is read as, `score` the probability that this is right, `options` what it may be as
    well, where that is in doubt; None where it is not. `is_number` is False for words, such as labels.
    """

    text: str
    score: float
    options: tuple[str, ...] | None = None
    is_number: bool = True


def may_be_number(lines: Lines) -> bool:
    """Return whether the lines of a cell are a number, a sign in its place, or what may be a misread one."""
    text = "".join(letter.text for line in lines for letter in line)
    return len(lines) <= 2 and bool(_MAY_BE_NUMBER.fullmatch(text))


def cell_read(first: Lines, second: Lines) -> CellRead:
    """Return a cell by two readings of its lines."""
    one, two = _text(first), _text(second)
    score = min(_score(first), _score(second))
    return CellRead(one, score, None if one == two else (one, two), is_number=True)


def _text(lines: Lines) -> str:
    return "".join(letter.text for line in lines for letter in line).strip()


def _score(lines: Lines) -> float:
    return min((letter.score for line in lines for letter in line), default=0.0)
