"""The parts of a report in which its agency and year are looked for, each cut out when it is needed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property

from nlp.narrative.chapters.chapter import Chapter
from nlp.narrative.identity.located import EMPTY, Located, joined, located_line, located_passage
from nlp.narrative.identity.titles import Title, best_title, split_titles
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.agency_names import calls_itself
from nlp.narrative.wording import expression
from nlp.record.model import Span
from nlp.text.folding import fold
from nlp.text.lines import Line

_BAR = "|"
_PROBLEMS = "problems_and_improvements"
_PREFACE = "preface"

_OPENING_LINES = 40
"""So many lines from the first chapter's heading on belong to a report's opening."""

_SHORTEST_TEXT_BEFORE = 12
"""So many characters before a heading on its line are no more than marks and enumerators."""

_MOST_LINES_ABOVE = 120
"""Where no chapter is found, the title and the preface are looked for in so many lines."""

_LONGEST_TITLE = 60
"""A line of more characters is no title alone."""

_LAST_LINES = 30
"""So many lines at the end of a document may hold its signature."""


class Page:
    """A document, its chapters, and the path of its file (`a/b/2023.txt`; "" where it has none)."""

    def __init__(self, prose: Prose, chapters: Sequence[Chapter], path: str = "") -> None:
        self._prose = prose
        self.lines = prose.lines
        self.labels = prose.labels
        self.path = path
        self._located: dict[int, Located] = {}
        self._preface = [chapter for chapter in chapters if chapter.section.kind == _PREFACE]
        self._chapters = [chapter for chapter in chapters if chapter.section.kind != _PREFACE]
        if self._chapters:
            self.end_above = self._chapters[0].section.lines[0] - 1
        else:
            self.end_above = min(len(self.lines), _MOST_LINES_ABOVE)

    @property
    def number_of_chapters(self) -> int:
        """How many chapters were found, the preface left out."""
        return len(self._chapters)

    @property
    def end_of_head(self) -> int:
        """The position of the first heading of a chapter; a chapter without one may begin with the title."""
        for chapter in self._chapters:
            if chapter.section.title:
                return chapter.section.lines[0] - 1
        return min(len(self.lines), _MOST_LINES_ABOVE)

    @cached_property
    def title(self) -> Title | None:
        """The title above the first chapter that reads most like the report's own."""
        return best_title(self._prose, self.titles)

    @cached_property
    def titles(self) -> list[Title]:
        """All titles of reports above the first chapter: links to others as well."""
        return self._titles_and_links[0]

    @property
    def has_name_above_title(self) -> bool:
        """Whether the agency of the title, or what may be it, has the line above to itself."""
        return self.line_of_name is not None

    @property
    def line_of_name(self) -> int | None:
        """The position of the line above a title's last one that its agency has to itself; None if none."""
        title = self.title
        if title is None:
            return None
        if title.agency is None:
            return self.filled_above(title.first)
        for position in range(title.first, title.last):
            if self.located(position).folded == title.agency.folded:
                return position
        return None

    def filled_above(self, position: int) -> int | None:
        """Return the position of the nearest line above another that is not blank; None where all are."""
        for above in range(position - 1, -1, -1):
            if self.lines[above].plain:
                return above
        return None

    def source_of(self, title: Title) -> str:
        """Return the source that a title is: the report's own, that among links to others, or a link."""
        if self.title is None or title.last != self.title.last:
            return "other_title"
        return "listed_title" if self._are_titles_links else "title"

    @cached_property
    def _are_titles_links(self) -> bool:
        """Whether the titles name several agencies or years: links to other reports are among them."""
        years = {title.year for title in self.titles if title.year is not None}
        return len(self.years_of_titles) > 1 or len(years) > 1

    @cached_property
    def years_of_titles(self) -> dict[str, set[int | None]]:
        """The agencies that titles name, each with the years of its titles; None for a title without one."""
        years: dict[str, set[int | None]] = {}
        for title in self.titles:
            if title.agency is not None:
                years.setdefault(title.agency.folded, set()).add(title.year)
        return years

    @cached_property
    def titles_in_fields(self) -> list[Located]:
        """The titles of reports in rows of the page's index and at the end of the path to the page."""
        found = []
        for line in self.filled_lines(self.lines[: self.end_above]):
            for name in ("title_field", "title_in_path"):
                match = expression("identity", name).search(line.folded)
                if match is not None:
                    found.append(line.part(*match.span("title")))
        return found

    @cached_property
    def self_kind(self) -> str | None:
        """The kind of agency that the report calls its author (我局); None where it does not."""
        return calls_itself(self.text.folded + self.problems.folded)

    @cached_property
    def headings(self) -> list[Located]:
        """The lines with the headings of chapters that have one."""
        lines = []
        for chapter in self._chapters:
            if chapter.section.title:
                lines.append(self.located(chapter.section.lines[0] - 1))
        return lines

    def located(self, position: int) -> Located:
        """Return the line at a position without its white space."""
        if position not in self._located:
            self._located[position] = located_line(self.lines[position])
        return self._located[position]

    @cached_property
    def lines_above(self) -> Located:
        """The lines above the first chapter, whatever their labels."""
        return joined(map(self.located, range(self.end_above)), "\n")

    @cached_property
    def lines_below_titles(self) -> Located:
        """The lines between the titles and the first chapter, whatever their labels."""
        start = max((title.last + 1 for title in self.titles), default=self.end_above)
        return joined(map(self.located, range(start, self.end_above)), "\n")

    @cached_property
    def lines_above_title(self) -> set[Span]:
        """The offsets at which each line above the title begins and ends; empty where there is no title."""
        if self.title is None:
            return set()
        spans = set()
        for line in self.filled_lines(self.lines[: self.title.first]):
            spans.add(line.span(0, len(line.folded)))
        return spans

    @cached_property
    def opening(self) -> Located:
        """The running text above the first chapter, and the beginning of that chapter."""
        parts = []
        before_heading = self._before_first_heading()
        if before_heading is not None:
            parts.append(before_heading)
        parts += self._above
        parts += self._passages([Extent(self.end_above, self._last_opening_line())])
        return joined(parts, "\n")

    @cached_property
    def preface(self) -> Located:
        """The running text above the first chapter, without the titles there."""
        return joined(self._above, "\n")

    @cached_property
    def text(self) -> Located:
        """What the preface and the chapters say, that of the problems left out: it speaks of next year."""
        if not self._chapters:
            return self.opening
        parts = [_body(chapter) for chapter in self._preface]
        for chapter, body in zip(self._chapters, self._bodies, strict=True):
            if chapter.section.kind != _PROBLEMS:
                parts.append(body)
        return joined(parts, "\n")

    @cached_property
    def problems(self) -> Located:
        """What the chapter on the problems says."""
        parts = []
        for chapter, body in zip(self._chapters, self._bodies, strict=True):
            if chapter.section.kind == _PROBLEMS:
                parts.append(body)
        return joined(parts, "\n")

    @cached_property
    def last_lines(self) -> list[Located]:
        """The last lines that are not blank; none of a site but those that the last chapter ends with."""
        kept = []
        end_of_chapter = self._chapters[-1].section.lines[1] if self._chapters else 0
        for line in self.lines[-_LAST_LINES:]:
            is_of_site = self.labels[line.n - 1] == "furniture" and line.n > end_of_chapter
            if line.plain and not is_of_site:
                kept.append(self.located(line.n - 1))
        return kept

    @cached_property
    def lines_below(self) -> Located:
        """The last lines of the document, whatever their labels."""
        end = len(self.lines)
        return joined(map(self.located, range(max(0, end - _LAST_LINES), end)), "\n")

    def opens_first_chapter(self, offset: int) -> bool:
        """Return whether an offset in the decoded text lies in the first sentence of the first chapter."""
        if not self._chapters:
            return False
        body = self._bodies[0]
        end = body.folded.find("。")
        sentence = body.offsets if end < 0 else body.offsets[:end]
        return offset in sentence

    def filled_lines(self, lines: Sequence[Line]) -> Iterator[Located]:
        """Yield those of some lines that are not blank."""
        for line in lines:
            if line.plain:
                yield self.located(line.n - 1)

    @cached_property
    def _bodies(self) -> Sequence[Located]:
        """What each chapter says."""
        return [_body(chapter) for chapter in self._chapters]

    def _passages(self, extents: Iterable[Extent]) -> list[Located]:
        """Return the text of some extents that are not empty, without the bars of tables."""
        filled = (extent for extent in extents if not extent.is_empty)
        return [located_passage(self._prose.passage(extent)).without(_BAR) for extent in filled]

    @cached_property
    def _above(self) -> list[Located]:
        """The text above the first chapter, in parts between its titles and links to other reports."""
        return self._passages(self._extents_above())

    @cached_property
    def _titles_and_links(self) -> tuple[list[Title], list[Title]]:
        return split_titles(self._prose, self.end_above)

    def _extents_above(self) -> list[Extent]:
        """Return what stands above the first chapter, without the titles there and links to other reports."""
        extents = []
        start = 0
        for listed in sorted([*self.titles, *self._titles_and_links[1]], key=lambda listed: listed.first):
            extents.append(Extent(start, listed.first - 1))
            start = listed.last + 1
        extents.append(Extent(start, self.end_above - 1))
        return extents

    def _last_opening_line(self) -> int:
        """Return the position of the opening's last line; what the chapter of problems says is no opening."""
        end = min(self.end_above + _OPENING_LINES, len(self.lines))
        for chapter in self._chapters:
            if chapter.section.kind == _PROBLEMS:
                return min(end, max(self.end_above + 1, chapter.section.lines[0] - 1)) - 1
        return end - 1

    def _before_first_heading(self) -> Located | None:
        """Return what a line says before the first heading in it, where a tool sets a page in one line."""
        if not self._chapters:
            return None
        section = self._chapters[0].section
        line = self.located(section.lines[0] - 1)
        heading = "".join(fold(section.title).split())
        start = line.folded.find(heading)
        return line.part(0, start) if heading and start > _SHORTEST_TEXT_BEFORE else None


def _body(chapter: Chapter) -> Located:
    return EMPTY if chapter.passage is None else located_passage(chapter.passage)
