"""Cuts a report into its chapters with their parts."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.chapters.chapter import Chapter
from nlp.narrative.chapters.ends import foot_of_page, foreign_chapter
from nlp.narrative.chapters.heading_choice import TABLE_CHAPTERS, headings
from nlp.narrative.chapters.headings import Heading
from nlp.narrative.chapters.parts import parts
from nlp.narrative.chapters.preface import preface_extent
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.paragraph_starts import no_title
from nlp.narrative.paragraphs.passage import printed
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.paragraphs.squeezed import readable
from nlp.narrative.vocabulary.sub_headings import sub_heading_length
from nlp.record.model import Section
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_WITH_TABLES = (*TABLE_CHAPTERS, "overview")
"""The kinds of chapters in which a line that is labelled as a table's is believed to be one."""

_PROBLEMS = "problems_and_improvements"

_MARKS = " \t\r。:;.,、*：；．，　"
"""Marks at the end of a title, or before the text behind it, that are part of neither."""

_BEFORE_HEADING = HOLE + " \t#*>|"
"""What may stand before a heading that opens its line."""


def chapters(prose: Prose) -> list[Chapter]:
    """Return the chapters of a report in page order, its preface first; none where it has none.

    A chapter goes from its heading to the line before the next chapter's, the last one to the end. Its
    text is what is written there, without its own title, tables and furniture; that of its parts is in it.

    >>> from nlp.text.lines import split
    >>> lines = split("一、总体情况\\n全年平稳。\\n六、其他需要报告的事项\\n无。")
    >>> read = chapters(Prose(lines, ["heading", "narrative"] * 2))
    >>> [(chapter.section.kind, chapter.section.lines, chapter.section.text) for chapter in read]
    [('overview', (1, 2), '全年平稳。'), ('other_matters', (3, 4), '无。')]
    """
    opened, end = headings(prose)
    if not opened:
        return []
    read = []
    preface = _preface(prose, opened[0].first)
    if preface is not None:
        read.append(preface)
    for heading, body in zip(opened, _bodies(prose, opened, end), strict=True):
        read.append(_chapter(prose, heading, body))
    return read


def _bodies(prose: Prose, opened: Sequence[Heading], end_of_report: int) -> list[Extent]:
    """Return where the text under each heading stands."""
    bodies = []
    for heading, next_heading in zip(opened, [*opened[1:], None], strict=True):
        end = None
        if next_heading is None:
            last = foot_of_page(prose, heading.last + 1, end_of_report) - 1
        else:
            last = next_heading.first
            if _opens_line(prose.lines, next_heading):
                last -= 1
            if last == next_heading.first:
                end = next_heading.start
        foreign = foreign_chapter(prose, heading, next_heading, last + 1)
        if foreign <= last:
            last, end = foreign - 1, None
        bodies.append(Extent(heading.last, max(last, heading.last), heading.column, end))
    return bodies


def _opens_line(lines: Sequence[Line], heading: Heading) -> bool:
    """Return whether nothing stands before a heading on its line."""
    return not readable(lines[heading.first])[: heading.start].strip(_BEFORE_HEADING)


def _chapter(prose: Prose, heading: Heading, body: Extent) -> Chapter:
    titled = sub_heading_length if heading.kind == _PROBLEMS else no_title
    passage = prose.passage(body, heading.kind in _WITH_TABLES, titled)
    within = [] if heading.kind in TABLE_CHAPTERS else parts(prose, heading.kind, body, passage)
    section = Section(
        kind=heading.kind,
        title=_title(prose.lines, heading),
        level=1,
        lines=(heading.first + 1, body.last + 1),
        text=passage.text.lstrip(_MARKS),
        sections=[part.section for part in within],
    )
    return Chapter(section, body, within, passage)


def _title(lines: Sequence[Line], heading: Heading) -> str:
    """Return a chapter's title as printed; "" where its heading is lost."""
    if heading.first < heading.last:
        pieces = [printed(line) for line in lines[heading.first : heading.last + 1]]
        return "".join(pieces).strip(_MARKS)
    if heading.column == heading.start:
        return ""
    return printed(lines[heading.first], heading.start, heading.column).strip(_MARKS)


def _preface(prose: Prose, end: int) -> Chapter | None:
    """Return the text between the title and the line `end` of the first chapter, if it has sentences."""
    extent = preface_extent(prose, end)
    if extent.is_empty:
        return None
    passage = prose.passage(extent)
    if not any(mark in passage.folded for mark in "。,;"):
        return None
    section = Section("preface", "", 1, (passage.numbers[0], extent.last + 1), passage.text)
    return Chapter(section, extent, passage=passage)
