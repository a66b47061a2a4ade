"""Takes a cell out of its line: the rest of the line becomes white space, so that columns stay the same."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec.structs import replace

from nlp.text.folding import HOLE
from nlp.text.lines import Line

_BAR = "|"


def only_columns(line: Line, start: int, end: int) -> Line:
    """Return a line with white space in the place of all that stands outside `start` to `end`.

    >>> from nlp.text.lines import split
    >>> only_columns(split("| 甲 | 乙 |")[0], 1, 4).folded
    '  甲      '
    """
    raw = _only(line.raw, start, end)
    typed = _only(line.typed, start, end)
    folded = _only(line.folded, start, end)
    return replace(line, raw=raw, typed=typed, folded=folded, plain=folded.replace(HOLE, "").strip())


def _only(text: str, start: int, end: int) -> str:
    return " " * start + text[start:end] + " " * (len(text) - end)


def unboxed(lines: Sequence[Line]) -> Sequence[Line]:
    """Return lines of which those that a tool printed in a box are without its bars: | 一是目录不全。 |.

    A line with more bars than the two at its ends is a row of a table and stays as it is.

    >>> from nlp.text.lines import split
    >>> [line.plain for line in unboxed(split("| 一是目录不全。 |\\n| 规章 | 0 |"))]
    ['一是目录不全。', '| 规章 | 0 |']
    """
    boxed = {position for position, line in enumerate(lines) if _is_boxed(line.plain)}
    if not boxed:
        return lines
    bare = list(lines)
    for position in boxed:
        line = lines[position]
        bare[position] = only_columns(line, line.folded.index(_BAR) + 1, line.folded.rindex(_BAR))
    return bare


def _is_boxed(plain: str) -> bool:
    return plain.startswith(_BAR) and plain.endswith(_BAR) and plain.count(_BAR) == 2
