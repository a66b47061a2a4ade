"""Loads gold and predicted records from files, folders, JSON Lines, label files or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET

from training import labelled as labelled_files
from training.labelled import Labelled
from training.scoring.gold import LineOf, Record
from training.scoring.matching import Placed, Unscorable
from training.scoring.readings import is_readable

_JSON = (".json", ".jsonl", ".ndjson")
_ENDINGS = (*_JSON, labelled_files.ENDING)

_one = msgspec.json.Decoder(Record)
_many = msgspec.json.Decoder(list[Record])
Loaded = list[Placed | str]
"""What a file holds: records, and a letter for each that cannot be read."""


def load(path: str) -> list[Placed]:
    """Return every record and label file at a path, `-` for standard input.

    Raises Unscorable, or LabelError for label files, with all that is amiss.
    """
    files = _files(path)
    labelled = labelled_files.read(Path(file) for file in files if _holds_labels(file))
    loaded = [one for file in files if not _holds_labels(file) for one in _load(file)]
    faults = [one for one in loaded if isinstance(one, str)]
    if faults:
        raise Unscorable(faults)
    return [one for one in loaded if isinstance(one, Placed)] + [_as_record(one) for one in labelled]


def _holds_labels(file: str) -> bool:
    return file.lower().endswith(labelled_files.ENDING)


def _files(path: str) -> list[str]:
    folder = Path(path)
    if not folder.is_dir():
        return [path]
    inside = (file for file in sorted(folder.rglob("*")) if not _hidden(file.relative_to(folder)))
    found = [str(file) for file in inside if file.suffix.lower() in _ENDINGS and file.is_file()]
    if not found:
        raise Unscorable([f"{path}: no record or label file ({', '.join(_ENDINGS)}) in this folder."])
    return found


def _hidden(path: Path) -> bool:
    return any(part.startswith(".") for part in path.parts)


def _load(path: str) -> Loaded:
    try:
        content = sys.stdin.buffer.read() if path == "-" else Path(path).read_bytes()
    except OSError as error:
        return [f"{path}: could not be read ({error.strerror})."]
    content = content.removeprefix(b"\xef\xbb\xbf")
    return [fault or placed for placed in _records(path, content) for fault in [_unreadable_cell(placed)]]


def _records(path: str, content: bytes) -> Iterator[Placed | str]:
    """A file holds one record, a list of records, or a record a line; an empty one holds none."""
    if not content.strip():
        return
    head, _, rest = content.lstrip().partition(b"\n")
    if rest.strip() and (path.lower().endswith(_JSON[1:]) or _is_json(head)):
        for n, line in enumerate(content.split(b"\n"), 1):
            if line.strip():
                yield _decoded(f"{path}:{n}", line)
    elif content.lstrip().startswith(b"["):
        yield from _listed(path, content)
    else:
        yield _decoded(path, content)


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return line.startswith(b"{")


def _decoded(origin: str, content: bytes) -> Placed | str:
    try:
        return Placed(origin, _one.decode(content))
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"{origin}: this is no record ({error})."


def _listed(path: str, content: bytes) -> Loaded:
    try:
        return [Placed(f"{path}, record {n}", record) for n, record in enumerate(_many.decode(content), 1)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return [f"{path}: this is no list of records ({error})."]


def _unreadable_cell(placed: Placed | str) -> str | None:
    """A gold cell may be a text as printed, which has to be one that can be compared."""
    if isinstance(placed, str) or placed.record.tables is UNSET:
        return None
    for table, rows in placed.record.tables.items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                if isinstance(cell, str) and not is_readable(cell):
                    return f"{placed.origin}: {table}.{row}.{column}: “{cell}” is no number."
    return None


def _as_record(labelled: Labelled) -> Placed:
    """Return a label file as a record that holds nothing but the labels of its lines."""
    labels = [{"n": n, "label": label} for n, label in enumerate(labelled.labels, 1) if label]
    record = Record(labelled.name, lines=msgspec.convert(labels, list[LineOf]))
    return Placed(labelled.name, record, labelled.text.rstrip("\n"))
