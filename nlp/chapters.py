"""Finds the lines that open the chapters of a report: by their words first, then by their order."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from nlp.lines import Line
from nlp.normalising import HOLE
from nlp.resources import folder
from nlp.titles import title

_LONGEST_TITLE = 60
_NUMERALS = "一二三四五六七八九十"
_TABLE_LABELS = ("table_row", "numeric_cell")
_NEAR = 8


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


@cache
def knowledge() -> dict[str, Any]:
    """Return data/sections.toml."""
    return tomllib.loads((folder("data") / "sections.toml").read_text(encoding="utf-8"))


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of chapters in their official order."""
    return tuple(chapter["kind"] for chapter in knowledge()["chapter"])


_ENUMERATOR = (
    rf"(?P<chinese>第?[{_NUMERALS}]{{1,2}}(?:部分|章)?[、.,:]?)|(?P<paren>\([{_NUMERALS}\d]{{1,2}}\)[、.]?)"
    r"|(?P<arabic>\d{1,2}[、.])"
)


@cache
def _name() -> re.Pattern[str]:
    """A chapter's name at the start of a line: groups `kind` and `kind_loose`."""
    before = "|".join(sorted(knowledge()["before"], key=len, reverse=True))
    after = "|".join(knowledge()["after"])
    names = "|".join(_spellings(chapter) for chapter in knowledge()["chapter"])
    return re.compile(rf"(?:{_ENUMERATOR})?(?:(?>{before})){{0,8}}(?:{names})(?:{after})?")


def _spellings(chapter: dict[str, Any]) -> str:
    kind = chapter["kind"]
    loose = "|".join(chapter["loose"])
    return f"(?P<{kind}>{'|'.join(chapter['names'])})|(?P<{kind}_loose>{loose})"


@cache
def _inside() -> re.Pattern[str]:
    """A numbered chapter's name inside a line, after a sentence or a cell."""
    names = "|".join(f"(?P<{c['kind']}>{'|'.join(c['names'])})" for c in knowledge()["chapter"])
    return re.compile(rf"(?<=[。;!?|\s\d无])[{_NUMERALS}]、\s?(?:{names})")


@cache
def _openings() -> dict[str, re.Pattern[str]]:
    return {c["kind"]: re.compile("|".join(c["opens"])) for c in knowledge()["chapter"] if "opens" in c}


_HINT = re.compile("情况|问题|事项|概述|概况|主动公开|依申请|复议|困难|不足|其[他它]|事宜|总结|总体|[概体基]$")
_CLOSED = re.compile("[:。;.]?(?:如下|表)?[:。;.]?")
_CONTENTS = re.compile(r"[.…·\-_]{2,}\(?\d*\)?|\d{1,2}")
_NOTHING = re.compile("[:,]?(?:无|暂无|没有)")
_SENTENCE = re.compile("[。,;!?]")


def headings(lines: Sequence[Line], labels: Sequence[str | None]) -> tuple[list[Heading], int]:
    """Return the headings of a report's chapters in page order, at most one of a kind, and where it ends.

    The end is the number of lines, or the position of the line with which another report begins.
    """
    found = _weighed(list(_candidates(lines, labels)), lines, labels)
    chosen, after = _best_report(found)
    end = len(lines) if after is None else _title_line(lines, labels, chosen, after)
    missing = set(kinds()) - {heading.kind for heading in chosen}
    if chosen and missing:
        chosen = _with(chosen, _glued(lines, chosen, missing))
        missing -= {heading.kind for heading in chosen}
        chosen = _with(chosen, _unheaded(lines, chosen, missing))
    return chosen, end


def _title_line(lines: Sequence[Line], labels: Sequence[str | None], chosen: Sequence[Heading], after: Heading) -> int:
    """Return where the next report begins: at its title, else at its first chapter."""
    start = chosen[-1].last + 1
    above = title(lines[start : after.first], labels[start : after.first], after.first - start)
    return start + above.first if above else after.first


def squeezed(line: Line) -> str:
    """Return a folded line without its white space; of a long one, its start."""
    return "".join(line.plain[: 2 * _LONGEST_TITLE].split())


