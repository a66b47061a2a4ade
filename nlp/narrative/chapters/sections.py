"""Cuts a report into its chapters with their parts."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.chapters.heading_choice import TABLES, headings
from nlp.narrative.chapters.headings import Heading
from nlp.narrative.chapters.parts import parts
from nlp.narrative.identity.titles import title
from nlp.narrative.paragraphs.paragraphs import Extent, passage, printed
from nlp.narrative.paragraphs.squeezed import shown
from nlp.record.model import Section
from nlp.text.lines import Line

_CLOSING = " \t\r。:;.,、*：；．，　"


def sections(lines: Sequence[Line], labels: Sequence[str | None]) -> list[Section]:
    """Return the chapters of a report in page order, its preface first; none where it has none.

    A chapter goes from its heading to the line before the next chapter's, the last one to the end. Its
    text is what is written there, without its own title, tables and furniture; that of its parts is in it.

    >>> from nlp.text.lines import split
    >>> lines = split("一、总体情况\\n全年平稳。\\n六、其他需要报告的事项\\n无。")
    >>> found = sections(lines, ["heading", "narrative"] * 2)
    >>> [(section.kind, section.lines, section.text) for section in found]
    [('overview', (1, 2), '全年平稳。'), ('other_matters', (3, 4), '无。')]
    """
    opened, end = headings(lines, labels)
    if not opened:
        return []
    bodies = _bodies(lines, opened, end)
    chapters = [_chapter(lines, labels, *found) for found in zip(opened, bodies, strict=True)]
    return [*_preface(lines, labels, opened[0]), *chapters]


def _bodies(lines: Sequence[Line], opened: Sequence[Heading], end_of_report: int) -> list[Extent]:
    """Return where the text under each heading stands."""
    bodies = []
    for heading, after in zip(opened, [*opened[1:], None], strict=True):
        last = (
            end_of_report - 1 if after is None else after.first - (after.start == 0 or _opens(lines, after))
        )
        end = after.start if after is not None and last == after.first else None
        bodies.append(Extent(heading.last, max(last, heading.last), heading.column, end))
    return bodies


def _opens(lines: Sequence[Line], heading: Heading) -> bool:
    """Tell whether nothing stands before a heading on its line."""
    return not shown(lines[heading.first])[: heading.start].strip("\0 \t#*>|")


def _chapter(lines: Sequence[Line], labels: Sequence[str | None], heading: Heading, body: Extent) -> Section:
    read = passage(lines, labels, body, tables=heading.kind in (*TABLES, "overview"))
    within = [] if heading.kind in TABLES else parts(lines, labels, heading.kind, body, read)
    span = (heading.first + 1, body.last + 1)
    return Section(heading.kind, _title(lines, heading), 1, span, read.text.lstrip(_CLOSING), within)


def _title(lines: Sequence[Line], heading: Heading) -> str:
    """Return a chapter's title as printed; nothing where its heading is lost."""
    if heading.first == heading.last and heading.column == heading.start:
        return ""
    if heading.first == heading.last:
        return printed(lines[heading.first], heading.start, heading.column).strip(_CLOSING)
    pieces = (lines[at] for at in range(heading.first, heading.last + 1))
    return "".join(printed(line) for line in pieces).strip(_CLOSING)


def _preface(lines: Sequence[Line], labels: Sequence[str | None], first: Heading) -> list[Section]:
    """Return the text between the title and the first chapter."""
    above = title(lines, labels, first.first)
    start = above.last + 1 if above else 0
    if start >= first.first:
        return []
    read = passage(lines, labels, Extent(start, first.first - 1))
    if not any(mark in read.folded for mark in "。,;"):
        return []
    return [Section("preface", "", 1, (read.numbers[0], first.first), read.text)]
