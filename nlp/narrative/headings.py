"""Reads lines as headings of chapters, by the words of their titles."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from nlp.lines import Line
from nlp.narrative.squeezing import shown
from nlp.normalising import HOLE
from nlp.resources import folder

NUMERALS = "一二三四五六七八九十"

_LONGEST = 60
_ENUMERATOR = (
    rf"(?P<chinese>第?[{NUMERALS}]{{1,2}}(?:部分|章)?[、.,:]?)|(?P<paren>\([{NUMERALS}\d]{{1,2}}\)[、.]?)"
    r"|(?P<arabic>\d{1,2}[、.])"
)
_NUMBERED = re.compile(rf"[{NUMERALS}]{{1,2}}(?:[、.]|$)")
_HINT = re.compile(
    "情况|问题|事项|概述|概况|主动公开|依申请|复议|困难|不足|其[他它]|事宜|总结|总体|[概体基]$"
)
_CLOSED = re.compile("(?:如下|表)?[:。;.]?")
_CONTENTS = re.compile(r"[.…·\-_]{2,}\(?\d*\)?|\d{1,2}")
_NOTHING = re.compile("[:,]?(?:无|暂无|没有)")
_SENTENCE = re.compile("[。,;!?]")
_MARKS = "#*>|·•●■◆-"
_FIRST = frozenset(NUMERALS + "第" + _MARKS)
"""What a long line starts with that may open with a chapter's title."""
_WHOLE = 3.0
_SHORT = 12
"""So many characters after a chapter's name may belong to its title."""


@dataclass(frozen=True, slots=True)
class Heading:
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
def knowledge() -> dict[str, Any]:
    """Return data/sections.toml."""
    return tomllib.loads((folder("data") / "sections.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of chapters in their official order."""
    return tuple(chapter["kind"] for chapter in knowledge()["chapter"])


@cache
def _name() -> re.Pattern[str]:
    """A chapter's name at the start of a line: groups `kind` and `kind_loose`."""
    before = "|".join(sorted(knowledge()["before"], key=len, reverse=True))
    after = "|".join(knowledge()["after"])
    names = "|".join(_spellings(chapter) for chapter in knowledge()["chapter"])
    return re.compile(rf"(?:{_ENUMERATOR})?(?:(?>{before})){{0,8}}(?:{names})(?:{after})?")


def _spellings(chapter: dict[str, Any]) -> str:
    names, loose = "|".join(chapter["names"]), "|".join(chapter["loose"])
    return f"(?P<{chapter['kind']}>{names})|(?P<{chapter['kind']}_loose>{loose})"


def candidates(lines: Sequence[Line], labels: Sequence[str | None]) -> Iterator[Heading]:
    """Yield every line that reads like a chapter's heading, with or without text after it."""
    for at, line in enumerate(lines):
        if len(line.plain) < 2 or labels[at] == "numeric_cell":
            continue
        text = squeezed(line)
        if len(text) > _LONGEST and text[0] not in _FIRST:
            continue
        heading = _read(line, text, at, labels[at]) if _HINT.search(text) else None
        if (heading is None or heading.score < _WHOLE) and text[:1] in NUMERALS and len(text) < _LONGEST:
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
    if _CLOSED.fullmatch(rest) and (match["chinese"] or not rest.startswith("如下")):
        return _heading(match, line, at, len(line.raw), score)
    if _CONTENTS.fullmatch(rest):
        return _heading(match, line, at, len(line.raw), score - 2)
    if match["chinese"] is None:
        return None
    if not _is_loose(match) and (_NOTHING.match(rest) or _SENTENCE.search(rest) or len(rest) > _SHORT):
        return _heading(match, line, at, column(line, match.end()), score - 0.5)
    return None if _SENTENCE.search(rest) else _heading(match, line, at, len(line.raw), score - 1)


def _wrapped(lines: Sequence[Line], at: int, text: str) -> Heading | None:
    """Read a numbered line together with the next one that is not blank."""
    after = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].plain), None)
    if after is None or text.endswith(("。", ";")) or not _NUMBERED.match(text):
        return None
    both = text + squeezed(lines[after])
    match = _name().match(both) if len(both) <= _LONGEST else None
    if match is None or match.end() <= len(text) or _is_loose(match) or not _CLOSED.fullmatch(both[match.end() :]):
        return None
    heading = _heading(match, lines[at], at, len(lines[after].raw), _score(match, None))
    return replace(heading, last=after)


def _score(match: re.Match[str], label: str | None) -> float:
    score = 1.0 if _is_loose(match) else 3.0
    if numeral := match["chinese"]:
        official = NUMERALS.find(numeral.lstrip("第")[0]) == kinds().index(_kind(match))
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
