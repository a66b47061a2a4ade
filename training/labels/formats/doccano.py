"""Writes and reads doccano's JSON Lines for sequence labelling, with spans as `[start, end, label]`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from training.labels.formats.task import Task, decoded, utf8
from training.labels.spans import Span

ENDING = ".jsonl"


class _Entity(Struct):
    label: str
    start_offset: int
    end_offset: int


class _Row(Struct, kw_only=True):
    """An exported document; which of the three lists holds the spans depends on doccano's version."""

    text: str
    name: str = ""
    label: list[tuple[int, int, str]] = []
    labels: list[tuple[int, int, str]] = []
    entities: list[_Entity] = []


class _Written(Struct):
    text: str
    label: list[Span]
    name: str


def written(tasks: Iterable[Task]) -> bytes:
    """Return the file that doccano imports; the name becomes a column of the document's metadata."""
    lines = []
    for task in tasks:
        row = _Written(task.text, list(task.spans), task.name)
        lines.append(msgspec.json.encode(row) + b"\n")
    return b"".join(lines)


def read(content: bytes) -> Iterator[Task]:
    """Yield the documents of an export (JSONL, with or without relations); raises Malformed."""
    for n, line in enumerate(utf8(content).split("\n"), 1):
        if not line.strip():
            continue
        row = decoded(line, _Row, n)
        spans = [Span(start, end, label) for start, end, label in [*row.label, *row.labels]]
        spans += [Span(entity.start_offset, entity.end_offset, entity.label) for entity in row.entities]
        yield Task(row.name, row.text, tuple(spans))
