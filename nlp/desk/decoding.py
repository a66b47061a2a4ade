"""Shows a document: its text, its lines with labels, a page as a picture, a place; read within limits."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NamedTuple

from nlp.desk import pictures
from nlp.desk.documents import NoDocument
from nlp.reading import reader
from nlp.reading.document import Box, Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Failure, LabelledLine, Span
from nlp.running.batch import results
from nlp.running.extraction import loaded

_KEPT = 12
"""So many texts and pictures are kept ready: those of the records that one goes to and fro between."""


class Text(NamedTuple):
    """The decoded text of a document."""

    text: str


class Placed(NamedTuple):
    """Where some characters of a text stand: the page, from 1, and the box; None where no page has them."""

    place: tuple[int, Box] | None


class Drafted(NamedTuple):
    """The decoded text of a document, and its lines that are not blank with the labels of a model."""

    text: str
    lines: list[LabelledLine]


def text(input: Input, sha256: str) -> str:
    """Return the decoded text of a document; `sha256` is that of its content. Raises NoDocument."""
    shown = _ready(_Decoding(), input, sha256)
    if not isinstance(shown, Text):
        raise NoDocument("document_unreadable")
    return shown.text


def place(input: Input, sha256: str, span: Span) -> tuple[int, Box] | None:
    """Return the page, from 1, and the box of some characters of a document's text; None where it has none.

    Raises NoDocument.
    """
    shown = _ready(_Placing(span), input, sha256)
    if not isinstance(shown, Placed):
        raise NoDocument("document_unreadable")
    return shown.place


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
class _Placing:
    """The work of telling on which page some characters of the text stand, and where."""

    span: Span

    def __call__(self, input: Input) -> Placed | Failure:
        try:
            positions = reader.read(input).positions
        except Unreadable as reason:
            return Failure(reason.code, reason.message)
        return Placed(None if positions is None else positions.of(self.span))

    def lost(self, input: Input, why: Failure) -> Placed | Failure:
        """Return why it cannot be told."""
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


_Work = _Decoding | _Drawing | _Labelling | _Placing
_Shown = Text | Drafted | Placed | pictures.Picture | Failure
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
