"""Finds gold and predicted records in files, folders, JSON Lines, label files or standard input."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import msgspec
from msgspec import UNSET

from training.labels import label_files as labelled_files
from training.labels.label_files import Labelled
from training.scoring.gold import LineOf, Record
from training.scoring.matching import Unscorable
from training.scoring.placed import Given, Held, Placed, Stored, placed
from training.scoring.readings import is_readable

_JSON = (".json", ".jsonl", ".ndjson")
_ENDINGS = (*_JSON, labelled_files.ENDING)
_MARK = b"\xef\xbb\xbf"

_one = msgspec.json.Decoder(Record)
_many = msgspec.json.Decoder(list[msgspec.Raw])


def load(path: str) -> list[Placed]:
    """Return every record and label file at a path, `-` for standard input.

    Every record is read once to see that it can be; none is kept, so that there may be many. Raises
    Unscorable, or LabelError for label files, with all that is amiss.
    """
    files = _files(path)
    labelled = labelled_files.read(Path(file) for file in files if _holds_labels(file))
    loaded = [one for file in files if not _holds_labels(file) for one in _load(file)]
    faults = [one for one in loaded if isinstance(one, str)]
    if faults:
        raise Unscorable(faults)
    return [one for one in loaded if isinstance(one, Placed)] + [_as_record(one) for one in labelled]


def load_all(*paths: str) -> list[list[Placed]]:
    """Return what lies at each of several paths; what is amiss at all of them is told at once."""
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


def _load(path: str) -> Iterator[Placed | str]:
    """A file holds one record, a list of records, or a record a line; an empty one holds none."""
    try:
        if path == "-":
            yield from _held(path, sys.stdin.buffer.read())
        elif _is_lines(path):
            yield from _lines(path)
        else:
            yield from _held(path, Path(path).read_bytes())
    except OSError as error:
        yield f"{path}: could not be read ({error.strerror})."


def _is_lines(path: str) -> bool:
    """Tell whether a file, which may be too large to be held, has a record a line."""
    with open(path, "rb") as file:
        head, second = file.readline().removeprefix(_MARK), file.readline()
    return bool(second.strip()) and (path.lower().endswith(_JSON[1:]) or _is_json(head))


def _is_json(line: bytes) -> bool:
    try:
        msgspec.json.decode(line, type=msgspec.Raw)
    except msgspec.DecodeError:
        return False
    return line.startswith(b"{")


def _lines(path: str) -> Iterator[Placed | str]:
    with open(path, "rb") as file:
        start = 0
        for n, line in enumerate(file, 1):
            skipped = len(_MARK) if n == 1 and line.startswith(_MARK) else 0
            if line.strip():
                stored = Stored(path, start + skipped, len(line) - skipped)
                yield _placed(f"{path}:{n}", line[skipped:], stored)
            start += len(line)


def _held(path: str, content: bytes) -> Iterator[Placed | str]:
    content = content.removeprefix(_MARK).strip()
    head, _, rest = content.partition(b"\n")
    if not content:
        return
    if rest and (path.lower().endswith(_JSON[1:]) or _is_json(head)):
        for n, line in enumerate(content.split(b"\n"), 1):
            if line.strip():
                yield _placed(f"{path}:{n}", line, Held(line))
    elif content.startswith(b"["):
        yield from _listed(path, content)
    else:
        yield _placed(path, content, Held(content) if path == "-" else Stored(path))


def _listed(path: str, content: bytes) -> list[Placed | str]:
    try:
        parts = [bytes(raw) for raw in _many.decode(content)]
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return [f"{path}: this is no list of records ({error})."]
    return [_placed(f"{path}, record {n}", part, Held(part)) for n, part in enumerate(parts, 1)]


def _placed(origin: str, content: bytes, at: Held | Stored) -> Placed | str:
    try:
        record = _one.decode(content)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        return f"{origin}: this is no record ({error})."
    return _unreadable_cell(origin, record) or placed(origin, record, at)


def _unreadable_cell(origin: str, record: Record) -> str | None:
    """A gold cell may be a text as printed, which has to be one that can be compared."""
    for table, rows in ({} if record.tables is UNSET else record.tables).items():
        for row, cells in rows.items():
            for column, cell in cells.items():
                if isinstance(cell, str) and not is_readable(cell):
                    return f"{origin}: {table}.{row}.{column}: “{cell}” is no number."
    return None


def _as_record(labelled: Labelled) -> Placed:
    """Return a label file as a record that holds nothing but the labels of its lines."""
    labels = [{"n": n, "label": label} for n, label in enumerate(labelled.labels, 1) if label]
    record = Record(labelled.name, lines=msgspec.convert(labels, list[LineOf]))
    return placed(labelled.name, record, Given(record), labelled.text.rstrip("\n"))
