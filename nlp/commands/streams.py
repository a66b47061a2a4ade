"""Settles the standard streams: a word that cannot be said ends no batch, and no file takes their place."""

from __future__ import annotations

import io
import os
import sys
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing_extensions import Buffer


def settle() -> None:
    """Open what was closed: standard error goes nowhere then, and no output takes its number.

    Words that standard error does not take, as its disk is full or its reader is gone, are dropped.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # which gets the lowest number that is free: this one
    if sys.stderr is None:
        sys.stderr = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115 as long as the program runs
    elif os.name == "posix" and hasattr(sys.stderr, "buffer") and not isinstance(sys.stderr, _Words):
        sys.stderr = _Words()


class _Descriptor(io.RawIOBase):
    """Standard error, whose failures are nobody's."""

    def writable(self) -> bool:
        return True

    def fileno(self) -> int:
        return 2

    def isatty(self) -> bool:
        return os.isatty(2)

    def write(self, content: Buffer, /) -> int:
        remaining = memoryview(content)
        length = len(remaining)
        with suppress(OSError):
            while remaining:
                remaining = remaining[os.write(2, remaining) :]
        return length


class _Words(io.TextIOWrapper):
    """Standard error as text."""

    def __init__(self) -> None:
        buffer: io.BufferedWriter = io.BufferedWriter(_Descriptor())
        super().__init__(buffer, encoding=sys.stderr.encoding, errors="backslashreplace", line_buffering=True)
