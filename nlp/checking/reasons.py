"""Words the reasons why a person should look: their messages stand in data/reviews.toml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from itertools import groupby

from msgspec import UNSET

from nlp.record.model import Review
from nlp.resources import knowledge

_NAMED = 12
"""How many ids, or rows, a message spells out."""


def reason(code: str, cells: list[str] | None = None, **facts: object) -> Review:
    """Return the reason with a code; `facts` fill in its message.

    >>> reason("rows_out_of_order", table="requests").message
    'The rows of the table `requests` do not stand in the order of the form, each once.'
    """
    table = facts.get("table")
    return Review(
        code, _messages()[code].format(**facts), cells or [], UNSET if table is None else str(table)
    )


def listed(ids: Sequence[str]) -> str:
    """Return what a message lists: the first ones, and how many more there are.

    >>> listed(["a", "b"])
    'a, b'
    """
    more = len(ids) - _NAMED
    first = ", ".join(ids[:_NAMED])
    return f"{first} and {more} more" if more > 0 else first


def listed_by_row(ids: Sequence[str]) -> str:
    """Return ids of cells as a message lists them, those of a row together.

    >>> listed_by_row(["requests.total.total", "requests.granted.total", "requests.granted.natural_person"])
    'requests.total.total, requests.granted (2 cells)'
    """
    rows = [list(of_row) for _, of_row in groupby(ids, key=lambda id: id.rpartition(".")[0])]
    named = (
        of_row[0] if len(of_row) == 1 else f"{of_row[0].rpartition('.')[0]} ({len(of_row)} cells)"
        for of_row in rows
    )
    return listed(list(named))


@cache
def _messages() -> dict[str, str]:
    """Return the message of each review code, its facts in braces."""
    return knowledge("reviews")
