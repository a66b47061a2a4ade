"""Reads one input into a document."""

from __future__ import annotations

import hashlib

from nlp.reading.document import Document, Unreadable
from nlp.reading.inputs import Input
from nlp.reading.kinds import media_type
from nlp.reading.text import Decoded, decode
from nlp.report import Source

_READERS = {"text/plain": decode}
"""What reads each kind of file."""


def read(input: Input) -> Document:
    """Return the document of an input; Unreadable, with a code and a message, where it gives no text."""
    content = input.read()
    kind = media_type(content)
    if kind not in _READERS:
        raise Unreadable("unsupported", f"files of the kind {kind} are not read; convert it to text.")
    decoded = _READERS[kind](content)
    return Document(_source(input, content, kind, decoded), decoded.text)


def nothing_of(input: Input) -> Source:
    """Return the source of an input that could not be read."""
    return Source(input.name, input.path, "", "", None, 0, 0)


def _source(input: Input, content: bytes, kind: str, decoded: Decoded) -> Source:
    digest = hashlib.sha256(content).hexdigest()
    lines = decoded.text.count("\n") + 1
    return Source(input.name, input.path, digest, kind, decoded.encoding, decoded.replaced, lines)
