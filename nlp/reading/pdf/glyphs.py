"""Reads the characters of a PDF page and the box of each, set upright."""

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

from nlp.reading.document import Box, Unreadable
from nlp.reading.pdf.calls import NOTHING, NUMBER, POINTER, address, fill, plain

MOST_GLYPHS = 400_000
"""A page of more characters is refused: it is no page of a report."""
_PROBES = 24
"""So many characters of a page are asked which way it is turned."""
_HUGE = 26.0
"""In points: a wider character is of a headline, or its box is wrong."""
_INK = 0.4
"""The share of the width and the height of a box below which its ink shows that the box is wrong."""
CHINESE = 0x2E80
"""The code from which on characters are Chinese, or as wide as Chinese ones."""
_FLAT = 0.5
"""In widths: a lower box of a Chinese character is that of its ink, as of 一 in fonts that map it to ⼀."""
_ASKED = 400
"""So many Chinese characters of a page tell how high boxes are."""
_LOWEST = 0.7
"""The share of the highest box below which the box of a comma is that of its ink."""
_HIGHEST = 1.6
"""In widths: the box of a Chinese character is no higher; fonts have up to 1.45."""
_WHOLE = 0.98
"""In widths: the box of a Chinese character is no lower, as high as the font; that of its ink is."""
BELOW = 0.12
"""In heights of a Chinese character: so much of it is below the baseline."""
_READ_AS = {
    **dict.fromkeys(map(ord, "\r\n\ufeff\u200b"), 0),
    **dict.fromkeys(map(ord, "\t\xa0"), ord(" ")),
    **dict.fromkeys((0x02, 0xFFFE), ord("-")),
    **dict.fromkeys((0xF0B7, 0xF06C, 0xF0A7, 0xF0D8), ord("•")),
}
"""For codes of pdfium the code that they are read as, 0 for characters that are left out.

U+0002 and U+FFFE are hyphens at the end of a line; those of the private use area are bullets of symbol fonts.
"""
_REPLACEMENT = 0xFFFD
"""Stands for half a surrogate pair."""
_box_of = plain(pdfium_c.FPDFText_GetLooseCharBox, NOTHING, POINTER, NUMBER, POINTER)
_origin_of = plain(pdfium_c.FPDFText_GetCharOrigin, NOTHING, POINTER, NUMBER, POINTER, POINTER)
_size_of = plain(pdfium_c.FPDFText_GetFontSize, ctypes.c_double, POINTER, NUMBER)
_angle_of = plain(pdfium_c.FPDFText_GetCharAngle, ctypes.c_float, POINTER, NUMBER)
_code_of = plain(pdfium_c.FPDFText_GetUnicode, ctypes.c_uint, POINTER, NUMBER)

Numbers = NDArray[np.float64]
Codes = NDArray[np.uint32]
Turn = Callable[[Any, Any, Any, Any], tuple[Any, Any, Any, Any]]
"""Sets a box, or the sides of many boxes, from the page's own coordinates upright."""


def _read_as_table() -> Codes:
    """Return for every UTF-16 unit the code that it is read as [65536]."""
    table = np.arange(0x10000, dtype=np.uint32)
    table[list(_READ_AS)] = list(_READ_AS.values())
    table[0xD800:0xE000] = _REPLACEMENT
    return table


READ_AS_TABLE = _read_as_table()
"""For every UTF-16 unit the code that it is read as, 0 for one that is left out [65536]."""
_IS_LOW = np.zeros(0x10000, np.bool_)
_IS_LOW[list(map(ord, "，。、"))] = True


class Glyphs(NamedTuple):
    """Characters of a page in the order in which the PDF stores them: Unicode code points and boxes.

    The sides of the boxes are in PDF points from the lower left corner of the page set upright; each array
    has one entry for each character.
    """

    codes: Codes
    left: Numbers
    bottom: Numbers
    right: Numbers
    top: Numbers

    def taken(self, which: NDArray[Any]) -> Glyphs:
        """Return the characters that a mask or indices select, in the order of the indices."""
        return Glyphs(*(column[which] for column in self))


class PageWriting(NamedTuple):
    """The characters of a page set upright, the turn that did it, and the page's height in points then.

    `numbers` [characters] are their positions in the page's text, as pdfium counts them.
    """

    characters: Glyphs
    numbers: NDArray[np.intp]
    turn: Turn
    height: float


