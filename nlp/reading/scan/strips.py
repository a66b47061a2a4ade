"""Cuts the writing of a picture into strips, one for each line of a cell or of prose."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np

from nlp.reading.scan.engine import Gray
from nlp.reading.scan.ink import Ink
from nlp.reading.scan.scale import SCALE

_SPECK = 5
"""In pixels: less ink in one piece is dirt."""
_SMALLEST, _LARGEST = 4.0, 40.0
"""In points: the height of characters."""
_USUAL = 10.0
"""In points: the height of characters where none tell it."""
_SPLIT = 0.45
"""In heights: strokes of one character, as of 二, are no further apart."""
_ONE_LINE = 1.15
"""In heights: a line is no higher."""
_LOW = 0.62
"""In heights: lines that are lower hold digits or signs alone, or are strokes of a character."""
_ON_LINE = 0.5
"""The share of the height of the lower of two pieces that both cover if they are on one line."""
_WIDE = 1.6
"""In heights: ink that is further apart on a line is two things."""
_MOST_PIECES = 2_000
"""Ink outside tables in more pieces, those that stand beside each other joined, is a drawing or dirt."""
_TOUCHING = 1.7
"""In heights: ink that is higher, and wider than high, is of several lines that touch."""
_LEADING = 1.15
"""In heights: lines that touch follow each other so closely."""
_OFF = 0.4
"""In heights: a cut between two such lines is no further from where it is expected."""
_TALL = 0.5
"""In heights of a line: ink that is lower is a point, a dash, or dirt."""
_ROOM = 0.18
"""In heights: so much white is left above and below a line, and beside it."""
_INKED = 0.22
"""In heights: ink that is neither as high nor as wide is dirt."""


class Strip(NamedTuple):
    """A line of writing: its edges in pixels from the upper left corner, and how high its characters are."""

    left: int
    top: int
    right: int
    bottom: int
    size: float


def clean(ink: Ink, ruled: Ink) -> Ink:
    """Return the ink of writing: without ruled lines and specks."""
    import cv2

    writing = cv2.bitwise_and(ink, cv2.bitwise_not(ruled))
    count, numbers, stats, _ = cv2.connectedComponentsWithStats(writing, connectivity=8)
    is_kept = stats[:, cv2.CC_STAT_AREA] >= _SPECK
    is_kept[0] = False
    return np.asarray(is_kept[numbers].astype(np.uint8) * 255) if count > 1 else np.asarray(writing, np.uint8)


def size_of(heights: Sequence[int]) -> float:
    """Return how high characters are, in pixels, by the heights of lines: Chinese ones, not digits alone."""
    likely = sorted(height for height in heights if _SMALLEST * SCALE <= height <= _LARGEST * SCALE)
    if not likely:
        return _USUAL * SCALE
    return float(likely[int(0.6 * (len(likely) - 1))])


def heights_of(ink: Ink) -> list[int]:
    """Return the heights of the stretches of rows with ink in a part of a picture."""
    return [end - start for start, end in _stretches(ink.any(axis=1))]


def strips_of_cell(ink: Ink, size: float) -> list[Strip]:
    """Return the lines of a cell from the top; `size` is how high characters are, in pixels."""
    rows = [[start, end] for start, end in _stretches(ink.any(axis=1))]
    merged: list[list[int]] = []
    for start, end in rows:
        if merged:
            gap, together = start - merged[-1][1], end - merged[-1][0]
            lower = min(end - start, merged[-1][1] - merged[-1][0])
            if together <= _ONE_LINE * size and gap <= _SPLIT * size and lower <= _LOW * size:
                merged[-1][1] = end
                continue
        merged.append([start, end])
    strips = []
    for top, bottom in merged:
        columns = np.flatnonzero(ink[top:bottom].any(axis=0))
        left, right = int(columns[0]), int(columns[-1]) + 1
        if max(bottom - top, right - left) >= _INKED * size:
            strips.append(Strip(left, top, right, bottom, max(size, bottom - top)))
    return strips


def tall_width(ink: Ink, strip: Strip) -> int:
    """Return the width in pixels of the ink of a line as far as it is as high as digits: dirt is not."""
    part = ink[strip.top : strip.bottom, strip.left : strip.right]
    tall = []
    for start, end in _stretches(part.any(axis=0)):
        rows = np.flatnonzero(part[:, start:end].any(axis=1))
        if rows[-1] + 1 - rows[0] >= _TALL * (strip.bottom - strip.top):
            tall += [start, end]
    return tall[-1] - tall[0] if tall else 0


def slant(ink: Ink, strip: Strip) -> float:
    """Return how far the ink of a line leans to the right on its way up, in widths for each height.

    >>> lines = np.eye(20, dtype=np.uint8)[::-1]
    >>> slant(lines, Strip(0, 0, 20, 20, 20.0)), slant(lines[:, :1] * 0 + 1, Strip(0, 0, 1, 20, 20.0))
    (1.0, 0.0)
    """
    down, across = np.nonzero(ink[strip.top : strip.bottom, strip.left : strip.right])
    if len(np.unique(down)) < 2:
        return 0.0
    return round(-float(np.polyfit(down, across, 1)[0]), 3) + 0.0


def strips_of_prose(ink: Ink) -> list[Strip]:
    """Return the lines of writing outside tables, those parted by wide gaps one by one, from the top."""
    import cv2

    count, _, stats, _ = cv2.connectedComponentsWithStats(ink, connectivity=8)
    heights = stats[1:count, cv2.CC_STAT_HEIGHT]
    tall = heights[(heights >= _SMALLEST * SCALE) & (heights <= _LARGEST * SCALE)]
    size = float(np.percentile(tall, 60)) if len(tall) else _USUAL * SCALE
    joined = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((1, round(size)), np.uint8))
    count, _, stats, _ = cv2.connectedComponentsWithStats(joined, connectivity=8)
    boxes: list[Strip] = []
    for left, top, width, height, _ in stats[1:count].tolist():
        box = Strip(left, top, left + width, top + height, size)
        if height > _TOUCHING * size and width > height:
            boxes += _lines_of_block(ink, box)
        elif height <= _LARGEST * SCALE:
            boxes.append(box)
    if len(boxes) > _MOST_PIECES:
        return []
    strips = [strip for strip in _lines(boxes, size) if strip.bottom - strip.top >= _INKED * size]
    strips = [_sized(strip, size) for strip in strips]
    return sorted(strips, key=lambda strip: (strip.top, strip.left))


def _lines_of_block(ink: Ink, block: Strip) -> list[Strip]:
    """Return the lines of a block whose lines touch each other, cut where there is the least ink."""
    size = block.size
    height = block.bottom - block.top
    inked = ink[block.top : block.bottom, block.left : block.right].astype(bool).sum(axis=1)
    count = max(round(height / (_LEADING * size)), 1)
    cuts = [0]
    for n in range(1, count):
        expected = n * height / count
        first = max(round(expected - _OFF * size), cuts[-1] + 1)
        end = min(round(expected + _OFF * size), height - 1)
        if first < end:
            cuts.append(first + int(inked[first:end].argmin()))
    cuts.append(height)
    lines = []
    for top, bottom in pairwise(cuts):
        rows = np.flatnonzero(inked[top:bottom])
        if len(rows):
            first_row, last_row = block.top + top + int(rows[0]), block.top + top + int(rows[-1]) + 1
            lines.append(Strip(block.left, first_row, block.right, last_row, size))
    return lines


def _lines(boxes: Sequence[Strip], size: float) -> list[Strip]:
    """Return the lines that pieces of ink form, the highest pieces first: lower ones join them."""
    lines: list[Strip] = []
    for box in sorted(boxes, key=lambda box: box.top - box.bottom):
        while True:
            n = next((n for n, line in enumerate(lines) if _is_beside(line, box, size)), None)
            if n is None:
                break
            line = lines.pop(n)
            left, right = min(line.left, box.left), max(line.right, box.right)
            box = Strip(left, min(line.top, box.top), right, max(line.bottom, box.bottom), size)
        lines.append(box)
    return lines


def _is_beside(line: Strip, box: Strip, size: float) -> bool:
    """Return whether two pieces stand beside each other on a line."""
    overlap = min(line.bottom, box.bottom) - max(line.top, box.top)
    lower = min(line.bottom - line.top, box.bottom - box.top)
    apart = max(line.left, box.left) - min(line.right, box.right)
    return overlap > _ON_LINE * lower and apart < _WIDE * size


def _sized(strip: Strip, size: float) -> Strip:
    """Return a line with the height of its own characters, where it is higher than those of the page."""
    height = float(strip.bottom - strip.top)
    return strip._replace(size=height if height > 0.8 * size else size)


def cut(page: Gray, ruled: Ink, strip: Strip, room: float = _ROOM) -> Gray:
    """Return the picture of a line with white around it, as high as its characters are."""
    middle = (strip.top + strip.bottom) / 2
    half = max(strip.bottom - strip.top, strip.size) / 2 + room * strip.size
    top, bottom = round(middle - half), round(middle + half)
    side = round((room + 0.12) * strip.size)
    left, right = strip.left - side, strip.right + side
    height, width = page.shape
    piece = np.full((bottom - top, right - left), 255, np.uint8)
    inner_top, inner_bottom = max(top, 0), min(bottom, height)
    inner_left, inner_right = max(left, 0), min(right, width)
    part = page[inner_top:inner_bottom, inner_left:inner_right].copy()
    part[ruled[inner_top:inner_bottom, inner_left:inner_right] > 0] = 255
    piece[inner_top - top : inner_bottom - top, inner_left - left : inner_right - left] = part
    return piece


def _stretches(is_inked: Any) -> list[tuple[int, int]]:
    """Return where stretches of True begin and end."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], is_inked, [False])).astype(np.int8)))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
