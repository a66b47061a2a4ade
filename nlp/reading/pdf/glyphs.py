"""The characters of a page, each with its loose box."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable
from itertools import repeat
from math import pi
from typing import Any, NamedTuple

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from nlp.reading.document import Unreadable
from nlp.reading.pdf.calls import NOTHING, NUMBER, POINTER, address, fill, plain

MOST_GLYPHS = 400_000
"""A page of more characters than this is no page of a report."""
_PROBES = 24
"""How many characters of a page tell which way it is turned."""
_HUGE = 26.0
"""A character wider than this, in points, is a headline or its loose box is wrong."""
_INK = 0.4
"""Ink that takes less of a loose box than this in both directions shows that the box is wrong."""
_CHINESE = 0x2E80
_FLAT = 0.5
"""A Chinese character is no flatter: pdfium gives 一 the box of its ink where a font maps it to ⼀."""
_ASKED = 400
"""So many of a page's Chinese characters tell how high their boxes are."""
_LOWEST = 0.7
"""Where a comma's box is lower than this beside the others', it is that of its ink."""
_HIGHEST = 1.6
"""How high, in widths, the box of a Chinese character is at most: the highest fonts have 1.45."""
_BELOW = 0.12
"""How much of a Chinese character, in its heights, is below the baseline."""
_READ_AS = {
    **dict.fromkeys(map(ord, "\r\n\ufeff\u200b"), 0),
    **dict.fromkeys(map(ord, "\t\xa0"), ord(" ")),
    **dict.fromkeys((0x02, 0xFFFE), ord("-")),
    **dict.fromkeys((0xF0B7, 0xF06C, 0xF0A7, 0xF0D8), ord("•")),
}
"""What pdfium gives for a hyphen at the end of a line, and fonts of symbols for the dots of lists.

What is read as 0 is left out.
"""
_REPLACEMENT = 0xFFFD
_box_of = plain(pdfium_c.FPDFText_GetLooseCharBox, NOTHING, POINTER, NUMBER, POINTER)
_origin_of = plain(pdfium_c.FPDFText_GetCharOrigin, NOTHING, POINTER, NUMBER, POINTER, POINTER)
_size_of = plain(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, POINTER, NUMBER)
_angle_of = plain(pdfium_c.FPDFText_GetCharAngle, ctypes.c_float, POINTER, NUMBER)
_code_of = plain(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, POINTER, NUMBER)

Numbers = NDArray[np.float64]
Codes = NDArray[np.uint32]
Box = tuple[float, float, float, float]
Turn = Callable[[Any, Any, Any, Any], tuple[Any, Any, Any, Any]]
"""Turns a box of the page's own space upright, or the sides of many boxes."""


def _table() -> Codes:
    table = np.arange(0x10000, dtype=np.uint32)
    table[list(_READ_AS)] = list(_READ_AS.values())
    table[0xD800:0xE000] = _REPLACEMENT
    return table


_TABLE = _table()
_LOW = np.zeros(0x10000, np.bool_)
_LOW[list(map(ord, "，。、"))] = True


class Glyphs(NamedTuple):
    """Characters of a page in the order of storage: their codes, their boxes in PDF points.

    The points are counted from the lower left corner of the page.
    """

    codes: Codes
    left: Numbers
    bottom: Numbers
    right: Numbers
    top: Numbers

    def taken(self, which: NDArray[Any]) -> Glyphs:
        """Return some of the characters, or all of them in another order."""
        return Glyphs(*(one[which] for one in self))


def glyphs(page: pdfium.PdfPage, number: int) -> tuple[Glyphs, Turn, float]:
    """Return the characters of a page in the order of storage, the turn that set it upright, its height then.

    What is upright, the writing tells: a page's own rotation shows it to people, sideways at times.
    """
    text = page.get_textpage()
    try:
        count = text.count_chars()
        if count > MOST_GLYPHS:
            raise Unreadable("too_large", f"page {number} holds {count} characters; no report's does.")
        width, height = page.get_size()
        if page.get_rotation() % 180:
            width, height = height, width
        quarters = _quarters(text, count)
        turn = _turning(quarters, width, height)
        return _upright(text, max(count, 0), turn), turn, width if quarters % 2 else height
    finally:
        text.close()


def _upright(text: pdfium.PdfTextPage, count: int, turn: Turn) -> Glyphs:
    """Return the characters; spaces and line ends that pdfium made up have no width and are left out."""
    found = Glyphs(_codes(text, count), *_boxes(text, count))
    stands = np.isfinite(found.left + found.bottom + found.right + found.top)
    shown = (found.codes > 0x20) | (found.right > found.left) & (found.codes > 0)
    which = np.flatnonzero(stands & shown)
    found = Glyphs(found.codes[which], *turn(*(side[which] for side in found[1:])))
    if _wrongly_high(found):
        return _on_baselines(found, text, which, turn)
    middle, half = (found.bottom + found.top) / 2, (found.right - found.left) / 2
    flat = (found.codes > _CHINESE) & (found.top - found.bottom < _FLAT * 2 * half)
    bottom, top = np.where(flat, middle - half, found.bottom), np.where(flat, middle + half, found.top)
    return found._replace(bottom=bottom, top=top)


