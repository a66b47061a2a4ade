"""Reads a PDF into a text and the place of each of its characters on the pages."""

from __future__ import annotations

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.pdf.decoding import decoded
from nlp.reading.pdf.sheet import Sheet, sheet

MOST_PAGES = 500
"""A PDF of more pages is refused: a report has a few, a yearbook of reports some hundred."""


def read(content: bytes) -> DecodedText:
    """Return the text of a PDF.

    Raises Unreadable (`encrypted`, `no_text_layer`, `damaged`, `too_large`).
    """
    document = _opened(content)
    try:
        sheets = _sheets(document)
    finally:
        document.close()
    document_text = decoded(sheets)
    if document_text is None:
        raise Unreadable(
            "no_text_layer",
            "the PDF holds pictures of its pages and no text; run a text recognition (OCR) first.",
        )
    return document_text


def _opened(content: bytes) -> pdfium.PdfDocument:
    """Return the opened PDF; raises Unreadable."""
    try:
        document = pdfium.PdfDocument(content)
    except pdfium.PdfiumError as error:
        raise _refused() from error
    if len(document) > MOST_PAGES:
        document.close()
        raise Unreadable("too_large", f"the PDF has more than {MOST_PAGES} pages; no report has; split it.")
    return document


def _refused() -> Unreadable:
    """Return the exception for the error with which pdfium last failed to open a PDF."""
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
