"""Tells whether a caption or a note means another year, period, body or unit than the report's."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from nlp.narrative.identity.identity import Identity
from nlp.narrative.identity.same_agency import same_agency
from nlp.narrative.identity.years import year_of
from nlp.narrative.vocabulary.agency_names import has_own_place, is_name, office_in_name
from nlp.resources import knowledge
from nlp.tables.page.brackets import without_brackets
from nlp.text.cells import NOTES, NUMBERS, UNIT, any_of, longest_of

_NUMERAL = f"[{knowledge('numbers')['digits']}]"
_YEAR = re.compile(
    rf"(?<!\d)(?P<year>(?:19|20)\d\d|[12]\d(?=年度)|(?<!{_NUMERAL}){_NUMERAL}{{4}}(?=年))(?!\d)(?=[年度~)至到]|[-./]|$)"
)
_DATE_BEHIND = re.compile(r"[-./年]\d{1,2}(?:[-./月]|$)")
_UNTIL = re.compile(r"(?:截[至止]|[-至到~])(?:到|于)?$")
_MONTHS = re.compile(r"(?<!\d)(?P<first>\d{1,2})月?份?[-—至到~]+(?P<last>\d{1,2})月(?!\d)")
_DAYS = re.compile(r"(?<!\d)(?P<first>\d{1,2}月\d{1,2})日[-—至到~]+(?:\d{4}年)?(?P<last>\d{1,2}月\d{1,2})日")
_PERIOD_END = re.compile(r"截[至止](?:到|于)?(?:\d{4}年)?(?P<month>\d{1,2})月(?P<day>\d{1,2}(?=日)|底|末)?")
_ALL_MONTHS = ("1", "12")
_ALL_DAYS = (("1月1", "01月01"), ("12月31",))
_LAST_DAYS = ("31", "底", "末", None)
_UNIT_NAMED = re.compile(
    r"(?<![\u4e00-\u9fff])(?:计[数量]|金额|数量)?单位(?:\([^()]*\))?[为是]?:(?P<unit>[^\s)]*)"
)
_LONGEST_UNIT = 3
"""In characters: what stands behind 单位 is a unit up to so many, and a body beyond."""
_LEAST_NAME = 4


def is_caption_against(caption: str, identity: Identity) -> bool:
    """Return whether a caption, folded and without white space, says that numbers are not the report's.

    >>> whose = Identity("某某县水利局", year=2023)
    >>> texts = ("(2022年度)", "2023年1-6月", "全县汇总", "样表", "填报单位:某某县民政局", "单位:打")
    >>> all(is_caption_against(text, whose) for text in texts)
    True
    >>> texts = ("(2023年度)", "2023年1-12月", "数据汇总", "表1", "填报单位:县水利局", "单位:件、万元")
    >>> any(is_caption_against(text, whose) for text in texts)
    False
    """
    text = _without_harmless(caption)
    is_sample = _any("samples").search(text) is not None and _made_by().search(text) is None
    return (
        is_sample
        or _any("times").search(text) is not None
        or _is_of_another_year(text, identity.year)
        or _is_of_part_of_year(text)
        or _any("bodies").search(text) is not None
        or _is_of_whole_place(text, identity.organization)
        or _names_another(text, identity.organization)
        or _is_in_another_unit(text)
    )


def is_note_against(note: str, identity: Identity) -> bool:
    """Return whether a note says of numbers that they are sums of years, other bodies' or no real ones.

    >>> whose = Identity("某某县水利局", year=2023)
    >>> texts = ("注:以上数据为累计数。", "注:以上为全县数据", "以上系样表数据。", "注:由某某县民政局填报")
    >>> all(is_note_against(text, whose) for text in texts)
    True
    >>> texts = ("注:现行有效件数为累计数。", "注:数据由各科室提供。", "注:本表由县水利局填报")
    >>> any(is_note_against(text, whose) for text in texts)
    False
    """
    text = _without_harmless(note)
    is_of_whole_place = _is_of_whole_place(text, identity.organization)
    for statement in _statements().finditer(text):
        if not statement["place"] or is_of_whole_place:
            return True
    is_cumulative = _cumulative().search(text) is not None and _standing().search(text) is None
    return is_cumulative or _names_another(text, identity.organization)


def _without_harmless(text: str) -> str:
    return _harmless().sub("", text)


def _is_of_another_year(text: str, year: int | None) -> bool:
    """Return whether a caption names a year that is not the report's.

    A later date is that on which a table was made or printed, unless numbers are said to go so far.
    """
    for match in _YEAR.finditer(text):
        named = year_of(match["year"])
        is_date = _DATE_BEHIND.match(text, match.end()) is not None
        is_later = year is not None and named > year
        is_of_making = is_date and is_later and _UNTIL.search(text[: match.start()]) is None
        if named != year and not is_of_making:
            return True
    return False


def _is_of_part_of_year(text: str) -> bool:
    """Return whether a caption names months or days that are not the whole year, or a day before its end."""
    for months in _MONTHS.finditer(text):
        if months.groups() != _ALL_MONTHS and (months["first"].lstrip("0"), months["last"]) != _ALL_MONTHS:
            return True
    for days in _DAYS.finditer(text):
        if days["first"] not in _ALL_DAYS[0] or days["last"] not in _ALL_DAYS[1]:
            return True
    for end in _PERIOD_END.finditer(text):
        if end["month"] != _ALL_MONTHS[1] or end["day"] not in _LAST_DAYS:
            return True
    return False


def _is_of_whole_place(text: str, agency: str | None) -> bool:
    """Return whether a text speaks of a whole place (全县) that the agency is not the government of.

    One that leads all of its kind there speaks for them: 全市税务系统 of a 税务局.
    """
    for place in _places().finditer(text):
        is_own_kind = bool(place["kind"]) and place["kind"] in (agency or "")
        if not is_own_kind and not _is_government_of(place["level"], agency or ""):
            return True
    return False


def _is_government_of(level: str, agency: str) -> bool:
    """Return whether an agency is the government of a place of a level.

    >>> _is_government_of("县", "某某县人民政府"), _is_government_of("县", "某某县丙丁镇人民政府")
    (True, False)
    """
    return re.search(rf"{level}(?:人民)?{any_of(_words('governments'))}$", agency) is not None


def _names_another(text: str, agency: str | None) -> bool:
    """Return whether a text is, or says that numbers come from, another agency than the report's."""
    if agency is None:
        return False
    alone = text.strip("()")
    names = [] if _is_government_above(alone, agency) else [alone]
    for pattern in (_named(), _filling_in(), _heading()):
        names += [match["name"] for match in pattern.finditer(text)]
    return any(_is_another(name, agency) for name in names)


