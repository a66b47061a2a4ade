"""The inputs that a user names, files, folders and standard input, and how their bytes are read."""

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
"""Endings that are left out of folders: what this program and others write about reports."""


@dataclass(frozen=True, order=True, slots=True)
class Input:
    """One document to read.

    `path` is as the user would write it, `-` for standard input; `folder` is the folder that the user named
    and that the document was found in, "" for a document that the user named.
    """

    path: str
    folder: str = field(default="", compare=False, repr=False)

    @property
    def name(self) -> str:
        """The file's name without its folder; `stdin` for standard input."""
        return "stdin" if self.path == STANDARD_INPUT else os.path.basename(self.path)

    @property
    def shown_path(self) -> str:
        """The path for people and records: bytes that are not UTF-8 are replaced."""
        return os.fsencode(self.path).decode("utf-8", "replace")

    @property
    def shown_name(self) -> str:
        """The name for people and records: bytes that are not UTF-8 are replaced."""
        return os.fsencode(self.name).decode("utf-8", "replace")

    def read(self) -> bytes:
        """Return its bytes.

        Raises Unreadable where there is no such file, or it may not be read, is too large or outside its
        folder.
        """
        try:
            if self.path == STANDARD_INPUT:
                return _bounded(sys.stdin.buffer)
            if self.folder:
                _refuse_outsiders(self.folder, self.path)
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
    """Return the bytes of a file; raises Unreadable where there are more than LARGEST_FILE."""
    content = file.read(LARGEST_FILE + 1)
    if len(content) > LARGEST_FILE:
        raise Unreadable("too_large", f"the file is larger than {LARGEST_FILE >> 20} MiB; no report is.")
    return content


def find(paths: Iterable[str]) -> list[Input]:
    """Return the inputs that the paths name or, as folders, contain: sorted, each once.

    Hidden files in folders are left out, and those whose endings are in NO_DOCUMENTS. A path that does not
    exist is an input as well, and so is a link or pipe in a folder: reading it raises Unreadable, and the
    others are read all the same.
    """
    folder_of: dict[str, str] = {}
    for path in paths:
        for file, folder in _files(path):
            folder_of.setdefault(file, folder)
    return [Input(file, folder) for file, folder in sorted(folder_of.items())]


def _files(path: str) -> Iterator[tuple[str, str]]:
    """Yield the path of each file that a path names or contains, and the named folder, "" for a file."""
    if path == STANDARD_INPUT or not os.path.isdir(path):
        yield path, ""
        return
    for folder, subfolders, names in os.walk(path):
        subfolders[:] = [name for name in subfolders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and not name.lower().endswith(NO_DOCUMENTS):
                yield os.path.join(folder, name), path


def _refuse_outsiders(folder: str, path: str) -> None:
    """Raise Unreadable for a link that leads out of the folder that the user named, a pipe or a device."""
    if os.path.islink(path):
        inside = os.path.join(os.path.realpath(folder), "")
        if not os.path.realpath(path).startswith(inside):
            raise Unreadable("outside", "the link leads out of the folder; name the file to have it read.")
    if os.path.exists(path) and not os.path.isfile(path):
        raise Unreadable("not_a_file", "there is a pipe or a device of this name, which is not read.")


def _refused(path: str, error: OSError) -> Unreadable:
    """Return the exception that tells a person why a file cannot be read."""
    if isinstance(error, FileNotFoundError):
        return Unreadable("not_found", f"{path}: there is no such file.")
    if isinstance(error, IsADirectoryError):
        return Unreadable("not_a_file", f"{path}: this is a folder.")
    if isinstance(error, PermissionError):
        return Unreadable("not_permitted", f"{path}: this file may not be read; check its permissions.")
    return Unreadable("unreadable", f"{path}: could not be read ({error.strerror}).")
