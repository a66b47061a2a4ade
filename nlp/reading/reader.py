"""Reads one input into a document, by the kind of its content."""

from __future__ import annotations

import hashlib
from collections.abc import Callable

from nlp.reading import kinds
from nlp.reading.document import DecodedText, Document, Unreadable
from nlp.reading.inputs import Input
from nlp.reading.text import decode
from nlp.record.model import Source


def read(input: Input) -> Document:
    """Return the document of an input; raises Unreadable where it gives no text."""
    content = input.read()
    kind = kinds.media_type(content)
    if kind not in _READERS:
        raise Unreadable("unsupported", f"files of the kind {kind} are not read; convert it to text.")
    decoded = _READERS[kind](content)
    return Document(_source(input, content, kind, decoded), decoded.text, decoded.positions)


def nothing_of(input: Input) -> Source:
    """Return the source for the record of an input that could not be read."""
    return Source(input.shown_name, input.shown_path, "", "", None, 0, 0)


def _source(input: Input, content: bytes, kind: str, decoded: DecodedText) -> Source:
    digest = hashlib.sha256(content).hexdigest()
    lines = decoded.text.count("\n") + 1
    return Source(input.shown_name, input.shown_path, digest, kind, decoded.encoding, decoded.replaced, lines)


def _pdf(content: bytes) -> DecodedText:
    from nlp.reading.pdf.reading import read

    return read(content)


def _html(content: bytes) -> DecodedText:
    from nlp.reading.html.reading import read

    return read(content)


def _markdown(content: bytes) -> DecodedText:
    from nlp.reading.html.reading import read_markdown

    return read_markdown(content)


def _saved_page(content: bytes) -> DecodedText:
    from nlp.reading.html.reading import read_saved

    return read_saved(content)


def _docx(content: bytes) -> DecodedText:
    from nlp.reading.docx.reading import read

    return read(content)


def _converted(content: bytes) -> DecodedText:
    from nlp.reading.office import converted

    return _docx(converted(content))


_READERS: dict[str, Callable[[bytes], DecodedText]] = {
    kinds.TEXT: decode,
    kinds.PDF: _pdf,
    kinds.HTML: _html,
    kinds.MARKDOWN: _markdown,
    kinds.SAVED_PAGE: _saved_page,
    kinds.DOCX: _docx,
    kinds.OLD_WORD: _converted,
    kinds.RTF: _converted,
    kinds.ODT: _converted,
}
"""The reader of each kind of file; its libraries are imported when it is first called."""
