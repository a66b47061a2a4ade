"""Shows the document of a record: its decoded text, or a page of it as a picture; read within limits."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from nlp.desk import pictures
from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Failure, LabelledLine, Source
from nlp.running.batch import results
from nlp.running.extraction import loaded

_KEPT = 12
"""So many texts and pictures are kept ready: those of the records that one goes to and fro between."""


class NoDocument(Exception):
    """The document of a record cannot be shown; `code` says why: a word of data/desk.toml."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Text(NamedTuple):
    """The decoded text of a document."""

    text: str


class Drafted(NamedTuple):
    """The decoded text of a document, and its lines that are not blank with the labels of a model."""

    text: str
    lines: list[LabelledLine]


def input_of(source: Source, folders: Sequence[str]) -> Input:
    """Return the document that a record was read from, as it lies below one of the folders.

    Its path, or the end of it, is what the record says, and the record may come from anyone: nothing outside
    the folders is read, and no file whose content is not that of the record. Raises NoDocument.
    """
    why_not = "document_missing"
    for folder in folders:
        for path in _paths(source, folder):
            if not os.path.isfile(path):
                continue
            if not _is_inside(path, folder):
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


def text(input: Input, sha256: str) -> str:
    """Return the decoded text of a document; `sha256` is that of its content. Raises NoDocument."""
    shown = _ready(_Decoding(), input, sha256)
    if not isinstance(shown, Text):
        raise NoDocument("document_unreadable")
    return shown.text


def drafted(input: Input, sha256: str, model: Path | None) -> Drafted:
    """Return the decoded text of a document and its lines as a model labels them; raises NoDocument."""
    shown = _ready(_Labelling(model), input, sha256)
    if not isinstance(shown, Drafted):
        raise NoDocument("document_unreadable")
    return shown


def picture(input: Input, sha256: str, page: int) -> pictures.Picture:
    """Return a page, from 1, of a PDF as a picture; raises NoDocument."""
    shown = _ready(_Drawing(page), input, sha256)
    if not isinstance(shown, pictures.Picture):
        raise NoDocument("document_unreadable")
    return shown


@dataclass(frozen=True)
class _Decoding:
    """The work of decoding a document."""

    def __call__(self, input: Input) -> Text | Failure:
        try:
            return Text(reader.read(input).text)
        except Unreadable as reason:
            return Failure(reason.code, reason.message)

    def lost(self, input: Input, why: Failure) -> Text | Failure:
        """Return why there is no text."""
        return why


@dataclass(frozen=True)
class _Labelling:
    """The work of labelling the lines of a document with a model."""

    model: Path | None

    def __call__(self, input: Input) -> Drafted | Failure:
        try:
            return Drafted(*loaded(self.model).labels(input))
        except Unreadable as reason:
            return Failure(reason.code, reason.message)

    def lost(self, input: Input, why: Failure) -> Drafted | Failure:
        """Return why there are no labels."""
        return why


@dataclass(frozen=True)
class _Drawing:
    """The work of drawing a page of a PDF."""

    page: int

    def __call__(self, input: Input) -> pictures.Picture | Failure:
        try:
            return pictures.drawn(input.read(), self.page)
        except (Unreadable, pictures.NoPicture) as reason:
            return Failure("unreadable", str(reason))

    def lost(self, input: Input, why: Failure) -> pictures.Picture | Failure:
        """Return why there is no picture."""
        return why


_Work = _Decoding | _Drawing | _Labelling
_Shown = Text | Drafted | pictures.Picture | Failure
_kept: dict[tuple[_Work, str], _Shown] = {}
_one_at_a_time = Lock()


def _ready(work: _Work, input: Input, sha256: str) -> _Shown:
    """Return the result of some work on an input, kept from before or done now.

    It is done in a process of its own: what the input does to that, the desk outlives.
    """
    key = (work, sha256)
    kept = _kept.get(key)
    if kept is not None:
        return kept
    with _one_at_a_time:
        if key not in _kept:
            (_kept[key],) = results(work, [input])
            while len(_kept) > _KEPT:
                del _kept[next(iter(_kept))]
        return _kept[key]


def _is_inside(path: str, folder: str) -> bool:
    """Return whether a path lies in a folder, links resolved."""
    return os.path.realpath(path).startswith(os.path.join(os.path.realpath(folder), ""))
