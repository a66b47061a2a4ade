"""Puts the characters of a page together to text runs, and the runs to lines of writing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.document import CharacterBoxes, PlacedText
from nlp.reading.pdf.glyphs import Glyphs

_SAME_LINE = 0.45
"""In heights: the middles of two characters of a line differ by no more."""
_SAME_FOOT = 0.2
"""In heights of the higher one: the lower edges of two characters of a line differ by no more."""
_BACK = 0.5
"""In heights: the next character of a run begins no further before the end of the last one."""
_GAP = 0.3
"""In heights: a wider gap between letters or digits is a space."""
_WIDE_GAP = 1.6
"""In heights: a wider gap on a line separates two things, such as cells."""
_DOUBLED = 0.2
"""In heights: a character that is printed twice to look bold is shifted by no more."""
_VERTICAL_SHARE = 0.7
"""In vertical writing at least this share of the characters stand below the one before."""
_VERTICAL_STEP = 0.3
"""In heights: from one character of a column to the next it is less across, and more down."""
_FULL_LINE = 1.2
"""In widths of its last character: a line that ends nearer to its cell's right edge is full."""


class TextRun(PlacedText):
    """Characters of a page that follow each other without a gap, as the PDF stores them."""

    __slots__ = ()

    @property
    def left(self) -> float:
        """The left edge of its first character."""
        return self.boxes.left[self.first]

    @property
    def right(self) -> float:
        """The right edge of its last character."""
        return self.boxes.right[self.last - 1]

    @property
    def height(self) -> float:
        """The height of its first character."""
        return self.boxes.top[self.first] - self.boxes.bottom[self.first]

    @property
    def middle(self) -> float:
        """The vertical middle of its first character."""
        return (self.boxes.bottom[self.first] + self.boxes.top[self.first]) / 2

    def cut(self, first: int, last: int) -> TextRun:
        """Return the part from character `first` up to `last`, excluded."""
        return TextRun(self.text[first:last], self.boxes, self.first + first, self.first + last)

    def characters(self) -> list[TextRun]:
        """Return a run for each character."""
        return [self.cut(n, n + 1) for n in range(len(self.text))]


Writing = list[TextRun | str]
"""A text in its parts: runs, and the spaces, tabs and line feeds between them, which no page prints."""


def is_in_one_column(glyphs: Glyphs) -> bool:
    """Return whether every run of a page stands below the one before it, so that no two are side by side."""
    begins = np.flatnonzero(_begins_run(glyphs)) + 1
    doubled_middle = glyphs.bottom + glyphs.top
    drop = doubled_middle[begins - 1] - doubled_middle[begins]
    return bool((drop > glyphs.top[begins] - glyphs.bottom[begins]).all())


def text_runs(glyphs: Glyphs, homes: NDArray[Any], page: int) -> dict[int, list[TextRun]]:
    """Return the text runs of a page, grouped by where on the page they belong.

    `homes` [characters] holds a number for each character, such as that of its cell; a run has one home.
    """
    if not len(homes):
        return {}
    if (homes[1:] < homes[:-1]).any():
        order = np.argsort(homes, kind="stable")
        homes, glyphs = homes[order], glyphs.taken(order)
    is_first = np.concatenate(([True], (homes[1:] != homes[:-1]) | _begins_run(glyphs)))
    begins = np.flatnonzero(is_first).tolist()
    ends = [*begins[1:], len(homes)]
    text = glyphs.codes.astype("<u4").tobytes().decode("utf-32-le", "replace")
    boxes = CharacterBoxes(page, *(side.tolist() for side in glyphs[1:]))
    runs: dict[int, list[TextRun]] = {}
    for first, last, home in zip(begins, ends, homes[begins].tolist(), strict=True):
        runs.setdefault(home, []).append(TextRun(text[first:last], boxes, first, last))
    return runs


def _begins_run(glyphs: Glyphs) -> NDArray[np.bool_]:
    """Return for each character but the first whether it begins another run than the one before."""
    codes, left, bottom, right, top = glyphs
    height = top - bottom
    lower, higher = np.minimum(height[:-1], height[1:]), np.maximum(height[:-1], height[1:])
    doubled_middle = bottom + top
    apart = np.abs(doubled_middle[:-1] - doubled_middle[1:]) / 2
    same_foot = np.abs(bottom[:-1] - bottom[1:]) <= _SAME_FOOT * higher
    on_line = same_foot | (apart <= _SAME_LINE * lower)
    gap, step = left[1:] - right[:-1], left[1:] - left[:-1]
    back = (gap < -_BACK * height[1:]) | (step < 0)
    doubled = (codes[:-1] == codes[1:]) & (step < _DOUBLED * height[:-1])
    is_ascii = (codes < 0x80) & (codes != 0x20)
    wide = gap > np.where(is_ascii[:-1] & is_ascii[1:], _GAP, _WIDE_GAP / 2) * lower
    begins: NDArray[np.bool_] = ~on_line | back | doubled | wide
    return begins


def lines(runs: Sequence[TextRun]) -> list[list[TextRun]]:
    """Return the lines that runs form, from the top, each from the left, without spaces at its ends."""
    if len(runs) == 1:
        line = _stripped(list(runs))
        return [line] if line else []
    groups: list[list[TextRun]] = []
    for run in sorted(runs, key=lambda run: -run.middle):
        if groups and _on_one_line(groups[-1][0], run):
            groups[-1].append(run)
        else:
            groups.append([run])
    stripped = [_stripped(_from_the_left(group)) for group in groups]
    return [line for line in stripped if line]


