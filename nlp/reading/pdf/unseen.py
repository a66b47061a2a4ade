"""Leaves out what nobody sees on a page: invisible, white, covered, clipped, or of a layer switched off."""

from __future__ import annotations

import ctypes
from collections.abc import Sequence
from functools import partial
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from nlp.reading.pdf.calls import NUMBER, POINTER, address, fill_each, plain
from nlp.reading.pdf.clips import clip_boxes
from nlp.reading.pdf.glyphs import Glyphs, PageWriting
from nlp.reading.pdf.objects import Objects, boxes_of
from nlp.text.cells import UNREAD

_INVISIBLE = (pdfium_c.FPDF_TEXTRENDERMODE_INVISIBLE, pdfium_c.FPDF_TEXTRENDERMODE_CLIP)
_PALE = 225
"""Of 255: text whose red, green and blue are all higher may not be seen on paper."""
_FAINT = 26
"""Of 255: text that is less opaque may not be seen."""
_MARGIN = 0.2
"""In widths and heights of a text's box: what covers or clips its margin alone hides nothing."""
_MOST_PAIRS = 4_000_000
"""Pairs of texts and of what may cover them; a page with more is a drawing."""
_SCALE = 2.0
"""In pixels a point: the scale of the picture of a page that is compared."""
_LONGEST_SIDE = 2000
"""In pixels: the longest side of that picture."""
_SEEN = 12
"""Of 255: a pixel that changes by more with a text shows some of it."""
_LEAST_INK = 0.1
"""In points: a character whose ink is lower and narrower has no glyph, and the picture cannot tell of it."""
_LAYER = "OC\0".encode("utf-16-le")
"""The name of a layer's mark, as pdfium writes it."""
_MOST_HIDDEN = 0.5
"""Where a larger share of a page's digits would be hidden, its writing is drawn, as a picture or as paths."""
_mode_of = plain(pdfium_c.FPDFTextObj_GetTextRenderMode, NUMBER, POINTER)
_colour_of = plain(pdfium_c.FPDFPageObj_GetFillColor, NUMBER, POINTER, *[POINTER] * 4)
_marks_of = plain(pdfium_c.FPDFPageObj_CountMarks, NUMBER, POINTER)
_mark_of = plain(pdfium_c.FPDFPageObj_GetMark, POINTER, POINTER, ctypes.c_ulong)
_name_of = plain(pdfium_c.FPDFPageObjMark_GetName, NUMBER, POINTER, POINTER, ctypes.c_ulong, POINTER)
_text_of = plain(pdfium_c.FPDFText_GetTextObject, POINTER, POINTER, NUMBER)
_set_active = plain(pdfium_c.FPDFPageObj_SetIsActive, NUMBER, POINTER, NUMBER)
_ink_of = plain(pdfium_c.FPDFText_GetCharBox, NUMBER, POINTER, NUMBER, *[POINTER] * 4)

Mask = NDArray[np.bool_]


def without_unseen(
    page: pdfium.PdfPage, text: pdfium.PdfTextPage, writing: PageWriting, objects: Objects
) -> Glyphs:
    """Return the characters of a page without the texts with digits that it does not show.

    Texts that may be hidden are found by what the page says of them. Whether they are is then seen: the page
    is drawn with and without them, and what changes nothing is hidden. Of a text that is hidden in part the
    digits are unread. Text over a picture stays, as that of a recognised scan does.
    """
    codes = writing.characters.codes
    digits = np.flatnonzero((codes >= ord("0")) & (codes <= ord("9")))
    of_digits = _owners(text, writing.numbers[digits])
    suspects = _suspects(list(set(of_digits)), objects)
    if not suspects:
        return writing.characters
    owners = np.array(of_digits, np.uint64)
    of_suspects = np.isin(owners, np.array(suspects, np.uint64))
    ink = _ink(text, writing.numbers[digits[of_suspects]])
    has_ink = (ink[:, 1] - ink[:, 0] > _LEAST_INK) & (ink[:, 3] - ink[:, 2] > _LEAST_INK)
    is_hidden = np.zeros(len(digits), np.bool_)
    is_hidden[of_suspects] = has_ink & ~_is_seen(page, ink, suspects)
    if not is_hidden.any() or is_hidden.mean() > _MOST_HIDDEN:
        return writing.characters
    hidden_in_part = np.isin(owners, owners[is_hidden]) & np.isin(owners, owners[~is_hidden])
    codes = codes.copy()
    codes[digits[hidden_in_part]] = ord(UNREAD)
    all_owners = np.array(_owners(text, writing.numbers), np.uint64)
    hidden = np.isin(all_owners, owners[is_hidden & ~hidden_in_part])
    return writing.characters._replace(codes=codes).taken(~hidden)


