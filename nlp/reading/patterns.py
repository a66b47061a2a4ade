"""The patterns of data/reading.toml."""

from __future__ import annotations

import re
import tomllib
from functools import cache

from nlp.resources import folder


@cache
def pattern(section: str, name: str) -> re.Pattern[str]:
    """Return a pattern by its section and its name in the file; upper and lower case are equal.

    >>> bool(pattern("sheet", "number").fullmatch("— 5 —"))
    True
    """
    return re.compile(_all()[section][name], re.IGNORECASE)


@cache
def _all() -> dict[str, dict[str, str]]:
    return tomllib.loads((folder("data") / "reading.toml").read_text(encoding="utf-8"))


def marks() -> list[str]:
    """Return labels of tables that only a report has."""
    return list(_all()["page"]["marks"])
