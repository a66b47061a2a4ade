"""Reads numbers of the prose with their units: 1,234件, 十二件, 1.5万条, 30余件, 100%."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import cache

from msgspec import Struct

from nlp.claims.vocabulary import units
from nlp.record.claims import Approximation
from nlp.text.cell_text import LONGEST_NUMBER
from nlp.text.numerals import DIGITS, POWERS, numeral_value

_NOT_A_COUNT = "第每这那某逐任—-~～至/.·,"
"""After one of these a number is an ordinal, one for each, or the end of a range or of a longer number."""
_RANGE = re.compile(r"\s*(?:-|—|~|～|至|到)\s*\d")


class Numeral(Struct, frozen=True):
    """A number at `start` to `end` of a text, its value in the unit of the tables (万元 for money)."""

    start: int
    end: int
    value: int | float
    unit: str
    approximate: Approximation | None = None

    @property
    def is_percentage(self) -> bool:
        """Whether it is a share."""
        return self.unit in units()["percent"]

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return self.unit in units()["money"]


def is_numeral(character: str) -> bool:
    """Return whether a number may begin with a character."""
    return character.isdigit() or character in DIGITS or character in POWERS


def numeral_at(text: str, start: int) -> Numeral | None:
    """Return the number with its unit that begins at a place of a folded text; None where none does.

    >>> numeral_at("1,234件", 0).value, numeral_at("一百零三件", 0).value, numeral_at("1.5万条", 0).value
    (1234, 103, 15000)
    >>> numeral_at("9" * 5000 + "件", 0) is None
    True
    >>> numeral_at("30余件", 0).approximate, numeral_at("251元", 0).value, numeral_at("12月", 0)
    ('above', 0.0251, None)
    """
    match = _pattern().match(text, start)
    if match is None or _is_part_of_another(text, start) or _RANGE.match(text, match.start("rest")):
        return None
    value = _value(match["digits"], match["words"])
    if value is None:
        return None
    unit = match["unit"]
    factor = Decimal(str(units()["multiples"].get(match["multiple"], 1)))
    factor *= Decimal(str(units()["money"].get(unit, 1)))
    amount = value * factor
    number = int(amount) if amount == int(amount) else float(amount)
    approximate: Approximation | None = "above" if match["above"] or match["above_multiple"] else None
    return Numeral(start, match.end(), number, unit, approximate)


def _is_part_of_another(text: str, start: int) -> bool:
    """Return whether what stands before a number makes it something else than a count."""
    before = text[:start].rstrip(" ")
    if not before:
        return False
    last = before[-1]
    if last == "," and not (len(before) > 1 and before[-2].isdigit()):
        return False
    is_after_digit = last.isdigit() or last in DIGITS
    return is_after_digit or last in _NOT_A_COUNT


@cache
def _pattern() -> re.Pattern[str]:
    counted = [*units()["money"], *units()["counters"], *units()["percent"]]
    listed = "|".join(sorted(counted, key=len, reverse=True))
    above = "|".join(units()["above"])
    multiples = "|".join(units()["multiples"])
    numerals = "".join([*DIGITS, *POWERS])
    return re.compile(
        rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+|\d+(?:\.\d+)?)|(?P<words>[{numerals}]+))(?P<rest> ?)"
        rf"(?P<above>{above})? ?(?P<multiple>{multiples})?(?P<above_multiple>{above})? ?(?P<unit>{listed})"
    )


def _value(digits: str | None, words: str | None) -> Decimal | None:
    if digits is not None:
        plain = digits.replace(",", "")
        return Decimal(plain) if len(plain) <= LONGEST_NUMBER else None
    number = numeral_value(words or "")
    return None if number is None else Decimal(number)
