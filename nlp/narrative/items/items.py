"""Reads the problems and improvements of a report as items."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET
from msgspec.structs import replace

from nlp.narrative.chapters.chapter import Chapter
from nlp.narrative.items.listing import Listing
from nlp.narrative.items.named_problems import settled
from nlp.narrative.items.stretch import Item
from nlp.narrative.items.table import Column, Table
from nlp.narrative.items.two_columns import tables_between
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.half_width_stops import with_full_stops
from nlp.narrative.paragraphs.passage import Passage
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.vocabulary.agency_names import signature_start
from nlp.narrative.vocabulary.cue_words import is_general, kind_of, names_problem
from nlp.narrative.vocabulary.sub_headings import sub_heading_length, without_enumerator
from nlp.narrative.wording import expression
from nlp.record.model import Improvement, Problem, Span
from nlp.text.folding import fold

_CHAPTER = "problems_and_improvements"
_COLUMNS: tuple[Column, ...] = ("problems", "improvements")


def items(
    prose: Prose, chapters: Sequence[Chapter], year: int | None = None
) -> tuple[list[Problem], list[Improvement]]:
    """Return the problems and the improvements that a report for a year names, each in page order.

    They stand in the fifth chapter; what was done about last year's problems is read wherever a part of
    another chapter is called so. A problem of a year before the report's is not one of its own.

    >>> from nlp.narrative.chapters.chapters import chapters
    >>> from nlp.text.lines import split
    >>> lines = split("五、存在问题及改进情况\\n问题：更新不及时。\\n措施：一是加强学习；二是专人负责。")
    >>> prose = Prose(lines, ["heading", "narrative", "narrative"])
    >>> problems, improvements = items(prose, chapters(prose))
    >>> [item.text for item in problems], [item.text for item in improvements]
    (['更新不及时'], ['加强学习', '专人负责'])
    """
    record = _Record()
    for chapter in chapters:
        if chapter.section.kind == _CHAPTER:
            _read_body(record, prose, chapter.body, past=False, year=year)
            continue
        for part in chapter.parts:
            if _is_about_last_year(part.section.title):
                _read_body(record, prose, part.body, past=True, year=year)
    return record.problems, record.improvements


def _is_about_last_year(title: str) -> bool:
    """Return whether the title of a part calls for what was done about last year's problems."""
    words = fold(title)
    if not names_problem(words):
        return False
    words = without_enumerator(words)
    return is_general(words) and kind_of(words) == "improvements"


class _Record:
    """The problems and the improvements read so far."""

    def __init__(self) -> None:
        self.problems: list[Problem] = []
        self.improvements: list[Improvement] = []

    def enter(self, passage: Passage, items: Sequence[Item], answers: Sequence[int] = ()) -> None:
        """Enter what a passage lists; all its measures answer the problems at `answers` as well."""
        numbers = {}
        for position, item in enumerate(items):
            if item.kind == "problems":
                numbers[position] = len(self.problems)
                self.problems.append(Problem(*_placed(passage, item)))
        for item in items:
            if item.kind == "improvements":
                own = [numbers[position] for position in item.answers if position in numbers]
                of_last_year = True if item.is_of_last_year else UNSET
                improvement = Improvement(*_placed(passage, item), [*answers, *own], of_last_year)
                self.improvements.append(improvement)


def _placed(passage: Passage, item: Item) -> tuple[str, Span, Span]:
    """Return what an item says, on which lines it stands, and where in the decoded text."""
    text = passage.text[item.start : item.end]
    return text, passage.lines(item.start, item.end), passage.span(item.start, item.end)


def _read_body(record: _Record, prose: Prose, body: Extent, past: bool, year: int | None) -> None:
    """Enter the items of a chapter's text, and those of the tables that it holds."""
    for extent, table in tables_between(prose.lines, body):
        passage = _passage(prose, extent)
        text = expression("items", "notes").sub("", passage.folded[: signature_start(passage.folded)])
        listing = Listing(text, past, year)
        listed = listing.read("improvements" if past else None)
        record.enter(passage, settled(listed, passage.folded))
        if table is not None:
            _read_table(record, prose, table)


def _read_table(record: _Record, prose: Prose, table: Table) -> None:
    """Enter the problems of each row, and the measures beside them as their answers."""
    labels = ["narrative"] * len(prose.lines)
    columns = {name: Prose(table.column(prose.lines, name), labels) for name in _COLUMNS}
    for first, last in table.rows:
        first_problem = len(record.problems)
        for name, column in columns.items():
            passage = _passage(column, Extent(first, last))
            listed = Listing(passage.folded).read(name, whole=True)
            own = [item for item in listed if item.kind == name]
            record.enter(passage, own, range(first_problem, len(record.problems)))


def _passage(prose: Prose, extent: Extent) -> Passage:
    passage = prose.passage(extent, tables=False, titled=sub_heading_length)
    return replace(passage, folded=with_full_stops(passage.folded))
