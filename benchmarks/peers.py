"""Calls other readers of PDF, each as its documentation shows it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from importlib.util import find_spec

PACKAGES = ("pdfplumber", "pdfminer", "pypdf")
"""What the extra `bench` brings beside pypdfium2."""

Read = Callable[[str], list[str]]
"""Returns the pieces of a PDF's text between white space, in the order in which the tool gives them."""


def hush() -> None:
    """Keep the peers' log messages about fonts off the terminal."""
    for package in PACKAGES:
        logging.getLogger(package).setLevel(logging.CRITICAL)


def missing() -> list[str]:
    """Return the packages that are not installed."""
    return [package for package in PACKAGES if find_spec(package) is None]


def pypdfium2_text(path: str) -> list[str]:
    """Return the pieces of the text of every page."""
    import pypdfium2

    with pypdfium2.PdfDocument(path) as document:
        return " ".join(page.get_textpage().get_text_range() for page in document).split()


def pdfplumber_tables(path: str) -> list[str]:
    """Return the cells of every table, as `extract_tables` finds them."""
    import pdfplumber

    with pdfplumber.open(path) as document:
        return [piece for page in document.pages for piece in _pieces(page.extract_tables())]


def _pieces(tables: list[list[list[str | None]]]) -> Iterator[str]:
    for table in tables:
        for row in table:
            for cell in row:
                yield "".join((cell or "").split())


def pdfminer_text(path: str) -> list[str]:
    """Return the pieces of the text of all pages."""
    from pdfminer.high_level import extract_text

    text: str = extract_text(path)
    return text.split()


def pypdf_text(path: str) -> list[str]:
    """Return the pieces of the text of every page."""
    from pypdf import PdfReader

    return " ".join(page.extract_text() for page in PdfReader(path).pages).split()


PEERS: dict[str, Read] = {
    "pypdfium2, text": pypdfium2_text,
    "pdfplumber, extract_tables": pdfplumber_tables,
    "pdfminer.six, text": pdfminer_text,
    "pypdf, text": pypdf_text,
}
