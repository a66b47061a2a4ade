"""Plants sentences with right and wrong numbers into generated reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from random import Random

from msgspec import Struct

from nlp.record.model import Number, Report, Section, Tables
from nlp.resources import knowledge
from nlp.text.enumerators import in_words

_SLOT = re.compile(r"\{(~?\w+)\}")
_OURSELVES = ("我局", "本机关", "我单位", "我镇", "本单位")
_OTHER, _CLOSED = "other", "closed"
_FARTHEST = 20
"""A wrong number is so far from the right one at most."""


class Planted(Struct, frozen=True):
    """A number, or a statement without one, at `start` to `end` of a planted text.

    `sum` are the cells that it speaks of, none for a number that speaks of none; `is_right` says whether
    the tables have it so.
    """

    name: str
    start: int
    end: int
    sum: tuple[str, ...]
    is_right: bool


class Page(Struct, frozen=True):
    """A report with a planted sentence, which goes from `start` to `end` of its text."""

    text: str
    start: int
    end: int
    planted: list[Planted]


def sentences(which: str) -> list[dict[str, object]]:
    """Return the sentences of a part of data/claims_trial.toml, `tuned` or `kept`."""
    found: list[dict[str, object]] = knowledge("claims_trial")[which]["sentences"]
    return found


def page(text: str, report: Report, sentence: Mapping[str, object], rng: Random) -> Page | None:
    """Return a report's text with a sentence in it; None where the report has no place or number for it."""
    after = _line_before(report.sections, rng)
    if after is None or report.year is None:
        return None
    values = _values(report.tables)
    written = _written(str(sentence["text"]), report.year, values, rng)
    if written is None:
        return None
    words, planted = written
    planted = planted + _statements(sentence, len(words), values)
    lines = text.split("\n")
    start = sum(len(line) + 1 for line in lines[:after])
    indent = re.match(r"\s*", lines[after - 1])
    space = indent.group() if indent else ""
    if not all(one.sum or one.name == _OTHER for one in planted):
        return None
    moved = [
        Planted(one.name, one.start + start + len(space), one.end + start + len(space), one.sum, one.is_right)
        for one in planted
    ]
    lines.insert(after, space + words)
    return Page("\n".join(lines), start, start + len(space) + len(words), moved)


def _line_before(sections: Sequence[Section], rng: Random) -> int | None:
    """Return the number of the line, from 1, behind which a sentence is planted.

    That is the last of the overview, or of its part on applications where it has one.
    """
    places: list[int] = []
    for section in sections:
        if section.kind != "overview":
            continue
        places.append(section.lines[1])
        places += [part.lines[1] for part in section.sections if part.kind == "disclosure_on_request"]
    return rng.choice(places) if places else None


def _values(tables: Tables) -> dict[str, tuple[tuple[str, ...], Number]]:
    """Return the cells and the sum of each slot that the tables can fill."""
    values: dict[str, tuple[tuple[str, ...], Number]] = {}
    for name, patterns in knowledge("claims_trial")["slots"].items():
        cells: dict[str, Number | None] = {}
        for pattern in patterns:
            for table, rows in tables.items():
                for row, columns in rows.items():
                    for column, cell in columns.items():
                        id = f"{table}.{row}.{column}"
                        if fnmatchcase(id, pattern) and cell.state != "missing":
                            cells[id] = cell.value
        known = [value for value in cells.values() if value is not None]
        if cells and len(known) == len(cells):
            values[name] = (tuple(cells), sum(known))
    return values


Values = Mapping[str, tuple[tuple[str, ...], Number]]


def _written(text: str, year: int, values: Values, rng: Random) -> tuple[str, list[Planted]] | None:
    """Return a sentence with its numbers, one of them wrong at times; None where a number is not known."""
    names = [name.lstrip("~") for name in _SLOT.findall(text)]
    told = [name for name in names if name in values]
    if any(name not in values and name not in (_OTHER, "year", "we") for name in names):
        return None
    wrong = rng.choice(told) if told and rng.random() < 0.6 else None
    words, place = "", 0
    planted: list[Planted] = []
    way = rng.choice(("plain", "plain", "plain", "spaced", "chinese", "thousands"))
    for slot in _SLOT.finditer(text):
        words += text[place : slot.start()]
        place = slot.end()
        name = slot[1].lstrip("~")
        if name == "year":
            words += str(year)
            continue
        if name == "we":
            words += rng.choice(_OURSELVES)
            continue
        number = int(10 ** rng.uniform(0, 3)) if name == _OTHER else _value(name, name == wrong, values, rng)
        if slot[1].startswith("~"):
            if number < 20:
                return None
            number -= number % 10 or 3
        start = len(words)
        words += _printed(number, way)
        if way == "spaced":
            words += " "
        cells = values[name][0] if name in values else ()
        planted.append(Planted(name, start, start + len(_printed(number, way)), cells, name != wrong))
    return words + text[place:], planted


def _value(name: str, is_wrong: bool, values: Values, rng: Random) -> int:
    """Return the number of a slot, or one that no slot of the report has."""
    right = int(values[name][1])
    if not is_wrong:
        return right
    amounts = [int(value) for _, value in values.values()]
    avoided = {*amounts, *(one + other for one in amounts for other in amounts)}
    choices = [
        number for number in range(max(0, right - _FARTHEST), right + _FARTHEST) if number not in avoided
    ]
    return rng.choice(choices) if choices else max(avoided) + rng.randint(1, _FARTHEST)


def _printed(number: int, way: str) -> str:
    if way == "chinese" and 0 < number < 100 and number != 2:
        return in_words(number)
    return f"{number:,}" if way == "thousands" else str(number)


def _statements(sentence: Mapping[str, object], length: int, values: Values) -> list[Planted]:
    """Return what a sentence says without a number."""
    names = list(sentence.get("zero", ()))  # type: ignore[call-overload]
    planted: list[Planted] = []
    for name in names:
        cells, value = values.get(name, ((), 0))
        planted.append(Planted(f"no {name}", 0, length, cells, value == 0))
    if sentence.get(_CLOSED):
        cells, value = values.get("carried_forward", ((), 0))
        planted.append(Planted(_CLOSED, 0, length, cells, value == 0))
    return planted
