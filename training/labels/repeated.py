"""Weighs label files of the same text once, and refuses those that label it in two ways."""

from __future__ import annotations

from collections.abc import Iterable

from training.labels.label_files import LabelError, Labelled, Problem


def without_repeated(files: Iterable[Labelled]) -> list[Labelled]:
    """Return the first of the files of each text; white space at the edges of lines makes no other text.

    Raises LabelError if two files of one text label a line differently.
    """
    first_by_text: dict[tuple[str, ...], Labelled] = {}
    problems: list[Problem] = []
    for file in files:
        first = first_by_text.setdefault(_filled_lines(file), file)
        if first is not file:
            problems += _difference(first, file)
    if problems:
        raise LabelError(problems)
    return list(first_by_text.values())


def _filled_lines(file: Labelled) -> tuple[str, ...]:
    return tuple("".join(line.split()) for line in file.text.split("\n") if line.strip())


def _difference(first: Labelled, file: Labelled) -> list[Problem]:
    """Return a problem for the first line that two files of one text label differently."""
    rows = [number for number, label in enumerate(file.labels, 1) if label]
    labels = [label for label in first.labels if label]
    for row, label in zip(rows, labels, strict=True):
        own = file.labels[row - 1]
        if own != label:
            message = (
                f"{own} here, but {label} in {first.file}, which holds the same text: keep the right one"
            )
            return [Problem(file.file, row, message)]
    return []
