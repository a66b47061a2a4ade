"""Keeps label files for training: the labels that a person gives to the lines of a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from threading import Lock
from typing import NamedTuple, Protocol

from nlp.labelling.classifier import LABELS
from nlp.record.model import LabelledLine, LineLabel, Source
from nlp.writers.output import keep

_DOUBTFUL = 0.9
"""A label that the model gives with less is marked."""


class LabelFormat(Protocol):
    """How label files are written and read: the functions of `training.labels.label_files`."""

    def rows(self, text: str, labels: Sequence[str]) -> str:
        """Return the content of the label file of a text."""

    def labels(self, file: Path) -> tuple[str, Sequence[str]]:
        """Return the text and the labels in a label file; raises BadLabels."""


class BadLabels(Exception):
    """A label file that cannot be used, or a label that cannot be given; the message says why."""


class Line(NamedTuple):
    """A line of a text, its label ("" for a blank line), and whether only the model says so, in doubt."""

    text: str
    label: str
    is_doubtful: bool


class Labels:
    """The label files of one folder, one for each document, named like it."""

    def __init__(self, folder: Path, format: LabelFormat) -> None:
        self._folder = folder
        self._format = format
        self._lock = Lock()

    def file(self, source: Source) -> Path:
        """Return the label file of a document."""
        name = Path(source.name).name or source.sha256
        return self._folder / f"{Path(name).stem}.tsv"

    def lines(self, source: Source, text: str, drafted: Sequence[LabelledLine]) -> list[Line]:
        """Return the lines of a document as its label file has them, or as the model drafted them.

        Raises BadLabels where the file is of another text.
        """
        file = self.file(source)
        lines = text.split("\n")
        if file.exists():
            file_text, labels = self._format.labels(file)
            if file_text != text:
                raise BadLabels(f"{file}: this is the label file of another text.")
            return [Line(line, label, False) for line, label in zip(lines, labels, strict=True)]
        by_number = {line.n: line for line in drafted}
        return [_drafted(line, by_number.get(n)) for n, line in enumerate(lines, 1)]

    def give(self, source: Source, text: str, drafted: Sequence[LabelledLine], n: int, label: str) -> None:
        """Give line `n`, from 1, a label; the file is written whole, with the draft of the other lines."""
        with self._lock:
            lines = self.lines(source, text, drafted)
            if label not in LABELS or not 1 <= n <= len(lines) or not lines[n - 1].label:
                raise BadLabels(f"line {n} cannot be labelled {label[:40]!r}.")
            labels = [line.label for line in lines]
            labels[n - 1] = label
            keep(self.file(source), self._format.rows(text, labels).encode("utf-8"))


def _drafted(text: str, line: LabelledLine | None) -> Line:
    if line is None:
        return Line(text, "", False)
    label: LineLabel = line.label
    return Line(text, label, line.confidence < _DOUBTFUL)
