"""Opens what results are written to: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

STANDARD_OUTPUT = "-"


class Unwritable(Exception):
    """An output that could not be written: which one and why; no words where nobody reads it any more."""


@contextmanager
def output(path: str | None) -> Iterator[BinaryIO]:
    """Yield a binary file; None and `-` stand for standard output.

    A file appears under its name only when everything is written; what was there before stays until
    then. Raises Unwritable.
    """
    try:
        with _standard_output() if path in (None, STANDARD_OUTPUT) else _whole(Path(path or "")) as file:
            yield file
    except BrokenPipeError as error:
        raise Unwritable from error
    except OSError as error:
        name = "standard output" if path in (None, STANDARD_OUTPUT) else path
        raise Unwritable(f"{name}: could not be written ({error.strerror}).") from error


def keep(path: Path, content: bytes) -> None:
    """Write a file into a folder that may have to be made first; Unwritable where that fails."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    except OSError as error:
        raise Unwritable(f"{path}: could not be written ({error.strerror}).") from error


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise OSError(0, "it is closed")
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _whole(path: Path) -> Iterator[BinaryIO]:
    """Write beside the file, then rename; a device or a pipe is written as it stands."""
    target = Path(os.path.realpath(path))
    if target.exists() and not target.is_file():
        with target.open("wb") as file:
            yield file
        return
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            yield file
        os.replace(part, target)
    finally:
        part.unlink(missing_ok=True)
