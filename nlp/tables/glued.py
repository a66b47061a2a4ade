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

_COUNT = rf"[+-]?\d[\d.,]*\s?{UNIT}"
_COUNTS = re.compile(_COUNT)
_LABEL_AND_NUMBER = re.compile(rf"(.*[^\d.,+-])([+-]?\d[\d.,+-]*(?:\s?{UNIT})?)$", re.DOTALL)
_LABEL_AND_COUNTS = re.compile(rf"(\D*[^\d.,+-])(?:{_COUNT}\s*){{2,}}$")
_HEADERS_AND_ROW = re.compile(r"(.*?[^(（])([一二三四]、\D+)\d")
"""The last column's header, to which the first row's label is glued: 其他一、本年新收."""
_NUMBER_AND_GROUP = re.compile(rf"(\d+(?:{UNIT})?)((?!年.|(?<=\d{{4}})年|\s*[.,、)])[^\d%].*)$", re.DOTALL)
_LABEL = 5
"""From so many characters a piece of a row's label is told from other words."""
_GLUED = re.compile(r"(?P<whole>\d+[+-]\d+|0\d+(?=\.)|\d+$)(?P<fraction>(?:\.\d+)?)")
"""What may be several numbers; with a fraction only behind a 0, for `12.5` is a number of its own."""
_MOST_DIGITS = 18
"""Longer runs of digits can be cut in too many ways to tell anything."""
_MOST_READINGS = 60

Cut = list[Token]
Accepts = Callable[[Cut], bool]


def unglued(token: Token) -> Iterator[Token]:
    """Yield a text token as it is, or a label and the number glued to it as a token each.

    A number may stick to the end of a row's label, or of a line of it (`只计这0`), and to a piece of the
    group beside the next row (`0度办理结`). The first row's label may stick to the headers.
    """
    if (found := _HEADERS_AND_ROW.match(token.text)) and key(found[2]) in _row_labels():
        header, row = _parted(token, found.end(1), Kind.TEXT, Kind.TEXT)
        yield from (header, *unglued(row))
    elif (found := _LABEL_AND_COUNTS.match(token.text)) and _is_row(key(found[1])):
        yield from _counted(token, found.end(1))
    elif (found := _LABEL_AND_NUMBER.match(token.text)) and _is_row(key(found[1])):
        yield from _parted(token, found.end(1), Kind.TEXT, Kind.VALUE)
    elif (found := _NUMBER_AND_GROUP.match(token.text)) and _is_group(key(found[2])):
        yield from _parted(token, found.end(1), Kind.VALUE, Kind.TEXT)
    else:
        yield token


def _parted(token: Token, at: int, first: Kind, second: Kind) -> Iterator[Token]:
    yield structs.replace(token, kind=first, end=token.start + at, text=token.text[:at])
    yield structs.replace(token, kind=second, start=token.start + at, text=token.text[at:])


def _counted(token: Token, at: int) -> Iterator[Token]:
    """Yield a label and the numbers that only their units part: `规章0件1件`."""
    yield structs.replace(token, end=token.start + at, text=token.text[:at])
    for found in _COUNTS.finditer(token.text, at):
        start, end = (token.start + place for place in found.span())
        yield structs.replace(token, kind=Kind.VALUE, start=start, end=end, text=found.group())


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

    A sign begins the number of a column that has signs, a fraction ends the last one.

    >>> one = Token(Kind.VALUE, 1, 0, 4, "1607")
    >>> [[part.text for part in cut] for cut in cuts(one, 3)]
    [['1', '60', '7'], ['16', '0', '7']]
    >>> [[part.text for part in cut] for cut in cuts(structs.replace(one, text="10-35"), 3)]
    [['10', '-3', '5']]
    """
    whole = _GLUED.fullmatch(digits.text)
    if whole is None or not count <= len(digits.text) <= _MOST_DIGITS:
        return []
    readings = _divided(whole["whole"], count)
    return [_tokens(digits, [*cut[:-1], cut[-1] + whole["fraction"]]) for cut in readings if _fits(cut)]


def _divided(text: str, count: int) -> Iterator[list[str]]:
    for inner in combinations(range(1, len(text)), count - 1):
        yield [text[one:two] for one, two in pairwise((0, *inner, len(text)))]


def _fits(pieces: Sequence[str]) -> bool:
    """Tell whether each piece is a number as the form has it in some row's columns."""
    for n, piece in enumerate(pieces):
        digits = piece[1:] if piece[0] in "+-" else piece
        if not digits.isdigit() or (digits[0] == "0" and digits != "0"):
            return False
        if digits != piece and n not in _places_of_changes():
            return False
    return True


@cache
def _places_of_changes() -> frozenset[int]:
    """Return at which places of a row numbers have signs (本年增/减)."""
    tables = list(_tables())
    return frozenset(
        n
        for table in tables
        for row in table.rows
        for n, column in enumerate(row.columns)
        if table.column[column].signed
    )


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
