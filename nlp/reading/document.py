"""A document as read: its decoded text, where it came from, or why it could not be read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from nlp.report import Source, Span

Box = tuple[float, float, float, float]
"""Left, bottom, right and top in PDF points, from the lower left corner of the page set upright."""


class Unreadable(Exception):
    """A document that yields no text: a code for programs and a message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


class Placed(Protocol):
    """A character that stands on a page; page 0 is nowhere."""

    @property
    def page(self) -> int: ...
    @property
    def left(self) -> float: ...
    @property
    def bottom(self) -> float: ...
    @property
    def right(self) -> float: ...
    @property
    def top(self) -> float: ...


@dataclass(frozen=True)
class Positions:
    """Where each character of a text stands on the pages that it was read from."""

    characters: Sequence[Placed]

    def of(self, span: Span) -> tuple[int, Box] | None:
        """Return the page (from 1) and the box of a piece of the text; None where it is on no page."""
        found = [character for character in self.characters[slice(*span)] if character.page]
        if not found:
            return None
        here = [character for character in found if character.page == found[0].page]
        sides = (
            min(character.left for character in here),
            min(character.bottom for character in here),
            max(character.right for character in here),
            max(character.top for character in here),
        )
        left, bottom, right, top = (round(side, 1) for side in sides)
        return found[0].page, (left, bottom, right, top)


@dataclass(frozen=True)
class Read:
    """What a reader makes of some bytes: a text, its encoding, characters replaced, places on pages."""

    text: str
    encoding: str | None
    replaced: int = 0
    positions: Positions | None = None


@dataclass(frozen=True)
class Document:
    """A decoded text and its source; every span of a record points into `text`."""

    source: Source
    text: str
    positions: Positions | None = None
