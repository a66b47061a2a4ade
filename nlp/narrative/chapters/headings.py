"""Reads lines as headings of chapters, by the words of their titles."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from nlp.narrative.paragraphs.enumerators import number_of
from nlp.narrative.paragraphs.squeezed import shown
from nlp.narrative.wording import expression, wording
from nlp.text.enumerators import filled_in
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_LONGEST = 60
_SENTENCE = re.compile("[。,;!?]")
_MARKS = "#*>|·•●■◆-"
_WHOLE = 3.0
_SHORT = 12
"""So many characters after a chapter's name may belong to its title."""


class Heading(Struct, frozen=True, gc=False):
    """The line(s) that open a chapter, by position; its running text starts at `column` of the last.

    `score` tells how much speaks for it: a chapter's name, a number, the label, what follows.
    """

    kind: str
    first: int
    last: int
    start: int
    column: int
    score: float

    @property
    def place(self) -> tuple[int, int]:
        return self.first, self.start


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of chapters in their official order."""
    return tuple(chapter["kind"] for chapter in wording("sections")["chapter"])


@cache
def _name() -> re.Pattern[str]:
    """A chapter's name at the start of a line: groups `kind` and `kind_loose`."""
    before = "|".join(sorted(wording("sections")["before"], key=len, reverse=True))
    after = "|".join(wording("sections")["after"])
    names = "|".join(_spellings(chapter) for chapter in wording("sections")["chapter"])
    return re.compile(rf"(?:{_enumerator()})?(?:(?>{before})){{0,8}}(?:{names})(?:{after})?")


def _enumerator() -> str:
    return filled_in(wording("sections")["expressions"]["enumerator"])


def numerals() -> str:
    """Return the Chinese numerals in order."""
    return str(wording("numbers")["numerals"])


@cache
def _first() -> frozenset[str]:
    """What a long line starts with that may open with a chapter's title."""
    return frozenset(numerals() + wording("sections")["first"] + _MARKS)


def _spellings(chapter: dict[str, Any]) -> str:
    names, loose = "|".join(chapter["names"]), "|".join(chapter["loose"])
    return f"(?P<{chapter['kind']}>{names})|(?P<{chapter['kind']}_loose>{loose})"


def candidates(lines: Sequence[Line], labels: Sequence[str | None]) -> Iterator[Heading]:
    """Yield every line that reads like a chapter's heading, with or without text after it."""
    hint, first, numeral = expression("sections", "hint"), _first(), numerals()
    for at, (line, label) in enumerate(zip(lines, labels, strict=True)):
        plain = line.plain
        if len(plain) < 2 or label == "numeric_cell" or (label == "table_row" and plain[0] not in first):
            continue
        text = squeezed(line)
        if len(text) > _LONGEST and text[0] not in first:
            continue
        heading = _read(line, text, at, label) if hint.search(text) else None
        if (heading is None or heading.score < _WHOLE) and text[:1] in numeral and len(text) < _LONGEST:
            heading = _wrapped(lines, at, text) or heading
        if heading is not None:
            yield heading


def squeezed(line: Line) -> str:
    """Return a folded line without its white space; of a long one, its start."""
    plain = line.plain[: 2 * _LONGEST] if "[bookmark" not in line.plain else shown(line).replace(HOLE, "")
    return "".join(plain.split())


def _read(line: Line, text: str, at: int, label: str | None) -> Heading | None:
    """Read one line; marks before its title, as of Markdown, are no part of it."""
    marks = len(text) - len(text.lstrip(_MARKS))
    match = _name().match(text, marks)
    if match is None or (_is_loose(match) and not match["chinese"]):
        return None
    rest, score = text[match.end() :], _score(match, label)
    if expression("sections", "closed_numbered" if match["chinese"] else "closed").fullmatch(rest):
        return _heading(match, line, at, len(line.raw), score)
    if expression("sections", "contents").fullmatch(rest):
        return _heading(match, line, at, len(line.raw), score - 2)
    if match["chinese"] is None:
        return None
    if not _is_loose(match) and _is_text(rest):
        return _heading(match, line, at, column(line, match.end()), score - 0.5)
    return None if _SENTENCE.search(rest) else _heading(match, line, at, len(line.raw), score - 1)


def _is_text(rest: str) -> bool:
    """Tell whether what stands after a title is text under it, and no longer title."""
    nothing = expression("sections", "nothing").match(rest) is not None
    return nothing or _SENTENCE.search(rest) is not None or len(rest) > _SHORT


def _wrapped(lines: Sequence[Line], at: int, text: str) -> Heading | None:
    """Read a numbered line together with the next one that is not blank."""
    after = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].plain), None)
    if after is None or text.endswith(("。", ";")) or not expression("sections", "numbered").match(text):
        return None
    both = text + squeezed(lines[after])
    match = _name().match(both) if len(both) <= _LONGEST else None
    if (
        match is None
        or match.end() <= len(text)
        or _is_loose(match)
        or not expression("sections", "closed").fullmatch(both[match.end() :])
    ):
        return None
    heading = _heading(match, lines[at], at, len(lines[after].raw), _score(match, None))
    return replace(heading, last=after)


def _score(match: re.Match[str], label: str | None) -> float:
    score = 1.0 if _is_loose(match) else 3.0
    if numeral := match["chinese"]:
        official = number_of(numeral) == kinds().index(_kind(match)) + 1
        score += 1.5 if official else 1.0
    elif match["paren"]:
        score -= 1.5
    elif match["arabic"]:
        score -= 0.5
    return score + {"heading": 1.0, "furniture": -1.5, "narrative": -0.3}.get(label or "", 0.0)


def _kind(match: re.Match[str]) -> str:
    return (match.lastgroup or "").removesuffix("_loose")


def _is_loose(match: re.Match[str]) -> bool:
    return (match.lastgroup or "").endswith("_loose")


def _heading(match: re.Match[str], line: Line, at: int, after: int, score: float) -> Heading:
    return Heading(_kind(match), at, at, column(line, match.start()), after, score)


def column(line: Line, count: int) -> int:
    """Return where in the raw line its visible character number `count` stands."""
    seen = 0
    for place, character in enumerate(shown(line)):
        if character != HOLE and not character.isspace():
            if seen == count:
                return place
            seen += 1
    return len(line.raw)
