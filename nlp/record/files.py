"""Reads files of records one record at a time: JSON Lines or JSON, gzipped or not, or standard input."""

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

from nlp.record.malformed import MALFORMED
from nlp.storage import files as elsewhere
from nlp.storage.addresses import below, is_address
from nlp.storage.refusals import Refused

STANDARD_INPUT = "-"
_ENDINGS = (".jsonl", ".jsonl.gz", ".ndjson", ".ndjson.gz", ".json", ".json.gz")
_NO_RECORDS = ("datapackage.json",)
"""Names of files in a folder that end like record files and hold no records."""
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"


class NoFile(Exception):
    """Paths without records; the message names all of them, one a line."""


class UnreadableFile(Exception):
    """A file that cannot be read, or not to its end; the message names the file and the reason."""


class RawRecord(NamedTuple):
    """A record as JSON that has not been checked, and its place: `file:line` or `file, record n`.

    `offset` is where its line begins in the file, in bytes; None where it is no line of a plain file.
    """

    origin: str
    content: bytes
    offset: int | None = None


def find(paths: Iterable[str]) -> list[str]:
    """Return the record files that the paths and addresses name or, as folders, contain: in order, each once.

    Raises NoFile where a path does not exist or a folder holds no record file.
    """
    files: dict[str, None] = {}
    missing = []
    for path in paths:
        if is_address(path):
            try:
                inside = _record_files_at(path)
            except Refused as reason:
                missing.append(str(reason))
                continue
            files.update(dict.fromkeys(inside))
            if not inside:
                missing.append(_none_in(path))
        elif os.path.isdir(path):
            inside = _record_files_in(path)
            files.update(dict.fromkeys(inside))
            if not inside:
                missing.append(_none_in(path))
        elif path == STANDARD_INPUT or os.path.exists(path):
            files[path] = None
        else:
            missing.append(f"{path}: there is no such file.")
    if missing:
        raise NoFile("\n".join(missing))
    return list(files)


def raw_records(path: str) -> Iterator[RawRecord]:
    """Yield the records of a file, or of standard input for `-`.

    A file holds a record a line, or one record over many lines, or a JSON list of records. A line that is
    not JSON is yielded as well: whoever decodes it can report its place. Raises UnreadableFile, after the
    records before the damage.
    """
    try:
        with _opened(path) as file:
            start = file.readline()
            first = start.removeprefix(_BYTE_ORDER_MARK)
            if _is_record_line(first):
                is_plain = not (path == STANDARD_INPUT or is_address(path) or isinstance(file, gzip.GzipFile))
                offset = len(start) - len(first) if is_plain else None
                yield from _numbered(path, chain([first], file), offset)
            else:
                yield from _in_one_value(path, first + file.read())
    except Refused as error:
        raise UnreadableFile(str(error)) from error
    except (OSError, EOFError, zlib.error) as error:
        reason = str(error)
        if isinstance(error, OSError) and error.strerror:
            reason = error.strerror
        raise UnreadableFile(f"{path}: could not be read to its end ({reason}).") from error


def _none_in(folder: str) -> str:
    return f"{folder}: no record file ({', '.join(_ENDINGS)}) in this folder."


def _record_files_at(address: str) -> list[str]:
    """Return the record files in a folder at an address, or the address itself where it is that of a file."""
    found = elsewhere.listed(address)
    if found is None:
        return [address]
    return [file for file in found if _is_record_file(Path(below(file, address)))]


def _record_files_in(folder: str) -> list[str]:
    files = sorted(path for path in Path(folder).rglob("*") if path.is_file())
    return [str(path) for path in files if _is_record_file(path.relative_to(folder))]


def _is_record_file(path: Path) -> bool:
    if any(part.startswith(".") for part in path.parts):
        return False
    return path.name.lower().endswith(_ENDINGS) and path.name not in _NO_RECORDS


@contextmanager
def _opened(path: str) -> Iterator[BinaryIO]:
    """Open a file or standard input, decompressed where it begins as gzip does, whatever its name."""
    if path == STANDARD_INPUT:
        with _unzipped(sys.stdin.buffer) as file:
            yield file
        return
    if is_address(path):
        with elsewhere.opened(path) as raw, _unzipped(raw) as file:
            yield file
        return
    with open(path, "rb") as raw, _unzipped(raw) as file:
        yield file


@contextmanager
def _unzipped(raw: BinaryIO) -> Iterator[BinaryIO]:
    if not cast(BufferedReader, raw).peek(2).startswith(_GZIP):
        yield raw
        return
    with gzip.open(raw) as unzipped:
        yield cast(BinaryIO, unzipped)


def _is_record_line(first: bytes) -> bool:
    """Return whether the first line of a file shows that each of its lines is a record.

    It does where it is blank or a whole JSON object, and where it does not even begin as JSON: then the
    line is no record, and is reported as such.
    """
    bare = first.strip()
    if bare.startswith(b"["):
        return False
    if bare.startswith(b"{"):
        return _is_json(bare)
    return True


def _is_json(content: bytes) -> bool:
    try:
        msgspec.json.decode(content, type=msgspec.Raw)
    except MALFORMED:
        return False
    return True


def _in_one_value(path: str, content: bytes) -> Iterator[RawRecord]:
    """Yield the records of a file that is one JSON object or a list of them; its lines if it is not JSON."""
    if not _is_json(content):
        yield from _numbered(path, content.split(b"\n"))
    elif content.lstrip().startswith(b"["):
        records = msgspec.json.decode(content, type=list[msgspec.Raw])
        for n, record in enumerate(records, 1):
            yield RawRecord(f"{path}, record {n}", bytes(record))
    else:
        yield RawRecord(path, content)


def _numbered(path: str, lines: Iterable[bytes], offset: int | None = None) -> Iterator[RawRecord]:
    """Yield the lines that are not blank, with their numbers from 1.

    `offset` is where the first line begins in a plain file.
    """
    for n, line in enumerate(lines, 1):
        if line.strip():
            yield RawRecord(f"{path}:{n}", line, offset)
        if offset is not None:
            offset += len(line)
