"""Draws the pages of a PDF that are pictures, to be recognised."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.document import CharacterBoxes
from nlp.reading.pdf.glyphs import quarters_to_upright
from nlp.reading.scan.engine import Gray
from nlp.reading.scan.scale import LONGER_SIDE, SCALE

_LITTLE_TEXT = 20
"""In characters: a page with less may be a picture."""
_LARGE = 0.1
"""The share of a page that its picture covers at least."""
_DRAWN = 150
"""So many drawn paths on a page with little text may be its characters."""
_MOST_OBJECTS = 2_000
"""So many objects of a page are looked at."""


def is_picture(page: pdfium.PdfPage, characters: int) -> bool:
    """Return whether a page with so many characters of text shows a picture, or drawn writing, instead."""
    if characters >= _LITTLE_TEXT:
        return False
    width, height = page.get_size()
    paths = 0
    for n, item in enumerate(page.get_objects(max_depth=3)):
        if item.type == pdfium_c.FPDF_PAGEOBJ_IMAGE:
            left, bottom, right, top = item.get_bounds()
            if (right - left) * (top - bottom) >= _LARGE * width * height:
                return True
        paths += item.type == pdfium_c.FPDF_PAGEOBJ_PATH
        if paths >= _DRAWN or n >= _MOST_OBJECTS:
            return True
    return False


def picture_of(page: pdfium.PdfPage) -> tuple[Gray, Callable[[CharacterBoxes], CharacterBoxes]]:
    """Return the picture of a page, turned as people see it, and what leads from its pixels to the page.

    The boxes are in PDF points from the lower left corner of the page as people see it.
    """
    quarters = quarters_to_upright(page)
    page.set_rotation(90 * quarters)
    width, height = page.get_size()
    left, bottom = page.get_cropbox()[:2] if quarters == 0 else (0.0, 0.0)
    scale = SCALE * LONGER_SIDE / max(width, height, 1.0)
    drawn = page.render(scale=scale, grayscale=True).to_numpy()
    picture = np.ascontiguousarray(drawn[:, :, 0] if drawn.ndim == 3 else drawn)

    def to_points(boxes: CharacterBoxes) -> CharacterBoxes:
        return CharacterBoxes(
            boxes.page,
            [left + x / scale for x in boxes.left],
            [bottom + height - y / scale for y in boxes.bottom],
            [left + x / scale for x in boxes.right],
            [bottom + height - y / scale for y in boxes.top],
        )

    return picture, to_points
