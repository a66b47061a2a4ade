"""Finds the inputs that a user named: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO

from nlp.limits import LARGEST_FILE
from nlp.reading.document import Unreadable

STANDARD_INPUT = "-"
_TABLES = (".csv", ".xlsx", ".parquet", ".duckdb", ".sqlite", ".gz")
NO_DOCUMENTS = (".json", ".jsonl", ".ndjson", ".tsv", *_TABLES)
"""Endings of what this program and others write about reports; a file that the user names is read anyhow."""


@dataclass(frozen=True, order=True, slots=True)
class Input:
    """One thing to read: `path` as the user would write it, `-` for standard input.

    `folder` is the one that the user named and that it was found in, "" for what was named itself.
    """

    path: str
    folder: str = field(default="", compare=False, repr=False)

    @property
    def name(self) -> str:
        return "stdin" if self.path == STANDARD_INPUT else os.path.basename(self.path)

    @property
    def shown_path(self) -> str:
        """The path as a record can hold it: bytes that are no UTF-8 are replaced."""
        return os.fsencode(self.path).decode("utf-8", "replace")

    @property
    def shown_name(self) -> str:
        return os.fsencode(self.name).decode("utf-8", "replace")

    def read(self) -> bytes:
        """Return its bytes; Unreadable where there are none to be had."""
        try:
            if self.path == STANDARD_INPUT:
                return _bounded(sys.stdin.buffer)
            if self.folder:
                _refuse_what_is_no_file_of(self.folder, self.path)
            with open(self.path, "rb") as file:
                return _bounded(file)
        except OSError as error:
            raise _refused(self.path, error) from error


@dataclass(frozen=True, order=True)
class BytesInput(Input):
    """An input whose bytes were read before: from standard input, or by the program that calls this one.

    >>> BytesInput("report.txt", content=b"2023").read()
    b'2023'
    """

    content: bytes = b""

    def read(self) -> bytes:
        """Return its bytes."""
        return self.content


def _bounded(file: BinaryIO) -> bytes:
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large", f"the file is larger than {LARGEST_FILE >> 20} MiB; no report is.")
    return content


def find(paths: Iterable[str]) -> list[Input]:
    """Return the inputs below `paths`, sorted, each once.

    Of folders, hidden files are left out, and those whose names say that they are records or data and no
    documents. A path that does not exist is an input too: reading it says so, and the batch goes on. So is
    what lies in a folder and is no file of it: a link that leads out of it, a pipe.
    """
    found: dict[str, str] = {}
    for path in paths:
        for file, folder in _files(path):
            found.setdefault(file, folder)
    return [Input(file, folder) for file, folder in sorted(found.items())]


def _files(path: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each file, and the folder that it was found in."""
    if path == STANDARD_INPUT or not os.path.isdir(path):
        yield path, ""
        return
    for folder, below, names in os.walk(path):
        below[:] = [name for name in below if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and not name.lower().endswith(NO_DOCUMENTS):
                yield os.path.join(folder, name), path


def _refuse_what_is_no_file_of(folder: str, path: str) -> None:
    """Refuse links that lead out of the folder that the user named, pipes and devices."""
    if os.path.islink(path):
        inside = os.path.join(os.path.realpath(folder), "")
        if not os.path.realpath(path).startswith(inside):
            raise Unreadable("outside", "the link leads out of the folder; name the file to have it read.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise Unreadable("not_a_file", "there is a pipe or a device of this name, which is not read.")


def _refused(path: str, error: OSError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable("not_found", f"{path}: there is no such file.")
    if isinstance(error, IsADirectoryError):
        return Unreadable("not_a_file", f"{path}: this is a folder.")
    if isinstance(error, PermissionError):
        return Unreadable("not_permitted", f"{path}: this file may not be read; check its permissions.")
    return Unreadable("unreadable", f"{path}: could not be read ({error.strerror}).")
