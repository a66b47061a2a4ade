"""Opens what results are written to: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import errno
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from nlp.writers.unfinished import Unfinished

STANDARD_OUTPUT = "-"
_PATIENCE = 10.0
"""Seconds to wait for another run that writes the same small file."""


class Unwritable(Exception):
    """An output that could not be written; the message says why, or nothing if a pipe has no reader left."""


@contextmanager
def output(path: str | None) -> Iterator[BinaryIO]:
    """Yield a binary file; None and `-` stand for standard output.

    A file appears under its name only when everything is written; what was there before stays until
    then. Raises Unwritable.
    """
    with telling(path or STANDARD_OUTPUT):
        if path is None or path == STANDARD_OUTPUT:
            with _standard_output() as file:
                yield file
        elif is_device(path):
            with open(path, "wb") as file:
                yield file
        else:
            with unfinished(path) as whole:
                with whole.opened() as file:
                    yield file
                whole.publish()


@contextmanager
def unfinished(path: str | Path, patience: float = 0.0) -> Iterator[Unfinished]:
    """Yield a file to write, which is the only one's of this path; what was not published is removed."""
    file = Unfinished(path, patience)
    try:
        yield file
    finally:
        file.close()


def keep(path: Path, content: bytes) -> None:
    """Write a file whole, its folder made first if need be; raises Unwritable."""
    with telling(str(path)):
        path.parent.mkdir(parents=True, exist_ok=True)
        with unfinished(path, _PATIENCE) as whole:
            with whole.opened() as file:
                file.write(content)
            whole.publish()


@contextmanager
def whole_file(path: str) -> Iterator[Path]:
    """Yield the path to write a file to that appears as `path` only when everything is written.

    It is for what opens a file by its name: databases. Raises Unwritable.
    """
    with telling(path), unfinished(path) as whole:
        whole.created().close()  # a folder that cannot be written is told before any work
        whole.new.unlink()
        yield whole.new
        whole.publish()


@contextmanager
def telling(path: str) -> Iterator[None]:
    """Raise Unwritable, with the path and the reason, for an OSError inside."""
    try:
        yield
    except BrokenPipeError as error:
        raise Unwritable from error
    except OSError as error:
        name = "standard output" if path == STANDARD_OUTPUT else path
        raise Unwritable(f"{name}: could not be written ({reason(error)}).") from error


def reason(error: OSError) -> str:
    """Return why the system refuses something, and what to do about it where that can be said.

    >>> reason(OSError(24, "Too many open files"))
    'too many files are open: raise `ulimit -n`'
    """
    if error.errno in (errno.EMFILE, errno.ENFILE):
        return "too many files are open: raise `ulimit -n`"
    try:
        os.getcwd()
    except OSError:
        return "the folder that this command was started in is gone: change to another one"
    return (error.strerror or str(error)).rstrip(".")


def is_device(path: str) -> bool:
    """Return whether a path is that of a device or a pipe, which is written as it stands."""
    return os.path.exists(path) and not os.path.isfile(path) and not os.path.isdir(path)


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise OSError(0, "it is closed")
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()
