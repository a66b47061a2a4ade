"""Reads pictures of pages: PNG, JPEG, and TIFF of one page or many."""

from __future__ import annotations

import os
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import TYPE_CHECKING

import numpy as np

from nlp.limits import more_time
from nlp.reading.document import CharacterBoxes, DecodedText, Unreadable
from nlp.reading.scan.decoding import Scan, ToPoints, decoded
from nlp.reading.scan.engine import Gray, Ocr, engine, name
from nlp.reading.scan.page import scanned
from nlp.reading.scan.scale import LONGER_SIDE
from nlp.resources import knowledge

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 120_000_000
"""A larger picture is refused: at 600 dots an inch a page of A3 has 70 million."""
_OF_DAMAGED = (
    ArithmeticError,
    EOFError,
    LookupError,
    OSError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
)
"""What Pillow raises on damaged files of one kind or another."""
_LONGEST = 5000
"""In pixels: a larger picture is made smaller, which no writing suffers from."""
_LEAST_TEXT = 20
"""In characters: a picture with less writing shows no report."""


def read(content: bytes, ocr: Ocr = "auto") -> DecodedText:
    """Return the text of a picture; its pages are taken to be as long as A4.

    Raises Unreadable (`no_text_layer`, `damaged`, `too_large`).
    """
    recogniser = None if ocr == "never" else engine()
    if recogniser is None:
        raise Unreadable("no_text_layer", _no_text(ocr))
    facts = knowledge("recognition")
    scans: dict[int, Scan] = {}
    for number, page in enumerate(pages(content), 1):
        more_time(facts["page_seconds"])
        gray = gray_of(page)
        scans[number] = Scan(scanned(gray, number, recogniser), _to_points(gray))
    text = decoded([scan.page.sheet for scan in scans.values()], scans, name())
    if len(text.text) < _LEAST_TEXT:
        raise Unreadable("no_text_layer", "no writing was recognised in the picture.")
    return text


def pages(content: bytes) -> Iterator[Image.Image]:
    """Yield the pages of a picture, turned as a camera says; raises Unreadable (`damaged`, `too_large`)."""
    from PIL import Image, ImageOps

    most = knowledge("recognition")["most_pages"]
    try:
        with _in_silence():
            picture = Image.open(BytesIO(content))
            count = getattr(picture, "n_frames", 1)
        if count > most:
            raise Unreadable("too_large", f"the picture has more than {most} pages; split it.")
        for n in range(count):
            with _in_silence():
                picture.seek(n)
                if picture.width * picture.height > MOST_PIXELS:
                    raise Unreadable("too_large", "the picture has more pixels than any page of a report.")
                picture.load()
                page = ImageOps.exif_transpose(picture)
            yield page
    except (*_OF_DAMAGED, Image.DecompressionBombError) as error:
        raise Unreadable("damaged", "the picture is damaged and cannot be opened; fetch it again.") from error


@contextmanager
def _in_silence() -> Iterator[None]:
    """Keep standard error from what Pillow and its libraries tell there of damaged pictures."""
    try:
        kept = os.dup(2)
    except OSError:  # it is closed
        yield
        return
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, 2)
        with warnings.catch_warnings(action="ignore"):
            yield
    finally:
        os.dup2(kept, 2)
        os.close(nowhere)
        os.close(kept)


def gray_of(page: Image.Image) -> Gray:
    """Return a page in shades of grey, transparent parts white, no longer than is useful."""
    from PIL import Image

    if page.mode in ("RGBA", "LA", "PA") or "transparency" in page.info:
        page = page.convert("RGBA")
        page = Image.alpha_composite(Image.new("RGBA", page.size, "white"), page)
    page = page.convert("L")
    page.thumbnail((_LONGEST, _LONGEST))
    return np.array(page, np.uint8)


def _no_text(ocr: Ocr) -> str:
    if ocr == "never":
        return "this is a picture; run without --ocr never to recognise what is written in it."
    return "this is a picture; to have its writing recognised (OCR), run: pip install 'nianbao[ocr]'"


def _to_points(gray: Gray) -> ToPoints:
    height, width = gray.shape
    scale = max(height, width) / LONGER_SIDE

    def to_points(boxes: CharacterBoxes) -> CharacterBoxes:
        return CharacterBoxes(
            boxes.page,
            [x / scale for x in boxes.left],
            [(height - y) / scale for y in boxes.bottom],
            [x / scale for x in boxes.right],
            [(height - y) / scale for y in boxes.top],
        )

    return to_points
