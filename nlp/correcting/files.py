"""Reads files of corrections, and adds to them: whole lines, at the end, nothing before them touched."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from typing import BinaryIO, NamedTuple

from msgspec import json

from nlp.correcting.checking import fault
from nlp.record.corrections import Correction
from nlp.record.malformed import MALFORMED

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_BROKEN_OFF = b" # broken off\n"
"""Ends a line that a crash left unfinished; so closed it is never taken for a correction."""
_SHOWN = 5
"""How many faults a message spells out."""
_LARGEST = 1 << 30
"""The most bytes of a file of corrections."""

_decoder = json.Decoder(Correction)


class BadCorrections(Exception):
    """A file of corrections that cannot be used; the message has a line for each fault, with its place."""


class CorrectionFile(NamedTuple):
    """The corrections of a file in their order, and how many lines of it a crash left unfinished."""

    corrections: list[Correction]
    broken_off: int


def read(path: str) -> CorrectionFile:
    """Return what a file of corrections holds.

    A line that a crash broke off was never a correction: it is counted and left out. Raises BadCorrections
    where the file cannot be read or any other line is no correction.
    """
    try:
        with open(path, "rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise BadCorrections(f"{path}: could not be read ({error.strerror}).") from error
    if len(content) > _LARGEST:
        raise BadCorrections(f"{path}: the file is larger than {_LARGEST >> 20} MiB; no corrections are.")
    return parsed(content, path)


def parsed(content: bytes, name: str) -> CorrectionFile:
    """Return the corrections in the content of a file; `name` is what messages call it.

    Raises BadCorrections.
    """
    corrections: list[Correction] = []
    faults: list[str] = []
    broken_off = 0
    lines = content.removeprefix(_BYTE_ORDER_MARK).split(b"\n")
    for n, line in enumerate(lines, 1):
        is_unfinished = n == len(lines)
        if not line.strip():
            continue
        if (line + b"\n").endswith(_BROKEN_OFF):
            broken_off += 1
            continue
        correction = _decoded(line)
        if isinstance(correction, Correction):
            words = fault(correction)
            corrections.append(correction)
            if words:
                faults.append(f"{name}:{n}: {words}.")
        elif is_unfinished and line.lstrip().startswith(b"{"):
            broken_off += 1
        else:
            faults.append(f"{name}:{n}: this is no correction ({correction}).")
    if faults:
        raise BadCorrections(_listed(faults, name))
    return CorrectionFile(corrections, broken_off)


def append(path: str, corrections: Sequence[Correction]) -> None:
    """Add corrections at the end of a file, which is made if need be; they are on the disk when this returns.

    One program at a time adds to a file, others wait. A line that a crash broke off is closed first, so that
    it is never taken for a correction. Raises BadCorrections where one of them is none, OSError where the
    file cannot be written: then none of them counts.
    """
    faults = [f"{correction.field}: {words}." for correction in corrections if (words := fault(correction))]
    if faults:
        raise BadCorrections(_listed(faults, path))
    is_new = not os.path.exists(path)
    with open(path, "a+b", buffering=0) as file:
        _reserve(file)
        pending = _closing(file) + lines(corrections)
        while pending:
            pending = pending[file.write(pending) :]
        os.fsync(file.fileno())
    if is_new:
        _keep_name(path)


def lines(corrections: Iterable[Correction]) -> bytes:
    r"""Return corrections as the lines of a file.

    >>> lines([Correction(id="0123456789abcdef", field="year", read=2021, value=2022, by="Li")])
    b'{"id":"0123456789abcdef","field":"year","read":2021,"value":2022,"state":"corrected","by":"Li","at":"","note":""}\n'
    """
    return b"".join(json.encode(correction) + b"\n" for correction in corrections)


def _decoded(line: bytes) -> Correction | str:
    """Return the correction in a line, or why there is none."""
    try:
        return _decoder.decode(line)
    except MALFORMED as error:
        return str(error)


def _closing(file: BinaryIO) -> bytes:
    """Return what has to be written before the next line: nothing where the last one is whole.

    A last line that lacks nothing but its line feed is a correction, and gets it.
    """
    last = _last_line(file)
    if not last or last.endswith(b"\n"):
        return b""
    return b"\n" if isinstance(_decoded(last.removeprefix(_BYTE_ORDER_MARK)), Correction) else _BROKEN_OFF


def _last_line(file: BinaryIO) -> bytes:
    """Return the end of a file behind its last line feed but the final one, so that it may be empty."""
    size = file.seek(0, os.SEEK_END)
    length = 1 << 16
    while True:
        start = max(size - length, 0)
        file.seek(start)
        end = file.read(size - start)
        if end.endswith(b"\n"):
            return b""
        if b"\n" in end or start == 0:
            return end.rpartition(b"\n")[2]
        length *= 4


def _reserve(file: BinaryIO) -> None:
    """Wait until no other program adds to the file, where the system can tell."""
    try:
        import fcntl
    except ImportError:  # Windows writes a piece that was opened for appending at the end, whole
        return
    fcntl.flock(file.fileno(), fcntl.LOCK_EX)


def _keep_name(path: str) -> None:
    """Bring the name of a new file to the disk as well, where the system can."""
    if os.name != "posix":
        return
    folder = os.open(os.path.dirname(os.path.abspath(path)), os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _listed(faults: Sequence[str], name: str) -> str:
    more = len(faults) - _SHOWN
    shown = list(faults[:_SHOWN])
    if more > 0:
        shown.append(f"{name}: {more} more lines are amiss.")
    return "\n".join(shown)