def writing(page: pdfium.PdfPage, text: pdfium.PdfTextPage, number: int) -> PageWriting:
    """Return the characters of a page, whose text is `text`.

    The direction of the writing tells what is upright: a page's own rotation may show it sideways.
    Raises Unreadable (`too_large`).
    """
    count = text.count_chars()
    if count > MOST_GLYPHS:
        raise Unreadable("too_large", f"page {number} holds {count} characters; no report's does.")
    width, height = page.get_size()
    if page.get_rotation() % 180:
        width, height = height, width
    quarters = _quarters(text, count)
    turn = turning(quarters, width, height)
    characters, numbers = _upright(text, max(count, 0), turn)
    return PageWriting(characters, numbers, turn, width if quarters % 2 else height)


def _upright(text: pdfium.PdfTextPage, count: int, turn: Turn) -> tuple[Glyphs, NDArray[np.intp]]:
    """Return the characters of a page set upright, and their positions in `text`.

    The spaces and line ends that pdfium adds are left out; those have no width.
    """
    stored = Glyphs(_codes(text, count), *_boxes(text, count))
    has_place = np.isfinite(stored.left + stored.bottom + stored.right + stored.top)
    is_printed = (stored.codes > 0x20) | (stored.right > stored.left) & (stored.codes > 0)
    kept = np.flatnonzero(has_place & is_printed)
    left, bottom, right, top = turn(*(side[kept] for side in stored[1:]))
    characters = Glyphs(stored.codes[kept], left, bottom, right, top)
    if _has_wrong_heights(characters):
        return _on_baselines(characters, text, kept, turn), kept
    width = right - left
    middle, half_width = (bottom + top) / 2, width / 2
    is_flat = (characters.codes > CHINESE) & (top - bottom < _FLAT * 2 * half_width)
    squared = characters._replace(
        bottom=np.where(is_flat, middle - half_width, bottom),
        top=np.where(is_flat, middle + half_width, top),
    )
    return squared, kept


def _has_wrong_heights(characters: Glyphs) -> bool:
    """Return whether boxes are as high as the ink, which commas and flat boxes show, or far higher than any
    font.

    pdfium has nothing better where a font does not say how high it is (seen in what LibreOffice writes).
    """
    chinese = np.flatnonzero(characters.codes > CHINESE)[:_ASKED]
    widths = (characters.right - characters.left)[chinese]
    heights = (characters.top - characters.bottom)[chinese]
    heights_of_commas = heights[_IS_LOW[np.minimum(characters.codes[chinese], 0xFFFF)]]
    too_high = heights > _HIGHEST * widths
    too_low = heights_of_commas < _LOWEST * heights.max(initial=0)
    is_flat = heights < _WHOLE * widths
    return _is_true_of_most(too_high) or _is_true_of_most(too_low) or _is_true_of_most(is_flat)


def _is_true_of_most(mask: NDArray[np.bool_]) -> bool:
    return bool(2 * np.count_nonzero(mask) > len(mask))


def _baselines(text: pdfium.PdfTextPage, numbers: list[int], turn: Turn) -> Numbers:
    """Return the height of the baseline of some characters of `text` on the page set upright."""
    points = np.zeros((len(numbers), 2))
    start, end = points.ctypes.data, points.ctypes.data + points.nbytes
    fill(_origin_of, address(text.raw), numbers, range(start, end, 16), range(start + 8, end, 16))
    x, y = points.T
    baselines: Numbers = turn(x, y, x, y)[1]
    return baselines


def _on_baselines(
    characters: Glyphs, text: pdfium.PdfTextPage, numbers: NDArray[np.intp], turn: Turn
) -> Glyphs:
    """Return characters with boxes on their baselines, as high as their font.

    `numbers` are the characters' positions in `text`.
    """
    indices = numbers.tolist()
    sizes = np.fromiter(map(_size_of, repeat(address(text.raw)), indices), np.float64, len(indices))
    widths = characters.right - characters.left
    is_chinese = (characters.codes > CHINESE) & (sizes > 0)
    em = sizes * np.median(widths[is_chinese] / sizes[is_chinese])
    foot = _baselines(text, indices, turn) - BELOW * em
    return characters._replace(bottom=foot, top=foot + em)


