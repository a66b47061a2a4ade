"""Cuts digits that lost the white space between their cells (`规章011`, `211000022`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from itertools import combinations, pairwise

from msgspec import structs

from nlp import forms
from nlp.tables.keys import key, label_key
from nlp.tables.tokens import UNIT, Kind, Token

_LABEL_AND_NUMBER = re.compile(rf"(.*[^\d.,+-])([+-]?\d[\d.,]*(?:{UNIT})?)$", re.DOTALL)
_NUMBER_AND_GROUP = re.compile(rf"(\d+(?:{UNIT})?)((?!年.|(?<=\d{{4}})年)[^\d.,、)%].*)$", re.DOTALL)
_LABEL = 5
"""From so many characters a piece of a row's label is told from other words."""
_MOST_DIGITS = 18
"""Longer runs of digits can be cut in too many ways to tell anything."""
_MOST_READINGS = 60

Cut = list[Token]
Accepts = Callable[[Cut], bool]


def unglued(token: Token) -> Iterator[Token]:
    """Yield a text token as it is, or a label and the number glued to it as a token each.

    A number may stick to the end of a row's label, or of a line of it (`只计这0`), and to a piece of the
    group beside the next row (`0度办理结`).
    """
    if (found := _LABEL_AND_NUMBER.match(token.text)) and _is_row(key(found[1])):
        yield from _parted(token, found.end(1), Kind.TEXT, Kind.VALUE)
    elif (found := _NUMBER_AND_GROUP.match(token.text)) and _is_group(key(found[2])):
        yield from _parted(token, found.end(1), Kind.VALUE, Kind.TEXT)
    else:
        yield token


def _parted(token: Token, at: int, first: Kind, second: Kind) -> Iterator[Token]:
    yield structs.replace(token, kind=first, end=token.start + at, text=token.text[:at])
    yield structs.replace(token, kind=second, start=token.start + at, text=token.text[at:])


def _is_row(label: str) -> bool:
    """Tell whether a key is a row's label, or how a long one begins."""
    known = _row_labels()
    return label in known or (len(label) >= _LABEL and any(row.startswith(label) for row in known))


@cache
def _row_labels() -> frozenset[str]:
    rows = (row for table in _tables() for row in table.rows)
    return frozenset(label_key(spelling) for row in rows for spelling in row.spellings)


@cache
def _groups() -> str:
    """Return the labels of all groups as one string."""
    return "\n".join(label_key(group) for table in _tables() for group in table.groups)


def _is_group(text: str) -> bool:
    return bool(text) and text in _groups()


def _tables() -> Iterator[forms.Table]:
    return (table for form in forms.editions() for table in form.tables)


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
