"""An input as another machine gets it: as a path, if the file is the same there, else with its content."""

from __future__ import annotations

import os
from dataclasses import dataclass

from nlp.reading.document import Unreadable
from nlp.reading.inputs import STANDARD_INPUT, Input

Stamp = tuple[int, int]
"""Size in bytes and second of the last change: what tells that two machines see the same file."""


class Elsewhere(Exception):
    """The file is not on this machine, or another one is, or it may not be read here."""


@dataclass(frozen=True, order=True)
class Sent(Input):
    """An input to be read on another machine; its record names it as the user did."""

    place: str = ""
    stamp: Stamp | None = None
    content: bytes | None = None
    refusal: tuple[str, str] | None = None

    def read(self) -> bytes:
        """Return its bytes; Unreadable as on the machine that sent it, Elsewhere where that must read it."""
        if self.refusal:
            raise Unreadable(*self.refusal)
        return self._read_here() if self.content is None else self.content

    def _read_here(self) -> bytes:
        if stamp(self.place) != self.stamp:
            raise Elsewhere(self.place)
        try:
            return Input(self.place).read()
        except Unreadable as reason:
            if reason.code == "too_large":
                raise
            raise Elsewhere(self.place) from reason


def by_path(input: Input) -> Sent:
    """Return an input to be read where it is worked on; with its content where a path would not do.

    Links in folders, pipes and what is not there are looked at by the machine that the user named them to.
    """
    found = None if input.path == STANDARD_INPUT or os.path.islink(input.path) else stamp(input.path)
    if found is None or not os.path.isfile(input.path):
        return with_content(input)
    return Sent(input.path, input.folder, os.path.abspath(input.path), found)


def with_content(input: Input) -> Sent:
    """Return an input with its content, or with the reason why it cannot be read."""
    try:
        return Sent(input.path, input.folder, content=input.read())
    except Unreadable as reason:
        return Sent(input.path, input.folder, refusal=(reason.code, reason.message))


def stamp(path: str) -> Stamp | None:
    """Return a file's size and second of change; None where it cannot be looked at."""
    try:
        found = os.stat(path)
    except (OSError, ValueError):
        return None
    return found.st_size, int(found.st_mtime)
