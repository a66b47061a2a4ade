"""Tells whether the line above a title has the beginning of its agency's name."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum, auto

from nlp.narrative.identity.located import Located
from nlp.narrative.identity.title_lines import TitleLine, may_stand_above
from nlp.narrative.identity.title_parts import agency_in_title, length_before, stretches
from nlp.narrative.vocabulary.agency_names import (
    has_own_place,
    is_full_name,
    is_name,
    is_place,
    is_site_name,
)
from nlp.narrative.vocabulary.place_names import (
    lies_in,
    may_lie_in,
    opens_with_city,
    opens_with_division,
    opens_with_place,
)
from nlp.narrative.wording import expression
from nlp.text.lines import Line

_SHORTEST_NAME = 3
"""A shorter text is a piece of a name: 公室, 事处."""


class Beginning(Enum):
    """What a line above a title may be to the name that the title begins with."""

    NONE = auto()
    """No part of it."""
    UNSURE = auto()
    """Perhaps its beginning, perhaps a word of the site."""
    LIKELY = auto()
    """A place in which the name's own would lie; the lists of places do not have both."""
    SURE = auto()
    """Its beginning: the page has the two in one line, or the lists know the one place within the other."""


def beginning(above: TitleLine, title: Located, lines: Sequence[Line]) -> Beginning:
    """Return what a line is to the name with which the title below it begins; `lines` may name it too.

    >>> from nlp.narrative.identity.title_lines import title_line
    >>> from nlp.text.lines import split
    >>> def of_page(page: str) -> str:
    ...     lines = split(page)
    ...     above, title = (title_line(lines[position], position, None) for position in (0, 1))
    ...     return beginning(above, title.located, lines).name
    >>> of_page("重庆市\\n綦江区城市管理局2023年政府信息公开年报")
    'SURE'
    >>> of_page("广州市\\n深圳市水务局2023年政府信息公开年报")
    'NONE'
    >>> of_page("国家统\\n计局湖州调查队2023年政府信息公开年报")
    'UNSURE'
    >>> of_page("国家统\\n计局湖州调查队2023年政府信息公开年报\\n现公布国家统计局湖州调查队2023年年报。")
    'SURE'
    """
    name = _name_at_start(title)
    return beginning_of_name(above, name, lines) if name else Beginning.NONE


def are_two_names(above: TitleLine, title: Located, lines: Sequence[Line]) -> bool:
    """Return whether a line that was joined to a title is an agency, and the title begins with another name.

    >>> from nlp.narrative.identity.title_lines import title_line
    >>> from nlp.text.lines import split
    >>> lines = split("某某县教育局\\n丙丁镇2023年政府信息公开年报")
    >>> above, title = (title_line(lines[position], position, None) for position in (0, 1))
    >>> are_two_names(above, title.located, lines)
    True
    """
    name = _name_at_start(title)
    if len(name) < _SHORTEST_NAME or is_place(above.folded) or not is_full_name(above.folded):
        return False
    return not any(above.folded + name in line.plain for line in lines)


def beginning_of_name(above: TitleLine, name: str, lines: Sequence[Line]) -> Beginning:
    """Return what a line is to an agency's name that is told to begin on the line below it."""
    start = _last_stretch(above.folded) if may_stand_above(above) else ""
    both = start + name
    is_place_above = is_place(start) and is_name(both)
    if not start or not (is_place_above or has_own_place(both)):
        return Beginning.NONE
    if any(both in line.plain for line in lines):
        return Beginning.SURE
    if is_place_above:
        return _place_above(start, name)
    if is_name(start):
        is_national = expression("identity", "national").match(start) is not None
        is_branch = expression("identity", "branch").search(name) is not None
        may_begin = (is_national or is_branch) and not is_site_name(start)
        return Beginning.UNSURE if may_begin else Beginning.NONE
    return Beginning.NONE if _begins_with_place(name) else Beginning.UNSURE


def _last_stretch(folded: str) -> str:
    """Return what a line ends with behind a year or 关于; "" where it ends with one of these.

    >>> _last_stretch("2023年某某县"), _last_stretch("某某县2023年")
    ('某某县', '')
    """
    parts = stretches(folded)
    if not parts or parts[-1][1] < len(folded):
        return ""
    return folded[slice(*parts[-1])]


def _name_at_start(title: Located) -> str:
    """Return the name of the agency that a title begins with; "" where it begins with none."""
    length = length_before(title.folded)
    agency = None if length is None else agency_in_title(title, title.part(0, length))
    if agency is None or agency.offsets[0] != title.offsets[0]:
        return ""
    return agency.folded


def _place_above(place: str, name: str) -> Beginning:
    """Return what a place on a line of its own is to the name on the line below it."""
    within = lies_in(name, place)
    if within is not None:
        return Beginning.SURE if within else _of_another_place(name)
    if expression("identity", "level_first").match(name) is not None:
        return Beginning.UNSURE
    if not has_own_place(name):
        return Beginning.SURE if opens_with_division(place) else Beginning.LIKELY
    return Beginning.LIKELY if may_lie_in(name, place) else Beginning.NONE


def _of_another_place(name: str) -> Beginning:
    """Return what a place is to a name of another: many towns have one name, and some are new."""
    is_division = opens_with_division(name) or opens_with_city(name)
    return Beginning.NONE if is_division else Beginning.UNSURE


def _begins_with_place(name: str) -> bool:
    """Return whether a name begins with a place, as far as words can tell: nothing above is a part of it.

    >>> _begins_with_place("云岭县水利局"), _begins_with_place("计局湖州调查队")
    (True, False)
    """
    if opens_with_place(name):
        return True
    place = expression("identity", "place_first").match(name)
    return place is not None and expression("identity", "no_place_first").search(place.group()) is None
