"""Cuts digits that lost the white space between their cells (`规章011`, `211000022`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from msgspec import structs

from nlp import forms
from nlp.tables.keys import key, label_key
from nlp.tables.tokens import Kind, Token

_LABEL_AND_DIGITS = re.compile(r"(.*[^\d.,+-])([+-]?\d[\d.,]*)$", re.DOTALL)
_MOST_DIGITS = 18
"""Longer runs of digits can be cut in too many ways to tell anything."""
_MOST_READINGS = 60

Cut = list[Token]
Accepts = Callable[[Cut], bool]


def unglued(token: Token) -> Iterator[Token]:
    """Yield a text token as it is, or a row's label and the digits glued to it as a token each."""
    found = _LABEL_AND_DIGITS.match(token.text)
    if found is None or key(found[1]) not in _row_labels():
        yield token
        return
    at = token.start + len(found[1])
    yield structs.replace(token, end=at, text=found[1])
    yield structs.replace(token, kind=Kind.VALUE, start=at, text=found[2])


@cache
def _row_labels() -> frozenset[str]:
    tables = (table for form in forms.editions() for table in form.tables)
    rows = (row for table in tables for row in table.rows)
    return frozenset(label_key(spelling) for row in rows for spelling in row.spellings)


def cuts(digits: Token, count: int) -> list[Cut]:
    """Return every way to cut digits into `count` numbers, none with a leading zero.

    >>> one = Token(Kind.VALUE, 1, 0, 4, "1607")
    >>> [[part.text for part in cut] for cut in cuts(one, 3)]
    [['1', '60', '7'], ['16', '0', '7']]
    """
    text = digits.text
    if not text.isdigit() or not count <= len(text) <= _MOST_DIGITS:
        return []
    bounds = ((0, *inner, len(text)) for inner in combinations(range(1, len(text)), count - 1))
    pieces = ([text[one:two] for one, two in pairwise(b)] for b in bounds)
    return [_tokens(digits, cut) for cut in pieces if all(p == "0" or p[0] != "0" for p in cut)]


def _tokens(digits: Token, pieces: Sequence[str]) -> Cut:
    parts, at = [], digits.start
    for piece in pieces:
        parts.append(structs.replace(digits, start=at, end=at + len(piece), text=piece))
        at += len(piece)
    return parts


def cuts_by_groups(digits: Token, groups: int, width: int, accepts: Accepts) -> list[Cut]:
    """Return the ways to cut digits into groups of `width` numbers that are each accepted (四)."""
    readings: list[tuple[int, Cut]] = [(0, [])]
    for _ in range(groups):
        readings = [
            (at + used, [*cut, *group])
            for at, cut in readings
            for used, group in _groups_from(digits, at, width)
            if accepts(group)
        ][:_MOST_READINGS]
    return [cut for at, cut in readings if at == len(digits.text)]


def _groups_from(digits: Token, at: int, width: int) -> Iterator[tuple[int, Cut]]:
    for length in range(width, min(len(digits.text) - at, _MOST_DIGITS) + 1):
        part = structs.replace(
            digits,
            start=digits.start + at,
            end=digits.start + at + length,
            text=digits.text[at : at + length],
        )
        yield from ((length, cut) for cut in cuts(part, width))