def _candidates(lines: Sequence[Line], labels: Sequence[str | None]) -> Iterator[Heading]:
    for at, line in enumerate(lines):
        if len(line.plain) < 2 or labels[at] == "numeric_cell":
            continue
        text = squeezed(line)
        if _HINT.search(text) and (heading := _read(line, text, at, labels[at])):
            yield heading
        elif text[0] in _NUMERALS and len(text) < _LONGEST_TITLE and (heading := _wrapped(lines, at, text)):
            yield heading


def _read(line: Line, text: str, at: int, label: str | None) -> Heading | None:
    """Read a line as a heading, with or without text after it."""
    match = _name().match(text)
    if match is None:
        return None
    rest = text[match.end() :]
    score = _score(match, label)
    chaptered = match["chinese"] is not None and not _is_loose(match)
    closed = _CLOSED.match(rest)
    if closed and closed.end() == len(rest):
        return _heading(match, line, at, len(line.raw), score)
    if _CONTENTS.fullmatch(rest):
        return _heading(match, line, at, len(line.raw), score - 2)
    if _NOTHING.match(rest) or (chaptered and (_SENTENCE.search(rest) or len(rest) > 12)):
        return _heading(match, line, at, _column(line, match.end()), score - 0.5)
    if match["chinese"] is not None and not _SENTENCE.search(rest):
        return _heading(match, line, at, len(line.raw), score - 1)
    return None


def _wrapped(lines: Sequence[Line], at: int, text: str) -> Heading | None:
    """Read a numbered line together with the next one that is not blank."""
    if text.endswith(("。", ";")) or not re.match(rf"[{_NUMERALS}]{{1,2}}(?:[、.]|$)", text):
        return None
    after = next((n for n in range(at + 1, min(at + 4, len(lines))) if lines[n].plain), None)
    if after is None or len(lines[after].plain) > _LONGEST_TITLE:
        return None
    match = _name().match(text + squeezed(lines[after]))
    if match is None or match.end() <= len(text) or _is_loose(match):
        return None
    if not _CLOSED.fullmatch((text + squeezed(lines[after]))[match.end() :]):
        return None
    heading = _heading(match, lines[at], at, len(lines[after].raw), _score(match, None))
    return replace(heading, last=after)


def _score(match: re.Match[str], label: str | None) -> float:
    score = 1.0 if _is_loose(match) else 3.0
    if numeral := match["chinese"]:
        score += 1.5 if _NUMERALS.find(numeral.lstrip("第")[0]) == kinds().index(_kind(match)) else 1.0
    elif match["paren"]:
        score -= 1.5
    elif match["arabic"]:
        score -= 0.5
    return score + {"heading": 1.0, "furniture": -1.5, "narrative": -0.3}.get(label or "", 0.0)


def _kind(match: re.Match[str]) -> str:
    return (match.lastgroup or "").removesuffix("_loose")


def _is_loose(match: re.Match[str]) -> bool:
    return (match.lastgroup or "").endswith("_loose")


def _heading(match: re.Match[str], line: Line, at: int, column: int, score: float) -> Heading:
    return Heading(_kind(match), at, at, _column(line, 0), column, score)


def _column(line: Line, count: int) -> int:
    """Return where in the raw line its visible character number `count` stands."""
    seen = 0
    for column, character in enumerate(line.folded):
        if character == HOLE or character.isspace():
            continue
        if seen == count:
            return column
        seen += 1
    return len(line.raw)


def _weighed(found: list[Heading], lines: Sequence[Line], labels: Sequence[str | None]) -> list[Heading]:
    """Weigh what follows a heading: a list of headings has nothing under them, a table has a table."""
    weighed = []
    for at, heading in enumerate(found):
        after = found[at + 1].first if at + 1 < len(found) else len(lines)
        score = heading.score
        if heading.column >= len(lines[heading.last].raw) and after < len(lines):
            score -= 2.0 * (not any(lines[n].plain for n in range(heading.last + 1, min(after, heading.last + 40))))
        if heading.kind in _openings():
            score += 1.0 if _before_table(heading, lines, labels) else -0.5
        weighed.append(replace(heading, score=score))
    return [heading for heading in weighed if heading.score > 0.4]


