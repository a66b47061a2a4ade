"""The boxes that objects of a PDF's page are clipped to."""

from __future__ import annotations

import ctypes

import numpy as np
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from nlp.reading.pdf.calls import NUMBER, POINTER, plain

_MOST_CORNERS = 1_000
"""A clip with more corners is a drawing: it is taken to leave everything."""
_WHOLE = (-np.inf, -np.inf, np.inf, np.inf)
_clip_of = plain(pdfium_c.FPDFPageObj_GetClipPath, POINTER, POINTER)
_paths_of = plain(pdfium_c.FPDFClipPath_CountPaths, NUMBER, POINTER)
_corners_of = plain(pdfium_c.FPDFClipPath_CountPathSegments, NUMBER, POINTER, NUMBER)
_corner_of = plain(pdfium_c.FPDFClipPath_GetPathSegment, POINTER, POINTER, NUMBER, NUMBER)
_point_of = plain(pdfium_c.FPDFPathSegment_GetPoint, NUMBER, POINTER, POINTER, POINTER)


def clip_boxes(objects: list[int]) -> NDArray[np.float32] | None:
    """Return for each object, by its address, the box around what its clips leave [objects, 4].

    None where no object is clipped. The sides are the left, bottom, right and top one, infinite for an
    object without clip.
    """
    clips = list(map(_clip_of, objects))
    counts = list(map(_paths_of, clips))
    if max(counts, default=0) <= 0:
        return None
    boxes = np.full((len(objects), 4), _WHOLE, np.float32)
    known: dict[int, tuple[float, float, float, float]] = {}
    for n, (clip, count) in enumerate(zip(clips, counts, strict=True)):
        for path in range(count):
            first = _corner_of(clip, path, 0)
            if first and first not in known:
                known[first] = _box(clip, path)
            box = known.get(first, _WHOLE)
            boxes[n] = (*np.maximum(boxes[n, :2], box[:2]), *np.minimum(boxes[n, 2:], box[2:]))
    return boxes


def _box(clip: int, path: int) -> tuple[float, float, float, float]:
    """Return the box around the corners of one path of a clip."""
    count = _corners_of(clip, path)
    if not 0 < count <= _MOST_CORNERS:
        return _WHOLE
    x, y = ctypes.c_float(), ctypes.c_float()
    points = []
    for n in range(count):
        _point_of(_corner_of(clip, path, n), ctypes.addressof(x), ctypes.addressof(y))
        points.append((x.value, y.value))
    xs, ys = zip(*points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
