"""Takes the bars off lines of text that a tool printed in a box: | 一是目录不全。 |."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.text.lines import Line

_BAR = "|"


def unboxed(lines: Sequence[Line], first: int, last: int) -> Sequence[Line]:
    """Return lines, those of a stretch without the bars at both ends where these are their only ones.

    >>> from nlp.text.lines import split
    >>> [line.plain for line in unboxed(split("| 一是目录不全。 |\\n| 规章 | 0 |"), 0, 1)]
    ['一是目录不全。', '| 规章 | 0 |']
    """
    barred = (at for at in range(first, last + 1) if lines[at].plain[:1] == _BAR)
    boxed = {at for at in barred if _is_boxed(lines[at].plain)}
    if not boxed:
        return lines
    return [_bare(line) if at in boxed else line for at, line in enumerate(lines)]


def _is_boxed(plain: str) -> bool:
    return plain[-1] == _BAR and plain.count(_BAR) == 2


def _bare(line: Line) -> Line:
    """Return a line with white space in the place of its bars."""
    raw, typed, folded = (_without(said, line.folded) for said in (line.raw, line.typed, line.folded))
    return replace(line, raw=raw, typed=typed, folded=folded, plain=line.plain.strip(f"{_BAR} \t\r"))


def _without(said: str, folded: str) -> str:
    return "".join(" " if bar == _BAR else character for character, bar in zip(said, folded, strict=True))
