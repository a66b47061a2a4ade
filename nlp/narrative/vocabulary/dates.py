"""Tells lines that are the date with which a report is signed."""

from __future__ import annotations

from nlp.narrative.wording import expression

_ROUND_DATE = 2
"""So many characters may stand round the date of a signature."""


def is_date_line(squeezed: str) -> bool:
    """Return whether a folded line without white space is a date and next to nothing else.

    >>> [is_date_line(line) for line in ("2024年1月12日", "(2024.1.12)", "2024年1月12日发布会召开")]
    [True, True, False]
    """
    date = expression("sections", "date_line").search(squeezed)
    return date is not None and len(squeezed) - len(date.group()) <= _ROUND_DATE
