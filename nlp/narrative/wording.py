"""Loads the words by which reports speak: data/*.toml, as they stand or as compiled expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.resources import knowledge
from nlp.text.enumerators import filled_in


@cache
def wording(file: str) -> dict[str, Any]:
    """Return data/`file`.toml."""
    return knowledge(file)


@cache
def expression(file: str, name: str) -> re.Pattern[str]:
    """Return an expression of the table `expressions` of data/`file`.toml.

    >>> expression("identity", "year_line").fullmatch("(2023年度)") is not None
    True
    """
    return re.compile(filled_in(wording(file)["expressions"][name]))