def _is_government_above(name: str, agency: str) -> bool:
    """Return whether a name is the government's of the place of an agency, whose site may print it anywhere.

    >>> [_is_government_above(name, "某某县水利局") for name in ("某某县人民政府", "某某县民政局")]
    [True, False]
    """
    place = re.sub(rf"(?:人民)?{any_of(_words('governments'))}$", "", name)
    return place != name and agency.startswith(place)


def _is_another(name: str, agency: str) -> bool:
    """Return whether a text is the full name of an agency that is not the report's nor an office of it."""
    if not is_name(name) or not has_own_place(name):
        return False
    agency_named = name[: len(name) - office_in_name(name)]
    return agency_named not in agency and agency not in name and not same_agency(agency_named, agency)


def _is_in_another_unit(text: str) -> bool:
    """Return whether a caption tells a unit that is none of the form's: 单位:打."""
    for match in _UNIT_NAMED.finditer(text):
        for word in re.split("[、,/和()]", without_brackets(match["unit"])):
            is_body = is_name(word) or len(word) > _LONGEST_UNIT or _any("own").match(word) is not None
            if word and not is_body and _unit().fullmatch(word) is None:
                return True
    return False


def _knowledge() -> dict[str, Any]:
    return knowledge("captions")


def _words(name: str) -> list[str]:
    words: list[str] = _knowledge()[name]
    return words


@cache
def _any(name: str) -> re.Pattern[str]:
    """Return an expression for any of the words of a list in data/captions.toml."""
    return re.compile(any_of(_words(name)))


@cache
def _harmless() -> re.Pattern[str]:
    return re.compile("|".join(_words("harmless")))


@cache
def _made_by() -> re.Pattern[str]:
    return re.compile("|".join(_words("made_by")))


@cache
def _unit() -> re.Pattern[str]:
    return re.compile(rf"{UNIT}|{any_of(NUMBERS['counters'])}")


@cache
def _places() -> re.Pattern[str]:
    kind = rf"(?P<kind>[\u4e00-\u9fff]{{2,4}}?){any_of(_words('kinds'))}"
    return re.compile(rf"全(?P<level>{any_of(_words('levels'))})(?:{kind})?")


@cache
def _named() -> re.Pattern[str]:
    return re.compile(rf"(?:{longest_of(_words('named_by'))}):(?P<name>[\u4e00-\u9fff]+)")


@cache
def _filling_in() -> re.Pattern[str]:
    return re.compile(rf"由(?P<name>[\u4e00-\u9fff]+?)(?:负责)?{any_of(_words('filled_in_by'))}")


@cache
def _heading() -> re.Pattern[str]:
    followed_by = "|".join(_words("followed_by"))
    return re.compile(rf"(?P<name>[\u4e00-\u9fff]{{{_LEAST_NAME},}}?)(?={followed_by})")


@cache
def _statements() -> re.Pattern[str]:
    """Return an expression for 为全县, 系样表 and for 全县数据, 样表数据: `place` where it is of a place."""
    other = any_of([*_words("bodies"), *_words("samples")])
    what = rf"(?:(?P<place>全{any_of(_words('levels'))})|{other})"
    before = rf"{any_of(_knowledge()['notes']['are'])}[^,。;:]{{,4}}?"
    repeated = what.replace("?P<place>", "?P<place_of>")
    return re.compile(rf"{before}{what}|{repeated}[^,。;:]{{,4}}{any_of(NOTES['numbers'])}")


@cache
def _cumulative() -> re.Pattern[str]:
    return re.compile(any_of(_knowledge()["notes"]["cumulative"]))


@cache
def _standing() -> re.Pattern[str]:
    return re.compile(any_of(_knowledge()["notes"]["standing"]))
