"""A document as read: its decoded text, where it came from, or why it could not be read."""

from __future__ import annotations

from dataclasses import dataclass

from nlp.report import Source


class Unreadable(Exception):
    """A document that yields no text: a code for programs and a message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True)
class Document:
    """A decoded text and its source; every span of a record points into `text`."""

    source: Source
    text: str
