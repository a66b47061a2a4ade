"""Reads the running text of a document: its chapters, its agency and year, its problems and improvements."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.labelling.judgement import Slopes
from nlp.narrative.chapters.chapter import Chapter
from nlp.narrative.chapters.chapters import chapters
from nlp.narrative.identity.identity import Identity, identity
from nlp.narrative.identity.page import Page
from nlp.narrative.items.items import items
from nlp.narrative.paragraphs.prose import Prose
from nlp.record.model import Improvement, Problem, Section, Span
from nlp.text.lines import Line


class Narrative(Struct, frozen=True):
    """What the running text of a report says, as the record has it, and the page that it was read from."""

    sections: list[Section]
    identity: Identity
    page: Page
    problems: list[Problem]
    improvements: list[Improvement]
    chapters: list[Chapter]

    @property
    def title_lines(self) -> Span | None:
        """The first and the last line of the title, from 1."""
        title = self.page.title
        return None if title is None else (title.first + 1, title.last + 1)


def read_narrative(
    lines: Sequence[Line], labels: Sequence[str | None], path: str = "", slopes: Slopes | None = None
) -> Narrative:
    """Read a document's running text; `labels` has one label a line, None for a blank one. The
    `path` of its file is a hint at its agency and year; `slopes` make probabilities of what speaks for them,
    None for those that ship.

    >>> from nlp.text.lines import split
    >>> lines = split("某某县水利局2023年政府信息公开工作年度报告\\n一、总体情况\\n全年平稳。")
    >>> narrative = read_narrative(lines, ["heading", "heading", "narrative"])
    >>> narrative.identity.organization, [section.kind for section in narrative.sections]
    ('某某县水利局', ['overview'])
    """
    prose = Prose(lines, labels)
    read_chapters = chapters(prose)
    sections = [chapter.section for chapter in read_chapters]
    page = Page(prose, read_chapters, path)
    whose = identity(page, slopes)
    problems, improvements = items(prose, read_chapters, whose.year)
    return Narrative(sections, whose, page, problems, improvements, read_chapters)
