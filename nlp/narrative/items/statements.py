"""Reads one sentence of the fifth chapter: does it name a problem, a measure, or lead to some."""

from __future__ import annotations

import re
from collections.abc import Iterator

from msgspec import Struct

from nlp.narrative.items.cue_words import (
    Zone,
    general,
    is_general,
    lack,
    lead,
    opening,
    problem_noun,
    verb,
    will,
    zone_of,
)
from nlp.narrative.wording import expression

_CLAUSE = re.compile("[^,:。;!?\n]*[,:。;!?\n]?")


class Statement(Struct, frozen=True, gc=False):
    """What a sentence says, at `start` to `end`; `start` is `end` where it only leads to items.

    `told` where the sentence itself says that it is about problems or measures.
    """

    zone: Zone | None
    start: int
    end: int
    told: bool

    @property
    def leads(self) -> bool:
        return self.start >= self.end


def sentences(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield where the sentences of a stretch stand; a semicolon ends one, too.

    >>> text = "更新不及时;形式单一,下一步,将加强学习。"
    >>> [text[first:last] for first, last in sentences(text, 0, len(text))]
    ['更新不及时;', '形式单一,', '下一步,将加强学习。']
    """
    first = start
    for match in expression("items", "end").finditer(text, start, end):
        if text[first : match.start()].strip():
            yield first, match.end()
        first = match.end()
    if text[first:end].strip():
        yield first, end


def statement(text: str, start: int, end: int, zone: Zone | None = None) -> Statement:
    """Read a sentence under what was said before it.

    >>> sentence = "虽然取得了一定成绩,但仍存在更新不够及时、形式单一等问题。"
    >>> said = statement(sentence, 0, len(sentence))
    >>> said.zone, sentence[said.start:said.end]
    ('problems', '更新不够及时、形式单一')
    """
    place, heard = _led(text, start, end)
    found = _opened(text, start, end, False)
    if found is None:
        found = _opened(text, place, end, heard == "improvements")
    if heard == "improvements" or found is not None:
        return _measures(text, start, place if found is None else _announced(text, found, end), end)
    if heard is not None:
        return _led_statement(text, place, end, heard)
    if _announces_both(text[start:end]):
        return Statement(zone, end, end, False)
    return _shortcoming(text, place, end) or _plain(text, place, end, zone)


def _announces_both(sentence: str) -> bool:
    """Tell whether a sentence of general words leads to problems and measures: 问题及整改情况见下表。"""
    clauses = sentence.rstrip("。:;\n").split(",")
    return zone_of(clauses[-1]) == "both" and all(map(is_general, clauses))


def _measures(text: str, start: int, place: int, end: int) -> Statement:
    """Read a sentence of measures, which start at `place`."""
    lead = expression("items", "measure_lead").match(text, place, end)
    first = lead.end() if lead else _measure(text, start, place, end)
    return Statement("improvements", first, _leading(text, place, end), True)


def is_measure(text: str, start: int, end: int) -> bool:
    """Tell whether a sentence without a cue reads like a measure."""
    return verb().match(text, start, end) is not None and lack().search(text, start, end) is None


def _led(text: str, start: int, end: int) -> tuple[int, Zone | None]:
    """Go over the clauses of general words that a sentence opens with; tell what they lead to."""
    heard: Zone | None = None
    place = start
    while place < end:
        if connective := expression("items", "connective").match(text, place, end):
            place = connective.end()
            continue
        clause = _CLAUSE.match(text, place, end)
        words = clause.group().rstrip(",:。;!?\n") if clause else ""
        if clause is None or not words or not is_general(words):
            break
        heard = _clause_zone(words) or heard
        place = clause.end()
    if place < end and (prefix := _prefix(text, place, end)):
        return prefix
    return (place if heard or place < end else start), heard


def _clause_zone(words: str) -> Zone | None:
    zone = zone_of(words)
    return None if zone in ("other", "both") else zone


def _prefix(text: str, start: int, end: int) -> tuple[int, Zone] | None:
    """Read general words that a clause opens with and links to what follows: 存在的主要问题是…"""
    match = general().match(text, start, end)
    if match is None:
        return None
    if named := expression("items", "link").match(text, start, match.end()):
        return named.end(), "problems"
    called = expression("items", "measure_link").match(text, start, match.end())
    return (called.end(), "improvements") if called else None


def _opened(text: str, start: int, end: int, heard: bool) -> int | None:
    """Return where a measure starts if its sentence opens like one, or that was `heard` before."""
    if heard and (match := will().match(text, start, end)) and not verb().match(match.group()):
        return match.end()
    for form in opening():
        if match := form.match(text, start, end):
            return match.end("off") if match["off"] else start
    return None


def _announced(text: str, start: int, end: int) -> int:
    """Go over the clauses of general words that announce measures, if that is what they do."""
    place, _ = _led(text, start, end)
    return place if expression("items", "announces").search(text, start, place) else start


def _measure(text: str, start: int, place: int, end: int) -> int:
    """Return where the measure of a sentence starts; general words may be all there is."""
    said = text[start:end].rstrip()
    if place < end or not said.endswith("。") or expression("items", "announces").search(said):
        return place
    last = max(said.rfind(",") + 1, said.rfind(":") + 1)
    return start + last if verb().search(said, last) else place


def _leading(text: str, start: int, end: int) -> int:
    """Return the end of a sentence, its start if it closes with a colon."""
    return start if text[start:end].rstrip().endswith(":") else end


def _shortcoming(text: str, start: int, end: int) -> Statement | None:
    """Find the clause by which a sentence comes to its problems, after some words of praise."""
    place = start if problem_noun().search(text, start, end) else end
    while clause := _CLAUSE.match(text, place, end):
        words = clause.group().rstrip(",:。;!?\n")
        if not words or place >= end or lack().search(text, start, place):
            return None
        if zone_of(words) == "problems" and is_general(words):
            return _led_statement(text, clause.end(), end, "problems")
        if named := expression("items", "named").match(text, _existence(text, place, end), end):
            return _named(named, end)
        place = clause.end()
    return None


def _existence(text: str, start: int, end: int) -> int:
    """Return the place where a clause says that something exists, if it says nothing else before."""
    match = general().match(text, start, end)
    if match is None:
        return start
    return max(
        (place.start() for place in expression("items", "exists").finditer(text, start, match.end())),
        default=start,
    )


def _named(match: re.Match[str], end: int) -> Statement | None:
    """Read the problems that a sentence says to exist: 存在…等问题."""
    start, what = match.start("what"), match["what"]
    off = expression("items", "of").search(what)
    kept = what[: off.start()] if off else what
    return None if is_general(kept) else Statement("problems", start, start + len(kept), True)


def _led_statement(text: str, start: int, end: int, zone: Zone) -> Statement:
    """Read what follows the words that lead to it: 如…, 主要表现在…"""
    place = start
    if zone == "problems" and (match := lead().match(text, _unspaced(text, start), end)):
        place = match.end()
    place, _ = _led(text, place, end) if place < end else (place, None)
    return Statement(zone, place, _leading(text, place, end), True)


def _unspaced(text: str, place: int) -> int:
    while place < len(text) and text[place] == " ":
        place += 1
    return place


def _plain(text: str, start: int, end: int, zone: Zone | None) -> Statement:
    """Read a sentence that has no cue: by its words, under what was said before it."""
    if expression("items", "solved").search(text, start, end):
        return Statement("improvements", start, end, zone is None)
    leads = {"problems": lead(), "improvements": expression("items", "measure_lead")}
    if zone in leads and (match := leads[zone].match(text, start, end)):
        start = match.end()
    if zone is None and lack().search(text, start, end):
        zone = "problems"
    if zone == "problems":
        start = _after_existence(text, _after_praise(text, start, end), end)
    return Statement(zone, start, _leading(text, start, end), False)


def _after_praise(text: str, start: int, end: int) -> int:
    """Return where a sentence turns to what is lacking: 成效明显，但…"""
    for turn in expression("items", "turn").finditer(text, start, end):
        if lack().search(text, start, turn.start()) is None:
            return turn.end()
    return start


def _after_existence(text: str, start: int, end: int) -> int:
    """Return where a sentence names what exists, if it says nothing else before: 目前还存在…"""
    place = _existence(text, start, end)
    match = expression("items", "exists").match(text, place, end)
    return match.end() if match and place > start else start
