"""Inputs as other machines get them: as a path if the file is the same there, else with the content."""

from __future__ import annotations

import os
from dataclasses import dataclass

from nlp.reading.document import Unreadable
from nlp.reading.inputs import STANDARD_INPUT, Input
from nlp.storage.addresses import is_address, is_of_this_machine

Stamp = tuple[int, int]
"""Size in bytes and second of the last change: equal if two machines see the same file."""


class Elsewhere(Exception):
    """A file that is not on this machine, is another one here, or may not be read here."""


@dataclass(frozen=True, order=True)
class Sent(Input):
    """An input to be read on another machine; its record names it as the user did.

    It has either the absolute path `place` and the file's `stamp`, or an address as `place`, or the
    `content`, or the code and message of the `refusal` with which it could not be read.
    """

    place: str = ""
    stamp: Stamp | None = None
    content: bytes | None = None
    refusal: tuple[str, str] | None = None

    def read(self) -> bytes:
        """Return its bytes; raises Unreadable, and Elsewhere if only the machine that sent it can read it."""
        if self.refusal:
            raise Unreadable(*self.refusal)
        if self.content is not None:
            return self.content
        if not is_address(self.place) and stamp(self.place) != self.stamp:
            raise Elsewhere(self.place)
        try:
            return Input(self.place).read()
        except Unreadable as reason:
            if reason.code == "too_large":
                raise
            raise Elsewhere(self.place) from reason


def by_path(input: Input) -> Sent:
    """Return an input to be read by its path where it is worked on.

    Standard input, links, pipes and missing files are read on this machine and sent with their content.
    """
    if input.is_elsewhere and not is_of_this_machine(input.path):
        return Sent(input.path, input.folder, input.path)
    if input.path == STANDARD_INPUT or os.path.islink(input.path) or not os.path.isfile(input.path):
        return with_content(input)
    file_stamp = stamp(input.path)
    if file_stamp is None:
        return with_content(input)
    return Sent(input.path, input.folder, os.path.abspath(input.path), file_stamp)


def with_content(input: Input) -> Sent:
    """Return an input with its content, or with the code and message that say why it cannot be read."""
    try:
        return Sent(input.path, input.folder, content=input.read())
    except Unreadable as reason:
        return Sent(input.path, input.folder, refusal=(reason.code, reason.message))


def stamp(path: str) -> Stamp | None:
    """Return a file's size and the second of its last change; None if it cannot be looked at."""
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    return status.st_size, int(status.st_mtime)
