"""Holds a labelled text between a label file and a tool's file, and the errors of the latter."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import msgspec

from nlp.record.malformed import MALFORMED
from training.labels.spans import Span

T = TypeVar("T")


class Task(NamedTuple):
    """A text with its spans; `name` is the path of its label file below the folder of all label files."""

    name: str
    text: str
    spans: tuple[Span, ...]


class Malformed(ValueError):
    """A file is not as the tool writes it; `row` is the line at fault, 0 if it is not known."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


def decoded(content: str | bytes, kind: type[T], row: int) -> T:
    """Return JSON decoded as a type; raises Malformed, with the row, if it does not fit."""
    try:
        return msgspec.json.decode(content, type=kind)
    except MALFORMED as error:
        raise Malformed(row, str(error)) from error


def utf8(content: bytes) -> str:
    """Return the text of a file's content; raises Malformed if it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(content[: error.start].count(b"\n") + 1, "not UTF-8") from error
