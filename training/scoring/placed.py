"""A record where it lies: what is known of it without holding it."""

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
    """A record in a file, all of it or so many bytes from `start`."""

    path: str
    start: int = 0
    length: int = -1

    def __call__(self) -> Record:
        with open(self.path, "rb") as file:
            file.seek(self.start)
            return _decoder.decode(file.read(self.length).removeprefix(b"\xef\xbb\xbf"))


@dataclass(frozen=True, slots=True)
class Held:
    """A record from where it can be read only once."""

    content: bytes

    def __call__(self) -> Record:
        return _decoder.decode(self.content)


@dataclass(frozen=True, slots=True)
class Given:
    """A record that never was a file."""

    record: Record

    def __call__(self) -> Record:
        return self.record


@dataclass(frozen=True, slots=True)
class Placed:
    """A record that can be had again by `read`; `text` where a label file tells the text itself.

    `parts` are the fields that it gives, `failed` tells of a document that could not be read.
    """

    origin: str
    key: str
    read: Callable[[], Record]
    parts: frozenset[str]
    failed: bool = False
    sha256: str = ""
    text: str | None = None


def placed(origin: str, record: Record, read: Callable[[], Record], text: str | None = None) -> Placed:
    """Return what is to be known of a record in order to match it."""
    parts = frozenset(part for part in _PARTS if getattr(record, part) is not UNSET)
    return Placed(origin, name_without_ending(record.name), read, parts, record.failed, record.sha256, text)


def name_without_ending(name: str) -> str:
    """Return the name under which gold and predicted records meet.

    >>> name_without_ending("in/2022/000.TXT"), name_without_ending("hongze2023.pdfium")
    ('000', 'hongze2023.pdfium')
    """
    return _ENDING.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])
