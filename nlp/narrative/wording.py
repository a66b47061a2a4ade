"""Loads the words by which reports speak: data/*.toml, as they stand or as compiled expressions."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

from nlp.resources import folder


@cache
def wording(file: str) -> dict[str, Any]:
    """Return data/`file`.toml."""
    return tomllib.loads((folder("data") / f"{file}.toml").read_text(encoding="utf-8"))


@cache
def expression(file: str, name: str) -> re.Pattern[str]:
    """Return an expression of the table `expressions` of data/`file`.toml.

    >>> expression("identity", "year_line").fullmatch("(2023年度)") is not None
    True
    """
    return re.compile(filled_in(wording(file)["expressions"][name]))


def filled_in(form: str) -> str:
    """Return a form with what its capital words stand for: a year, a numeral, the numerals."""
    return _CAPITALS.sub(lambda match: wording("numbers")[match.group().lower()], form)


_CAPITALS = re.compile("YEAR|NUMERALS|NUMERAL")
