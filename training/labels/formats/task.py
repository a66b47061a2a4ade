"""A labelled text on its way to a tool or back, and how a tool's file may be wrong."""

from __future__ import annotations

from typing import NamedTuple, TypeVar

import msgspec

from training.labels.spans import Span

T = TypeVar("T")


class Task(NamedTuple):
    """A text with its spans; `name` is where its label file goes, below the folder of all."""

    name: str
    text: str
    spans: tuple[Span, ...]


class Malformed(ValueError):
    """Why a line of a tool's file is not what the tool writes: the line, and the reason."""

    def __init__(self, row: int, message: str) -> None:
        super().__init__(message)
        self.row = row


def decoded(content: str | bytes, kind: type[T], row: int) -> T:
    """Return what a piece of JSON holds; Malformed where it is none of this kind."""
    try:
        return msgspec.json.decode(content, type=kind)
    except (msgspec.MsgspecError, UnicodeDecodeError) as error:
        raise Malformed(row, str(error)) from error


def utf8(content: bytes) -> str:
    """Return a file's text; Malformed where it is not UTF-8."""
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Malformed(content[: error.start].count(b"\n") + 1, "not UTF-8") from error
