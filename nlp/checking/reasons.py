"""Words the reasons why a person should look: their messages stand in data/reviews.toml."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from msgspec import UNSET

from nlp.record.model import Review
from nlp.resources import knowledge

_NAMED = 12
"""How many ids a message spells out."""


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
    """Return ids as a message lists them: the first ones, and how many more there are.

    >>> listed(["a", "b"])
    'a, b'
    """
    more = len(ids) - _NAMED
    first = ", ".join(ids[:_NAMED])
    return f"{first} and {more} more" if more > 0 else first


@cache
def _messages() -> dict[str, str]:
    """Return the message of each review code, its facts in braces."""
    return knowledge("reviews")
