"""doccano: JSON Lines for sequence labelling, spans as `[start, end, label]`."""

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
    """A document; which of the three lists holds the spans depends on doccano's version."""

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
    rows = (msgspec.json.encode(_Written(task.text, [*task.spans], task.name)) for task in tasks)
    return b"".join(row + b"\n" for row in rows)


def read(content: bytes) -> Iterator[Task]:
    """Yield the documents of an export (JSONL, with or without relations)."""
    for n, line in enumerate(utf8(content).split("\n"), 1):
        if line.strip():
            row = decoded(line, _Row, n)
            entities = [(one.start_offset, one.end_offset, one.label) for one in row.entities]
            yield Task(
                row.name, row.text, tuple(Span(*span) for span in [*row.label, *row.labels, *entities])
            )
