"""Reads one input into a document, by the kind of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from typing import TYPE_CHECKING

from msgspec.structs import replace

from nlp.reading import kinds
from nlp.reading.document import DecodedText, Document, Unreadable
from nlp.reading.inputs import STANDARD_INPUT, BytesInput, Input
from nlp.reading.text import decode
from nlp.record.model import Source

if TYPE_CHECKING:
    from nlp.reading.scan.engine import Ocr


def read(input: Input, ocr: Ocr = "auto") -> Document:
    """Return the document of an input; raises Unreadable where it gives no text.

    `ocr` says which pages are recognised in their pictures.
    """
    content = input.read()
    source = _source(input, content)
    try:
        decoded = _decoded(content, source.media_type, ocr)
    except Unreadable as unreadable:
        raise Unreadable(unreadable.code, unreadable.message, source) from unreadable
    lines = decoded.text.count("\n") + 1
    source = replace(source, encoding=decoded.encoding, replaced_characters=decoded.replaced, lines=lines)
    if decoded.recognition is not None:
        source = replace(source, ocr=decoded.recognition.engine)
    return Document(
        source,
        decoded.text,
        decoded.positions,
        decoded.tables,
        decoded.places,
        decoded.recognition,
        decoded.damaged_pages,
    )


def nothing_of(input: Input) -> Source:
    """Return the source for the record of an input whose bytes could not be read."""
    return Source(input.shown_name, input.shown_path, "", "", None, 0, 0)


def bytes_of(input: Input) -> Source:
    """Return the source for the record of an input that gave no text: what its bytes tell.

    It is empty where they cannot be read, and for standard input, whose bytes are gone.
    """
    if input.path == STANDARD_INPUT and not isinstance(input, BytesInput):
        return nothing_of(input)
    try:
        return _source(input, input.read())
    except Unreadable:
        return nothing_of(input)


def _source(input: Input, content: bytes) -> Source:
    """Return what the bytes of an input tell before they are decoded."""
    digest = hashlib.sha256(content).hexdigest()
    return Source(input.shown_name, input.shown_path, digest, kinds.media_type(content), None, 0, 0)


def _decoded(content: bytes, kind: str, ocr: Ocr) -> DecodedText:
    if kind in _WITH_PICTURES:
        return _WITH_PICTURES[kind](content, ocr)
    if kind in _PACKED:
        message = f"{_PACKED[kind]} archives are not read: unpack it, and name the folder or pack it as ZIP."
        raise Unreadable("unsupported", message)
    if kind not in _READERS:
        raise Unreadable("unsupported", f"files of the kind {kind} are not read; convert it to text.")
    return _READERS[kind](content)


def _pdf(content: bytes, ocr: Ocr) -> DecodedText:
    from nlp.reading.pdf.reading import read

    return read(content, ocr)


def _picture(content: bytes, ocr: Ocr) -> DecodedText:
    from nlp.reading.scan.pictures import read

    return read(content, ocr)


def _html(content: bytes) -> DecodedText:
    from nlp.reading.html.reading import read

    return read(content)


def _markdown(content: bytes) -> DecodedText:
    from nlp.reading.html.reading import read_markdown

    return read_markdown(content)


def _saved_page(content: bytes) -> DecodedText:
    from nlp.reading.html.reading import read_saved

    return read_saved(content)


def _ofd(content: bytes) -> DecodedText:
    from nlp.reading.ofd.reading import read

    return read(content)


def _xlsx(content: bytes) -> DecodedText:
    from nlp.reading.xlsx.reading import read

    return read(content)


def _archive(content: bytes) -> DecodedText:
    from nlp.reading.archives.members import refused

    raise refused(content)


def _docx(content: bytes) -> DecodedText:
    from nlp.reading.docx.reading import read

    return read(content)


def _converted(content: bytes) -> DecodedText:
    from nlp.reading.office import converted

    return _docx(converted(content))


def _converted_workbook(content: bytes) -> DecodedText:
    from nlp.reading.office import converted

    return _xlsx(converted(content, "xlsx"))


_PACKED = {kinds.RAR: "RAR", kinds.GZIP: "gzip and tar"}
"""What archives are called of the kinds that are not read."""
_READERS: dict[str, Callable[[bytes], DecodedText]] = {
    kinds.TEXT: decode,
    kinds.HTML: _html,
    kinds.MARKDOWN: _markdown,
    kinds.SAVED_PAGE: _saved_page,
    kinds.OFD: _ofd,
    kinds.XLSX: _xlsx,
    kinds.ZIP: _archive,
    kinds.SEVEN_ZIP: _archive,
    kinds.DOCX: _docx,
    kinds.OLD_WORD: _converted,
    kinds.RTF: _converted,
    kinds.ODT: _converted,
    kinds.OLD_EXCEL: _converted_workbook,
    kinds.ODS: _converted_workbook,
}
"""The reader of each kind of file; its libraries are imported when it is first called."""
_WITH_PICTURES: dict[str, Callable[[bytes, Ocr], DecodedText]] = {
    kinds.PDF: _pdf,
    kinds.PNG: _picture,
    kinds.JPEG: _picture,
    kinds.TIFF: _picture,
}
"""The readers of the kinds of files whose pages may be pictures."""
