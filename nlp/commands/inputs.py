"""Finds what the arguments of a command name: documents, label files, and where their results go."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands.exits import Exit, ending
from nlp.commands.language import in_language, say

if TYPE_CHECKING:
    from nlp.agencies.own import Own
    from nlp.correcting.decisions import Decisions
    from nlp.reading.inputs import Input
    from nlp.reading.passed_over import PassedOver
    from nlp.record.corrections import Correction
    from training.labels.label_files import Labelled

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


@dataclass(frozen=True)
class Listed:
    """The documents that a command was given; `origins` are the lines, `list.txt:3`, that named some."""

    inputs: list[Input]
    passed_over: PassedOver
    origins: dict[str, str] = field(default_factory=dict)


def listed_documents(paths: Sequence[str], files_from: str | None, null: bool) -> Listed:
    """Return the documents that paths and a list of paths name; there has to be one.

    What folders hold that is no document is counted. A list that cannot be read ends the command.
    """
    from nlp.reading.inputs import find
    from nlp.reading.passed_over import PassedOver

    origins = _listed(files_from, null) if files_from is not None else {}
    _require_storages([*paths, *origins])
    if files_from == "-" and "-" in (*paths, *origins):
        raise click.UsageError("Standard input holds the list: it cannot be a document as well.")
    passed_over = PassedOver()
    inputs = find([*paths, *origins], passed_over)
    if not inputs:
        _refuse_lost_folder()
        left_out = passed_over.sentence(in_language)
        named = ", ".join([*paths, *([files_from] if files_from else [])])
        more = f" Passed over: {left_out}." if left_out else ""
        raise click.UsageError(f"There is no file to read in {named}.{more}")
    return Listed(inputs, passed_over, origins)


def _require_storages(paths: Iterable[str]) -> None:
    """End the command where addresses need packages that are not installed."""
    from nlp.storage.addresses import is_address, scheme
    from nlp.storage.files import require
    from nlp.storage.refusals import Refused

    one_of_a_kind = {scheme(path): path for path in paths if is_address(path)}
    for address in one_of_a_kind.values():
        with ending(Refused, Exit.USAGE):
            require(address)


def _listed(file: str, null: bool) -> dict[str, str]:
    """Return the paths in a list, one a line or with `null` up to a NUL, with the place of each."""
    end = b"\0" if null else b"\n"
    paths: dict[str, str] = {}
    for n, line in enumerate(_content(file).removeprefix(_BYTE_ORDER_MARK).split(end), 1):
        path = line if null else line.removesuffix(b"\r")
        place = f"{file}:{n}"
        if b"\0" in path:
            raise click.UsageError(f"{place}: no path has a NUL in it; --null takes paths that NULs part.")
        if path.strip():
            paths.setdefault(os.fsdecode(path), place)
    return paths


def _content(file: str) -> bytes:
    try:
        if file == "-":
            return sys.stdin.buffer.read() if sys.stdin else b""
        return Path(file).read_bytes()
    except OSError as error:
        raise click.UsageError(f"{file}: the list cannot be read ({error.strerror}).") from error


def documents(paths: Sequence[str]) -> list[Input]:
    """Return the documents that paths name, those of folders included; there has to be one."""
    from nlp.reading.inputs import find

    return _at_least_one(find(paths), paths)


def documents_or_records(paths: Sequence[str]) -> list[Input]:
    """Return the documents that paths name, or the files of records; there has to be one."""
    from nlp.running.records import find_inputs

    return _at_least_one(find_inputs(paths), paths)


def _refuse_lost_folder() -> None:
    """End the command where the folder that it was started in is gone, which holds nothing then."""
    try:
        os.getcwd()
    except OSError as error:
        raise click.UsageError(
            "The folder that this command was started in is gone: change to another one."
        ) from error


def _at_least_one(inputs: list[Input], paths: Sequence[str]) -> list[Input]:
    if not inputs:
        _refuse_lost_folder()
        raise click.UsageError(f"There is no file to read in {', '.join(paths)}.")
    return inputs


def read_label_files(paths: Iterable[Path]) -> list[Labelled]:
    """Return the label files that paths name; one that is malformed ends the command."""
    from training.labels.label_files import LabelError, read

    with ending(LabelError, Exit.REFUSED):
        return read(paths)


def read_corrections(path: str) -> list[Correction]:
    """Return the corrections in a file; one that cannot be used ends the command.

    Lines that a crash broke off are told on standard error.
    """
    from nlp.correcting.files import BadCorrections, read

    with ending(BadCorrections, Exit.REFUSED):
        file = read(path)
    if file.broken_off:
        say(f"{path}: {file.broken_off} lines were broken off by a crash and are left out.")
    return file.corrections


def read_decisions(path: str) -> Decisions:
    """Return the corrections in a file that count; one that cannot be used ends the command."""
    from nlp.correcting.decisions import decisions

    return decisions(read_corrections(path))


def read_agencies(path: str | None) -> Own | None:
    """Return the user's own agencies; a file that cannot be used ends the command."""
    from nlp.agencies.own import BadAgencies, read

    if path is None:
        return None
    with ending(BadAgencies, Exit.REFUSED):
        return read(path)


def refuse_overwriting(inputs: Iterable[str], outputs: Iterable[str]) -> None:
    """End the command when the path of an output is that of an input, links resolved."""
    from nlp.storage.addresses import local_path

    output_by_place = {os.path.realpath(local_path(path)): path for path in outputs}
    for path in inputs:
        place = os.path.realpath(local_path(path))
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
