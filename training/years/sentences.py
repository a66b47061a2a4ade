"""Sentences that say what tables hold, rightly or wrongly, and others that copying leaves behind."""

from __future__ import annotations

from random import Random
from typing import Any

from nlp.resources import knowledge
from nlp.text.enumerators import NUMERALS
from training.generator.printing import Figures

_ROUND = 100
"""Numbers above are rounded down at times, with 余 behind them."""


def told() -> dict[str, Any]:
    """Return what data/years.toml holds."""
    return knowledge("years")


def value(figures: Figures, claim: dict[str, Any]) -> int | None:
    """Return what the cells of a claim come to as printed, None where one is not printed.

    Of a claim with `either` the forms have one cell each.
    """
    found = []
    for name in claim["cells"]:
        table, row, column = name.split(".")
        figure = figures.get(table, {}).get(row, {}).get(column)
        if figure is None and claim.get("either"):
            continue
        if figure is None or figure.value is None:
            return None
        found.append(int(figure.value))
    return sum(found) if found else None


def cells(figures: Figures, claim: dict[str, Any]) -> list[str]:
    """Return the cells of a claim that the form of a report has."""
    found = []
    for name in claim["cells"]:
        table, row, column = name.split(".")
        if column in figures.get(table, {}).get(row, {}):
            found.append(name)
    return found


def claims(figures: Figures) -> list[tuple[dict[str, Any], int]]:
    """Return the claims that can be made of printed figures, and their numbers."""
    listed = []
    for claim in told()["claim"]:
        number = value(figures, claim)
        if number is not None:
            listed.append((claim, number))
    return listed


def sentence(claim: dict[str, Any], number: int, rng: Random, wordings: str = "texts") -> str:
    """Return a sentence that says a number of what a claim counts, {we} and {year} left open.

    `wordings` are `texts`, `fresh` or `newest`, for the last of which no word was added.
    """
    return str(rng.choice(claim[wordings]).replace("{n}", written(number, claim["counted"], rng)))


def wrong(number: int, rng: Random) -> int:
    """Return another number than the table's; a large one is wrong by more than rounding takes off."""
    if number > _ROUND:
        return rng.choice([number * 2, number * 10, number // 3])
    return rng.choice([other for other in (number + 1, number + 3, number + 12, number - 1) if other >= 0])


def written(number: int, counted: str, rng: Random) -> str:
    """Return a number as somebody writes it.

    >>> written(17, "件", Random("d")), written(1300, "件", Random("f"))
    ('17件', '1,300件')
    """
    shape = rng.random()
    if 0 < number < 100 and shape < 0.12:
        return chinese(number) + counted
    if number > _ROUND and shape < 0.12:
        return f"{number // _ROUND * _ROUND}余{counted}"
    if number >= 10_000 and shape < 0.4:
        return f"{number / 10_000:.4f}".rstrip("0").rstrip(".") + "万" + counted
    if number >= 1_000 and shape < 0.5:
        return f"{number:,}{counted}"
    return f"{number}{rng.choice(['', '', ' '])}{counted}"


def chinese(number: int) -> str:
    """Return a whole number below 100 in Chinese.

    >>> chinese(10), chinese(37)
    ('十', '三十七')
    """
    tens, ones = divmod(number, 10)
    before = "" if tens == 0 else ("" if tens == 1 else NUMERALS[tens - 1]) + NUMERALS[9]
    return before + (NUMERALS[ones - 1] if ones else "")


def other_numbers(count: int, rng: Random) -> list[str]:
    """Return sentences with numbers that no table holds."""
    texts = rng.sample(told()["other_numbers"]["texts"], count)
    return [with_numbers(text, rng) for text in texts]


def with_numbers(text: str, rng: Random) -> str:
    """Fill each {r} of a text with some number."""
    while "{r}" in text:
        text = text.replace("{r}", str(rng.choice([rng.randint(2, 9), rng.randint(10, 900)])), 1)
    return text
