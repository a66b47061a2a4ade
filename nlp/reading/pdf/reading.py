"""Reads a PDF into a text with the place of every character on its pages."""

from __future__ import annotations

import re
from itertools import accumulate

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.document import DecodedText, Positions, Unreadable
from nlp.reading.pdf.furniture import without
from nlp.reading.pdf.paragraphs import text
from nlp.reading.pdf.sheet import Sheet, sheet
from nlp.reading.pdf.writing import Writing

MOST_PAGES = 500
"""A report has a few pages, a yearbook of them some hundred."""
_LEAST_TEXT = 20
"""With fewer characters than this in all, a PDF is a picture of its pages."""
_UNKNOWN = re.compile("[\ufffd\ue000-\uf8ff]")
"""What stands for a character whose font does not say which it is."""


def read(content: bytes) -> DecodedText:
    """Return the text of a PDF; Unreadable with `encrypted`, `no_text_layer`, `damaged` or `too_large`."""
    document = _opened(content)
    try:
        sheets = _sheets(document)
    finally:
        document.close()
    read, positions = _placed(text(without(sheets)))
    unknown = len(_UNKNOWN.findall(read))
    if len(read) - unknown < max(_LEAST_TEXT, unknown):
        raise Unreadable(
            "no_text_layer",
            "the PDF holds pictures of its pages and no text; run a text recognition (OCR) first.",
        )
    return DecodedText(read, None, unknown, positions)


def _placed(written: Writing) -> tuple[str, Positions]:
    """Return what is written as one text, and where its pieces stand."""
    texts = [one if isinstance(one, str) else one.text for one in written]
    starts = accumulate(map(len, texts), initial=0)
    placed = [(start, one) for start, one in zip(starts, written, strict=False) if not isinstance(one, str)]
    return "".join(texts), Positions([start for start, _ in placed], [one for _, one in placed])


def _opened(content: bytes) -> pdfium.PdfDocument:
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _refused() from error
    if len(document) > MOST_PAGES:
        document.close()
        raise Unreadable("too_large", f"the PDF has more than {MOST_PAGES} pages; no report has; split it.")
    return document


def _refused() -> Unreadable:
    if pdfium_c.FPDF_GetLastError() in (pdfium_c.FPDF_ERR_PASSWORD, pdfium_c.FPDF_ERR_SECURITY):
        return Unreadable("encrypted", "the PDF is encrypted; save it without its password.")
    return Unreadable("damaged", "the PDF is damaged and cannot be opened; fetch it again.")


def _sheets(document: pdfium.PdfDocument) -> list[Sheet]:
    sheets = []
    for n in range(len(document)):
        try:
            page = document[n]
        except pdfium.PdfiumError as error:
            raise Unreadable("damaged", f"page {n + 1} of the PDF is damaged; fetch it again.") from error
        try:
            sheets.append(sheet(page, n + 1))
        except pdfium.PdfiumError as error:
            raise Unreadable("damaged", f"page {n + 1} of the PDF is damaged; fetch it again.") from error
        finally:
            page.close()
    return sheets
