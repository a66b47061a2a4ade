"""Makes documents of a few bytes by hand: PDFs, Word documents, and what malice makes of them."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterable

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def docx(body: str, before: str = "", **parts: str) -> bytes:
    """Return a Word document with a body and other parts by name, all of them given as XML."""
    return zipped(
        {
            "[Content_Types].xml": b"<Types/>",
            "word/document.xml": f"{before}<w:document {W}><w:body>{body}</w:body></w:document>".encode(),
            **{f"word/{name}.xml": f"<w:{name} {W}>{xml}</w:{name}>".encode() for name, xml in parts.items()},
        }
    )


def zipped(members: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return file.getvalue()


class _InGbk(zipfile.ZipInfo):
    """A member whose name is stored in GBK, without the flag for UTF-8."""

    def _encodeFilenameFlags(self) -> tuple[bytes, int]:
        return self.filename.encode("gbk"), self.flag_bits & ~0x800


def zipped_in_gbk(members: dict[str, bytes]) -> bytes:
    """Return a ZIP archive as old Chinese programs write it."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(_InGbk(name), content)
    return file.getvalue()


def paragraph(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def table(rows: Iterable[Iterable[str]]) -> str:
    """Return a table; a cell is text, or XML of a whole cell."""
    written = ("".join(one if one.startswith("<w:tc>") else cell(one) for one in row) for row in rows)
    return f"<w:tbl>{''.join(f'<w:tr>{row}</w:tr>' for row in written)}</w:tbl>"


def cell(text: str, settings: str = "") -> str:
    return f"<w:tc><w:tcPr>{settings}</w:tcPr>{paragraph(text)}</w:tc>"


def pdf(
    content: bytes, filter: bytes = b"/FlateDecode", page: bytes = b"", compressed: bool = False
) -> bytes:
    """Return a PDF of one page with the given content stream."""
    stream = content if compressed else zlib.compress(content)
    return b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n",
            b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 600 800]" + page + b"/Contents 4 0 R",
            b"/Resources<</Font<</F 5 0 R>>>>>>endobj\n",
            b"4 0 obj<</Length %d/Filter%s>>stream\n" % (len(stream), filter),
            stream,
            b"\nendstream endobj\n5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj\n",
            b"trailer<</Root 1 0 R>>",
        )
    )


def shown(text: str, x: float, y: float, size: float = 10) -> bytes:
    """Return what shows a text at a place of a page."""
    return f"BT /F {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET\n".encode()


def ruled(left: float, bottom: float, right: float, top: float) -> bytes:
    """Return what draws a line."""
    return f"{left} {bottom} m {right} {top} l S\n".encode()