def _on_one_line(run: TextRun, other: TextRun) -> bool:
    """Return whether two runs stand on one line: their lower edges, or their middles, are at one height.

    Boxes of fonts that do not say how high they are end with the ink (seen in what LibreOffice writes).
    """
    low, high = run.boxes.bottom[run.first], run.boxes.top[run.first]
    other_low, other_high = other.boxes.bottom[other.first], other.boxes.top[other.first]
    if abs(low - other_low) <= _SAME_FOOT * max(high - low, other_high - other_low):
        return True
    apart = abs(low + high - other_low - other_high) / 2
    return apart <= _SAME_LINE * min(high - low, other_high - other_low)


def _from_the_left(line: list[TextRun]) -> list[TextRun]:
    """Return the runs of a line from the left; where runs overlap, its single characters."""
    if len(line) == 1:
        return line
    line = sorted(line, key=lambda run: run.left)
    for run, following in pairwise(line):
        if _overlap(run, following):
            characters = [character for run in line for character in run.characters()]
            return _printed_once(sorted(characters, key=lambda character: character.left))
    return line


def _overlap(run: TextRun, following: TextRun) -> bool:
    left_of_last = run.boxes.left[run.last - 1]
    return following.left < left_of_last + _DOUBLED * run.height


def _printed_once(characters: list[TextRun]) -> list[TextRun]:
    """Leave out the characters that are printed a second time over themselves to look bold."""
    kept: list[TextRun] = []
    for character in characters:
        if not any(_doubles(other, character) for other in kept[-3:]):
            kept.append(character)
    return kept


def _doubles(character: TextRun, following: TextRun) -> bool:
    step = following.left - character.left
    return character.text == following.text and step < _DOUBLED * character.height


def _stripped(line: list[TextRun]) -> list[TextRun]:
    """Return a line without white space at its ends; empty for white space only."""
    if not line[0].text[0].isspace() and not line[-1].text[-1].isspace():
        return line
    line = list(line)
    while line and line[0].text.isspace():
        del line[0]
    while line and line[-1].text.isspace():
        del line[-1]
    if line:
        leading = len(line[0].text) - len(line[0].text.lstrip())
        line[0] = line[0].cut(leading, len(line[0].text))
        line[-1] = line[-1].cut(0, len(line[-1].text.rstrip()))
    return line


def spaced(line: Sequence[TextRun], wide_gap: str = "\t") -> Writing:
    """Return a line of writing with `wide_gap` in its wide gaps and a space in its smaller ones."""
    written: Writing = [line[0]]
    for run, following in pairwise(line):
        separator = _separator(run, following, wide_gap)
        if separator:
            written.append(separator)
        written.append(following)
    return written


def _separator(run: TextRun, following: TextRun, wide_gap: str) -> str:
    """Return what is written between two runs of a line: `wide_gap`, a space or nothing."""
    gap = following.left - run.right
    end = run.last - 1
    height = min(run.boxes.top[end] - run.boxes.bottom[end], following.height)
    if gap <= _GAP * height:
        return ""
    if gap > _WIDE_GAP * height:
        return wide_gap
    if gap > _WIDE_GAP * height / 2:
        return " "
    last, first = run.text[-1], following.text[0]
    both_ascii = last.isascii() and first.isascii()
    return " " if both_ascii and not last.isspace() and not first.isspace() else ""


def joined(cell_lines: Sequence[Sequence[TextRun]], right: float) -> Writing:
    """Return the lines of a cell, whose right edge is `right`, as one line.

    ASCII characters of two lines are separated by a space, unless a number was broken at a full line.
    """
    written: Writing = []
    last: TextRun | None = None
    for line in cell_lines:
        if last and _are_separate(last, line[0], right):
            written.append(" ")
        written += spaced(line, " ")
        last = line[-1]
    return written


def _are_separate(last: TextRun, first: TextRun, right: float) -> bool:
    """Return whether a space belongs between the last run of a line and the first of the next."""
    if not (last.text[-1].isascii() and first.text[0].isascii()):
        return False
    width = last.right - last.boxes.left[last.last - 1]
    is_full = right - last.right < _FULL_LINE * width
    is_broken_number = is_full and last.text[-1].isdecimal()
    return not is_broken_number


def vertical_columns(runs: Sequence[TextRun]) -> list[list[TextRun]] | None:
    """Return the characters of each column of vertical writing, from the right; None for no such writing."""
    steps = sum(len(run.text) for run in runs) - 1
    if steps < 3 or len(runs) - 1 < _VERTICAL_SHARE * steps:
        return None
    characters = [character for run in runs for character in run.characters()]
    steps_down = sum(_is_below(character, following) for character, following in pairwise(characters))
    if steps_down < _VERTICAL_SHARE * steps:
        return None
    columns: list[list[TextRun]] = []
    for character in characters:
        if columns and abs(columns[-1][-1].left - character.left) < _VERTICAL_STEP * character.height:
            columns[-1].append(character)
        else:
            columns.append([character])
    return sorted(columns, key=lambda column: -column[0].left)


def _is_below(character: TextRun, following: TextRun) -> bool:
    across, down = following.left - character.left, character.middle - following.middle
    least_step = _VERTICAL_STEP * character.height
    return abs(across) < least_step and down > least_step
