"""Reads lines as headings of chapters, each with a score of how much speaks for it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.narrative.chapters.chapter_names import (
    BRACKETS,
    MARKS,
    ChapterName,
    chapter_name,
    first_characters,
    kinds,
    numerals,
)
from nlp.narrative.paragraphs.prose import Prose
from nlp.narrative.paragraphs.squeezed import column_of, readable
from nlp.narrative.wording import expression
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_LONGEST_TITLE = 60
_SENTENCE_MARK = re.compile("[。,;!?]")

_LONGEST_REST = 12
"""So many characters after a chapter's name may belong to its title."""

_NEXT_LINES = 3
"""The second line of a torn title is one of so many lines below the first."""

_STRICT_NAME, _LOOSE_NAME = 3.0, 1.0
_OFFICIAL_NUMBER, _OTHER_NUMBER = 1.5, 1.0
_STYLES = {"paren": -1.5, "lost_paren": -1.5, "arabic": -0.5, "lost": 0.5}
_LABELS = {"heading": 1.0, "furniture": -1.5, "narrative": -0.3}
_TEXT_BEHIND, _WORDS_BEHIND, _PAGE_BEHIND = -0.5, -1.0, -2.0
"""What a heading's name, enumerator and label score, and what stands behind the name on its line."""

_ENOUGH = 3.0
"""A line with a lower score may be the first half of a title that the next line ends."""


class Heading(Struct, frozen=True, gc=False):
    """The line or lines that open a chapter, by position.

    The heading starts at column `start` of its first line; the chapter's text starts at `column` of the
    last one. Where both are the same the chapter has no title. `score` tells how much speaks for it. `name`
    is the chapter's name with its enumerator, None where the chapter was found without one; `is_run_in` where
    the chapter's text follows on the line.
    """

    kind: str
    first: int
    last: int
    start: int
    column: int
    score: float
    name: ChapterName | None = None
    is_run_in: bool = False

    @property
    def place(self) -> tuple[int, int]:
        """Where it stands in the document: a line's position and a column."""
        return self.first, self.start


def candidates(prose: Prose) -> Iterator[Heading]:
    """Yield every line that reads like a chapter's heading, with or without text after it."""
    hint = expression("sections", "hint")
    for position, (line, label) in enumerate(zip(prose.lines, prose.labels, strict=True)):
        if not _may_be_heading(line, label):
            continue
        text = opening_of(line)
        if len(text) > _LONGEST_TITLE and text[0] not in first_characters():
            continue
        heading = _heading_on_line(line, text, position, label) if hint.search(text) else None
        if heading is None or heading.score < _ENOUGH:
            torn = _torn_heading(prose.lines, position, text)
            heading = torn or heading
        if heading is not None:
            yield heading


def opening_of(line: Line) -> str:
    """Return the start of a folded line without its white space: all that a title may have."""
    has_bookmark = "[bookmark" in line.plain
    plain = readable(line).replace(HOLE, "") if has_bookmark else line.plain[: 2 * _LONGEST_TITLE]
    return "".join(plain.split())


def _may_be_heading(line: Line, label: str | None) -> bool:
    if len(line.plain) < 2 or label == "numeric_cell":
        return False
    return label != "table_row" or line.plain[0] in first_characters()


def _heading_on_line(line: Line, text: str, position: int, label: str | None) -> Heading | None:
    """Read one line, of which `text` is the start, as a heading."""
    marks = len(text) - len(text.lstrip(MARKS))
    name = chapter_name(text, marks)
    if name is None:
        return None
    is_numbered = name.style == "chinese" or name.style in BRACKETS
    if name.is_loose and not is_numbered:
        return None
    start = column_of(line, name.start)
    score = _score(name, label)

    def heading(column: int, score: float, is_run_in: bool = False) -> Heading:
        return Heading(name.kind, position, position, start, column, score, name, is_run_in)

    whole_line = len(line.raw)
    rest = text[name.end :]
    if expression("sections", "closed_numbered" if is_numbered else "closed").fullmatch(rest):
        return heading(whole_line, score)
    if expression("sections", "contents").fullmatch(rest):
        return heading(whole_line, score + _PAGE_BEHIND)
    if not is_numbered:
        return None
    if not name.is_loose and _is_text(rest):
        return heading(column_of(line, name.end), score + _TEXT_BEHIND, is_run_in=True)
    if _SENTENCE_MARK.search(rest):
        return None
    return heading(whole_line, score + _WORDS_BEHIND)


def _is_text(rest: str) -> bool:
    """Return whether what stands behind a chapter's name is text under the title, and no longer title."""
    if expression("sections", "nothing").match(rest) or _SENTENCE_MARK.search(rest):
        return True
    return len(rest) > _LONGEST_REST


def _torn_heading(lines: Sequence[Line], position: int, text: str) -> Heading | None:
    """Read a numbered line together with the next one that is not blank."""
    if text[:1] not in numerals() or len(text) >= _LONGEST_TITLE or text.endswith(("。", ";")):
        return None
    if not expression("sections", "numbered").match(text):
        return None
    last = _next_line(lines, position)
    if last is None:
        return None
    both = text + opening_of(lines[last])
    name = chapter_name(both) if len(both) <= _LONGEST_TITLE else None
    if name is None or name.is_loose or name.end <= len(text):
        return None
    if not expression("sections", "closed").fullmatch(both[name.end :]):
        return None
    start = column_of(lines[position], name.start)
    return Heading(name.kind, position, last, start, len(lines[last].raw), _score(name, None), name)


def _next_line(lines: Sequence[Line], position: int) -> int | None:
    """Return the position of the next line that is not blank, if it is near."""
    for below in range(position + 1, min(position + 1 + _NEXT_LINES, len(lines))):
        if lines[below].plain:
            return below
    return None


def _score(name: ChapterName, label: str | None) -> float:
    """Return how much a name, its enumerator and the label of its line speak for a heading."""
    score = _LOOSE_NAME if name.is_loose else _STRICT_NAME
    if name.style == "chinese":
        is_official = name.number == kinds().index(name.kind) + 1
        score += _OFFICIAL_NUMBER if is_official else _OTHER_NUMBER
    elif name.style is not None:
        score += _STYLES[name.style]
    return score + _LABELS.get(label or "", 0.0)