def _codes(text: pdfium.PdfTextPage, count: int) -> Codes:
    """Return the code that each character is read as, 0 for one that is left out [count].

    pdfium gives the text in one call. Where that has not exactly one UTF-16 unit for each character, each
    character is asked for by itself.
    """
    units = np.zeros(count + 1, np.uint16)
    target = units.ctypes.data_as(ctypes.POINTER(ctypes.c_ushort))
    written = pdfium_c.FPDFText_GetText(text.raw, 0, count, target)
    units = units[:count]
    if written == count + 1 and not ((units >= 0xD800) & (units < 0xE000)).any():
        return READ_AS_TABLE[units]
    codes = np.fromiter(map(_code_of, repeat(address(text.raw)), range(count)), np.uint32, count)
    return _without_surrogates(codes)


def _without_surrogates(codes: Codes) -> Codes:
    """Return what codes are read as; of a surrogate pair the first is 0 and the second the whole character.

    >>> [hex(code) for code in _without_surrogates(np.array([0xD840, 0xDC0B, 0x41, 0xDC0B], np.uint32))]
    ['0x0', '0x2000b', '0x41', '0xfffd']
    """
    in_table = READ_AS_TABLE[np.minimum(codes, 0xFFFF)]
    read = np.where(codes < 0x10000, in_table, np.minimum(codes, 0x10FFFF))
    is_high = codes[:-1] >> 10 == 0xD800 >> 10
    is_low = codes[1:] >> 10 == 0xDC00 >> 10
    first = np.flatnonzero(is_high & is_low)
    read[first + 1] = 0x10000 + ((codes[first] & 0x3FF) << 10) + (codes[first + 1] & 0x3FF)
    read[first] = 0
    return read


def _boxes(text: pdfium.PdfTextPage, count: int) -> tuple[Numbers, Numbers, Numbers, Numbers]:
    """Return the left, bottom, right and top sides of the characters' boxes in the page's own coordinates."""
    boxes = np.zeros((count, 4), np.float32)
    start = boxes.ctypes.data
    fill(_box_of, address(text.raw), range(count), range(start, start + boxes.nbytes, 16))
    left, top, right, bottom = boxes.T.astype(np.float64)
    for n in np.flatnonzero(right - left > _HUGE).tolist():
        left[n], bottom[n], right[n], top[n] = _tight(text, n, (left[n], bottom[n], right[n], top[n]))
    return left, bottom, right, top


def _tight(text: pdfium.PdfTextPage, n: int, loose: Box) -> Box:
    """Return the box of the ink of character `n` where the loose box is far larger, else the loose one.

    pdfium gives characters of vertical fonts boxes as large as the font is before it is scaled to the page.
    """
    left, bottom, right, top = text.get_charbox(n)
    loose_left, loose_bottom, loose_right, loose_top = loose
    is_narrow = 0 < right - left < _INK * (loose_right - loose_left)
    is_low = 0 < top - bottom < _INK * (loose_top - loose_bottom)
    return (left, bottom, right, top) if is_narrow and is_low else loose


def quarters_to_upright(page: pdfium.PdfPage) -> int:
    """Return how many quarters a page must be turned clockwise for most of its writing to be upright.

    A page without text, such as one that is a picture, says itself how it is to be turned.
    """
    text = page.get_textpage()
    try:
        count = text.count_chars()
        return _quarters(text, count) if count > 0 else page.get_rotation() // 90
    finally:
        text.close()


def _quarters(text: pdfium.PdfTextPage, count: int) -> int:
    """Return how many quarters the page must be turned clockwise for most of its writing to be upright."""
    step = max(1, count // _PROBES)
    angles = map(_angle_of, repeat(address(text.raw)), range(0, count, step))
    counts = Counter(-round(angle / (pi / 2)) % 4 for angle in angles if angle >= 0)
    if not counts:
        return 0
    quarters, times = counts.most_common(1)[0]
    return quarters if 2 * times > counts.total() else 0


def _unturned(left: float, bottom: float, right: float, top: float) -> Box:
    return left, bottom, right, top


def turning(quarters: int, width: float, height: float) -> Turn:
    """Return the function that turns boxes of a page of a width and height clockwise by quarters.

    >>> turning(1, 600, 800)(10, 20, 30, 50)
    (20, 570, 50, 590)
    """
    if quarters == 1:
        return lambda left, bottom, right, top: (bottom, width - right, top, width - left)
    if quarters == 2:
        return lambda left, bottom, right, top: (width - right, height - top, width - left, height - bottom)
    if quarters == 3:
        return lambda left, bottom, right, top: (height - top, left, height - bottom, right)
    return _unturned
