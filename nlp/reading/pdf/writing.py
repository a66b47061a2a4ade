"""Characters to lines of writing: by their height on the page, from the left."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.document import CharacterBoxes, PlacedText
from nlp.reading.pdf.glyphs import Glyphs

_SAME_LINE = 0.45
"""How far, in heights, two characters of a line may stand above each other."""
_SAME_FOOT = 0.2
"""How far, in heights of the higher one, their boxes may begin above each other."""
_BACK = 0.5
"""How far, in heights, the next character of a line may stand back."""
_GAP = 0.3
"""From this gap on, in heights, a space parts letters and digits."""
_WIDE_GAP = 1.6
"""From this gap on, in heights, two things stand on a line."""
_DOUBLED = 0.2
"""How far, in heights, a character is shifted that is printed twice to look bold."""
_UPRIGHT_SHARE = 0.7


class Piece(PlacedText):
    """Characters of a page that stand one behind the other without a gap."""

    __slots__ = ()

    @property
    def left(self) -> float:
        return self.boxes.left[self.first]

    @property
    def right(self) -> float:
        return self.boxes.right[self.last - 1]

    @property
    def height(self) -> float:
        return self.boxes.top[self.first] - self.boxes.bottom[self.first]

    @property
    def middle(self) -> float:
        return (self.boxes.bottom[self.first] + self.boxes.top[self.first]) / 2

    def cut(self, first: int, last: int) -> Piece:
        """Return the characters from `first` to `last` of the piece."""
        return Piece(self.text[first:last], self.boxes, self.first + first, self.first + last)

    def characters(self) -> list[Piece]:
        """Return each character as a piece."""
        return [self.cut(n, n + 1) for n in range(len(self.text))]


Writing = list[Piece | str]
"""Pieces and what is written between them: a space, a tab, a line feed; that stands on no page."""


def in_one_file(glyphs: Glyphs) -> bool:
    """Tell whether every piece of a page stands below the one before it: no two stand side by side."""
    begins = np.flatnonzero(_parted(glyphs)) + 1
    drop = (glyphs.bottom + glyphs.top)[begins - 1] - (glyphs.bottom + glyphs.top)[begins]
    return bool((drop > glyphs.top[begins] - glyphs.bottom[begins]).all())


def pieces(glyphs: Glyphs, homes: NDArray[Any], page: int) -> dict[int, list[Piece]]:
    """Return the pieces of a page by their homes: where on the page each character belongs."""
    if not len(homes):
        return {}
    if (homes[1:] < homes[:-1]).any():
        order = np.argsort(homes, kind="stable")
        homes, glyphs = homes[order], glyphs.taken(order)
    begins = np.flatnonzero(np.concatenate(([True], (homes[1:] != homes[:-1]) | _parted(glyphs)))).tolist()
    text = glyphs.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    boxes = CharacterBoxes(page, *(side.tolist() for side in glyphs[1:]))
    found: dict[int, list[Piece]] = {}
    for first, last, home in zip(begins, [*begins[1:], len(text)], homes[begins].tolist(), strict=True):
        found.setdefault(home, []).append(Piece(text[first:last], boxes, first, last))
    return found


def _parted(glyphs: Glyphs) -> NDArray[np.bool_]:
    """Tell for each character but the first whether it is of another piece than the one before."""
    codes, left, bottom, right, top = glyphs
    height = top - bottom
    low, high = np.minimum(height[:-1], height[1:]), np.maximum(height[:-1], height[1:])
    apart = np.abs((bottom + top)[:-1] - (bottom + top)[1:]) / 2
    on_line = (np.abs(bottom[:-1] - bottom[1:]) <= _SAME_FOOT * high) | (apart <= _SAME_LINE * low)
    gap, step = left[1:] - right[:-1], left[1:] - left[:-1]
    doubled = (codes[:-1] == codes[1:]) & (step < _DOUBLED * height[:-1])
    letter = (codes < 0x80) & (codes != 0x20)
    wide = gap > np.where(letter[:-1] & letter[1:], _GAP, _WIDE_GAP / 2) * low
    parted: NDArray[np.bool_] = ~on_line | (gap < -_BACK * height[1:]) | (step < 0) | doubled | wide
    return parted


def lines(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return the lines of writing from the top, each sorted from the left, spaces at the ends off."""
    if len(pieces) == 1:
        return [line] if (line := _stripped(list(pieces))) else []
    found: list[list[Piece]] = []
    for piece in sorted(pieces, key=lambda piece: -piece.middle):
        if found and _on_one_line(found[-1][0], piece):
            found[-1].append(piece)
        else:
            found.append([piece])
    return [line for run in found if (line := _stripped(_from_the_left(run)))]


