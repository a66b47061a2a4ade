"""Finds names of other agencies and years of other reports that copying left behind in a report."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any, NamedTuple

from nlp.agencies.names import taken_apart
from nlp.agencies.shared_name import squeezed
from nlp.narrative.vocabulary.agency_names import is_name, office_in_name
from nlp.resources import knowledge
from nlp.reuse.agency import NameParts, name_parts, own_names, rank
from nlp.reuse.passages import Passage
from nlp.reuse.slim import SlimReport
from nlp.text.enumerators import filled_in


class Leftover(NamedTuple):
    """A name or year left behind: which, and the sentence that holds it.

    `place_alone` tells a name that is a place without an office: it counts where the place is a known one.
    `doubtful` says whether the record is not sure itself of its agency, or its year.
    """

    kind: str
    found: str
    expected: str
    passage: Passage
    place_alone: bool = False
    doubtful: bool = False


def leftovers(report: SlimReport, passages: Sequence[Passage]) -> Iterator[Leftover]:
    """Yield what a report holds of other agencies and years, in its order.

    Where the record is not sure whose report it is, or of which year, what is yielded is doubtful.
    """
    text = "\n".join(passage.folded for passage in passages)
    sure = knowledge("reuse")["thresholds"]["confidence"]
    if report.organization:
        doubtful = report.organization_confidence < sure
        for left in _names(squeezed(report.organization), passages, text):
            yield left._replace(doubtful=doubtful)
    if report.year:
        doubtful = report.year_confidence < sure
        for left in _years(report.year, passages, text):
            yield left._replace(doubtful=doubtful)


def is_of_another(name: str, own: str) -> bool:
    """Return whether a folded name is that of an agency neither the own one, nor above or below it.

    It is where its place is of the own one's rank and another, or its office another of the same place.

    >>> is_of_another("东山区城市管理局", "某某市西山区城市管理局")
    True
    >>> is_of_another("某某市财政局", "某某市西山区财政局")
    False
    >>> is_of_another("西山区教育局", "西山区财政局"), is_of_another("西山区财政局办公室", "西山区财政局")
    (True, False)
    >>> [is_of_another(name, "洛阳市西工区财政局") for name in ("卫辉市教育局", "洛阳市财政局")]
    [True, False]
    """
    theirs, mine = name_parts(name), name_parts(own)
    own_with_places = [form for form in own_names(own) if form != mine.office and len(form) > _SHORTEST]
    if name in own or any(form in name for form in own_with_places if form.endswith(mine.office)):
        return False
    if _is_of_place_beside(name, own):
        return True
    if not theirs.places or not mine.places:
        return False
    if theirs.places[-1] in mine.places:
        return theirs.places[-1] == mine.places[-1] and _is_another_office(theirs, mine)
    if mine.places[-1] in theirs.places:
        return False
    return rank(theirs.places[-1]) == rank(mine.places[-1])


def _is_of_place_beside(name: str, own: str) -> bool:
    """Return whether the list of divisions has both places, as different ones of one level.

    By their endings alone a city that is a county (卫辉市) would stand above districts.
    """
    theirs, mine = taken_apart(name), taken_apart(own)
    if theirs is None or mine is None or theirs.town or mine.town or theirs.zone or mine.zone:
        return False
    if not theirs.body or not theirs.places or not mine.places:
        return False
    levels = {place.level for place in (*theirs.places, *mine.places)}
    is_other = {place.follows for place in theirs.places}.isdisjoint(place.follows for place in mine.places)
    return len(levels) == 1 and is_other


def _is_another_office(theirs: NameParts, mine: NameParts) -> bool:
    """Return whether two offices of one place are bureaus of different trades.

    A government may speak of its bureaus as of itself; a renamed bureau keeps much of its old name.
    """
    from rapidfuzz.fuzz import ratio

    ends = tuple(knowledge("reuse")["left"]["bureaus"])
    both_are_bureaus = theirs.office.endswith(ends) and mine.office.endswith(ends)
    return both_are_bureaus and ratio(theirs.office, mine.office) < _RENAMED


_SHORTEST = 3
"""A form of the own name of so few characters may stand in another name by chance."""
_RENAMED = 60
"""From this likeness, in percent, one bureau may have borne both names."""


def _names(own: str, passages: Sequence[Passage], text: str) -> Iterator[Leftover]:
    seen = set()
    for n, told, is_led in sorted(_names_told(passages, text)):
        name = told[: len(told) - office_in_name(told)]
        if name in seen or not _may_be_name(name):
            continue
        is_whole = bool(name_parts(name).office) and _is_elsewhere(name, own)
        if is_of_another(name, own) and (is_led or is_whole):
            seen.add(name)
            yield Leftover("name_left", name, own, passages[n], not name_parts(name).office)


def _may_be_name(text: str) -> bool:
    if _never().search(text) or _follows().match(text) or not is_name(text):
        return False
    if re.search(_left()["no_place"], "".join(name_parts(text).places)) is None:
        return True
    known = taken_apart(text)  # 南和区, 中站区: words that join or point stand in names of places as well
    return known is not None and bool(known.places)


def _names_told(passages: Sequence[Passage], text: str) -> Iterator[tuple[int, str, bool]]:
    """Yield the names that stand where the report's own would.

    Each comes with the position of its sentence, and with whether the words before it say so.
    """
    for key, is_led in (("names", True), ("unled_names", False), ("signature", False)):
        for pattern in _patterns(key):
            for n, match in _found(pattern, text):
                if key == "signature" and not passages[n].place.startswith(_left()["signed_in"]):
                    continue
                yield n, match["name"], is_led


def _found(pattern: re.Pattern[str], text: str) -> Iterator[tuple[int, re.Match[str]]]:
    """Yield the matches in a text of a sentence a line, with the positions of their sentences."""
    for match in pattern.finditer(text):
        yield text.count("\n", 0, match.start()), match


def _is_elsewhere(name: str, own: str) -> bool:
    return name_parts(name).places[-1:] != name_parts(own).places[-1:]


def _years(year: int, passages: Sequence[Passage], text: str) -> Iterator[Leftover]:
    """Yield the sentences that tell what the year before was, or the period of its figures."""
    told = {**dict(_periods_told(year, passages, text)), **dict(_years_told(year, passages, text))}
    for n, found in sorted(told.items()):
        if not _is_compared(passages, n, found, year):
            yield Leftover("year_left", str(found), str(year), passages[n])


def _periods_told(year: int, passages: Sequence[Passage], text: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns("periods"):
        for n, match in _found(pattern, text):
            sentence = passages[n].folded
            is_earlier = 0 < year - int(match["year"]) < _YEARS_BACK
            if is_earlier and str(year) not in sentence and re.search(_left()["period_of_figures"], sentence):
                yield n, int(match["year"])


def _years_told(year: int, passages: Sequence[Passage], text: str) -> Iterator[tuple[int, int]]:
    for pattern in _patterns("years"):
        for n, match in _found(pattern, text):
            chapter = passages[n].place.partition(".")[0]
            is_last = int(match["year"]) == year - 1
            if is_last and chapter in _left()["chapters"] and not _compared().search(passages[n].folded):
                yield n, year - 1


_YEARS_BACK = 6


def _is_compared(passages: Sequence[Passage], n: int, found: int, year: int) -> bool:
    """Return whether a sentence stands beside one of the report's year that tells the same of it."""
    from rapidfuzz.fuzz import ratio

    told = _without_years(passages[n], found)
    for neighbour in passages[max(n - 1, 0) : n + 2]:
        is_beside = neighbour.unit == passages[n].unit and neighbour is not passages[n]
        if is_beside and str(year) in neighbour.folded:
            other = _without_years(neighbour, year)
            if ratio(told, other) >= _SAME_MATTER:
                return True
    return str(year) in passages[n].folded


_SAME_MATTER = 70
"""Sentences that are so much alike behind their years, in percent, tell the same of both."""


def _without_years(passage: Passage, year: int) -> str:
    return re.sub(f"^.*?{year}年度?,?", "", passage.folded)


def _left() -> dict[str, Any]:
    return knowledge("reuse")["left"]  # type: ignore[no-any-return]


_CAPITALS = {"ANYNAME": "name", "LONGNAME": "long_name", "FOLLOWS": "follows"}


@cache
def _patterns(key: str) -> tuple[re.Pattern[str], ...]:
    """Return the expressions of a key of data/reuse.toml; ^ and $ are the borders of a sentence."""
    words = {name: _left()[known] for name, known in _CAPITALS.items()}
    patterns = []
    for form in _left()[key]:
        whole = re.sub("|".join(words), lambda word: words[word.group()], form)
        patterns.append(re.compile(filled_in(whole), re.MULTILINE))
    return tuple(patterns)


@cache
def _follows() -> re.Pattern[str]:
    return re.compile(_left()["follows"])


@cache
def _never() -> re.Pattern[str]:
    return re.compile(_left()["never"])


@cache
def _compared() -> re.Pattern[str]:
    return re.compile(filled_in(_left()["compared"]))