def _owners(text: pdfium.PdfTextPage, numbers: NDArray[np.intp]) -> list[int]:
    """Return the address of the object that each character of a page is of, by its position in the text."""
    return [owner or 0 for owner in map(_text_of, repeat(address(text.raw)), numbers.tolist())]


def _suspects(texts: list[int], objects: Objects) -> list[int]:
    """Return those of some texts, by their addresses, that may be hidden."""
    if not texts:
        return []
    may_be_hidden = _is_invisible(texts) | _is_on_a_layer(texts)
    covers = _covers(objects)
    clips = clip_boxes(texts)
    if len(covers) or clips is not None or may_be_hidden.any():
        boxes = boxes_of(texts)
        if len(covers):
            may_be_hidden |= _is_covered(boxes, texts, covers, objects)
        if clips is not None:
            may_be_hidden |= _is_clipped(boxes, clips)
        may_be_hidden &= ~_is_on_a_picture(boxes, objects)
    return [texts[n] for n in np.flatnonzero(may_be_hidden).tolist()]


def _is_invisible(texts: list[int]) -> Mask:
    """Return for each text whether it is written without ink, or in white or nearly so."""
    is_invisible = np.array([mode in _INVISIBLE for mode in map(_mode_of, texts)], np.bool_)
    colours = np.zeros((len(texts), 4), np.uint32)
    fill_each(_colour_of, texts, colours)
    is_pale = (colours[:, :3] > _PALE).all(axis=1) | (colours[:, 3] < _FAINT)
    return is_invisible | is_pale


def _is_on_a_layer(texts: list[int]) -> Mask:
    """Return for each text whether it is of a layer (optional content), which may be switched off."""
    counts = list(map(_marks_of, texts))
    of_marks = np.repeat(np.arange(len(texts)), np.maximum(counts, 0))
    places = [place for count in counts for place in range(count)]
    marks = list(map(_mark_of, [texts[n] for n in of_marks.tolist()], places))
    is_on_one = np.zeros(len(texts), np.bool_)
    is_on_one[of_marks[_are_layers(marks)]] = True
    return is_on_one


def _are_layers(marks: list[int]) -> Mask:
    """Return for each mark whether it is that of a layer, by its name; longer names are not written."""
    names = np.zeros((len(marks), len(_LAYER)), np.uint8)
    length = ctypes.c_ulong()
    starts = range(names.ctypes.data, names.ctypes.data + names.nbytes, len(_LAYER))
    for mark, start in zip(marks, starts, strict=True):
        _name_of(mark, start, len(_LAYER), ctypes.addressof(length))
    are_layers: Mask = (names == np.frombuffer(_LAYER, np.uint8)).all(axis=1)
    return are_layers


def _covers(objects: Objects) -> NDArray[np.intp]:
    """Return the filled paths that may cover a text, by their positions among what is drawn."""
    covers: NDArray[np.intp] = np.array(objects.large_paths, np.intp)[objects.draw_modes[:, 0] != 0]
    return covers


def _is_covered(
    boxes: NDArray[np.float32], texts: list[int], covers: NDArray[np.intp], objects: Objects
) -> Mask:
    """Return for each text whether a filled path over a part of its box is drawn after it."""
    if len(covers) * len(boxes) > _MOST_PAIRS:
        return np.zeros(len(boxes), np.bool_)
    low, high = _core(boxes)
    is_over = objects.boxes[covers, 0] < high[:, :1]
    is_over &= objects.boxes[covers, 1] < high[:, 1:]
    is_over &= objects.boxes[covers, 2] > low[:, :1]
    is_over &= objects.boxes[covers, 3] > low[:, 1:]
    places = {address: n for n, address in enumerate(objects.addresses)}
    place = np.array([places.get(text, len(places)) for text in texts])
    is_over &= np.array(objects.drawn)[covers] > place[:, None]
    return np.asarray(is_over.any(axis=1), np.bool_)