def _before_table(heading: Heading, lines: Sequence[Line], labels: Sequence[str | None]) -> bool:
    near = range(heading.last + 1, min(heading.last + 1 + _NEAR, len(lines)))
    return any(labels[at] in _TABLE_LABELS for at in near)


def _best_report(found: list[Heading]) -> tuple[list[Heading], Heading | None]:
    """Return the best chain of headings, and what the next report begins with.

    Of a table of contents and a text it is the text, of two reports the first.
    """
    chains = [_chain(report) for report in _reports(found)]
    enough = 0.8 * max(map(_sum, chains), default=0)
    good = [chain for chain in chains if chain and _sum(chain) >= enough]
    if not good:
        return [], None
    return good[0], good[1][0] if len(good) > 1 else None


def _sum(chain: Sequence[Heading]) -> float:
    return sum(heading.score for heading in chain)


def _reports(found: list[Heading]) -> list[list[Heading]]:
    """Cut the headings where they begin anew: an overview after three or more other chapters."""
    reports: list[list[Heading]] = [[]]
    for heading in found:
        seen = {before.kind for before in reports[-1]}
        if heading.kind == kinds()[0] and heading.score > 2 and len(seen - {heading.kind}) > 2:
            reports.append([])
        reports[-1].append(heading)
    return reports


def _chain(found: list[Heading]) -> list[Heading]:
    """Return the headings in official order that score best together, then those that fit nowhere."""
    best: list[tuple[float, list[Heading]]] = [(0.0, [])] * (len(kinds()) + 1)
    for heading in found:
        order = kinds().index(heading.kind) + 1
        score, chain = max(best[:order], key=lambda known: known[0])
        if score + heading.score > best[order][0]:
            best[order] = (score + heading.score, [*chain, heading])
    chain = max(best, key=lambda known: known[0])[1]
    return _with(chain, _out_of_order(found, chain))


def _out_of_order(found: Sequence[Heading], chain: Sequence[Heading]) -> list[Heading]:
    """Return the headings of sure name and number whose kind has no place in the chain."""
    used = {heading.kind for heading in chain}
    left: dict[str, Heading] = {}
    for heading in found:
        if heading.kind not in used and heading.score >= 4 and heading.kind not in left:
            left[heading.kind] = heading
    return list(left.values())


def _with(chosen: list[Heading], more: Sequence[Heading]) -> list[Heading]:
    return sorted([*chosen, *more], key=lambda heading: (heading.first, heading.start))


def _glued(lines: Sequence[Line], chosen: Sequence[Heading], missing: set[str]) -> list[Heading]:
    """Find headings of missing chapters inside lines."""
    found: dict[str, Heading] = {}
    for at, line in enumerate(lines):
        if len(line.plain) < 8:
            continue
        for match in _inside().finditer(line.folded):
            kind = match.lastgroup or ""
            if kind in missing and kind not in found:
                found[kind] = Heading(kind, at, at, match.start(), match.end(), 2.0)
    return [heading for heading in found.values() if _in_place(heading, chosen)]


def _unheaded(lines: Sequence[Line], chosen: Sequence[Heading], missing: set[str]) -> list[Heading]:
    """Find where chapters whose heading is lost begin, by what they open with."""
    found: dict[str, Heading] = {}
    wanted = {kind: opening for kind, opening in _openings().items() if kind in missing}
    for at, line in enumerate(lines):
        if not wanted:
            break
        if len(line.plain) < 4:
            continue
        text = squeezed(line)
        for kind, opening in list(wanted.items()):
            heading = Heading(kind, at, at, 0, 0, 1.0)
            if opening.search(text) and _in_place(heading, chosen):
                found[kind] = heading
                del wanted[kind]
    return list(found.values())


def _in_place(heading: Heading, chosen: Sequence[Heading]) -> bool:
    """Tell whether a heading stands after those of the chapters before it, before those after it."""
    order = kinds().index(heading.kind)
    here = (heading.first, heading.start)
    return all(
        ((other.first, other.start) < here) == (kinds().index(other.kind) < order) for other in chosen
    )
