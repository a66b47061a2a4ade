"""Puts the pages of a document, a PDF or an OFD, together to its text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.reading.document import DecodedText, Positions
from nlp.reading.pdf.furniture import without_furniture
from nlp.reading.pdf.paragraphs import text
from nlp.reading.pdf.sheet import Sheet
from nlp.reading.pdf.tables import given_tables
from nlp.reading.pdf.writing import TextRun, Writing

_LEAST_TEXT = 20
"""In characters: a document with less text holds pictures of its pages."""
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""Stand for characters whose font does not say which they are."""


def decoded(sheets: Sequence[Sheet]) -> DecodedText | None:
    """Return the text of pages with its places and tables; None where it is too little for a report."""
    written, rows = text(without_furniture(sheets))
    whole, positions, starts = _placed(written)
    unknown = len(_UNKNOWN.findall(whole))
    if len(whole) - unknown < max(_LEAST_TEXT, unknown):
        return None
    return DecodedText(whole, None, unknown, positions, given_tables(rows, starts))


def _placed(written: Writing) -> tuple[str, Positions, list[int]]:
    """Return the text of the parts, where its runs stand on the pages, and where each part begins."""
    starts_of_parts: list[int] = []
    texts: list[str] = []
    starts: list[int] = []
    runs: list[TextRun] = []
    length = 0
    for part in written:
        starts_of_parts.append(length)
        if isinstance(part, str):
            piece = part
        else:
            piece = part.text
            starts.append(length)
            runs.append(part)
        texts.append(piece)
        length += len(piece)
    return "".join(texts), Positions(starts, runs), starts_of_parts
