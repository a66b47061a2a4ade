"""Reads an OFD into a text and the place of each of its characters on the pages, by the stages for PDFs."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import numpy as np

from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.docx.parts import opened
from nlp.reading.ofd.drawing import Drawing
from nlp.reading.ofd.package import Package
from nlp.reading.ofd.pages import OfdPage, pages
from nlp.reading.ofd.placed_text import PlacedCharacter
from nlp.reading.pdf.glyphs import READ_AS_TABLE, Glyphs, turning
from nlp.reading.pdf.rules import DrawnLines, Matrix, Rules
from nlp.reading.pdf.sheet import Sheet, sheet_of_writing
from nlp.reading.pdf.writing import is_in_one_column
from nlp.reading.scan.decoding import decoded, holds_too_little

_POINTS = 72 / 25.4
"""A millimetre in points."""


def read(content: bytes) -> DecodedText:
    """Return the text of an OFD without its annotations, seals and attachments.

    Raises Unreadable (`encrypted`, `no_text_layer`, `damaged`, `too_large`).
    """
    with opened(content) as archive:
        sheets = [_sheet(page, number) for number, page in enumerate(pages(Package(archive)), 1)]
    if not sheets:
        raise Unreadable("damaged", "the OFD names no page; fetch it again.")
    document_text = decoded(sheets, {}, "")
    if holds_too_little(document_text):
        raise Unreadable(
            "no_text_layer",
            "the OFD holds pictures of its pages and no text; run a text recognition (OCR) first.",
        )
    return document_text


def _sheet(page: OfdPage, number: int) -> Sheet:
    width, height = page.width * _POINTS, page.height * _POINTS
    drawing = Drawing(number, page.units)
    to_points: Matrix = (_POINTS, 0, 0, -_POINTS, 0, height)
    for layer in page.layers:
        drawing.add(layer, to_points)
    quarters = _quarters(drawing.letters)
    turn = turning(quarters, width, height)
    lines = DrawnLines(turn)
    for part, is_stroked in drawing.strokes:
        lines.add_part(part, is_stroked)
    stored = _glyphs(drawing.letters)
    upright = Glyphs(stored.codes, *turn(*stored[1:]))
    ruled = Rules() if is_in_one_column(upright) else lines.rules()
    return sheet_of_writing(upright, ruled, number, width if quarters % 2 else height)


def _quarters(letters: Sequence[PlacedCharacter]) -> int:
    """Return how many quarters a page must be turned clockwise for most of its writing to be upright."""
    counts = Counter(letter.quarters for letter in letters)
    if not counts:
        return 0
    quarters, times = counts.most_common(1)[0]
    return quarters if 2 * times > counts.total() else 0


def _glyphs(letters: Sequence[PlacedCharacter]) -> Glyphs:
    """Return characters as those of a PDF's page, without those that no page prints."""
    codes = np.array([letter.code for letter in letters], np.uint32)
    codes = np.where(codes < 0x10000, READ_AS_TABLE[np.minimum(codes, 0xFFFF)], codes)
    sides = np.array([letter.box for letter in letters], np.float64).reshape(-1, 4)
    left, bottom, right, top = sides.T
    kept = np.flatnonzero((codes > 0x20) | (right > left) & (codes > 0))
    return Glyphs(codes[kept], left[kept], bottom[kept], right[kept], top[kept])
