"""The texts that records were read from, to show the line that a value came from."""

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
    """Looks for the decoded text in a folder that `extract --text` wrote, then where the record says."""

    folder: Path | None = None

    def lines(self, record: Record | None) -> list[str]:
        """Return the lines of the text that a record was read from; none where it is not to be had."""
        if record is None:
            return []
        text = self._written(record.name) if self.folder else None
        return (text if text is not None else _as_read(record.source) or "").split("\n")

    def _written(self, name: str) -> str | None:
        place = (self.folder or Path()) / f"{name_without_ending(name)}.txt"
        try:
            return place.read_bytes().decode("utf-8", "replace")
        except OSError:
            return None


def _as_read(source: str | NamedSource) -> str | None:
    """Read the document again, if it is still the one that the record is of."""
    if isinstance(source, str) or not source.sha256 or not os.path.isfile(source.path):
        return None
    try:
        content = Path(source.path).read_bytes()
        if hashlib.sha256(content).hexdigest() != source.sha256:
            return None
        return reader.read(Input(source.path)).text
    except (OSError, Unreadable):
        return None
