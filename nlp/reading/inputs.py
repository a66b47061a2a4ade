"""Finds the inputs that a user named: files, folders, standard input."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from nlp.reading.document import Unreadable

STANDARD_INPUT = "-"


@dataclass(frozen=True, order=True)
class Input:
    """One thing to read: `path` as the user would write it, `-` for standard input."""

    path: str

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
        if self.path == STANDARD_INPUT:
            return sys.stdin.buffer.read()
        try:
            return Path(self.path).read_bytes()
        except OSError as error:
            raise _refused(self.path, error) from error


def find(paths: Iterable[str]) -> list[Input]:
    """Return the inputs below `paths`, sorted, each once; hidden files are left out of folders.

    A path that does not exist is an input too: reading it says so, and the batch goes on.
    """
    found = {file for path in paths for file in _files(path)}
    return sorted(Input(file) for file in found)


def _files(path: str) -> Iterator[str]:
    if path == STANDARD_INPUT or not os.path.isdir(path):
        yield path
        return
    for folder, below, names in os.walk(path):
        below[:] = [name for name in below if not name.startswith(".")]
        yield from (os.path.join(folder, name) for name in names if not name.startswith("."))


def _refused(path: str, error: OSError) -> Unreadable:
    if isinstance(error, FileNotFoundError):
        return Unreadable("not_found", f"{path}: there is no such file.")
    if isinstance(error, PermissionError):
        return Unreadable("not_permitted", f"{path}: this file may not be read; check its permissions.")
    return Unreadable("unreadable", f"{path}: could not be read ({error.strerror}).")
