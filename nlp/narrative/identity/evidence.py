"""The places of a report in which its agency and its year are looked for, each read when it is asked for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cached_property

from nlp.narrative.identity.titles import Title, title
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.paragraphs.squeezed import Squeezed, joined, squeeze, squeezed_line
from nlp.record.model import Section
from nlp.text.folding import fold

_BAR = "|"
_PROBLEMS = "problems_and_improvements"

_OPENING_LINES = 40
"""So many lines from the first chapter's heading on belong to a report's opening."""

_SHORTEST_TEXT_BEFORE = 12
"""So many characters before a heading on its line are no more than marks and enumerators."""

_MOST_LINES_ABOVE = 120
"""Where no chapter is found, the title and the preface are looked for in so many lines."""


class Evidence:
    """A document and the chapters that were found in it, its preface left out or not."""

    def __init__(self, prose: Prose, sections: Sequence[Section]) -> None:
        self._prose = prose
        self.lines = prose.lines
        self.labels = prose.labels
        self._chapters = [section for section in sections if section.kind != "preface"]
        if self._chapters:
            self._end_above = self._chapters[0].lines[0] - 1
        else:
            self._end_above = min(len(self.lines), _MOST_LINES_ABOVE)

    @cached_property
    def title(self) -> Title | None:
        """The title above the first chapter."""
        return title(self._prose, self._end_above)

    @cached_property
    def lines_above(self) -> Squeezed:
        """The lines above the first chapter, whatever their labels."""
        return joined((squeezed_line(line) for line in self.lines[: self._end_above]), "\n")

    @cached_property
    def opening(self) -> Squeezed:
        """The running text above the first chapter, and the beginning of that chapter."""
        parts = []
        before_heading = self._before_first_heading()
        if before_heading is not None:
            parts.append(before_heading)
        for extent in (Extent(0, self._end_above - 1), Extent(self._end_above, self._last_opening_line())):
            if not extent.is_empty:
                passage = self._prose.passage(extent)
                parts.append(squeeze(passage.text, passage.folded).without(_BAR))
        return joined(parts, "\n")

    def chapter_texts(self) -> Iterator[str]:
        """Yield what the chapters say, folded; that of the problems speaks of next year and is left out."""
        for chapter in self._chapters:
            if chapter.kind != _PROBLEMS:
                yield squeeze(chapter.text, fold(chapter.text)).folded

    def _last_opening_line(self) -> int:
        """Return the position of the opening's last line; what the chapter of problems says is no opening."""
        end = min(self._end_above + _OPENING_LINES, len(self.lines))
        for chapter in self._chapters:
            if chapter.kind == _PROBLEMS:
                return min(end, max(self._end_above + 1, chapter.lines[0] - 1)) - 1
        return end - 1

    def _before_first_heading(self) -> Squeezed | None:
        """Return what a line says before the first heading in it, where a tool sets a page in one line."""
        if not self._chapters:
            return None
        chapter = self._chapters[0]
        line = squeezed_line(self.lines[chapter.lines[0] - 1])
        heading = squeeze(chapter.title, fold(chapter.title)).folded
        start = line.folded.find(heading)
        return line.part(0, start) if heading and start > _SHORTEST_TEXT_BEFORE else None
