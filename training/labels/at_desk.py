"""Reads and writes label files for the desk."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from nlp.desk.labels import BadLabels
from training.labels import label_files


class Files:
    """Label files as `nlp.desk.labels` wants them."""

    def rows(self, text: str, labels: Sequence[str]) -> str:
        """Return the content of the label file of a text."""
        return label_files.rows(text, labels)

    def labels(self, file: Path) -> tuple[str, Sequence[str]]:
        """Return the text and the labels in a label file; raises BadLabels."""
        try:
            (labelled,) = label_files.read([file])
        except label_files.LabelError as reason:
            raise BadLabels(str(reason)) from reason
        return labelled.text, labelled.labels
