"""What the text of a cell says: a number, nothing, something that cannot be read, or words."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import Enum
from functools import cache, lru_cache

from msgspec import Struct

from nlp.text.cells import (
    COUNTED,
    MONEY,
    MULTIPLES,
    NUMBERS,
    PLACEHOLDERS,
    PLACEHOLDERS_ALONE,
    UNIT,
    UNREAD,
    any_of,
)
from nlp.text.numerals import DIGITS, POWERS, numeral_value

LONGEST_NUMBER = 15
"""A run of more digits is no number of the form: the largest, numbers of permits, have eight."""


class Content(Enum):
    """What a cell holds.

    `UNREADABLE` is a text made of digits, numerals, signs and units alone that is no number as it stands
    (`1,2000`, `.12`, `12余件`): a cell that holds one is not blank, and what it says cannot be told.
    """

    NUMBER = "number"
    BLANK = "blank"
    UNREADABLE = "unreadable"
    WORDS = "words"


class CellText(Struct, frozen=True):
    """The text of a cell as read: `value` as printed, in `unit` ("" where none is printed).

    A unit is one of money, a counter, or the multiple before one (万 of 万件). `sign` is -1 or 1 where a
    change is printed, as a sign or in words, else 0.
    """

    content: Content
    value: Decimal | None = None
    unit: str = ""
    sign: int = 0


_BLANKS = frozenset([*PLACEHOLDERS, *PLACEHOLDERS_ALONE])
_ZEROS = frozenset(NUMBERS["zeros"])
_UNCHANGED = frozenset(NUMBERS["unchanged"])
_BLANK = CellText(Content.BLANK)
_WORDS = CellText(Content.WORDS)
_UNREADABLE = CellText(Content.UNREADABLE)


@cache
def _lexer() -> re.Pattern[str]:
    """Return the expression that cuts a cell's text into pieces, each of a kind that is a group's name."""
    units = f"(?:{UNIT}|{any_of(NUMBERS['counters'])})"
    numerals = "".join([*DIGITS, *POWERS])
    compared, joints = any_of(NUMBERS["compared"]), any_of(NUMBERS["joints"])
    kinds = {
        "number": r"(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?(?![\d.,])",
        "comma": r"(?<=[^\d.,]),",
        "digits": r"[\d.,]*\d[\d.,]*",
        "leading": any_of([*NUMBERS["leading"], *NUMBERS["currency"]]),
        "unit": rf"\((?:单位:?)?{units}\)|{units}",
        "numeral": f"[{numerals}]+(?:万[{numerals}]+)?",
        "more": rf"{compared}?{any_of(NUMBERS['more'])}{joints}?",
        "less": rf"{compared}?{any_of(NUMBERS['less'])}{joints}?",
        "plus": rf"{compared}?{any_of(NUMBERS['plus'])}",
        "minus": rf"{compared}?{any_of(NUMBERS['minus'])}",
        "lost": any_of(NUMBERS["lost"]),
        "inexact": any_of(NUMBERS["inexact"]),
        "note": rf"{any_of([*NUMBERS['notes'], *NUMBERS['tails']])}|[①-⑳¹²³⁴⁵⁶⁷⁸⁹⁰]+|\[\d{{1,2}}\]",
        "opened": r"\(",
        "closed": r"\)",
        "end": "[。;，,]",
        "space": r"[\s“”\"]+",
    }
    return re.compile("|".join(f"(?P<{kind}>{pattern})" for kind, pattern in kinds.items()))


_FIGURE = re.compile(rf"[\d.,{''.join([*DIGITS, *POWERS])}]")
"""What a text without any number lacks."""
_ENUMERATOR = re.compile(r"\d{1,2}[.、)]")
"""What numbers a label that stands in another cell: `3.` beside 其他."""
_ORDER = re.compile(
    "(?:lost |leading |opened )*(?:plus |more |(?:minus |less )*)(?:opened )?"
    "(?:number |numeral )(?:opened |closed |unit |note |more |less )*(?:comma |end )?"
)
"""The kinds of pieces, in order, of which a number is made."""
_SAID_TWICE = ["number", "opened", "numeral", "closed"]
"""The pieces of a number that stands in words behind itself as well: `3(三)`."""


@lru_cache(maxsize=1 << 12)
def read_cell(text: str) -> CellText:
    """Return what a folded text says that is all that a cell holds.

    >>> read_cell("683154.2(元)")
    CellText(content=<Content.NUMBER: 'number'>, value=Decimal('683154.2'), unit='元', sign=0)
    >>> [str(read_cell(text).value) for text in ("增17", "--217", "27批次", "(12)", "十二", "未增未减")]
    ['17', '-217', '27', '12', '12', '0']
    >>> [str(read_cell(text).value) for text in ("3(三)", "3(四)")]
    ['3', 'None']
    >>> [read_cell(text).content.value for text in ("", "/", "1,2000", "12余件", "约3", "2.重复申请")]
    ['blank', 'blank', 'unreadable', 'unreadable', 'unreadable', 'words']
    """
    text = text.strip()
    if text.isdecimal() and len(text) <= LONGEST_NUMBER:
        return CellText(Content.NUMBER, Decimal(text))
    if not text or text in _BLANKS:
        return _BLANK
    if text in _UNCHANGED:
        return CellText(Content.NUMBER, Decimal(0), sign=1)
    if text in _ZEROS:
        return CellText(Content.NUMBER, Decimal(0))
    if _ENUMERATOR.fullmatch(text):
        return _WORDS
    if not text.strip(UNREAD):
        return _UNREADABLE
    if _FIGURE.search(text) is None:
        return _WORDS
    return _assembled(_pieces(text))


def _pieces(text: str) -> list[tuple[str, str]]:
    """Return the pieces of a text with their kinds; none where some of it is of no kind."""
    pieces: list[tuple[str, str]] = []
    end = 0
    while end < len(text):
        match = _lexer().match(text, end)
        if match is None:
            return []
        end = match.end()
        if match.lastgroup and match.lastgroup != "space":
            pieces.append((match.lastgroup, match.group()))
    return pieces


def _assembled(pieces: list[tuple[str, str]]) -> CellText:
    """Return what pieces say together."""
    kinds = [kind for kind, _ in pieces]
    numbers = [text for kind, text in pieces if kind in ("number", "numeral", "digits")]
    is_enumerator = kinds[:3] == ["opened", "numeral", "closed"]
    if not numbers or is_enumerator or (kinds == ["numeral"] and len(numbers[0]) == 1):
        return _WORDS
    if kinds == _SAID_TWICE and _value(numbers[0]) == _value(numbers[1]):
        return CellText(Content.NUMBER, _value(numbers[0]))
    unreadable = _UNREADABLE if any(text[0] in "0123456789.," for text in numbers) else _WORDS
    if not _ORDER.fullmatch("".join(f"{kind} " for kind in kinds)):
        return _amount_among(pieces) or unreadable
    units = [_unit(text) for kind, text in pieces if kind == "unit"]
    value = _value(numbers[0])
    is_more = "plus" in kinds or "more" in kinds
    is_less = "minus" in kinds or "less" in kinds
    is_odd = kinds.count("opened") != kinds.count("closed") or len(units) > 1 or (is_more and is_less)
    if value is None:
        return _UNREADABLE
    if is_odd:
        return unreadable
    sign = is_more - is_less
    return CellText(Content.NUMBER, -value if is_less else value, units[0] if units else "", sign)


def _amount_among(pieces: list[tuple[str, str]]) -> CellText | None:
    """Return the one amount of money among two numbers, the other of something else: `35万元(353笔)`."""
    parts: list[list[tuple[str, str]]] = [[]]
    for kind, text in pieces:
        if kind in ("opened", "closed", "comma", "end"):
            parts.append([])
        else:
            parts[-1].append((kind, text))
    parts = [part for part in parts if part]
    if len(parts) != 2:
        return None
    read = [_assembled(part) for part in parts]
    amounts = [part for part in read if part.unit in MONEY]
    are_told = all(part.content is Content.NUMBER and part.unit for part in read)
    return amounts[0] if len(amounts) == 1 and are_told else None


def _unit(text: str) -> str:
    """Return the unit that a piece names: of money, a counter, or the multiple before one.

    >>> _unit("(单位:万件)"), _unit("万元"), _unit("件")
    ('万', '万元', '件')
    """
    unit = text.strip("()").removeprefix("单位").lstrip(":")
    if unit in MONEY or unit in MULTIPLES:
        return unit
    return next((multiple for multiple in COUNTED if unit.startswith(multiple)), unit)


def _value(number: str) -> Decimal | None:
    """Return the value of an Arabic number or a Chinese numeral; None where it is none."""
    if number[0].isdecimal():
        digits = number.replace(",", "")
        return Decimal(digits) if len(digits) <= LONGEST_NUMBER else None
    return _numeral(number)


def _numeral(text: str) -> Decimal | None:
    """Return the value of a Chinese numeral, or of digits that stand for a number place by place.

    Two digits that are no nought are about as many: 七八件.

    >>> [str(_numeral(text)) for text in ("十二", "一百零三", "二〇", "一二三", "七八", "三百三百")]
    ['12', '103', '20', '123', 'None', 'None']
    """
    are_digits = all(character in DIGITS for character in text)
    is_about = len(text) == 2 and all(DIGITS.get(character) for character in text)
    if are_digits and not is_about:
        return Decimal("".join(str(DIGITS[character]) for character in text))
    value = numeral_value(text)
    return None if value is None else Decimal(value)
