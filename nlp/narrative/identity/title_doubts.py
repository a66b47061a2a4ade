"""Tells where a title's agency or year may be misread: glued lines, torn names, links, other periods."""

from __future__ import annotations

from itertools import pairwise

from nlp.narrative.identity.page import Page
from nlp.narrative.identity.same_agency import same_agency
from nlp.narrative.identity.site_before import may_be_several
from nlp.narrative.identity.title_lines import title_line
from nlp.narrative.identity.title_parts import body_before, may_lack_place, year_in_title
from nlp.narrative.identity.torn_names import Beginning, beginning_of_name
from nlp.narrative.identity.two_bodies import may_hold_two_bodies
from nlp.narrative.identity.years import names_part_of_year
from nlp.narrative.vocabulary.agency_names import is_name, is_place, is_site_name
from nlp.narrative.wording import expression
from nlp.text.lines import touch

_PEOPLE, _GOVERNMENT = "人民", "政府"
"""Of 人民政府信息公开 the name has both."""

_LONGEST_TITLE = 60
"""A line of more characters is no title alone."""


def may_agency_be_misread(page: Page) -> bool:
    """Return whether the agency of a title, or of a line beside it, may be more or less than its name."""
    return (
        _is_head_glued(page)
        or _is_agency_among_names(page)
        or _may_title_hold_several(page)
        or _may_title_lack_place(page)
        or _is_agency_addressed(page)
        or _may_title_be_link(page)
    )


def is_for_other_period(page: Page) -> bool:
    """Return whether the report says that it is for several years, or for a part of one."""
    title = "" if page.title is None else page.title.whole.folded
    if expression("identity", "several_years").search(title) is not None:
        return True
    return names_part_of_year(title, page.opening.folded)


def is_year_of_something_else(page: Page) -> bool:
    """Return whether the title says of the year that it names what else it is: 2024年公布, 2021年以来.

    Behind the year reported stand the words for the report, an agency, or nothing.
    """
    title = page.title
    told = None if title is None else year_in_title(title.whole)
    if title is None or told is None:
        return False
    rest = title.whole.folded[told[1][1] :]
    behind = expression("identity", "behind_year").match(rest)
    if behind is None:
        return not (title.agency is not None and rest.removeprefix("年").startswith(title.agency.folded))
    between = behind["between"]
    if not between or is_name(between) or (between.endswith(_PEOPLE) and is_name(between + _GOVERNMENT)):
        return False
    if title.agency is not None and title.agency.folded in between:
        return False
    return expression("identity", "between_words").fullmatch(between) is None


def _is_head_glued(page: Page) -> bool:
    """Return whether lines above the first chapter follow each other with nothing between that parts names.

    A title alone may stand before the first heading so.
    """
    numbered = expression("sections", "numbered")
    glued = [
        line.n
        for line, below in pairwise(page.lines[: max(page.end_above, 1) + 1])
        if touch(line, below) and not (len(line.plain) <= _LONGEST_TITLE and numbered.match(below.plain))
    ]
    return bool(glued) and (page.title is None or page.title.last + 1 >= glued[-1])


def _is_agency_among_names(page: Page) -> bool:
    """Return whether other names stand above that on the line above a title: links, or who signs with it."""
    own = page.line_of_name
    if own is None:
        return False
    name, above = page.located(own).folded, page.filled_above(own)
    if above is None or not is_name(name):
        return False
    other = page.located(above).folded
    return is_name(other) and not is_site_name(other) and not is_place(other) and not same_agency(other, name)


def _may_title_hold_several(page: Page) -> bool:
    """Return whether the title's agency may be several: a site and its own, links, a clause of two."""
    agency = None if page.title is None else page.title.agency
    if page.title is None or agency is None:
        return False
    return (
        may_be_several(agency)
        or may_hold_two_bodies(agency.folded)
        or body_before(page.title.before, agency) is not None
    )


def _is_agency_addressed(page: Page) -> bool:
    """Return whether a colon stands with the name on the line above a title: it may be whom one writes to.

    The fields that name the author are known (填报单位); a name before a colon has the line to itself.
    """
    title = page.title
    if title is None or title.agency is None:
        return False
    for position in range(title.first, title.last):
        before, name, behind = page.located(position).folded.partition(title.agency.folded)
        if not name or ":" not in before + behind:
            continue
        field = before.removesuffix(":")
        return behind.startswith(":") or expression("identity", "author_field").fullmatch(field) is None
    return False


def _may_title_be_link(page: Page) -> bool:
    """Return whether the title and a day are a link to a report: a title without agency stands below it."""
    own = page.title
    if own is None or own.agency is None:
        return False
    behind = expression("identity", "behind_title").search(page.located(own.last).folded)
    if behind is None or expression("identity", "day_first").match(behind["rest"]) is None:
        return False
    return any(title.first > own.last and title.agency is None for title in page.titles)


def _may_title_lack_place(page: Page) -> bool:
    """Return whether the title's agency may be the end of a longer name, or hold a word of the site."""
    title = page.title
    if title is None:
        return False
    if title.agency is None:
        return _may_line_of_name_lack_beginning(page)
    return title.is_beginning_open or may_lack_place(title.agency, title.before)


def _may_line_of_name_lack_beginning(page: Page) -> bool:
    """Return whether the name on the line above a title may begin on the line above that."""
    own = page.line_of_name
    position = None if own is None else page.filled_above(own)
    if own is None or position is None or not is_name(page.located(own).folded):
        return False
    above = title_line(page.lines[position], position, page.labels[position])
    if above is None:
        return False
    return beginning_of_name(above, page.located(own).folded, page.lines) is not Beginning.NONE
