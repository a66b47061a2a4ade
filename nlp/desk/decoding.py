"""Shows a document: its text, its lines with labels, a page as a picture, a place; read within limits."""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from typing import NamedTuple, TypeVar

from nlp.desk import pictures
from nlp.desk.documents import NoDocument
from nlp.reading import reader
from nlp.reading.document import Box, Unreadable
from nlp.reading.inputs import Input
from nlp.record.model import Failure, LabelledLine, Span
from nlp.running.batch import results
from nlp.running.extraction import loaded

Kind = TypeVar("Kind")
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
    return _shown(Text, _Decoding(), input, sha256).text


def place(input: Input, sha256: str, span: Span) -> tuple[int, Box] | None:
    """Return the page, from 1, and the box of some characters of a document's text; None where it has none.

    Raises NoDocument.
    """
    return _shown(Placed, _Placing(span), input, sha256).place


def drafted(input: Input, sha256: str, model: Path | None) -> Drafted:
    """Return the decoded text of a document and its lines as a model labels them; raises NoDocument."""
    return _shown(Drafted, _Labelling(model), input, sha256)


def picture(input: Input, sha256: str, page: int) -> pictures.Picture:
    """Return a page, from 1, of a PDF as a picture; raises NoDocument."""
    return _shown(pictures.Picture, _Drawing(page), input, sha256)


class _Work(ABC):
    """Something to be done with a document; why it cannot be is a Failure."""

    @abstractmethod
    def done(self, input: Input) -> Text | Placed | Drafted | pictures.Picture:
        """Return what there is to show; raises Unreadable or NoPicture."""

    def __call__(self, input: Input) -> _Shown:
        try:
            return self.done(input)
        except (Unreadable, pictures.NoPicture) as reason:
            return Failure("unreadable", str(reason))

    def lost(self, input: Input, why: Failure) -> _Shown:
        """Return why there is nothing to show: the process that did the work was ended."""
        return why


@dataclass(frozen=True)
class _Decoding(_Work):
    """The work of decoding a document."""

    def done(self, input: Input) -> Text:
        return Text(reader.read(input).text)


@dataclass(frozen=True)
class _Placing(_Work):
    """The work of telling on which page some characters of the text stand, and where."""

    span: Span

    def done(self, input: Input) -> Placed:
        positions = reader.read(input).positions
        return Placed(None if positions is None else positions.of(self.span))


@dataclass(frozen=True)
class _Labelling(_Work):
    """The work of labelling the lines of a document with a model."""

    model: Path | None

    def done(self, input: Input) -> Drafted:
        return Drafted(*loaded(self.model).labels(input))


@dataclass(frozen=True)
class _Drawing(_Work):
    """The work of drawing a page of a PDF."""

    page: int

    def done(self, input: Input) -> pictures.Picture:
        return pictures.drawn(input.read(), self.page)


_Shown = Text | Drafted | Placed | pictures.Picture | Failure
_kept: dict[tuple[_Work, str], _Shown] = {}
_one_at_a_time = Lock()


def _shown(kind: type[Kind], work: _Work, input: Input, sha256: str) -> Kind:
    """Return what some work gives to show of a document; raises NoDocument where it gives nothing."""
    result = _ready(work, input, sha256)
    if not isinstance(result, kind):
        raise NoDocument("document_unreadable")
    return result


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
