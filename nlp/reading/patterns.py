"""The patterns of data/reading.toml."""

from __future__ import annotations

import re
from functools import cache

from nlp.resources import knowledge


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern by its section and its name in the file; upper and lower case are equal.

    >>> bool(pattern("sheet", "closed").search("工作情况。"))
    True
    """
    return re.compile(_all()[section][name], re.IGNORECASE)


@cache
def _all() -> dict[str, dict[str, str]]:
    return knowledge("reading")


def marks() -> list[str]:
    """Return labels of tables that only a report has."""
    return list(_all()["page"]["marks"])
