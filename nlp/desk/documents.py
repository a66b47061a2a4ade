"""Finds the document of a record, below the folders that were opened and nowhere else."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence

from nlp.reading.archives.members import archive_of
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Source


class NoDocument(Exception):
    """The document of a record cannot be shown; `code` says why: a word of data/desk.toml."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def input_of(source: Source, folders: Sequence[str]) -> Input:
    """Return the document that a record was read from, as it lies below one of the folders.

    Its path, or the end of it, is what the record says, and the record may come from anyone: nothing outside
    the folders is read, and no file whose content is not that of the record. Raises NoDocument.
    """
    why_not = "document_missing"
    for folder in folders:
        for path in _paths(source, folder):
            file = path if os.path.isfile(path) else archive_of(path)
            if file is None:
                continue
            if not _is_inside(file, folder):
                why_not = "document_outside"
                continue
            try:
                return unchanged(Input(path, folder), source)
            except NoDocument as reason:
                why_not = reason.code
    raise NoDocument(why_not)


def _paths(source: Source, folder: str) -> Iterator[str]:
    """Yield where in a folder a document may lie: at its whole path, then at ever less of the path's end."""
    yield os.path.join(folder, source.path)
    parts = source.path.replace("\\", "/").split("/")
    for first in range(1, len(parts)):
        yield os.path.join(folder, *parts[first:])


def unchanged(input: Input, source: Source) -> Input:
    """Return a document if its content is that from which a record was read; raises NoDocument."""
    try:
        digest = hashlib.sha256(input.read()).hexdigest()
    except Unreadable as reason:
        raise NoDocument("document_unreadable") from reason
    if digest != source.sha256:
        raise NoDocument("document_changed")
    return input


def _is_inside(path: str, folder: str) -> bool:
    """Return whether a path lies in a folder, links resolved."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))
