"""Finds the ruled lines of a page, drawn as lines, as thin boxes or as the edges of boxes."""

from __future__ import annotations

import ctypes
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise, repeat

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.document import Box, Unreadable
from nlp.reading.pdf.calls import NOTHING, NUMBER, POINTER, address, plain
from nlp.reading.pdf.glyphs import Turn

_THIN = 3.5
"""In points: a box that is no wider or no higher is a line."""
_LONG = 6.0
"""In points: a shorter line rules nothing."""
_MOST_OBJECTS = 200_000
"""A page of more objects is no page of a report."""
_DEEPEST = 8
"""Forms that are nested deeper in forms are not looked into."""

Matrix = tuple[float, float, float, float, float, float]
"""An affine transformation (a, b, c, d, e, f), as PDF has it: x becomes a·x + c·y + e, y b·x + d·y + f."""
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
"""Leaves every point where it is."""
_object_of = plain(pdfium_c.FPDFPage_GetObject, POINTER, POINTER, NUMBER)
_kind_of = plain(pdfium_c.FPDFPageObj_GetType, NUMBER, POINTER)
_bounds_of = plain(pdfium_c.FPDFPageObj_GetBounds, NOTHING, POINTER, *[POINTER] * 4)


@dataclass
class Rules:
    """The ruled lines of a page: horizontal ones as (y, left, right), vertical ones as (x, bottom, top)."""

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)

    def add(self, box: Box) -> None:
        """Add a box if it is thin and long enough to be a line."""
        left, bottom, right, top = box
        if top - bottom <= _THIN and right - left > max(_LONG, 2 * (top - bottom)):
            self.across.append(((bottom + top) / 2, left, right))
        elif right - left <= _THIN and top - bottom > max(_LONG, 2 * (right - left)):
            self.down.append(((left + right) / 2, bottom, top))

    def add_part(self, part: list[tuple[float, float]], is_stroked: bool, turn: Turn) -> None:
        """Add a part of a path, its corners one after the other, if it is thin; else the lines it strokes."""
        box = around(part)
        if min(box[2] - box[0], box[3] - box[1]) <= _THIN:
            self.add(turn(*box))
        elif is_stroked:
            for corner, next_corner in pairwise(part):
                self.add(turn(*around([corner, next_corner])))


def rules(page: pdfium.PdfPage, turn: Turn) -> Rules:
    """Return the ruled lines of a page that `turn` sets upright; raises Unreadable (`too_large`)."""
    lines = Rules()
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    if count > _MOST_OBJECTS:
        raise Unreadable("too_large", f"a page holds {count} objects; no report's does.")
    objects = list(map(_object_of, repeat(address(page.raw)), range(count)))
    kinds = list(map(_kind_of, objects))
    drawn = [(objects[n], kind) for n, kind in enumerate(kinds) if kind != pdfium_c.FPDF_PAGEOBJ_TEXT]
    boxes = _boxes([pointer for pointer, _ in drawn])
    for (pointer, kind), box in zip(drawn, boxes, strict=True):
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            _add_form(ctypes.cast(pointer, pdfium_c.FPDF_PAGEOBJECT), IDENTITY, turn, lines, 0)
        elif box[2] - box[0] <= _THIN or box[3] - box[1] <= _THIN:
            lines.add(turn(*box))
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _add_path(ctypes.cast(pointer, pdfium_c.FPDF_PAGEOBJECT), IDENTITY, turn, lines)
    return lines


def _boxes(objects: list[int]) -> list[Box]:
    """Return the box of each object of a page, by its address; an empty box where it has none."""
    boxes = (ctypes.c_float * (4 * len(objects)))()
    start = ctypes.addressof(boxes)
    sides = (range(start + 4 * side, start + 16 * len(objects), 16) for side in range(4))
    deque(map(_bounds_of, objects, *sides), maxlen=0)
    flat = list(boxes)
    return list(zip(flat[::4], flat[1::4], flat[2::4], flat[3::4], strict=True))


def _add_form(form: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, turn: Turn, lines: Rules, depth: int) -> None:
    """Add the ruled lines of a form, a group of objects, that stands in forms moved by `outer`."""
    if depth > _DEEPEST:
        return
    matrix = times(_matrix(form), outer)
    count = min(pdfium_c.FPDFFormObj_CountObjects(form), _MOST_OBJECTS)
    for n in range(max(count, 0)):
        inner = pdfium_c.FPDFFormObj_GetObject(form, n)
        kind = pdfium_c.FPDFPageObj_GetType(inner)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            _add_form(inner, matrix, turn, lines, depth + 1)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            _add_path(inner, matrix, turn, lines)


def _add_path(path: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, turn: Turn, lines: Rules) -> None:
    """Add the ruled lines of a path: each of its parts that is thin, and each line that it strokes."""
    filled, stroked = ctypes.c_int(), ctypes.c_int()
    pdfium_c.FPDFPath_GetDrawMode(path, filled, stroked)
    count = pdfium_c.FPDFPath_CountSegments(path)
    is_one_box = count <= 5
    if not stroked.value and (not filled.value or is_one_box):
        # On the page itself its thin boxes were added already.
        bounds = None if outer is IDENTITY else _bounds(path, outer)
        if bounds:
            lines.add(turn(*bounds))
        return
    for part in _parts(path, count, times(_matrix(path), outer)):
        lines.add_part(part, bool(stroked.value), turn)


def _bounds(path: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix) -> Box | None:
    """Return the box around a path; None where it has no corner."""
    matrix = times(_matrix(path), outer)
    corners = [
        corner for part in _parts(path, pdfium_c.FPDFPath_CountSegments(path), matrix) for corner in part
    ]
    return around(corners) if corners else None


def _parts(path: pdfium_c.FPDF_PAGEOBJECT, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path; a curve counts as the lines between its points."""
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    for n in range(min(count, _MOST_OBJECTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, n)
        if not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        if pdfium_c.FPDFPathSegment_GetType(segment) == pdfium_c.FPDF_SEGMENT_MOVETO and part:
            yield part
            part = []
        part.append(moved(x.value, y.value, matrix))
        if pdfium_c.FPDFPathSegment_GetClose(segment):
            part.append(part[0])
    if part:
        yield part


def around(points: list[tuple[float, float]]) -> Box:
    """Return the box around some points."""
    xs = [x for x, _ in points]
    ys = [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def _matrix(thing: pdfium_c.FPDF_PAGEOBJECT) -> Matrix:
    """Return the transformation of an object."""
    m = pdfium_c.FS_MATRIX()
    if not pdfium_c.FPDFPageObj_GetMatrix(thing, m):
        return IDENTITY
    return m.a, m.b, m.c, m.d, m.e, m.f


def moved(x: float, y: float, m: Matrix) -> tuple[float, float]:
    """Return a point transformed by a matrix."""
    return m[0] * x + m[2] * y + m[4], m[1] * x + m[3] * y + m[5]


def times(inner: Matrix, outer: Matrix) -> Matrix:
    """Return the transformation that does `inner` first, then `outer`."""
    if outer is IDENTITY:
        return inner
    a = inner[0] * outer[0] + inner[1] * outer[2]
    b = inner[0] * outer[1] + inner[1] * outer[3]
    c = inner[2] * outer[0] + inner[3] * outer[2]
    d = inner[2] * outer[1] + inner[3] * outer[3]
    e, f = moved(inner[4], inner[5], outer)
    return a, b, c, d, e, f
