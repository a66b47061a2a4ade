"""Finds the texts that records were read from, to show the line of a value."""

from __future__ import annotations

import hashlib
import os
from dataclasses import dataclass
from pathlib import Path

from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input
from training.scoring.gold import NamedSource, Record
from training.scoring.placed import name_without_ending


@dataclass(frozen=True)
class Texts:
    """Finds decoded texts in a folder that `extract --text` wrote, else reads the source again."""

    folder: Path | None = None

    def lines(self, record: Record | None) -> list[str]:
        """Return the lines of the text that a record was read from; [""] if the text cannot be found."""
        if record is None:
            return []
        text = None
        if self.folder is not None:
            text = _written(self.folder, record.name)
        if text is None:
            text = _read_again(record.source)
        return (text or "").split("\n")


def _written(folder: Path, name: str) -> str | None:
    try:
        return (folder / f"{name_without_ending(name)}.txt").read_bytes().decode("utf-8", "replace")
    except OSError:
        return None


def _read_again(source: str | NamedSource) -> str | None:
    """Return the text of a source; None if it cannot be read or its SHA-256 is not the record's."""
    if isinstance(source, str) or not source.sha256 or not os.path.isfile(source.path):
        return None
    try:
        content = Path(source.path).read_bytes()
        if hashlib.sha256(content).hexdigest() != source.sha256:
            return None
        return reader.read(Input(source.path)).text
    except (OSError, Unreadable):
        return None
