"""Chinese numerals and the shapes of enumerators, from data/numbers.toml and data/enumerators.toml."""

from __future__ import annotations

import re
from functools import cache

from nlp.resources import knowledge

NUMERALS: str = knowledge("numbers")["numerals"]
"""The numerals from one to ten."""
CIRCLES: dict[str, int] = knowledge("enumerators")["circles"]
"""The first of each row of numbers that are one character, and how many there are in the row."""
_CAPITALS = re.compile("YEAR|NUMERALS|NUMERAL|CIRCLED|ROMAN|LETTERS|BULLETS")


def filled_in(form: str) -> str:
    """Return an expression with what its capital words stand for: a year, a numeral, the numerals …

    >>> filled_in("[NUMERALS]是")
    '[一二三四五六七八九十]是'
    """
    return _CAPITALS.sub(lambda match: _meanings()[match.group()], form)


@cache
def _meanings() -> dict[str, str]:
    numbers = knowledge("numbers")
    enumerators = knowledge("enumerators")
    romans = [roman for row in enumerators["romans"] for roman in row]
    rows = [first + "-" + chr(ord(first) + count - 1) for first, count in CIRCLES.items()]
    return {
        "YEAR": numbers["year"],
        "NUMERAL": numbers["numeral"],
        "NUMERALS": NUMERALS,
        "CIRCLED": "".join(rows),
        "ROMAN": "|".join(sorted(romans, key=len, reverse=True)),
        "LETTERS": "".join(enumerators["letters"]),
        "BULLETS": enumerators["bullets"],
    }


def shape(name: str, section: str = "shapes") -> str:
    """Return the expression of a shape in a section of data/enumerators.toml.

    >>> shape("group")
    '\\\\([一二三四五六七八九十]\\\\)'
    """
    form: str = knowledge("enumerators")[section][name]
    return filled_in(form)


def in_words(number: int) -> str:
    """Return a number from 1 to 99 in Chinese, any other in digits.

    >>> [in_words(n) for n in (3, 10, 12, 25, 40, 100)]
    ['三', '十', '十二', '二十五', '四十', '100']
    """
    if not 0 < number < 100:
        return str(number)
    tens, ones = divmod(number, 10)
    words = NUMERALS[tens - 1] if tens > 1 else ""
    words += NUMERALS[9] if tens else ""
    return words + (NUMERALS[ones - 1] if ones else "")


def from_words(numeral: str) -> int:
    """Return the number that a Chinese numeral up to 99 stands for.

    >>> [from_words(numeral) for numeral in ("三", "十", "十二", "二十五")]
    [3, 10, 12, 25]
    """
    tens, ten, ones = numeral.rpartition(NUMERALS[9])
    number = NUMERALS.find(ones[:1]) + 1 if ones else 0
    if ten:
        number += 10 * max(NUMERALS.find(tens[:1]) + 1, 1)
    return number


def circled(number: int) -> str:
    """Return a number from 1 to 20 in a circle, any other in digits.

    >>> circled(3), circled(21)
    ('③', '21')
    """
    first, count = next(iter(CIRCLES.items()))
    return chr(ord(first) + number - 1) if 1 <= number <= count else str(number)


def from_circled(text: str) -> int | None:
    """Return the number that a text begins with as one character; None where it does not.

    >>> from_circled("③"), from_circled("三")
    (3, None)
    """
    for first, count in CIRCLES.items():
        if text and 0 <= ord(text[0]) - ord(first) < count:
            return ord(text[0]) - ord(first) + 1
    return None


def from_letters(text: str) -> int | None:
    """Return the number of a Roman numeral or of a letter; None where a text is neither.

    >>> [from_letters(text) for text in ("Ⅱ", "IV", "b", "三")]
    [2, 4, 2, None]
    """
    enumerators = knowledge("enumerators")
    for row in (*enumerators["romans"], *enumerators["letters"]):
        for number, counting in enumerate(row, start=1):
            if counting == text:
                return number
    return None
