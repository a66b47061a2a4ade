"""The lines of a decoded text: as they are printed, in folded form, and where they begin."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from nlp.text.folding import filled, fold, unified


class Line(Struct, frozen=True, gc=False):
    """One line of a decoded text in several forms.

    - `n`: its number, from 1; lines are split at line feeds, and where they are `broken`.
    - `start`: the position of its first character in the text.
    - `raw`: the line as it is: `raw[i]` is `text[start + i]`.
    - `typed`: the same length; characters that Unicode has twice are replaced by the usual ones.
    - `folded`: the same length, after all repairs of `folding`; HOLE stands for removed characters.
    - `plain`: the folded line without holes and without white space at its ends.
    """

    n: int
    start: int
    raw: str
    typed: str
    folded: str
    plain: str

    @property
    def blank(self) -> bool:
        """Whether nothing is left of the line but white space."""
        return not self.plain


def touch(line: Line, below: Line) -> bool:
    """Tell whether a line follows another with nothing between, no line feed and no white space.

    >>> touch(*broken(split("规章0许可7"), [3])), touch(*broken(split("规章0 许可7"), [4]))
    (True, False)
    >>> touch(*split("规章0\\n许可7"))
    False
    """
    return below.start == line.start + len(line.raw) and not line.raw[-1:].isspace()


def split(text: str) -> list[Line]:
    """Return every line of a text, including blank ones.

    >>> [(line.n, line.start, line.plain) for line in split("一、总体情况\\n\\n１　")]
    [(1, 0, '一、总体情况'), (2, 7, ''), (3, 8, '1')]
    """
    folded_text = fold(text)
    views = zip(
        text.split("\n"),
        unified(text).split("\n"),
        folded_text.split("\n"),
        filled(folded_text).split("\n"),
        strict=True,
    )
    lines = []
    start = 0
    for n, (raw, typed, folded, without_holes) in enumerate(views, 1):
        lines.append(Line(n, start, raw, typed, folded, without_holes.strip()))
        start += len(raw) + 1
    return lines


def broken(lines: list[Line], breaks: Sequence[int]) -> list[Line]:
    """Return lines, counted anew, of which others begin at some places of the text, in ascending order.

    >>> [(line.n, line.start, line.plain) for line in broken(split("规章0许可7\\n"), [3])]
    [(1, 0, '规章0'), (2, 3, '许可7'), (3, 7, '')]
    """
    if not breaks:
        return lines
    pieces: list[Line] = []
    for line in lines:
        inside = breaks[bisect_right(breaks, line.start) : bisect_left(breaks, line.start + len(line.raw))]
        for first, end in pairwise((0, *(place - line.start for place in inside), len(line.raw))):
            folded = line.folded[first:end]
            plain = filled(folded).strip()
            piece = Line(
                len(pieces) + 1, line.start + first, line.raw[first:end], line.typed[first:end], folded, plain
            )
            pieces.append(piece)
    return pieces
