"""The ruled lines of a page: drawn as lines, as thin boxes or as the edges of boxes."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.document import Unreadable
from nlp.reading.pdf.calls import NOTHING, NUMBER, POINTER, address, plain
from nlp.reading.pdf.glyphs import Box, Turn

_THIN = 3.5
"""Up to this width, in points, a box is a line."""
_LONG = 6.0
"""From this length on, a line rules something."""
_MOST_OBJECTS = 200_000
_DEEPEST = 8
"""How deep forms may be nested in forms."""

Matrix = tuple[float, float, float, float, float, float]
_UPRIGHT: Matrix = (1, 0, 0, 1, 0, 0)
_thing_of = plain(pdfium_c.FPDFPage_GetObject, POINTER, POINTER, NUMBER)
_kind_of = plain(pdfium_c.FPDFPageObj_GetType, NUMBER, POINTER)
_bounds_of = plain(pdfium_c.FPDFPageObj_GetBounds, NOTHING, POINTER, *[POINTER] * 4)


@dataclass
class Rules:
    """The lines of a page: (y, from x, to x) and (x, from y, to y)."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, box: Box) -> None:
        """Add a box that is thin enough to be a line."""
        left, bottom, right, top = box
        if top - bottom <= _THIN and right - left > max(_LONG, 2 * (top - bottom)):
            self.across.append(((bottom + top) / 2, left, right))
        elif right - left <= _THIN and top - bottom > max(_LONG, 2 * (right - left)):
            self.down.append(((left + right) / 2, bottom, top))


def rules(page: pdfium.PdfPage, turn: Turn) -> Rules:
    """Return the ruled lines of a page that is turned upright by `turn`."""
    found = Rules()
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        raise Unreadable("too_large", f"a page holds {count} objects; no report's does.")
    things = list(map(_thing_of, repeat(address(page.raw)), range(count)))
    kinds = list(map(_kind_of, things))
    drawn = [(things[n], kinds[n]) for n, kind in enumerate(kinds) if kind != pdfium_c.FPDF_PAGEOBJ_TEXT]
    for (thing, kind), box in zip(drawn, _boxes([thing for thing, _ in drawn]), strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            _form(ctypes.cast(thing, pdfium_c.FPDF_PAGEOBJECT), _UPRIGHT, turn, found, 0)
        elif box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            found.add(turn(*box))
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _path(ctypes.cast(thing, pdfium_c.FPDF_PAGEOBJECT), _UPRIGHT, turn, found)
    return found


def _boxes(things: list[int]) -> list[Box]:
    """Return the box of each thing on a page, an empty one where it has none."""
    boxes = (ctypes.c_float * (4 * len(things)))()
    start = ctypes.addressof(boxes)
    sides = (range(start + 4 * side, start + 16 * len(things), 16) for side in range(4))
    deque(map(_bounds_of, things, *sides), maxlen=0)
    flat = list(boxes)
    return list(zip(flat[::4], flat[1::4], flat[2::4], flat[3::4], strict=True))


def _form(thing: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, turn: Turn, found: Rules, depth: int) -> None:
    if depth > _DEEPEST:
        return
    matrix = _times(_matrix(thing), outer)
    count = min(pdfium_c.FPDFFormObj_CountObjects(thing), _MOST_OBJECTS)
    for n in range(max(count, 0)):
        inner = pdfium_c.FPDFFormObj_GetObject(thing, n)
        kind = pdfium_c.FPDFPageObj_GetType(inner)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            _form(inner, matrix, turn, found, depth + 1)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _path(inner, matrix, turn, found)


def _path(thing: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, turn: Turn, found: Rules) -> None:
    """Add what a path of lines and boxes rules: each box that is thin, each line that is drawn."""
    filled, drawn = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(thing, filled, drawn)
    count = pdfium_c.FPDFPath_CountSegments(thing)
    if not drawn.value and (not filled.value or count <= 5):
        if outer is not _UPRIGHT and (box := _bounds(thing, outer)):
            found.add(turn(*box))
        return
    for part in _parts(thing, count, _times(_matrix(thing), outer)):
        box = _around(part)
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            found.add(turn(*box))
        elif drawn.value:
            for one, two in pairwise(part):
                found.add(turn(*_around([one, two])))


def _bounds(thing: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix) -> Box | None:
    parts = list(_parts(thing, pdfium_c.FPDFPath_CountSegments(thing), _times(_matrix(thing), outer)))
    return _around([point for part in parts for point in part]) if parts else None


def _parts(
    thing: pdfium_c.FPDF_PAGEOBJECT, count: int, matrix: Matrix
) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path; a curve is taken for what lies between its ends."""
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    for n in range(min(count, _MOST_OBJECTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(thing, n)
        if not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        part.append(_moved(x.value, y.value, matrix))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if part:
        yield part


def _around(points: list[tuple[float, float]]) -> Box:
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(thing: pdfium_c.FPDF_PAGEOBJECT) -> Matrix:
    m = pdfium_c.FS_MATRIX()
    return (m.a, m.b, m.c, m.d, m.e, m.f) if pdfium_c.FPDFPageObj_GetMatrix(thing, m) else _UPRIGHT


def _moved(x: float, y: float, m: Matrix) -> tuple[float, float]:
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def _times(one: Matrix, two: Matrix) -> Matrix:
    """Return the matrix that does `one` first, then `two`."""
    if two is _UPRIGHT:
        return one
    a, b = one[0] * two[0] + one[1] * two[2], one[0] * two[1] + one[1] * two[3]
    c, d = one[2] * two[0] + one[3] * two[2], one[2] * two[1] + one[3] * two[3]
    return (a, b, c, d, *_moved(one[4], one[5], two))
