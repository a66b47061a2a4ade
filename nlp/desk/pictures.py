"""Draws a page of a PDF, or of a picture, as a PNG, turned as its boxes are."""

from __future__ import annotations

from io import BytesIO
from math import sqrt
from typing import NamedTuple

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading import kinds
from nlp.reading.document import Unreadable
from nlp.reading.pdf.glyphs import quarters_to_upright
from nlp.reading.scan.pictures import pages
from nlp.reading.scan.scale import LONGER_SIDE

PICTURES = (kinds.PNG, kinds.JPEG, kinds.TIFF)
"""The kinds of files that are pictures themselves."""
_SCALE = 1.6
"""Pixels for each point: small digits can be read, and it is there in a moment."""
_MOST_PIXELS = 6_000_000
"""A page that would need more is drawn smaller."""


class NoPicture(Exception):
    """A page that cannot be drawn."""


class Picture(NamedTuple):
    """A page as a PNG, its size in points, and where its lower left corner lies in the page's coordinates.

    `pages` is how many pages the document has.
    """

    png: bytes
    width: float
    height: float
    left: float
    bottom: float
    pages: int


def drawn(content: bytes, number: int) -> Picture:
    """Return a page, from 1, of a PDF or a picture; raises NoPicture."""
    if kinds.media_type(content) in PICTURES:
        return _of_picture(content, number)
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise NoPicture(str(error)) from error
    try:
        if not 1 <= number <= len(document):
            raise NoPicture(f"there is no page {number}")
        if document.get_formtype() != pdfium_c.FORMTYPE_NONE:
            document.init_forms()  # or what was filled in would not be drawn
        return _drawn(document[number - 1], len(document))
    finally:
        document.close()


def _of_picture(content: bytes, number: int) -> Picture:
    """Return a page of a picture, as large as its boxes take it to be."""
    try:
        frames = list(pages(content))
    except Unreadable as error:
        raise NoPicture(error.message) from error
    if not 1 <= number <= len(frames):
        raise NoPicture(f"there is no page {number}")
    page = frames[number - 1].convert("RGB")
    points = LONGER_SIDE / max(page.size)
    width, height = page.width * points, page.height * points
    page.thumbnail((round(width * _SCALE), round(height * _SCALE)))
    png = BytesIO()
    page.save(png, "PNG", compress_level=1)
    return Picture(png.getvalue(), width, height, 0.0, 0.0, len(frames))


def _drawn(page: pdfium.PdfPage, pages: int) -> Picture:
    quarters = quarters_to_upright(page)
    page.set_rotation(90 * quarters)
    width, height = page.get_size()
    left, bottom = page.get_cropbox()[:2] if quarters == 0 else (0.0, 0.0)
    scale = min(_SCALE, sqrt(_MOST_PIXELS / max(width * height, 1.0)))
    png = BytesIO()
    page.render(scale=scale).to_pil().convert("L").save(png, "PNG", compress_level=1)
    return Picture(png.getvalue(), width, height, left, bottom, pages)
