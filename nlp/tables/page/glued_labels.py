"""Parts labels from the cells that are glued to them (`规章011`, `其他1/////1`), on some lines or all."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from msgspec import structs

from nlp.form import form as forms
from nlp.form.labels.normalised import enumerator, key, label_key
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import PLACEHOLDER, PLACEHOLDER_ENDS, SIGN_CLASS, UNIT, UNIT_ENDS, WORDS, any_of
from nlp.text.enumerators import shape

_REMARK = rf"(?<=[\d{UNIT_ENDS}])(?!{shape('group')})\([^()]*[\u4e00-\u9fff][^()]*\)"
_STRING = re.compile(
    rf"(?=[^(])(?:[\d+{SIGN_CLASS}-]|(?<=\d)[.,](?=\d)|(?<=\d)\s?{UNIT}|{_REMARK}|{any_of(WORDS)})+"
)
"""The cells of a row at the end of its label: numbers, their units and remarks, placeholders."""
_HEADERS_AND_ROW = re.compile(rf"(.*?[^(（])({shape('row')}[^\d{SIGN_CLASS}-]+)[\d{SIGN_CLASS}-]")
"""The last column's header, to which the first row's label is glued: 其他一、本年新收."""
_NUMBER_AND_GROUP = re.compile(
    rf"(\d+(?:{UNIT})?)((?!(?<=\d{{4}})年)(?:[^\d.,、)%]|\)(?=\s\s)).*)$", re.DOTALL
)
_ENDS = re.compile(rf"[\d){PLACEHOLDER_ENDS}](?:\s?{UNIT})?$|\d\D{{0,2}}$")
"""What a text ends with to which cells may be glued."""
_LAST = 4
"""So many characters are its end."""
_LABEL = 5
"""From so many characters a piece of a row's label is told from other words."""
_PLACEHOLDER = re.compile(PLACEHOLDER)
_STUCK = 3
"""From so many rows on whose cells stick to their labels, and no fewer than others, a page is glued."""


def unglued(token: Token) -> list[Token]:
    """Return a text token as it is, or a label and the number glued to it as a token each.

    A number may stick to the end of a row's label, or of a line of it (`只计这0`), and to a piece of the
    group beside the next row (`0度办理结`). The first row's label may stick to the headers.
    """
    text = token.text
    if token.kind is not Kind.TEXT:
        return [token]
    if _ends_as_cells(text):
        headers = _HEADERS_AND_ROW.match(text)
        if headers and key(headers[2]) in row_labels():
            header, row = _parted(token, headers.end(1), Kind.TEXT, Kind.TEXT)
            return [header, *unglued(row)]
        at = string_at(text)
        if at and _is_row(key(text[:at])):
            return _parted(token, at, Kind.TEXT, kind_of(text[at:]))
    number = _group_behind(text)
    return _parted(token, number.end(1), Kind.VALUE, Kind.TEXT) if number else [token]


def may_be_glued(token: Token) -> bool:
    """Return whether a token is a text that begins with a digit, or ends as cells do."""
    return token.kind is Kind.TEXT and (token.text[0].isdecimal() or _ends_as_cells(token.text))


def _ends_as_cells(text: str) -> bool:
    return _ENDS.search(text[-_LAST:]) is not None


def read_anew(read: Sequence[Sequence[Token]]) -> list[Sequence[Token]] | None:
    """Return the tokens of each line, its cells parted from its label; None where no page is glued.

    Such a page has rows whose cells nothing parts, from each other or from their labels.
    """
    rows = [line for line in read if len(line) > 1 and line[-1].kind is Kind.VALUE]
    rows = [line for line in rows if not line[-2].text.endswith(":")]  # the name of the number's column
    stuck = sum(line[-1].start == line[-2].end and len(line[-1].text) > 1 for line in rows)
    if stuck < _STUCK or 2 * stuck < len(rows):
        return None
    return [[part for token in line for part in parted(token)] for line in read]


def parted(token: Token) -> list[Token]:
    """Return a token, a text and the string of cells at its end as one each, whatever its label."""
    if token.kind is not Kind.TEXT:
        return [token]
    at = string_at(token.text)
    if at:
        return _parted(token, at, Kind.TEXT, kind_of(token.text[at:]))
    is_string = _STRING.fullmatch(token.text) is not None
    return [structs.replace(token, kind=kind_of(token.text)) if is_string else token]


def string_at(text: str) -> int:
    """Return where the string of cells at the end of a text begins; 0 where none stands behind a label.

    >>> string_at("规章0140"), string_at("3.其他1/////1"), string_at("政府集中采购00 万元")
    (2, 4, 6)
    >>> string_at("行政许可4(含上年3件)"), string_at("第二十条第(一)项")
    (4, 0)
    """
    start, end = max(strings_in(text), default=(0, 0))
    return start if end == len(text) else 0


def strings_in(text: str) -> Iterator[tuple[int, int]]:
    """Yield where each string of cells in a text begins and ends."""
    return (found.span() for found in _STRING.finditer(text))


def kind_of(string: str) -> Kind:
    """Return what a string of cells is: a placeholder, or numbers and more."""
    return Kind.PLACEHOLDER if _PLACEHOLDER.fullmatch(string) else Kind.VALUE


def _parted(token: Token, at: int, first: Kind, second: Kind) -> list[Token]:
    return [
        structs.replace(token, kind=first, end=token.start + at, text=token.text[:at]),
        structs.replace(token, kind=second, start=token.start + at, text=token.text[at:]),
    ]


def _is_row(label: str) -> bool:
    """Tell whether a key is a row's label, or how a long one begins."""
    known = row_labels()
    return label in known or (len(label) >= _LABEL and any(row.startswith(label) for row in known))


@cache
def row_labels(table: str | None = None) -> frozenset[str]:
    """Return the keys of all rows' labels in all editions, of one table by its id or of all."""
    rows = (row for other in _tables() if table in (None, other.id) for row in other.rows)
    return frozenset(label_key(spelling) for row in rows for spelling in row.spellings)


@cache
def _groups() -> str:
    """Return the labels of all groups as one string."""
    return "\n".join(label_key(group) for table in _tables() for group in table.groups)


def _group_behind(text: str) -> re.Match[str] | None:
    """Return a number and the pieces of a group's label behind it; None where the number is an enumerator."""
    found = _NUMBER_AND_GROUP.match(text) if text[0].isdecimal() else None
    return found if found and _is_group(found[2]) and not enumerator(text) else None


def _is_group(text: str) -> bool:
    """Tell whether each word of a text is a piece of a group's label."""
    words = list(filter(None, map(key, text.split())))
    return bool(words) and all(word in _groups() for word in words)


def _tables() -> Iterator[forms.Table]:
    return (table for form in forms.editions() for table in form.tables)
