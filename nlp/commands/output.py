"""Writes what commands give: results to files and standard output, words to standard error."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from nlp.commands.exits import Exit, Stop, ending
from nlp.commands.language import say, why

if TYPE_CHECKING:
    from nlp.record.corrections import Correction
    from nlp.record.model import Failure

_MENTIONED = 5
"""How many names a message spells out."""


@contextmanager
def opened(path: str | None) -> Iterator[BinaryIO]:
    """Yield a file to write to, or standard output for None and `-`; failures end the command."""
    from nlp.writers.output import Unwritable, output

    with ending(Unwritable, Exit.UNWRITABLE), output(path) as file:
        yield file


def write(path: str | None, content: bytes) -> None:
    """Write a file whole, or to standard output; what cannot be written ends the command."""
    with opened(path) as file:
        file.write(content)


def write_below(path: Path, content: bytes) -> None:
    """Write a file whole, its folder made first; what cannot be written ends the command."""
    from nlp.writers.output import Unwritable, keep

    with ending(Unwritable, Exit.UNWRITABLE):
        keep(path, content)


def write_json(path: str, facts: object) -> None:
    """Write facts as a line of JSON to a file, or to standard output for `-`."""
    from msgspec import json

    write(path, json.encode(facts) + b"\n")


def add_corrections(path: str, corrections: Sequence[Correction]) -> None:
    """Add corrections to a file; what cannot be kept ends the command."""
    from nlp.correcting.files import BadCorrections, append

    try:
        with ending(BadCorrections, Exit.REFUSED):
            append(path, corrections)
    except OSError as error:
        raise Stop(f"{path}: could not be written ({error.strerror}).", Exit.UNWRITABLE) from error


def now() -> str:
    """Return the time as corrections note it: UTC, to the second."""
    from datetime import UTC, datetime

    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def tell(text: str) -> None:
    """Write a text to standard output; a stream that cannot be written ends the command."""
    write(None, text.encode("utf-8"))


def mention(names: Sequence[str], what: str) -> None:
    """Write to standard error how many things there are, what they are, and the first few by name."""
    if names:
        shown = ", ".join(names[:_MENTIONED])
        if len(names) > _MENTIONED:
            shown += ", …"
        say(f"{len(names)} {what}: {shown}")


def tell_failure(path: str, failure: Failure) -> None:
    """Write to standard error why an input failed, with no character that could control a terminal."""
    message = why(failure.code, failure.message).removeprefix(path).lstrip(": ")
    say(f"{printable(path)}: {message}")


def printable(text: str) -> str:
    """Return a text with no character that could control a terminal.

    >>> printable("a\\x1b[2J.txt")
    'a?[2J.txt'
    """
    return "".join(character if character.isprintable() else "?" for character in text)
