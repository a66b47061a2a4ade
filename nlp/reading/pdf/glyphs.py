"""The characters of a page, each with its loose box."""

from __future__ import annotations

import ctypes
from collections import Counter
from collections.abc import Callable, Iterator
from math import pi
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.document import Unreadable

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
_OUT = frozenset(map(ord, "\r\n\0\ufeff\u200b"))
_READ_AS = {0x02: "-", 0xFFFE: "-", 0xF0B7: "•", 0xF06C: "•", 0xF0A7: "•", 0xF0D8: "•"}
"""What pdfium gives for a hyphen at the end of a line, and fonts of symbols for the dots of lists."""


class Glyph(NamedTuple):
    """One character of a page and its box in PDF points, from the lower left corner of the page."""

    text: str
    left: float
    bottom: float
    right: float
    top: float
    page: int = 0

    @property
    def middle(self) -> float:
        return (self.bottom + self.top) / 2

    @property
    def height(self) -> float:
        return self.top - self.bottom


TAB, SPACE, LINE_FEED = (Glyph(text, 0, 0, 0, 0) for text in "\t \n")
"""What is written between the characters of a page; none of them stands on it."""

Box = tuple[float, float, float, float]
Turn = Callable[[float, float, float, float], Box]
"""Turns a box of the page's own space upright."""


def glyphs(page: pdfium.PdfPage, number: int) -> tuple[list[Glyph], Turn, float]:
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
        return list(_upright(text, count, number, turn)), turn, width if quarters % 2 else height
    finally:
        text.close()


def _upright(text: pdfium.PdfTextPage, count: int, number: int, turn: Turn) -> Iterator[Glyph]:
    """Yield the characters; spaces and line ends that pdfium made up have no width and are left out."""
    box, raw = pdfium_c.FS_RECTF(), text.raw
    code_of, box_of, new = pdfium_c.FPDFText_GetUnicode, pdfium_c.FPDFText_GetLooseCharBox, tuple.__new__
    at = ctypes.byref(box)
    upright = turn is _as_it_stands
    high = 0
    for n in range(count):
        code = code_of(raw, n)
        if code in _OUT:
            continue
        if 0xD800 <= code < 0xDC00:
            high = code
            continue
        if 0xDC00 <= code < 0xE000:
            code = 0x10000 + ((high - 0xD800) << 10) + code - 0xDC00 if high else 0xFFFD
        high = 0
        box_of(raw, n, at)
        left, right = box.left, box.right
        if right - left > _HUGE:
            left, box.bottom, right, box.top = _tight(text, n, left, box.bottom, right, box.top)
        if code <= 0x20 and right <= left:
            continue
        character = _READ_AS.get(code) or chr(code)
        bottom, top = box.bottom, box.top
        if code > _CHINESE and top - bottom < _FLAT * (right - left):
            middle, half = (bottom + top) / 2, (right - left) / 2
            bottom, top = middle - half, middle + half
        if upright:
            yield new(Glyph, (character, left, bottom, right, top, number))
        else:
            yield Glyph(character, *turn(left, bottom, right, top), number)


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
    angles = (pdfium_c.FPDFText_GetCharAngle(text.raw, n) for n in range(0, count, step))
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
