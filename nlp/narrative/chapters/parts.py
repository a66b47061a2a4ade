"""Cuts a chapter into its parts: (一)主动公开情况, with the heading on its own line or run in."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from nlp.narrative.chapters.headings import squeezed
from nlp.narrative.items.cue_words import is_general, zone_of
from nlp.narrative.paragraphs.enumerators import Enumerator, leading
from nlp.narrative.paragraphs.paragraphs import Extent, Passage, has_text
from nlp.narrative.wording import expression, wording
from nlp.record.model import Section
from nlp.text.lines import Line

_STYLES = ("paren_chinese", "chinese", "arabic", "paren_arabic", "ordinal")
_LONGEST = 40
_CLOSING = " \t。:;.,、*"


def parts(
    lines: Sequence[Line], labels: Sequence[str | None], kind: str, body: Extent, read: Passage
) -> list[Section]:
    """Return the parts of a chapter, `body` without its own title, `read` as a passage; it may have none."""
    starts = _starts(lines, labels, kind, body)
    ends = [*(start - 1 for start in starts[1:]), body.last]
    return [_part(read, kind, start + 1, end + 1) for start, end in zip(starts, ends, strict=False)]


def _starts(lines: Sequence[Line], labels: Sequence[str | None], kind: str, body: Extent) -> list[int]:
    """Return the lines that open a part: numbered ones of the outermost style, or bare headings."""
    outer: str | None = None
    number = 0
    starts = []
    for at in range(body.first, body.last + 1):
        line = lines[at]
        if not line.plain or labels[at] in ("furniture", "numeric_cell", "table_row"):
            continue
        if at == body.first and not has_text(line, body.start):
            continue
        text = line.plain if at > body.first else line.folded[body.start :].strip()
        mark = leading(text)
        if mark is not None and mark.style in _STYLES and _is_titled(text, mark, kind):
            if outer is None:
                outer = mark.style
            if mark.style == outer and _counts_on(number, mark.number):
                number = mark.number or 0
                starts.append(at)
        elif mark is None and labels[at] == "heading" and _is_bare(line, kind, outer):
            starts.append(at)
    return starts


def _counts_on(number: int, next_number: int | None) -> bool:
    return next_number is not None and (next_number > number or next_number == 1)


def _is_titled(text: str, mark: Enumerator, kind: str) -> bool:
    """In the fifth chapter only what tells of problems or measures is a part; the rest are its items."""
    title = expression("sections", "part_title").match(text, mark.end)
    if kind != "problems_and_improvements" or title is None:
        return True
    return is_general(title.group()) and zone_of(title.group()) is not None


def _is_bare(line: Line, kind: str, outer: str | None) -> bool:
    text = squeezed(line).rstrip(_CLOSING)
    if len(text) > _LONGEST:
        return False
    if kind == "problems_and_improvements":
        return is_general(text) and zone_of(text) is not None
    return outer is None and _kind(text, kind) != "other"


def _part(chapter: Passage, kind: str, first: int, last: int) -> Section:
    read = chapter.within(first, last)
    end = _title_end(read)
    title = read.text[:end].strip(_CLOSING + "：；．　")
    text = read.text[end:].lstrip(_CLOSING + "：；．　\n")
    return Section(_kind(read.folded[:end], kind), title, 2, (first, last), text)


def _title_end(read: Passage) -> int:
    """Return where the title of a part ends in its text."""
    mark = leading(read.folded)
    match = expression("sections", "part_title").match(read.folded, mark.end if mark else 0)
    end = match.end() if match else 0
    if end <= _LONGEST:
        return end
    comma = read.folded.find(",", 0, _LONGEST)
    return comma if comma > 0 else 0


def _kind(title: str, chapter: str) -> str:
    if chapter == "problems_and_improvements":
        mark = leading(title)
        zone = zone_of(title[mark.end :] if mark else title)
        return zone if zone in ("problems", "improvements") else "other"
    if chapter != "overview":
        return "other"
    return next((kind for kind, words in _part_words() if words.search(title)), "other")


@cache
def _part_words() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((part["kind"], re.compile("|".join(part["words"]))) for part in wording("sections")["part"])
