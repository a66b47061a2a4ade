"""Opens what results are written to: standard output, or a file that is there whole or not at all."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from glob import escape
from pathlib import Path
from typing import BinaryIO

STANDARD_OUTPUT = "-"


class Unwritable(Exception):
    """An output that could not be written; the message says why, or nothing if a pipe has no reader left."""


@contextmanager
def output(path: str | None, keep: bool = False) -> Iterator[BinaryIO]:
    """Yield a binary file; None and `-` stand for standard output.

    A file appears under its name only when everything is written; what was there before stays until
    then. With `keep`, what was written before an interruption stays beside the file, and the next one that
    is opened with `keep` begins with it, positioned at its start. Raises Unwritable.
    """
    try:
        with _opened(path, keep) as file:
            yield file
    except BrokenPipeError as error:
        raise Unwritable from error
    except OSError as error:
        name = "standard output" if path in (None, STANDARD_OUTPUT) else path
        raise Unwritable(f"{name}: could not be written ({error.strerror}).") from error


def keep(path: Path, content: bytes) -> None:
    """Write a file whole, its folder made first if need be; raises Unwritable."""
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            part.write_bytes(content)
            os.replace(part, path)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise Unwritable(f"{path}: could not be written ({error.strerror}).") from error


@contextmanager
def whole_file(path: str) -> Iterator[Path]:
    """Yield the path to write a file to that appears as `path` only when everything is written.

    It is for what opens a file by its name: databases. Raises Unwritable.
    """
    target = Path(os.path.realpath(path))
    part = target.with_name(f".{target.name}.{os.getpid()}.part")
    try:
        _check(target)
        if target.exists() and not target.is_file():
            raise OSError(0, "it is a device")
        try:
            part.open("xb").close()  # a folder that cannot be written is told before any work
            part.unlink()
            yield part
            os.replace(part, target)
        finally:
            for left in part.parent.glob(f"{escape(part.name)}*"):
                left.unlink()
    except OSError as error:
        raise Unwritable(f"{path}: could not be written ({error.strerror or error}).") from error


def part_of(path: str) -> Path | None:
    """Return the path of a file while it is unfinished; None for a device, which has no such file."""
    target = Path(os.path.realpath(path))
    return None if target.exists() and not target.is_file() else target.with_name(f".{target.name}.part")


@contextmanager
def _opened(path: str | None, keep: bool) -> Iterator[BinaryIO]:
    if path is None or path == STANDARD_OUTPUT:
        with _standard_output() as file:
            yield file
        return
    _check(Path(os.path.realpath(path)))
    part = part_of(path)
    if part is None:
        with open(path, "wb") as file:
            yield file
        return
    with _whole(part, Path(os.path.realpath(path)), keep) as file:
        yield file


def _check(target: Path) -> None:
    """Raise OSError for a path that is a folder, or whose folder does not exist."""
    if target.is_dir():
        raise OSError(0, "it is a folder; name a file")
    if not target.parent.exists():
        raise OSError(0, f"there is no folder {target.parent}; make it first")


@contextmanager
def _standard_output() -> Iterator[BinaryIO]:
    if sys.stdout is None:
        raise OSError(0, "it is closed")
    yield sys.stdout.buffer
    sys.stdout.buffer.flush()


@contextmanager
def _whole(part: Path, target: Path, keep: bool) -> Iterator[BinaryIO]:
    """Yield the unfinished file `part`; at the end it becomes `target`."""
    file = open(part, "a+b")  # noqa: SIM115 closed below, whatever happens
    try:
        _reserve(file)
        file.seek(0)
        if not keep:
            file.truncate()
        yield file
        file.flush()
        os.fsync(file.fileno())
        os.replace(part, target)
    finally:
        with suppress(OSError):  # a full disk: what is written is written
            file.close()
        if part.exists() and not (keep and part.stat().st_size):
            part.unlink()


def _reserve(file: BinaryIO) -> None:
    """Raise OSError if another run writes the same file, where the system can tell."""
    try:
        import fcntl
    except ImportError:  # Windows does not let two open a file for writing in the first place
        return
    try:
        fcntl.flock(file.fileno(), fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError as error:
        raise OSError(error.errno, "another run is writing it") from error
