"""Reads a PDF into a text and the place of each of its characters on the pages."""

from __future__ import annotations

from dataclasses import replace

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.limits import more_time
from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.pdf.fallback_font import with_fallback
from nlp.reading.pdf.sheet import Sheet, sheet
from nlp.reading.scan.decoding import Scan, decoded, holds_too_little
from nlp.reading.scan.engine import Engine, Ocr, engine, name
from nlp.reading.scan.page import scanned
from nlp.reading.scan.pdf_pages import is_picture, picture_of
from nlp.resources import knowledge
from nlp.text.damage import is_damaged

MOST_PAGES = 500
"""A PDF of more pages is refused: a report has a few, a yearbook of reports some hundred."""


def read(content: bytes, ocr: Ocr = "auto") -> DecodedText:
    """Return the text of a PDF; `ocr` says which pages are recognised in their pictures.

    Raises Unreadable (`encrypted`, `no_text_layer`, `damaged`, `too_large`).
    """
    document = _opened(content)
    try:
        sheets, scans, damaged = _sheets(document, ocr)
    finally:
        document.close()
    document_text = decoded(sheets, scans, name() if scans else "")
    if holds_too_little(document_text):
        raise Unreadable("no_text_layer", _no_text(ocr, bool(scans)))
    return replace(document_text, damaged_pages=tuple(damaged))


def _no_text(ocr: Ocr, is_recognised: bool) -> str:
    """Return what to do about a PDF without text."""
    if is_recognised:
        return "the PDF holds pictures, and no writing was recognised in them."
    if ocr == "never":
        return "the PDF holds pictures of its pages and no text; run without --ocr never to recognise them."
    return (
        "the PDF holds pictures of its pages and no text; to have them recognised (OCR), "
        "run: pip install 'nianbao[ocr]'"
    )


def _opened(content: bytes) -> pdfium.PdfDocument:
    """Return the opened PDF; raises Unreadable."""
    with_fallback()
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


def _sheets(document: pdfium.PdfDocument, ocr: Ocr) -> tuple[list[Sheet], dict[int, Scan], list[int]]:
    """Return the pages, those of them that were recognised, and the numbers of those with damaged text."""
    sheets: list[Sheet] = []
    scans: dict[int, Scan] = {}
    damaged: list[int] = []
    has_fields = document.get_formtype() != pdfium_c.FORMTYPE_NONE
    if has_fields:
        document.init_forms()
    for n in range(len(document)):
        number = n + 1
        try:
            page = _filled_in(document, n) if has_fields else document[n]
        except pdfium.PdfiumError as error:
            raise _damaged(number) from error
        try:
            read = sheet(page, number)
            of_page = "".join(line.text for line in read.lines)
            is_garbled = is_damaged(of_page)
            is_wanted = ocr == "always" or is_garbled or is_picture(page, len(of_page))
            recogniser = engine() if is_wanted and ocr != "never" else None
            if recogniser is not None:
                scans[number] = _recognised(page, number, recogniser, len(scans))
                read = scans[number].page.sheet
            elif is_garbled:
                damaged.append(number)
            sheets.append(read)
        except pdfium.PdfiumError as error:
            raise _damaged(number) from error
        finally:
            page.close()
    return sheets, scans, damaged


def _filled_in(document: pdfium.PdfDocument, n: int) -> pdfium.PdfPage:
    """Return a page, from 0, of a form with fields; what stands in them is its own text then."""
    page = document[n]
    page.flatten()
    page.close()
    return document[n]


def _recognised(page: pdfium.PdfPage, number: int, recogniser: Engine, done: int) -> Scan:
    """Return a page as it is recognised in its picture; `done` pages were before it."""
    facts = knowledge("recognition")
    if done >= facts["most_pages"]:
        most = facts["most_pages"]
        raise Unreadable("too_large", f"more than {most} of its pages are pictures; split it.")
    more_time(facts["page_seconds"])
    picture, to_points = picture_of(page)
    return Scan(scanned(picture, number, recogniser), to_points)


def _damaged(number: int) -> Unreadable:
    return Unreadable("damaged", f"page {number} of the PDF is damaged; fetch it again.")