def _is_clipped(boxes: NDArray[np.float32], clips: NDArray[np.float32]) -> Mask:
    """Return for each text whether a part of its box is outside its clip."""
    low, high = _core(boxes)
    return np.asarray(((low < clips[:, :2]) | (high > clips[:, 2:])).any(axis=1), np.bool_)


def _core(boxes: NDArray[np.float32]) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Return the lower left and the upper right corner of boxes without their margins [boxes, 2]."""
    margin = _MARGIN * (boxes[:, 2:] - boxes[:, :2])
    return boxes[:, :2] + margin, boxes[:, 2:] - margin


def _is_on_a_picture(boxes: NDArray[np.float32], objects: Objects) -> Mask:
    """Return for each text whether its middle is on a picture."""
    is_picture = [objects.kinds[n] == pdfium_c.FPDF_PAGEOBJ_IMAGE for n in objects.drawn]
    pictures = objects.boxes[np.array(is_picture, np.bool_)]
    if len(pictures) * len(boxes) > _MOST_PAIRS:
        return np.ones(len(boxes), np.bool_)
    middle = (boxes[:, None, :2] + boxes[:, None, 2:]) / 2
    is_inside = (middle >= pictures[:, :2]) & (middle <= pictures[:, 2:])
    return np.asarray(np.any(np.all(is_inside, axis=2), axis=1), np.bool_)


def _ink(text: pdfium.PdfTextPage, numbers: NDArray[np.intp]) -> NDArray[np.float64]:
    """Return the left, right, bottom and top side of the ink of some characters [characters, 4]."""
    ink = np.zeros((len(numbers), 4))
    fill_each(partial(_ink_of, address(text.raw)), numbers.tolist(), ink)
    return ink


def _is_seen(page: pdfium.PdfPage, ink: NDArray[np.float64], texts: Sequence[int]) -> Mask:
    """Return for each character, by its ink, whether the page looks otherwise without `texts`."""
    left, bottom, right, top = page.get_bbox()
    if min(right - left, top - bottom) < 1:
        return np.ones(len(ink), np.bool_)
    scale = min(_SCALE, _LONGEST_SIDE / max(right - left, top - bottom, 1.0))
    changes = _is_changed(_drawn(page, scale), _drawn_without(page, scale, texts))
    sums = np.zeros((changes.shape[0] + 1, changes.shape[1] + 1), np.int64)
    sums[1:, 1:] = changes.cumsum(axis=0).cumsum(axis=1)
    height, width = changes.shape
    first_x = np.clip(np.floor((ink[:, 0] - left) * scale), 0, width).astype(int)
    end_x = np.clip(np.ceil((ink[:, 1] - left) * scale), 0, width).astype(int)
    first_y = np.clip(np.floor((top - ink[:, 3]) * scale), 0, height).astype(int)
    end_y = np.clip(np.ceil((top - ink[:, 2]) * scale), 0, height).astype(int)
    changed = sums[end_y, end_x] - sums[first_y, end_x] - sums[end_y, first_x] + sums[first_y, first_x]
    is_seen: Mask = changed > 0
    return is_seen


def _is_changed(picture: NDArray[np.uint8], other: NDArray[np.uint8]) -> Mask:
    """Return for each pixel whether two pictures differ there so that it can be seen."""
    change: Mask = np.maximum(picture, other) - np.minimum(picture, other) > _SEEN
    return change


def _drawn(page: pdfium.PdfPage, scale: float) -> NDArray[np.uint8]:
    """Return the picture of a page in grey, as it lies in its own coordinates."""
    drawn = page.render(scale=scale, rotation=-page.get_rotation() % 360, grayscale=True).to_numpy()
    return np.array(drawn[:, :, 0] if drawn.ndim == 3 else drawn)


def _drawn_without(page: pdfium.PdfPage, scale: float, texts: Sequence[int]) -> NDArray[np.uint8]:
    """Return the picture of a page in grey without some of its texts."""
    for text in texts:
        _set_active(text, 0)
    try:
        return _drawn(page, scale)
    finally:
        for text in texts:
            _set_active(text, 1)
