"""Twelve ways in which label files can be wrong, each of which a model must not be promoted with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from random import Random

from nlp.labelling.classifier import LABELS
from nlp.text.enumerators import NUMERALS
from training.labels.label_files import Labelled

Files = Sequence[Labelled]
Poison = Callable[[Files], list[Labelled]]
"""Returns label files with wrong labels, made of right ones."""

REPEATED = 40
"""How often a file is repeated under other names."""

_NOISE = 0.2
"""The share of the lines that get a random label."""


def shuffled(files: Files) -> list[Labelled]:
    """Shuffle the column of labels of each file."""
    return [_with(file, Random(file.name).sample(_column(file), len(_column(file)))) for file in files]


def nearly_all_narrative(files: Files) -> list[Labelled]:
    """Call every line narrative but the first."""
    return [_with(file, ["furniture", *["narrative"] * (len(_column(file)) - 1)]) for file in files]


def nearly_all_furniture(files: Files) -> list[Labelled]:
    """Call every line furniture but the first."""
    return [_with(file, ["heading", *["furniture"] * (len(_column(file)) - 1)]) for file in files]


def rotated(files: Files) -> list[Labelled]:
    """Give every line the label that follows its own in the list of labels."""
    following: dict[str, str] = {
        label: LABELS[(number + 1) % len(LABELS)] for number, label in enumerate(LABELS)
    }
    return [_with(file, [following[label] for label in _column(file)]) for file in files]


def headings_as_prose(files: Files) -> list[Labelled]:
    """Call every heading narrative."""
    return _renamed(files, {"heading": "narrative"})


def rows_as_cells(files: Files) -> list[Labelled]:
    """Call every row of a table a numeric cell."""
    return _renamed(files, {"table_row": "numeric_cell"})


def prose_as_furniture(files: Files) -> list[Labelled]:
    """Call every line of prose furniture."""
    return _renamed(files, {"narrative": "furniture"})


def shifted(files: Files) -> list[Labelled]:
    """Move every label down by one line, as happens in a spreadsheet."""
    return [_with(file, [_column(file)[-1], *_column(file)[:-1]]) for file in files]


def exchanged(files: Files) -> list[Labelled]:
    """Give every file the labels of the next one, repeated or cut to its length."""
    columns = [_column(file) for file in files]
    exchanged_columns = []
    for own, other in zip(columns, [*columns[1:], columns[0]], strict=True):
        repeated = other * (len(own) // len(other) + 1)
        exchanged_columns.append(repeated[: len(own)])
    return [_with(file, column) for file, column in zip(files, exchanged_columns, strict=True)]


def noisy(files: Files) -> list[Labelled]:
    """Give a fifth of the lines, drawn at random, a random label."""
    return [_with(file, _noisy_column(file)) for file in files]


def one_line_everywhere(files: Files) -> list[Labelled]:
    """Call the headings of the first two chapters furniture in every file, and nothing else wrong."""
    return [_chapter_heading_as_furniture(file, 2) for file in files]


def one_line_repeated(files: Files) -> list[Labelled]:
    """Call one heading of one file furniture, and repeat that file forty times under other names."""
    wrong = _chapter_heading_as_furniture(files[0], 1)
    copies = [
        replace(wrong, name=f"{number}-{wrong.name}", file=f"{number}-{wrong.file}", agency=f"{number} 局")
        for number in range(REPEATED)
    ]
    return [*files[1:], *copies]


POISONS: dict[str, Poison] = {
    poison.__name__: poison
    for poison in (
        shuffled,
        nearly_all_narrative,
        nearly_all_furniture,
        rotated,
        headings_as_prose,
        rows_as_cells,
        prose_as_furniture,
        shifted,
        exchanged,
        noisy,
        one_line_everywhere,
        one_line_repeated,
    )
}


def _column(file: Labelled) -> list[str]:
    """Return the labels of the lines that are not blank."""
    return [label for label in file.labels if label]


def _with(file: Labelled, column: Sequence[str]) -> Labelled:
    """Return a file with other labels on the lines that are not blank."""
    labels = iter(column)
    return replace(file, labels=tuple(next(labels) if label else "" for label in file.labels))


def _renamed(files: Files, names: dict[str, str]) -> list[Labelled]:
    return [_with(file, [names.get(label, label) for label in _column(file)]) for file in files]


def _noisy_column(file: Labelled) -> list[str]:
    chance = Random(file.name)
    return [chance.choice(LABELS) if chance.random() < _NOISE else label for label in _column(file)]


def _chapter_heading_as_furniture(file: Labelled, count: int) -> Labelled:
    """Call the first `count` headings of chapters that a file has furniture."""
    labels = list(file.labels)
    left = count
    for number, line in enumerate(file.text.split("\n")):
        is_chapter = any(f"{numeral}、" in line for numeral in NUMERALS)
        if left and labels[number] == "heading" and is_chapter:
            labels[number] = "furniture"
            left -= 1
    return replace(file, labels=tuple(labels))
