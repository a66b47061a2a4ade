"""Plants sentences with right and wrong numbers into generated reports."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from fnmatch import fnmatchcase
from random import Random

import msgspec
from msgspec import Struct

from nlp.record.model import Cell, Number, Report, Section, Tables
from nlp.resources import knowledge
from nlp.text.enumerators import in_words

OTHER, NONE, CLOSED = "other", "no", "closed"
"""The names of numbers of no cell, of statements of none (before the kind), of 全部办结."""

_SLOT = re.compile(r"\{(~?\w+)\}")
_ROUNDED = "~"
_OURSELVES = ("我局", "本机关", "我单位", "我镇", "本单位")
_WAYS = ("digits", "digits", "digits", "spaced", "numerals", "thousands")
_FARTHEST = 20
"""A wrong number is so far from the right one at most."""
_WRONG = 0.6
"""The share of sentences with a wrong number."""
_LEAST_ROUNDED = 20


class Sentence(Struct, frozen=True):
    """A sentence of data/claims_trial.toml."""

    text: str
    zero: tuple[str, ...] = ()
    closed: bool = False


class Planted(Struct, frozen=True):
    """A number, or a statement without one, at `start` to `end` of a planted text.

    `cells` are those that it speaks of, none for a number of no cell; `is_right` says whether the tables
    have it so.
    """

    name: str
    start: int
    end: int
    cells: tuple[str, ...]
    is_right: bool
    is_rounded: bool = False

    def moved(self, by: int) -> Planted:
        """Return it in a text before which `by` characters were put."""
        return msgspec.structs.replace(self, start=self.start + by, end=self.end + by)


class Page(Struct, frozen=True):
    """A report with planted sentences and what they say."""

    text: str
    planted: list[Planted]


Values = Mapping[str, tuple[tuple[str, ...], Number]]
"""For each slot that the tables of a report can fill, its cells and what they come to."""


def sentences(which: str) -> list[Sentence]:
    """Return the sentences of a part of data/claims_trial.toml, `tuned` or `kept`."""
    return msgspec.convert(knowledge("claims_trial")[which]["sentences"], list[Sentence])


def page(text: str, report: Report, chosen: Sequence[Sentence], rng: Random) -> Page | None:
    """Return a report's text with sentences in lines of their own; None where it has no place for them.

    Sentences with numbers that the report's tables do not have are left out.
    """
    after = _line_before(report.sections, rng)
    if after is None or report.year is None:
        return None
    values = values_of(report.tables)
    lines = text.split("\n")
    place = sum(len(line) + 1 for line in lines[:after])
    added: list[str] = []
    planted: list[Planted] = []
    for sentence in chosen:
        written = _written(sentence, report.year, values, rng)
        if written is None:
            continue
        words, found = written
        planted += [one.moved(place) for one in found]
        added.append(words)
        place += len(words) + 1
    return Page("\n".join([*lines[:after], *added, *lines[after:]]), planted)


def _line_before(sections: Sequence[Section], rng: Random) -> int | None:
    """Return the number of the line, from 1, behind which sentences are planted.

    That is the last of the overview, or of its part on applications where it has one.
    """
    places: list[int] = []
    for section in sections:
        if section.kind == "overview":
            places.append(section.lines[1])
            places += [part.lines[1] for part in section.sections if part.kind == "disclosure_on_request"]
    return rng.choice(places) if places else None


def values_of(tables: Tables) -> Values:
    """Return the cells and the sum of each slot that the tables can fill."""
    values: dict[str, tuple[tuple[str, ...], Number]] = {}
    for name, patterns in knowledge("claims_trial")["slots"].items():
        cells = _cells(patterns, tables)
        amounts = [cell.value for cell in cells.values() if cell.value is not None]
        if cells and len(amounts) == len(cells):
            values[name] = (tuple(cells), sum(amounts))
    return values


def _cells(patterns: Sequence[str], tables: Tables) -> dict[str, Cell]:
    """Return the cells whose ids match one of some patterns, by their ids; missing ones are left out."""
    found: dict[str, Cell] = {}
    for table, rows in tables.items():
        for row, columns in rows.items():
            for column, cell in columns.items():
                id = f"{table}.{row}.{column}"
                matches = any(fnmatchcase(id, pattern) for pattern in patterns)
                if matches and cell.state != "missing":
                    found[id] = cell
    return found


def _written(sentence: Sentence, year: int, values: Values, rng: Random) -> tuple[str, list[Planted]] | None:
    """Return a sentence with its numbers and what it says; None where a number is not known."""
    needed = {name.lstrip(_ROUNDED) for name in _SLOT.findall(sentence.text)} - {OTHER, "year", "we"}
    stated = {*sentence.zero, *(["carried_forward"] if sentence.closed else [])}
    if not (needed | stated).issubset(values):
        return None
    wrong = rng.choice(sorted(needed)) if needed and rng.random() < _WRONG else None
    way = rng.choice(_WAYS)
    words, place = "", 0
    planted: list[Planted] = []
    for slot in _SLOT.finditer(sentence.text):
        words += sentence.text[place : slot.start()]
        place = slot.end()
        name = slot[1].lstrip(_ROUNDED)
        if name == "year" or name == "we":
            words += str(year) if name == "year" else rng.choice(_OURSELVES)
            continue
        number = _number(name, name == wrong, values, rng)
        is_rounded = slot[1].startswith(_ROUNDED)
        if is_rounded:
            if number < _LEAST_ROUNDED:
                return None
            number -= number % 10 or 3
        printed = _printed(number, way)
        cells = values[name][0] if name in values else ()
        planted.append(Planted(name, len(words), len(words) + len(printed), cells, name != wrong, is_rounded))
        words += printed + (" " if way == "spaced" else "")
    words += sentence.text[place:]
    return words, planted + _statements(sentence, len(words), values)


def _number(name: str, is_wrong: bool, values: Values, rng: Random) -> int:
    """Return the number of a slot; a wrong one is none that some slots of the report come to."""
    if name == OTHER:
        return int(10 ** rng.uniform(0, 3))
    right = int(values[name][1])
    if not is_wrong:
        return right
    amounts = [int(value) for _, value in values.values()]
    avoided = {*amounts, *(one + other for one in amounts for other in amounts)}
    near = range(max(0, right - _FARTHEST), right + _FARTHEST)
    choices = [number for number in near if number not in avoided]
    return rng.choice(choices) if choices else max(avoided) + rng.randint(1, _FARTHEST)


def _printed(number: int, way: str) -> str:
    if way == "numerals" and 0 < number < 100 and number != 2:
        return in_words(number)
    return f"{number:,}" if way == "thousands" else str(number)


def _statements(sentence: Sentence, length: int, values: Values) -> list[Planted]:
    """Return what a sentence says without a number."""
    planted: list[Planted] = []
    for name in sentence.zero:
        cells, value = values[name]
        planted.append(Planted(f"{NONE} {name}", 0, length, cells, value == 0))
    if sentence.closed:
        forward, over = values["carried_forward"], values.get("carried_over")
        if over is not None and not 0 < forward[1] <= over[1]:  # what came over may be what is open still
            planted.append(Planted(CLOSED, 0, length, forward[0], forward[1] == 0))
    return planted
