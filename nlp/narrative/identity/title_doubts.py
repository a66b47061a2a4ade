"""Tells where a title's agency or year may be misread: glued lines, torn names, links, other periods."""

from __future__ import annotations

from itertools import pairwise

from nlp.narrative.identity.page import Page
from nlp.narrative.identity.same_agency import same_agency
from nlp.narrative.identity.site_before import may_be_several
from nlp.narrative.identity.title_lines import title_line
from nlp.narrative.identity.title_parts import may_lack_place
from nlp.narrative.identity.torn_names import Beginning, beginning_of_name
from nlp.narrative.identity.years import names_part_of_year
from nlp.narrative.vocabulary.agency_names import is_name, is_place, is_site_name
from nlp.narrative.wording import expression
from nlp.text.lines import touch

_LONGEST_TITLE = 60
"""A line of more characters is no title alone."""


def may_agency_be_misread(page: Page) -> bool:
    """Return whether the agency of a title, or of a line beside it, may be more or less than its name."""
    return (
        _is_head_glued(page)
        or _is_agency_among_names(page)
        or _may_title_hold_several(page)
        or _may_title_lack_place(page)
    )


def is_for_other_period(page: Page) -> bool:
    """Return whether the report says that it is for several years, or for a part of one."""
    title = "" if page.title is None else page.title.whole.folded
    if expression("identity", "several_years").search(title) is not None:
        return True
    return names_part_of_year(title, page.opening.folded)


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
    """Return whether the title's agency may be several: a site and its own, or a row of links."""
    agency = None if page.title is None else page.title.agency
    return agency is not None and may_be_several(agency)


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
