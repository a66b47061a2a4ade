"""Loads gold and predicted records from files, folders, JSON Lines, label files or standard input."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET

from nlp.record.malformed import MALFORMED
from nlp.storage.addresses import is_address
from training.labels import label_files
from training.labels.label_files import Labelled
from training.scoring.gold import LineOf, Record
from training.scoring.matching import Unscorable
from training.scoring.placed import Given, Held, Placed, Stored, placed
from training.scoring.readings import is_readable

_JSON, _JSON_LINES = ".json", (".jsonl", ".ndjson")
_ENDINGS = (_JSON, *_JSON_LINES, ".jsonl.gz", ".json.gz", label_files.ENDING)

_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_GZIP = b"\x1f\x8b"

_record_decoder = msgspec.json.Decoder(Record)
_list_decoder = msgspec.json.Decoder(list[msgspec.Raw])

_PlacedOrFault = Placed | str
"""A record, or a message that says why it cannot be read."""


def load(path: str) -> list[Placed]:
    """Return every record and label file at a path, `-` for standard input.

    Every record is decoded once, to see that it can be, but not kept, so that there may be many. Raises
    Unscorable, or LabelError for label files, with everything that is wrong.
    """
    record_files: list[str] = []
    labelled_files: list[Path] = []
    for file in _files(path):
        if file.lower().endswith(label_files.ENDING):
            labelled_files.append(Path(file))
        else:
            record_files.append(file)
    labelled = label_files.read(labelled_files)
    records: list[Placed] = []
    faults: list[str] = []
    for file in record_files:
        for record in _load(file):
            if isinstance(record, str):
                faults.append(record)
            else:
                records.append(record)
    if faults:
        raise Unscorable(faults)
    return records + [_as_record(document) for document in labelled]


def load_all(*paths: str) -> list[list[Placed]]:
    """Return what is at each of several paths; raises Unscorable with the faults of all of them."""
    loaded: list[list[Placed]] = []
    faults: list[str] = []
    for path in paths:
        try:
            loaded.append(load(path))
        except Unscorable as unscorable:
            faults += unscorable.faults
    if faults:
        raise Unscorable(list(dict.fromkeys(faults)))
    return loaded


def _files(path: str) -> list[str]:
    """Return a file itself, or all record and label files of a folder that are not hidden, sorted."""
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    files: list[str] = []
    for file in sorted(folder.rglob("*")):
        is_hidden = any(part.startswith(".") for part in file.relative_to(folder).parts)
        if not is_hidden and file.name.lower().endswith(_ENDINGS) and file.is_file():
            files.append(str(file))
    if not files:
        raise Unscorable([f"{path}: no record or label file ({', '.join(_ENDINGS)}) in this folder."])
    return files


def _load(path: str) -> Iterator[_PlacedOrFault]:
    """Yield the records of a file, which holds one record, a list of records, or a record a line.

    Files with a record a line may be too large for memory, and are read line by line.
    """
    if is_address(path):
        yield f"{path}: only files of this machine are scored; copy it here first."
        return
    try:
        if path == "-":
            yield from _in_memory(path, sys.stdin.buffer.read())
        elif _is_gzipped(path):
            yield from _in_memory(path, gzip.decompress(Path(path).read_bytes()), is_stored=False)
        elif _is_json_lines_file(path):
            yield from _json_lines(path)
        else:
            yield from _in_memory(path, Path(path).read_bytes())
    except OSError as error:
        yield f"{path}: could not be read ({error.strerror or error})."
    except (EOFError, zlib.error) as error:
        yield f"{path}: could not be read ({error})."


def _is_gzipped(path: str) -> bool:
    with open(path, "rb") as file:
        return file.read(len(_GZIP)) == _GZIP


def _is_json_lines_file(path: str) -> bool:
    with open(path, "rb") as file:
        first_line = file.readline().removeprefix(_BYTE_ORDER_MARK)
        second_line = file.readline()
    return bool(second_line.strip()) and _is_json_lines(path, first_line)


def _is_json_lines(path: str, first_line: bytes) -> bool:
    """Return whether a file of several lines has a record a line, by its name or its first line."""
    return path.lower().endswith(_JSON_LINES) or _is_json_object(first_line)


def _is_json_object(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except MALFORMED:
        return False
    return line.startswith(b"{")


def _json_lines(path: str) -> Iterator[_PlacedOrFault]:
    start = 0
    with open(path, "rb") as file:
        for n, line in enumerate(file, 1):
            has_mark = n == 1 and line.startswith(_BYTE_ORDER_MARK)
            skipped = len(_BYTE_ORDER_MARK) if has_mark else 0
            if line.strip():
                stored = Stored(path, start + skipped, len(line) - skipped)
                yield _placed(f"{path}:{n}", line[skipped:], stored)
            start += len(line)


def _in_memory(path: str, content: bytes, is_stored: bool = True) -> Iterator[_PlacedOrFault]:
    """Yield the records of a file's content; `is_stored` says that the file itself begins and ends so."""
    content = content.removeprefix(_BYTE_ORDER_MARK).strip()
    if not content:
        return
    lines = content.split(b"\n")
    if len(lines) > 1 and _is_json_lines(path, lines[0]):
        for n, line in enumerate(lines, 1):
            if line.strip():
                yield _placed(f"{path}:{n}", line, Held(line))
    elif content.startswith(b"["):
        yield from _list(path, content)
    elif path == "-" or not is_stored:
        yield _placed(path, content, Held(content))
    else:
        yield _placed(path, content, Stored(path))


def _list(path: str, content: bytes) -> list[_PlacedOrFault]:
    try:
        parts = [bytes(raw) for raw in _list_decoder.decode(content)]
    except MALFORMED as error:
        return [f"{path}: this is no list of records ({error})."]
    return [_placed(f"{path}, record {n}", part, Held(part)) for n, part in enumerate(parts, 1)]


def _placed(origin: str, content: bytes, read: Held | Stored) -> _PlacedOrFault:
    try:
        record = _record_decoder.decode(content)
    except MALFORMED as error:
        return f"{origin}: this is no record ({error})."
    return _unreadable_cell(origin, record) or placed(origin, record, read)


def _unreadable_cell(origin: str, record: Record) -> str | None:
    """Return a message about the first cell whose text is no number or placeholder; None if there is none."""
    if record.tables is UNSET:
        return None
    for table, rows in record.tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                if isinstance(cell, str) and not is_readable(cell):
                    return f"{origin}: {table}.{row}.{column}: “{cell}” is no number."
    return None


def _as_record(labelled: Labelled) -> Placed:
    """Return a label file as a record that has nothing but the labels of its lines."""
    labels = [{"n": n, "label": label} for n, label in enumerate(labelled.labels, 1) if label]
    record = Record(labelled.name, lines=msgspec.convert(labels, list[LineOf]))
    return placed(labelled.name, record, Given(record), labelled.text.rstrip("\n"))
