"""Python libraries for reading documents, each called in the way that scrapers call it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from importlib import import_module
from io import StringIO
from pathlib import Path
from typing import Any

from training.rendering.carrying import PAGE_END

Reading = Callable[[Path], str]


def pdfium(file: Path) -> str:
    """Return the text of each page as pypdfium2 has it by default."""
    return PAGE_END.join(page.get_textpage().get_text_range() for page in _pdfium_pages(file))


def pdfium_bounded(file: Path) -> str:
    """Return the text within the borders of each page."""
    return PAGE_END.join(page.get_textpage().get_text_bounded() for page in _pdfium_pages(file))


def _pdfium_pages(file: Path) -> Iterator[Any]:
    document = import_module("pypdfium2").PdfDocument(file)
    yield from document
    document.close()


def pypdf(file: Path) -> str:
    """Return the text in the order in which the file draws it."""
    return PAGE_END.join(page.extract_text() for page in import_module("pypdf").PdfReader(file).pages)


def pypdf_layout(file: Path) -> str:
    """Return the text with spaces where the page has room."""
    pages = import_module("pypdf").PdfReader(file).pages
    return PAGE_END.join(page.extract_text(extraction_mode="layout") for page in pages)


def pdfminer(file: Path) -> str:
    """Return the text box by box."""
    text: str = import_module("pdfminer.high_level").extract_text(file)
    return text


def pdfplumber(file: Path) -> str:
    """Return the text line by line."""
    return _plumber_pages(file, lambda page: page.extract_text() or "")


def pdfplumber_layout(file: Path) -> str:
    """Return the text with spaces where the page has room."""
    return _plumber_pages(file, lambda page: page.extract_text(layout=True) or "")


def pdfplumber_tables(file: Path) -> str:
    """Return the text outside of ruled tables, then those tables, a tab between cells."""

    def read(page: Any) -> str:
        tables = page.find_tables()
        outside = page
        for table in tables:
            outside = outside.outside_bbox(table.bbox, strict=False)
        texts = [outside.extract_text() or ""]
        texts += [tabbed(table.extract()) for table in tables]
        return "\n".join(texts)

    return _plumber_pages(file, read)


def _plumber_pages(file: Path, read: Callable[[Any], str]) -> str:
    with import_module("pdfplumber").open(file) as document:
        return PAGE_END.join(read(page) for page in document.pages)


def pymupdf(file: Path) -> str:
    """Return the text in the order of the file."""
    return _mupdf_pages(file, lambda page: page.get_text())


def pymupdf_sorted(file: Path) -> str:
    """Return the text from top to bottom."""
    return _mupdf_pages(file, lambda page: page.get_text(sort=True))


def pymupdf_blocks(file: Path) -> str:
    """Return the text block by block."""
    return _mupdf_pages(
        file, lambda page: "\n".join(block[4] for block in page.get_text("blocks") if not block[6])
    )


def _mupdf_pages(file: Path, read: Callable[[Any], str]) -> str:
    with import_module("pymupdf").open(file) as document:
        return PAGE_END.join(read(page) for page in document)


def markitdown(file: Path) -> str:
    """Return the Markdown of any kind of file."""
    text: str = import_module("markitdown").MarkItDown().convert(file).text_content
    return text


def beautifulsoup(file: Path) -> str:
    """Return the text of a page with nothing between its pieces."""
    return _soup_text(file, "")


def beautifulsoup_lines(file: Path) -> str:
    """Return the text of a page, a line for each piece."""
    return _soup_text(file, "\n")


def _soup_text(file: Path, between: str) -> str:
    soup = import_module("bs4").BeautifulSoup(_text(file), "lxml")
    for name in ("script", "style", "head"):
        for element in soup.find_all(name):
            element.decompose()
    text: str = soup.get_text(between)
    return text


def lxml_content(file: Path) -> str:
    """Return what lxml calls the content of the body."""
    body = import_module("lxml.html").fromstring(_text(file).encode()).find("body")
    for element in list(body.iter("script", "style")):
        element.drop_tree()
    text: str = body.text_content()
    return text


def html2text(file: Path) -> str:
    """Return Markdown, lines not wrapped."""
    maker = import_module("html2text").HTML2Text(bodywidth=0)
    maker.ignore_links = True
    text: str = maker.handle(_text(file))
    return text


def inscriptis(file: Path) -> str:
    """Return the text as a terminal would show it."""
    text: str = import_module("inscriptis").get_text(_text(file))
    return text


def markdownify(file: Path) -> str:
    """Return Markdown without links."""
    text: str = import_module("markdownify").markdownify(_text(file), strip=["a", "script", "style", "head"])
    return text


def pandas(file: Path) -> str:
    """Return the paragraphs of a page, and its tables as pandas reads them, a tab between cells."""
    soup = import_module("bs4").BeautifulSoup(_text(file), "lxml")
    for element in soup.find_all(["script", "style", "head"]):
        element.decompose()
    frames = import_module("pandas")
    innermost = [table for table in soup.find_all("table") if not table.find("table")]
    for table in innermost:
        frame = frames.read_html(StringIO(str(table)), header=None, keep_default_na=False)[0]
        rows = frame.astype(str).values.tolist()
        table.replace_with(soup.new_string("\n" + tabbed(rows) + "\n"))
    text: str = soup.get_text("\n")
    return text


def tabbed(rows: Iterable[Iterable[object]]) -> str:
    """Write rows as lines, cells apart by tabs; a line break in a cell becomes a space.

    >>> tabbed([["一、本年新收", None, "1"]])
    '一、本年新收\\t\\t1'
    """
    lines = []
    for row in rows:
        cells = ["" if cell is None else str(cell).replace("\n", " ") for cell in row]
        lines.append("\t".join(cells))
    return "\n".join(lines)


def docx2txt(file: Path) -> str:
    """Return the text of a Word document, a paragraph a line."""
    text: str = import_module("docx2txt").process(file)
    return text


def _text(file: Path) -> str:
    return file.read_text(encoding="utf-8")


READINGS: dict[str, Reading] = {
    reading.__name__: reading
    for reading in (
        pdfium,
        pdfium_bounded,
        pypdf,
        pypdf_layout,
        pdfminer,
        pdfplumber,
        pdfplumber_layout,
        pdfplumber_tables,
        pymupdf,
        pymupdf_sorted,
        pymupdf_blocks,
        markitdown,
        beautifulsoup,
        beautifulsoup_lines,
        lxml_content,
        html2text,
        inscriptis,
        markdownify,
        pandas,
        docx2txt,
    )
}
