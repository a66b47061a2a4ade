"""Finds records and yields them one by one: JSON Lines, compressed or not, folders, standard input."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from io import BufferedReader
from itertools import chain
from pathlib import Path
from typing import BinaryIO, NamedTuple, cast

import msgspec

STANDARD_INPUT = "-"
_ENDINGS = tuple(f"{ending}{zipped}" for ending in (".jsonl", ".ndjson", ".json") for zipped in ("", ".gz"))
_NO_RECORDS = ("datapackage.json",)
_MARK, _GZIP = b"\xef\xbb\xbf", b"\x1f\x8b"


class NoFile(Exception):
    """Paths that hold no records: all of them, a line each."""


class Unreadable(Exception):
    """A file that could not be read, or not to its end: which one and why."""


class Line(NamedTuple):
    """A record as JSON, not looked at yet, and where it stands."""

    origin: str
    content: bytes


def find(paths: Iterable[str]) -> list[str]:
    """Return the files that hold records below some paths, in the order named, each once; raises NoFile."""
    found: dict[str, None] = {}
    missing = []
    for path in paths:
        files = _below(path) if os.path.isdir(path) else [path]
        if not files:
            missing.append(f"{path}: no record file ({', '.join(_ENDINGS)}) in this folder.")
        elif path != STANDARD_INPUT and not os.path.exists(path):
            missing.append(f"{path}: there is no such file.")
        found.update(dict.fromkeys(files))
    if missing:
        raise NoFile("\n".join(missing))
    return list(found)


def lines(path: str) -> Iterator[Line]:
    """Yield the records of a file: one a line, or one in all lines, or a list of them; raises Unreadable."""
    try:
        with _opened(path) as file:
            first = file.readline().removeprefix(_MARK)
            if _is_whole(first):
                numbered = enumerate(chain([first], file), 1)
                yield from (Line(f"{path}:{n}", line) for n, line in numbered if line.strip())
            else:
                yield from _held(path, first + file.read())
    except (OSError, EOFError, zlib.error) as error:
        reason = (isinstance(error, OSError) and error.strerror) or str(error)
        raise Unreadable(f"{path}: could not be read to its end ({reason}).") from error


def _below(folder: str) -> list[str]:
    inside = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return [str(path) for path in inside if _is_record_file(path.relative_to(folder))]


def _is_record_file(path: Path) -> bool:
    hidden = any(part.startswith(".") for part in path.parts)
    return not hidden and path.name.lower().endswith(_ENDINGS) and path.name not in _NO_RECORDS


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """Yield a file's content; what is compressed is known by its first bytes."""
    if path == STANDARD_INPUT:
        with _plain(sys.stdin.buffer) as file:
            yield file
        return
    with open(path, "rb") as raw, _plain(raw) as file:
        yield file


@contextmanager
def _plain(raw: BinaryIO) -> Iterator[BinaryIO]:
    if cast(BufferedReader, raw).peek(2)[:2] != _GZIP:
        yield raw
        return
    with gzip.open(raw) as unzipped:
        yield cast(BinaryIO, unzipped)


def _is_whole(line: bytes) -> bool:
    """Tell whether a first line is a record by itself; a line that is no JSON at all is told of as one."""
    bare = line.strip()
    return not bare or (bare.startswith(b"{") and _is_json(bare)) or not bare.startswith((b"{", b"["))


def _is_json(content: bytes) -> bool:
    try:
        msgspec.json.decode(content, type=msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return True


def _held(path: str, content: bytes) -> Iterator[Line]:
    """Yield what a file holds that is one value in many lines; a torn line is told of by its number."""
    if _is_json(content):
        if not content.lstrip().startswith(b"["):
            yield Line(path, content)
            return
        records = msgspec.json.decode(content, type=list[msgspec.Raw])
        yield from (Line(f"{path}, record {n}", bytes(one)) for n, one in enumerate(records, 1))
        return
    numbered = enumerate(content.split(b"\n"), 1)
    yield from (Line(f"{path}:{n}", line) for n, line in numbered if line.strip())
