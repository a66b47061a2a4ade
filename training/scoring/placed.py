"""Refers to a record where it is stored, with what is needed to match it, without keeping it in memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

import msgspec
from msgspec import UNSET

from training.scoring.gold import Record

_ENDING = re.compile(r"\.(?:txt|text|md|x?html?|docx?|wps|pdf|json|tsv)$", re.IGNORECASE)
"""Endings of documents. A plain name may hold dots of its own: `hongze2023.pdfium` has no ending."""
_PARTS = ("organization", "year", "form", "tables", "sections", "problems", "improvements", "lines")

_decoder = msgspec.json.Decoder(Record)


@dataclass(frozen=True, slots=True)
class Stored:
    """Reads a record from a file: all of it, or `length` bytes from `start`."""

    path: str
    start: int = 0
    length: int = -1

    def __call__(self) -> Record:
        with open(self.path, "rb") as file:
            file.seek(self.start)
            return _decoder.decode(file.read(self.length).removeprefix(b"\xef\xbb\xbf"))


@dataclass(frozen=True, slots=True)
class Held:
    """Decodes a record from bytes that can be read only once, as from standard input."""

    content: bytes

    def __call__(self) -> Record:
        return _decoder.decode(self.content)


@dataclass(frozen=True, slots=True)
class Given:
    """Returns a record that is in memory already."""

    record: Record

    def __call__(self) -> Record:
        return self.record


@dataclass(frozen=True, slots=True)
class Placed:
    """What is needed to match a record, and the function `read` that returns it.

    `origin` is the place that messages name, `key` the source name without ending, behind as many folders as
    tell it from others of that name, `parts` the fields that the record gives. `path` is the source's own,
    or that of the record's file where it has none. `failed` is true if its document could not be read.
    `text` is the text of a label file, None for a record.
    """

    origin: str
    key: str
    read: Callable[[], Record]
    parts: frozenset[str]
    failed: bool = False
    sha256: str = ""
    text: str | None = None
    path: str = ""

    @property
    def parts_of_path(self) -> tuple[str, ...]:
        """The folders of its path, the outermost first, and its name without ending."""
        folders = self.path.replace("\\", "/").split("/")[:-1]
        name = self.key.rsplit("/", 1)[-1]
        return (*(folder for folder in folders if folder not in ("", ".", "..")), name)


def placed(origin: str, record: Record, read: Callable[[], Record], text: str | None = None) -> Placed:
    """Return what is needed to match a record, which `read` returns again."""
    parts = frozenset(part for part in _PARTS if getattr(record, part) is not UNSET)
    path = "" if isinstance(record.source, str) else record.source.path
    if not path:
        path = record.source if isinstance(record.source, str) and "/" in record.source else origin
    key = name_without_ending(record.name)
    return Placed(origin, key, read, parts, record.failed, record.sha256, text, path)


def name_without_ending(name: str) -> str:
    """Return a source name without folders and the ending of a document, by which records are matched.

    >>> name_without_ending("in/2022/000.TXT"), name_without_ending("hongze2023.pdfium")
    ('000', 'hongze2023.pdfium')
    """
    return _ENDING.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])
