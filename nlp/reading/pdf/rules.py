"""Finds the ruled lines of a page, drawn as lines, as thin boxes or as the edges of boxes."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from nlp.reading.document import Box
from nlp.reading.pdf.glyphs import Numbers, Turn
from nlp.reading.pdf.objects import MOST_OBJECTS, THIN, Objects

_LONG = 6.0
"""In points: a shorter line rules nothing."""
_SHORT = 2.5
"""In points: a shorter line strikes nothing out."""
_FLAT = 1.5
"""In points: a short line that strikes a digit out is no thicker."""
_OF_CURVE = 3
"""So many points make a curve: two that draw it to themselves, and its end."""
_DEEPEST = 8
"""Forms that are nested deeper in forms are not looked into."""

Matrix = tuple[float, float, float, float, float, float]
"""An affine transformation (a, b, c, d, e, f), as PDF has it: x becomes a·x + c·y + e, y b·x + d·y + f."""
IDENTITY: Matrix = (1, 0, 0, 1, 0, 0)
"""Leaves every point where it is."""


@dataclass
class Rules:
    """The ruled lines of a page: horizontal ones as (y, left, right), vertical ones as (x, bottom, top).

    `strokes` are lines that rule nothing, but may strike something out: horizontal ones that are too short,
    and slanted ones. Each has the two coordinates of its beginning and of its end.
    """

    across: list[tuple[float, float, float]] = field(default_factory=list)
    down: list[tuple[float, float, float]] = field(default_factory=list)
    strokes: list[Box] = field(default_factory=list)


@dataclass
class DrawnLines:
    """The boxes of what may be lines of a page that `turn` sets upright, and its slanted lines."""

    turn: Turn
    boxes: list[Box] = field(default_factory=list)
    slanted: list[Box] = field(default_factory=list)

    def add_part(self, part: list[tuple[float, float]], is_stroked: bool) -> None:
        """Add a part of a path, its corners one after the other, if it is thin; else the lines it strokes."""
        box = around(part)
        if min(box[2] - box[0], box[3] - box[1]) <= THIN:
            self.boxes.append(box)
        elif is_stroked:
            for (x, y), (next_x, next_y) in pairwise(part):
                if min(abs(next_x - x), abs(next_y - y)) > THIN:
                    ends = (*self.turn(x, y, x, y)[:2], *self.turn(next_x, next_y, next_x, next_y)[:2])
                    self.slanted.append(ends)
                else:
                    self.boxes.append(around([(x, y), (next_x, next_y)]))

    def rules(self) -> Rules:
        """Return the ruled lines among the boxes: those that are thin and long enough."""
        boxes = np.array(self.boxes, np.float64).reshape(-1, 4)
        left, bottom, right, top = self.turn(*boxes.T)
        width, height = right - left, top - bottom
        is_across = (height <= THIN) & (width > np.maximum(_LONG, 2 * height))
        is_down = (width <= THIN) & (height > np.maximum(_LONG, 2 * width)) & ~is_across
        is_short = (height <= _FLAT) & (width > _SHORT) & ~is_across & ~is_down
        x, y = (left + right) / 2, (bottom + top) / 2
        return Rules(
            _triples(is_across, y, left, right),
            _triples(is_down, x, bottom, top),
            [
                *self.slanted,
                *((first, at, last, at) for at, first, last in _triples(is_short, y, left, right)),
            ],
        )


def _triples(which: NDArray[np.bool_], *columns: Numbers) -> list[tuple[float, float, float]]:
    """Return the rows of three columns that a mask selects."""
    return list(zip(*(column[which].tolist() for column in columns), strict=True))


def rules(objects: Objects, turn: Turn) -> Rules:
    """Return the ruled lines among the objects of a page that `turn` sets upright."""
    is_thin = (objects.boxes[:, 2:] - objects.boxes[:, :2] <= THIN).any(axis=1)
    is_form = np.array([objects.kinds[n] == pdfium_c.FPDF_PAGEOBJ_FORM for n in objects.drawn], np.bool_)
    lines = DrawnLines(turn, objects.boxes[is_thin & ~is_form].tolist())
    for n in np.flatnonzero(is_form).tolist():
        form = ctypes.cast(objects.addresses[objects.drawn[n]], pdfium_c.FPDF_PAGEOBJECT)
        _add_form(form, IDENTITY, lines, 0)
    for n, (filled, stroked) in zip(objects.large_paths, objects.draw_modes.tolist(), strict=True):
        path = ctypes.cast(objects.addresses[objects.drawn[n]], pdfium_c.FPDF_PAGEOBJECT)
        _add_path(path, IDENTITY, bool(filled), bool(stroked), lines)
    return lines.rules()


def _add_form(form: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, lines: DrawnLines, depth: int) -> None:
    """Add the ruled lines of a form, a group of objects, that stands in forms moved by `outer`."""
    if depth > _DEEPEST:
        return
    matrix = times(_matrix(form), outer)
    count = min(pdfium_c.FPDFFormObj_CountObjects(form), MOST_OBJECTS)
    for n in range(max(count, 0)):
        inner = pdfium_c.FPDFFormObj_GetObject(form, n)
        kind = pdfium_c.FPDFPageObj_GetType(inner)
        if kind == pdfium_c.FPDF_PAGEOBJ_FORM:
            _add_form(inner, matrix, lines, depth + 1)
        elif kind == pdfium_c.FPDF_PAGEOBJ_PATH:
            filled, stroked = ctypes.c_int(), ctypes.c_int()
            pdfium_c.FPDFPath_GetDrawMode(inner, filled, stroked)
            _add_path(inner, matrix, bool(filled.value), bool(stroked.value), lines)


def _add_path(
    path: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix, filled: bool, stroked: bool, lines: DrawnLines
) -> None:
    """Add the ruled lines of a path: each of its parts that is thin, and each line that it strokes."""
    count = pdfium_c.FPDFPath_CountSegments(path)
    is_one_box = count <= 5
    if not stroked and (not filled or is_one_box):
        # On the page itself its thin boxes were added already.
        bounds = None if outer is IDENTITY else _bounds(path, outer)
        if bounds:
            lines.boxes.append(bounds)
        return
    for part in _parts(path, count, times(_matrix(path), outer)):
        lines.add_part(part, stroked)


def _bounds(path: pdfium_c.FPDF_PAGEOBJECT, outer: Matrix) -> Box | None:
    """Return the box around a path; None where it has no corner."""
    matrix = times(_matrix(path), outer)
    corners = [
        corner for part in _parts(path, pdfium_c.FPDFPath_CountSegments(path), matrix) for corner in part
    ]
    return around(corners) if corners else None


def _parts(path: pdfium_c.FPDF_PAGEOBJECT, count: int, matrix: Matrix) -> Iterator[list[tuple[float, float]]]:
    """Yield the corners of each part of a path; a curve rules nothing, and another part begins at its end."""
    x, y = ctypes.c_float(), ctypes.c_float()
    part: list[tuple[float, float]] = []
    of_curve = 0
    for n in range(min(count, MOST_OBJECTS)):
        segment = pdfium_c.FPDFPath_GetPathSegment(path, n)
        if not pdfium_c.FPDFPathSegment_GetPoint(segment, x, y):
            continue
        kind = pdfium_c.FPDFPathSegment_GetType(segment)
        of_curve = of_curve + 1 if kind == pdfium_c.FPDF_SEGMENT_BEZIERTO else 0
        if of_curve % _OF_CURVE:
            continue
        if part and (of_curve or kind == pdfium_c.FPDF_SEGMENT_MOVETO):
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
