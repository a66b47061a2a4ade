"""Finds the ruled lines of tables in a picture that is set straight."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.pdf.rules import Rules
from nlp.reading.scan.ink import Ink
from nlp.reading.scan.scale import SCALE

_LEAST_ACROSS, _LEAST_DOWN = 16.0, 9.0
"""In points: shorter lines may be strokes of characters."""
_THICKEST = 3.4
"""In points: what is thicker is no ruled line."""
_LONG_ACROSS, _LONG_DOWN = 150.0, 40.0
"""In points: no strokes of characters, one joined with the next, are as long."""
_REACH = 0.75
"""In points: a vertical line ends so near to a horizontal one where they meet."""
_TELLING = 36.0
"""In points: lines that are as long tell how a page lies."""
_END = 12
"""In pixels: so much of the end of a line tells where it ends."""
_WAVE = 5
"""In pixels: a line may wander so far, and may have gaps as long."""
_LEAST_WIDTH, _LEAST_HEIGHT = 70.0, 14.0
"""In points: a smaller group of lines is no table."""
_LEAST_EDGE = 60.0
"""In points: a table has two horizontal lines that are as long, its upper and its lower edge."""
Box = tuple[int, int, int, int]
"""Left, top, right and bottom in pixels from the upper left corner."""
_ABOVE, _BESIDE = 3, 4
"""In pixels: so far above and below a ruled line, and beside it, the picture is its edge and no writing."""


def ruled_lines(ink: Ink) -> tuple[Rules, Ink]:
    """Return the ruled lines, in points from the lower left corner, and where the picture has them."""
    import cv2

    across = _opened(ink, round(_LEAST_ACROSS * SCALE), horizontal=True)
    down = _opened(ink, round(_LEAST_DOWN * SCALE), horizontal=False)
    kept = _of_tables(across, down)
    across, down = cv2.bitwise_and(across, kept), cv2.bitwise_and(down, kept)
    rules = Rules()
    height = ink.shape[0]
    for box in _without_strokes(across, down, _LONG_ACROSS, horizontal=True):
        if box[3] - box[1] <= _THICKEST * SCALE:
            rules.across.append(_line_across(box, height))
    for box in _without_strokes(down, across, _LONG_DOWN, horizontal=False):
        if box[2] - box[0] <= _THICKEST * SCALE:
            rules.down.append(_line_down(box, height))
    around = np.ones((2 * _ABOVE + 1, 2 * _BESIDE + 1), np.uint8)
    return rules, np.asarray(cv2.dilate(cv2.bitwise_or(across, down), around), np.uint8)


def _without_strokes(lines: NDArray[Any], others: NDArray[Any], long: float, horizontal: bool) -> list[Box]:
    """Return the boxes of the lines of one direction, and take strokes of characters out of `lines`.

    A line is `long`, in points, or begins and ends at one of the `others`, those of the other direction.
    """
    kept = []
    reach = round(_REACH * SCALE)
    for box in list(_pieces(lines)):
        left, top, right, bottom = box
        length = right - left if horizontal else bottom - top
        ends = [(left, left, top, bottom), (right, right, top, bottom)]
        if not horizontal:
            ends = [(left, right, top, top), (left, right, bottom, bottom)]
        if length >= long * SCALE or all(_meets(others, end, reach) for end in ends):
            kept.append(box)
        else:
            lines[top:bottom, left:right] = 0
    return kept


def _meets(mask: NDArray[Any], end: tuple[int, int, int, int], reach: int) -> bool:
    """Return whether a mask has ink near the end of a line: its left, right, top and bottom in pixels."""
    left, right, top, bottom = end
    rows = slice(max(top - reach, 0), bottom + reach)
    return bool(mask[rows, max(left - reach, 0) : right + reach].any())


def ends_of_rules(ink: Ink) -> NDArray[np.float64]:
    """Return where the longer ruled lines begin and end, in pixels from the upper left corner [lines, 4]."""
    import cv2

    across = _opened(ink, round(_LEAST_ACROSS * SCALE), horizontal=True)
    down = _opened(ink, round(_LEAST_DOWN * SCALE), horizontal=False)
    kept = _of_tables(across, down)
    ends: list[tuple[float, float, float, float]] = []
    for mask, is_across in ((across, True), (down, False)):
        rules = cv2.bitwise_and(mask, kept)
        count, numbers, stats, _ = cv2.connectedComponentsWithStats(rules, connectivity=8)
        for n in range(1, count):
            left, top, width, height, _ = stats[n].tolist()
            if max(width, height) < _TELLING * SCALE:
                continue
            part = numbers[top : top + height, left : left + width] == n
            places = _middles(part.T if is_across else part)
            first, last = places[:_END].mean(), places[-_END:].mean()
            if is_across:
                ends.append((left, top + first, left + width, top + last))
            else:
                ends.append((left + first, top, left + last, top + height))
    return np.array(ends, np.float64).reshape(-1, 4)


def _middles(part: NDArray[np.bool_]) -> NDArray[np.float64]:
    """Return for each row of a part, as far as it has ink, where the middle of its ink is."""
    counts = part.sum(axis=1)
    sums = (part * np.arange(part.shape[1])).sum(axis=1)
    inked = counts > 0
    return np.asarray(sums[inked] / counts[inked], np.float64)


def _line_across(box: Box, height: int) -> tuple[float, float, float]:
    left, top, right, bottom = box
    return (height - (top + bottom) / 2) / SCALE, left / SCALE, right / SCALE


def _line_down(box: Box, height: int) -> tuple[float, float, float]:
    left, top, right, bottom = box
    return (left + right) / 2 / SCALE, (height - bottom) / SCALE, (height - top) / SCALE


def _opened(ink: Ink, length: int, horizontal: bool) -> NDArray[Any]:
    """Return the strokes of ink that are long in one direction, and thin in the other."""
    import cv2

    along = (length, 1) if horizontal else (1, length)
    gap = (_WAVE, 1) if horizontal else (1, _WAVE)
    aside = (1, 3) if horizontal else (3, 1)
    joined = cv2.morphologyEx(cv2.dilate(ink, np.ones(aside[::-1], np.uint8)), cv2.MORPH_CLOSE, _box(gap))
    long = cv2.morphologyEx(joined, cv2.MORPH_OPEN, _box(along))
    thick = round(_THICKEST * SCALE) + 3
    blocks = cv2.morphologyEx(long, cv2.MORPH_OPEN, _box((thick, thick)))
    return np.asarray(cv2.subtract(long, blocks))


def _box(size: tuple[int, int]) -> NDArray[np.uint8]:
    width, height = size
    return np.ones((height, width), np.uint8)


def _of_tables(across: NDArray[Any], down: NDArray[Any]) -> NDArray[Any]:
    """Return where lines belong to a group of horizontal and vertical ones that is as large as a table."""
    import cv2

    both = cv2.dilate(cv2.bitwise_or(across, down), np.ones((_WAVE, _WAVE), np.uint8))
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(both, connectivity=8)
    has_down = np.bincount(numbers[down > 0], minlength=count) > 0
    is_wide = stats[:, cv2.CC_STAT_WIDTH] >= _LEAST_WIDTH * SCALE
    is_high = stats[:, cv2.CC_STAT_HEIGHT] >= _LEAST_HEIGHT * SCALE
    edges = np.zeros(count, np.intp)
    for left, top, right, bottom in _pieces(across):
        if right - left >= _LEAST_EDGE * SCALE:
            edges[numbers[(top + bottom) // 2, (left + right) // 2]] += 1
    is_table = has_down & is_wide & is_high & (edges >= 2)
    is_table[0] = False
    return np.asarray(is_table[numbers].astype(np.uint8) * 255)


def _pieces(mask: NDArray[Any]) -> Iterator[Box]:
    """Yield the box of each connected piece: left, top, right and bottom in pixels."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(np.asarray(mask, np.uint8), connectivity=8)
    for left, top, width, height, _ in stats[1:count].tolist():
        yield left, top, left + width, top + height
