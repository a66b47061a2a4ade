"""Reads a number that is written in Chinese numerals: 十二, 一百零三, 一百二, 一万两千."""

from __future__ import annotations

from nlp.resources import knowledge

DIGITS: dict[str, int] = knowledge("numbers")["cells"]["digits"]
"""The numerals below ten, with their values."""
POWERS: dict[str, int] = knowledge("numbers")["cells"]["powers"]
"""The numerals that multiply the digit before them, with their values."""
_MYRIAD = "万"
_SHORT = 100
"""Behind a power no lower than this a last digit counts tenths of it: 一百二 is 120."""


def numeral_value(numerals: str) -> int | None:
    """Return the number below a hundred million that numerals stand for; None where they are none.

    Digits one after the other, as of a year or a telephone (二〇), are none, and neither are two of which
    either may be meant (三四).

    >>> [numeral_value(text) for text in ("两", "十二", "百", "一百零三", "一百二", "一万两千", "两万零五")]
    [2, 12, 100, 103, 120, 12000, 20005]
    >>> [numeral_value(text) for text in ("三四", "十七八", "百八十", "二〇", "二百三百", "一百零", "")]
    [None, None, None, None, None, None, None]
    """
    high, myriad, low = numerals.rpartition(_MYRIAD)
    if not myriad:
        return _below_myriad(low)
    thousands = _below_myriad(high)
    if thousands is None or not low:
        return None if thousands is None else thousands * 10_000
    if low in DIGITS:
        return thousands * 10_000 + DIGITS[low] * 1_000  # 一万二
    rest = _below_myriad(low.removeprefix("零").removeprefix("〇"))
    return None if rest is None else thousands * 10_000 + rest


def _below_myriad(numerals: str) -> int | None:
    """Return the number that numerals without 万 stand for; None where they are none."""
    if not numerals:
        return None
    total = 0
    digit: int | None = None
    is_behind_nought = False
    last_power = 10_000
    for character in numerals:
        if character in POWERS:
            power = POWERS[character]
            if power >= last_power or digit == 0:
                return None
            if digit is None and power > 10 and numerals != character:
                return None  # 百八十: about so many
            total += power * (1 if digit is None else digit)
            digit, is_behind_nought, last_power = None, False, power
        elif digit is None:
            digit = DIGITS[character]
        elif digit == 0 and total:
            digit, is_behind_nought = DIGITS[character], True
        else:
            return None
    if digit is None:
        return total
    if digit == 0 and total:
        return None
    is_short = last_power >= _SHORT and total > 0 and not is_behind_nought
    return total + digit * (last_power // 10 if is_short else 1)
