"""The objects that a page of a PDF is drawn with: texts, paths, pictures and groups of them."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import repeat

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c
from numpy.typing import NDArray

from nlp.reading.document import Unreadable
from nlp.reading.pdf.calls import NOTHING, NUMBER, POINTER, address, fill_each, plain

THIN = 3.5
"""In points: a box that is no wider or no higher is a line."""
MOST_OBJECTS = 200_000
"""A page of more objects is no page of a report."""
_object_of = plain(pdfium_c.FPDFPage_GetObject, POINTER, POINTER, NUMBER)
_kind_of = plain(pdfium_c.FPDFPageObj_GetType, NUMBER, POINTER)
_draw_mode_of = plain(pdfium_c.FPDFPath_GetDrawMode, NUMBER, POINTER, POINTER, POINTER)
_bounds_of = plain(pdfium_c.FPDFPageObj_GetBounds, NOTHING, POINTER, *[POINTER] * 4)


@dataclass(frozen=True)
class Objects:
    """Objects in the order in which they are drawn: their addresses, and what each is (FPDF_PAGEOBJ_…)."""

    addresses: list[int]
    kinds: list[int]

    @cached_property
    def drawn(self) -> list[int]:
        """The positions of the objects that are no text."""
        return [n for n, kind in enumerate(self.kinds) if kind != pdfium_c.FPDF_PAGEOBJ_TEXT]

    @cached_property
    def boxes(self) -> NDArray[np.float32]:
        """The left, bottom, right and top side of each object that is no text [drawn, 4]."""
        return boxes_of([self.addresses[n] for n in self.drawn])

    @cached_property
    def large_paths(self) -> list[int]:
        """The paths that are no lines, by their positions among what is drawn."""
        is_large = (self.boxes[:, 2:] - self.boxes[:, :2] > THIN).all(axis=1)
        large = np.flatnonzero(is_large).tolist()
        return [n for n in large if self.kinds[self.drawn[n]] == pdfium_c.FPDF_PAGEOBJ_PATH]

    @cached_property
    def draw_modes(self) -> NDArray[np.int32]:
        """Whether each large path is filled, 0 for not, and whether it is stroked [large paths, 2]."""
        modes = np.zeros((len(self.large_paths), 2), np.int32)
        if len(modes):
            fill_each(_draw_mode_of, [self.addresses[self.drawn[n]] for n in self.large_paths], modes)
        return modes


def objects_of(page: pdfium.PdfPage) -> Objects:
    """Return the objects of a page; raises Unreadable (`too_large`)."""
    count = pdfium_c.FPDFPage_CountObjects(page.raw)
    if count > MOST_OBJECTS:
        raise Unreadable("too_large", f"a page holds {count} objects; no report's does.")
    addresses = list(map(_object_of, repeat(address(page.raw)), range(count)))
    return Objects(addresses, list(map(_kind_of, addresses)))


def boxes_of(addresses: list[int]) -> NDArray[np.float32]:
    """Return the left, bottom, right and top side of each object [objects, 4]; zeros where it has no box."""
    boxes = np.zeros((len(addresses), 4), np.float32)
    fill_each(_bounds_of, addresses, boxes)
    return boxes