def _wrongly_high(found: Glyphs) -> bool:
    """Tell whether boxes are as high as the ink, commas low ones, or far higher than any font.

    pdfium has nothing better where a font does not say how high it is (seen in what LibreOffice writes).
    """
    chinese = np.flatnonzero(found.codes > _CHINESE)[:_ASKED]
    wide, high = (found.right - found.left)[chinese], (found.top - found.bottom)[chinese]
    low = high[_LOW[np.minimum(found.codes[chinese], 0xFFFF)]]
    return _most(high > _HIGHEST * wide) or _most(low < _LOWEST * high.max(initial=0))


def _most(these: NDArray[np.bool_]) -> bool:
    return bool(2 * np.count_nonzero(these) > len(these))


def _baselines(text: pdfium.PdfTextPage, numbers: list[int], turn: Turn) -> Numbers:
    """Return how high each of some characters' baseline lies, on the page set upright."""
    points = np.zeros((len(numbers), 2))
    start, end = points.ctypes.data, points.ctypes.data + points.nbytes
    fill(_origin_of, address(text.raw), numbers, range(start, end, 16), range(start + 8, end, 16))
    x, y = points.T
    baselines: Numbers = turn(x, y, x, y)[1]
    return baselines


def _on_baselines(found: Glyphs, text: pdfium.PdfTextPage, which: NDArray[np.intp], turn: Turn) -> Glyphs:
    """Return characters with boxes that stand on their baselines, as high as their font is."""
    numbers = which.tolist()
    sizes = np.fromiter(map(_size_of, repeat(address(text.raw)), numbers), np.float64, len(numbers))
    wide, chinese = found.right - found.left, (found.codes > _CHINESE) & (sizes > 0)
    em = sizes * np.median(wide[chinese] / sizes[chinese])
    foot = _baselines(text, numbers, turn) - _BELOW * em
    return found._replace(bottom=foot, top=foot + em)


def _codes(text: pdfium.PdfTextPage, count: int) -> Codes:
    """Return what each character is read as, 0 for one that is left out.

    The text comes in one call; where it has not one unit for each character, each is asked by itself.
    """
    units = np.zeros(count + 1, np.uint16)
    into = units.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    got = pdfium_c.FPDFText_GetText(text.raw, 0, count, into)
    whole = units[:count]
    if got == count + 1 and not ((whole >= 0xD800) & (whole < 0xE000)).any():
        return _TABLE[whole]
    return _whole(np.fromiter(map(_code_of, repeat(address(text.raw)), range(count)), np.uint32, count))


def _whole(codes: Codes) -> Codes:
    """Return what codes are read as; of one that comes in two halves the first is left out.

    >>> [hex(code) for code in _whole(np.array([0xD840, 0xDC0B, 0x41, 0xDC0B], np.uint32))]
    ['0x0', '0x2000b', '0x41', '0xfffd']
    """
    read = np.where(codes < 0x10000, _TABLE[np.minimum(codes, 0xFFFF)], np.minimum(codes, 0x10FFFF))
    halves = (codes[:-1] >> 10 == 0xD800 >> 10) & (codes[1:] >> 10 == 0xDC00 >> 10)
    first = np.flatnonzero(halves)
    read[first + 1] = 0x10000 + ((codes[first] & 0x3FF) << 10) + (codes[first + 1] & 0x3FF)
    read[first] = 0
    return read


def _boxes(text: pdfium.PdfTextPage, count: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    boxes = np.zeros((count, 4), np.float32)
    start = boxes.ctypes.data
    fill(_box_of, address(text.raw), range(count), range(start, start + boxes.nbytes, 16))
    left, top, right, bottom = boxes.T.astype(np.float64)
    for n in np.flatnonzero(right - left > _HUGE).tolist():
        left[n], bottom[n], right[n], top[n] = _tight(text, n, left[n], bottom[n], right[n], top[n])
    return left, bottom, right, top


def _tight(text: pdfium.PdfTextPage, n: int, *loose: float) -> Box:
    """Return the box of the ink where the loose one is far larger.

    pdfium gives characters of vertical fonts boxes as large as the font is before it is scaled to the page.
    """
    left, bottom, right, top = text.get_charbox(n)
    if 0 < right - left < _INK * (loose[2] - loose[0]) and 0 < top - bottom < _INK * (loose[3] - loose[1]):
        return left, bottom, right, top
    return loose[0], loose[1], loose[2], loose[3]


def _quarters(text: pdfium.PdfTextPage, count: int) -> int:
    """Return by how many quarters, clockwise, most of the writing has to be turned."""
    step = max(1, count // _PROBES)
    angles = map(_angle_of, repeat(address(text.raw)), range(0, count, step))
    written = Counter(-round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    most = written.most_common(1)
    return most[0][0] if most and 2 * most[0][1] > sum(written.values()) else 0


def _as_it_stands(left: float, bottom: float, right: float, top: float) -> Box:
    return left, bottom, right, top


def _turning(quarters: int, width: float, height: float) -> Turn:
    """Return what turns a page clockwise by quarters.

    >>> _turning(1, 600, 800)(10, 20, 30, 50)
    (20, 570, 50, 590)
    """
    if quarters == 1:
        return lambda left, bottom, right, top: (bottom, width - right, top, width - left)
    if quarters == 2:
        return lambda left, bottom, right, top: (width - right, height - top, width - left, height - bottom)
    if quarters == 3:
        return lambda left, bottom, right, top: (height - top, left, height - bottom, right)
    return _as_it_stands
