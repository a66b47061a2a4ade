"""The remarks in brackets among the texts of a page: `(其中修订 6 件)`."""

from __future__ import annotations

import re

from nlp.text.cells import UNIT

IN_BRACKETS = re.compile(r"\([^()]*\)")
"""Whatever stands in brackets."""
UNIT_IN_BRACKETS = rf"\((?:单位:?)?{UNIT}\)"
REMARK = re.compile(r"\((?:(?!  )[^()])*[\u4e00-\u9fff](?:(?!  )[^()])*\)")
"""Words in brackets, no wide gap among them."""
_NO_UNIT = re.compile(rf"(?!{UNIT_IN_BRACKETS}){REMARK.pattern}")


def masked(folded: str) -> str:
    """Return a text with an x in place of each character of its remarks, which hold no values; units stay.

    >>> masked("规章(其中修订 6 件) 3(件)"), masked("(只计一种,不计其他),自然人")
    ('规章(xxxxxxxx) 3(件)', '(xxxxxxxxx),自然人')
    """
    if "(" not in folded:
        return folded
    return _NO_UNIT.sub(lambda remark: f"({'x' * (len(remark.group()) - 2)})", folded)


def without_brackets(text: str) -> str:
    """Return a text without what stands in brackets.

    >>> without_brackets("规章(含修订)(件)")
    '规章'
    """
    return IN_BRACKETS.sub("", text) if "(" in text else text


def is_in_brackets(text: str) -> bool:
    """Return whether a text begins with one bracket and ends with the other: a remark."""
    return text[0] == "(" and text[-1] == ")"
