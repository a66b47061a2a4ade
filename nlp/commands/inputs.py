"""Finds what the arguments of a command name: documents, label files, and where their results go."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands.exits import Exit, ending

if TYPE_CHECKING:
    from nlp.reading.inputs import Input
    from training.labels.label_files import Labelled


def documents(paths: Sequence[str]) -> list[Input]:
    """Return the documents that paths name, those of folders included; there has to be one."""
    from nlp.reading.inputs import find

    return _at_least_one(find(paths), paths)


def documents_or_records(paths: Sequence[str]) -> list[Input]:
    """Return the documents that paths name, or the files of records; there has to be one."""
    from nlp.running.records import find_inputs

    return _at_least_one(find_inputs(paths), paths)


def _at_least_one(inputs: list[Input], paths: Sequence[str]) -> list[Input]:
    if not inputs:
        raise click.UsageError(f"There is no file to read in {', '.join(paths)}.")
    return inputs


def read_label_files(paths: Iterable[Path]) -> list[Labelled]:
    """Return the label files that paths name; one that is malformed ends the command."""
    from training.labels.label_files import LabelError, read

    with ending(LabelError, Exit.REFUSED):
        return read(paths)


def refuse_overwriting(inputs: Iterable[str], outputs: Iterable[str]) -> None:
    """End the command when the path of an output is that of an input, links resolved."""
    output_by_place = {os.path.realpath(path): path for path in outputs}
    for path in inputs:
        place = os.path.realpath(path)
        if place in output_by_place:
            name = output_by_place[place]
            raise click.UsageError(f"{name} is among the inputs: write the records elsewhere.")


def places_below(
    folder: Path, inputs: Iterable[Input], paths: Sequence[str], suffix: str
) -> dict[Input, Path]:
    """Return the file below `folder` for each input, named like it but for the suffix (`.txt`).

    `paths` are the arguments that named the inputs: what lies in folders below them does so below `folder`.
    Two inputs with one place end the command.
    """
    from nlp.writers.places import Clash, places

    with ending(Clash, Exit.USAGE):
        return {input: folder / place for input, place in places(inputs, paths, suffix).items()}
