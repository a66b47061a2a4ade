"""Tells whether the remark behind a number in its cell speaks against it."""

from __future__ import annotations

import re

from nlp.form.labels.normalised import enumerator
from nlp.tables.page.odd_numbers import WITH_UNIT
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import COMPARING, NOTES, any_of
from nlp.text.lines import Line

_REMARK = re.compile(r" ?(\(([^()]{1,20})\))")
_HARMLESS = tuple(NOTES["harmless"])


_OF_ANOTHER_YEAR = re.compile(
    rf"(?:{any_of(COMPARING)}|(?P<year>20\d\d)年)[{''.join(NOTES['joints'])}]*\s?{WITH_UNIT}"
)
"""A remark that tells another year's number, and thereby that the number before it is the report's: 上年8."""


def is_contradicted(token: Token, line: Line, year: int | None = None) -> bool:
    """Return whether a remark in brackets behind a number on its line may say that it is another one.

    So do all (应为36, 上年数) that do not say what is counted among them (其中修订3件) or what another year's
    number is (上年8, 2022年8件). `year` is the report's, None where it is not known.
    """
    remark = _REMARK.match(line.folded, token.end)
    if token.kind is not Kind.VALUE or remark is None or enumerator(remark.group(1)):
        return False
    text = remark.group(2).strip()
    is_harmless = text.startswith(_HARMLESS) or _is_number_of_another_year(text, year)
    return not is_harmless or any(word in text for word in NOTES["correcting"])


def _is_number_of_another_year(text: str, year: int | None) -> bool:
    """Return whether a remark is the number of another year than the report's."""
    remark = _OF_ANOTHER_YEAR.fullmatch(text)
    if remark is None:
        return False
    named = remark["year"]
    return named is None or (year is not None and int(named) != year)
