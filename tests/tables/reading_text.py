"""Reads a page that a test writes, as a file of text."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Report

Read = Callable[[str], Report]


def reading_into(folder: Path) -> Read:
    """Return a function that reads texts, each by way of a file in a folder."""
    reader, page = Reader(), folder / "page.txt"

    def read(text: str) -> Report:
        page.write_text(text, encoding="utf-8")
        return reader.read(Input(str(page)))

    return read
