"""The patterns of data/reading.toml."""

from __future__ import annotations

import re
from functools import cache

from nlp.resources import knowledge


@cache
def pattern(room: str, name: str) -> re.Pattern[str]:
    """Return a pattern by its place in the file.

    >>> bool(pattern("sheet", "closed").search("工作情况。"))
    True
    """
    return re.compile(_all()[room][name], re.IGNORECASE)


@cache
def _all() -> dict[str, dict[str, str]]:
    return knowledge("reading")


def marks() -> list[str]:
    """Return the labels that a report alone has."""
    return list(_all()["page"]["marks"])
