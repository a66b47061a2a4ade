"""Cuts a report's text into sentences, and reads them alike whoever wrote them and of whichever year."""

from __future__ import annotations

import re
from functools import cache
from typing import Any, NamedTuple

from msgspec import Struct

from nlp.agencies.shared_name import squeezed
from nlp.record.model import Span
from nlp.resources import knowledge
from nlp.reuse.agency import own_names
from nlp.reuse.slim import SlimItem, SlimReport, Unit, units
from nlp.text.enumerators import filled_in
from nlp.text.folding import HOLE, fold

OWN = "◇"
"""Stands for the agency's own name, or that of its place."""
YEAR = "某年"
NUMBER = "№"
ITSELF = "我们"


class Passage(Struct, frozen=True, array_like=True, gc=False):
    """A sentence of a report."""

    unit: int
    """The number of the stretch of text that it stands in, from 0."""
    place: str
    """What that stretch is called: `overview.platforms`, `problems.0`."""
    lines: Span | None
    """The first and last line of the narrowest stretch that the record has lines of."""
    raw: str
    """The sentence as it stands."""
    folded: str
    """The sentence folded, without white space, quotation marks and enumerator."""
    exact: str
    """The same with signs in place of the agency's own names and of years."""
    normal: str
    """The same with signs in place of numbers as well."""


class Item(Struct, frozen=True, array_like=True, gc=False):
    """A problem or a measure of a report."""

    place: str
    lines: Span | None
    span: Span | None
    raw: str
    folded: str
    exact: str
    normal: str
    of_last_year: bool


def passages(report: SlimReport) -> list[Passage]:
    """Return the sentences of a report in its order.

    >>> from nlp.reuse.slim import SlimReport, SlimSection, SlimSource
    >>> section = SlimSection("overview", (2, 3), "2022年，我局公开信息12条；（一）某某县水利局开设专栏。")
    >>> report = SlimReport(source=SlimSource(), organization="某某县水利局", sections=[section])
    >>> [passage.normal for passage in passages(report)]
    ['某年,我们公开信息№条', '◇开设专栏']
    """
    places: list[tuple[int, Unit]] = []
    sentences: list[str] = []
    for number, unit in enumerate(units(report)):
        for sentence in _SENTENCE.findall(_item_begins().sub("\n", unit.text)):
            places.append((number, unit))
            sentences.append(sentence)
    result = []
    for (number, unit), raw, alike in zip(places, sentences, read(sentences, report), strict=True):
        if alike.folded:
            result.append(Passage(number, unit.place, unit.lines, raw.strip(), *alike))
    return result


def items(report: SlimReport) -> list[Item]:
    """Return the problems and measures of a report."""
    named: list[tuple[str, SlimItem]] = []
    named += [(f"problems.{n}", problem) for n, problem in enumerate(report.problems)]
    named += [(f"improvements.{n}", measure) for n, measure in enumerate(report.improvements)]
    texts = read([item.text.replace("\n", "") for _, item in named], report)
    result = []
    for (place, item), alike in zip(named, texts, strict=True):
        result.append(Item(place, item.lines, item.span, item.text, *alike, item.of_last_year))
    return result


class Alike(NamedTuple):
    """A text in three readings that leave out ever more of what one report alone says."""

    folded: str
    exact: str
    normal: str


def read(sentences: list[str], report: SlimReport) -> list[Alike]:
    """Return the readings of each sentence of a report.

    All are read at once: no expression crosses a line feed, and none of the sentences holds one.
    """
    if not sentences:
        return []
    folded = fold("\n".join(sentences)).replace(HOLE, "")
    folded = _marks().sub("", _enumerator().sub("", folded))
    exact = folded
    if report.organization:
        for name in own_names(squeezed(report.organization)):
            exact = exact.replace(name, OWN)
    exact = _itself().sub(ITSELF, _year().sub(YEAR, exact))
    normal = _NUMBER.sub(NUMBER, exact)
    readings = zip(folded.split("\n"), exact.split("\n"), normal.split("\n"), strict=True)
    return [Alike(*reading) for reading in readings]


_SENTENCE = re.compile(r"[^。！？；;!?\n]+")


@cache
def _item_begins() -> re.Pattern[str]:
    """Return where an item begins within a sentence: behind a mark, with what items are counted with."""
    return re.compile(filled_in(_words()["within"]))


_NUMBER = re.compile(r"\d[\d.,]*%?")


def _words() -> dict[str, Any]:
    return knowledge("reuse")["normal"]  # type: ignore[no-any-return]


@cache
def _marks() -> re.Pattern[str]:
    return re.compile(_words()["marks"].replace("\\s", r" \t\r\u3000"))


@cache
def _itself() -> re.Pattern[str]:
    return re.compile(_words()["itself"])


@cache
def _year() -> re.Pattern[str]:
    return re.compile(filled_in("YEAR年度?"))


@cache
def _enumerator() -> re.Pattern[str]:
    """Return what sentences count with at their beginning."""
    return re.compile(filled_in(_words()["enumerator"]), re.MULTILINE)