def _on_one_line(one: Piece, two: Piece) -> bool:
    """Tell whether two pieces stand on one line: their boxes begin, or have their middles, at one height.

    Boxes of fonts that do not say how high they are end with the ink (seen in what LibreOffice writes).
    """
    low, high = one.boxes.bottom[one.first], one.boxes.top[one.first]
    other_low, other_high = two.boxes.bottom[two.first], two.boxes.top[two.first]
    if abs(low - other_low) <= _SAME_FOOT * max(high - low, other_high - other_low):
        return True
    apart = abs(low + high - other_low - other_high) / 2
    return apart <= _SAME_LINE * min(high - low, other_high - other_low)


def _from_the_left(run: list[Piece]) -> list[Piece]:
    """Return a line sorted from the left; where pieces run into each other, character by character."""
    if len(run) == 1:
        return run
    run = sorted(run, key=lambda piece: piece.left)
    if any(_overlap(one, two) for one, two in pairwise(run)):
        return _once(sorted((one for piece in run for one in piece.characters()), key=lambda one: one.left))
    return run


def _overlap(one: Piece, two: Piece) -> bool:
    return two.left < one.boxes.left[one.last - 1] + _DOUBLED * one.height


def _once(line: list[Piece]) -> list[Piece]:
    """Leave out what is printed a second time over the first to look bold."""
    kept: list[Piece] = []
    for one in line:
        if not any(_doubles(other, one) for other in kept[-3:]):
            kept.append(one)
    return kept


def _doubles(one: Piece, two: Piece) -> bool:
    return one.text == two.text and two.left - one.left < _DOUBLED * one.height


def _stripped(line: list[Piece]) -> list[Piece]:
    """Return a line without spaces at its ends."""
    if not line[0].text[0].isspace() and not line[-1].text[-1].isspace():
        return line
    line = list(line)
    while line and not (kept := line[0].text.lstrip()):
        del line[0]
    if line:
        line[0] = line[0].cut(len(line[0].text) - len(kept), len(line[0].text))
    while line and not (kept := line[-1].text.rstrip()):
        del line[-1]
    if line:
        line[-1] = line[-1].cut(0, len(kept))
    return line


def spaced(line: Sequence[Piece], between: str = "\t") -> Writing:
    """Return a line of writing with `between` in its wide gaps and spaces between parted letters."""
    written: Writing = [line[0]]
    for one, two in pairwise(line):
        if part := _part(one, two, between):
            written.append(part)
        written.append(two)
    return written


def _part(one: Piece, two: Piece, between: str) -> str | None:
    gap = two.left - one.right
    end = one.last - 1
    height = min(one.boxes.top[end] - one.boxes.bottom[end], two.height)
    if gap <= _GAP * height:
        return None
    if gap > _WIDE_GAP * height:
        return between
    last, first = one.text[-1], two.text[0]
    words = last.isascii() and first.isascii() and not last.isspace() and not first.isspace()
    return " " if words or gap > _WIDE_GAP * height / 2 else None


def joined(rows: Sequence[Sequence[Piece]], right: float) -> Writing:
    """Join the lines of a cell whose right edge is `right`.

    Letters and digits are kept apart, unless the first line is full: there a number was broken.
    """
    written: Writing = []
    last: Piece | None = None
    for line in rows:
        if last and _apart(last, line[0], right):
            written.append(" ")
        written += spaced(line, " ")
        last = line[-1]
    return written


def _apart(last: Piece, first: Piece, right: float) -> bool:
    wide = last.right - last.boxes.left[last.last - 1]
    full = right - last.right < 1.2 * wide
    end = last.text[-1]
    return end.isascii() and first.text[0].isascii() and not (full and end.isdigit())


def columns_of(pieces: Sequence[Piece]) -> list[list[Piece]] | None:
    """Return the columns of vertical writing from the right; None for writing that runs across."""
    steps = sum(len(piece.text) for piece in pieces) - 1
    if steps < 3 or len(pieces) - 1 < _UPRIGHT_SHARE * steps:
        return None
    found = [one for piece in pieces for one in piece.characters()]
    if sum(_falls(one, two) for one, two in pairwise(found)) < _UPRIGHT_SHARE * steps:
        return None
    columns: list[list[Piece]] = []
    for one in found:
        if columns and abs(columns[-1][-1].left - one.left) < 0.3 * one.height:
            columns[-1].append(one)
        else:
            columns.append([one])
    return sorted(columns, key=lambda column: -column[0].left)


def _falls(one: Piece, two: Piece) -> bool:
    across, down = two.left - one.left, one.middle - two.middle
    return abs(across) < 0.3 * one.height and down > 0.3 * one.height
