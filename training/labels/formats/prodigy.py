"""Writes and reads Prodigy's JSON Lines for `spans.manual` and `ner.manual`, each line of a text a token."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from training.labels.formats.task import Malformed, Task, decoded, utf8
from training.labels.spans import Span

ENDING = ".jsonl"


class _Token(Struct):
    text: str
    start: int
    end: int
    id: int
    ws: bool = False


class _Span(Struct):
    start: int
    end: int
    label: str
    token_start: int = 0
    token_end: int = 0


class _Meta(Struct):
    source: str = ""


class _Row(Struct):
    text: str
    spans: list[_Span] = []
    tokens: list[_Token] = []
    meta: _Meta = msgspec.field(default_factory=_Meta)
    answer: str = "accept"


def written(tasks: Iterable[Task]) -> bytes:
    """Return the file that Prodigy loads; as each line is one token, one click labels a line."""
    return b"".join(msgspec.json.encode(_row(task)) + b"\n" for task in tasks)


def read(content: bytes) -> Iterator[Task]:
    """Yield the tasks of `prodigy db-out`; raises Malformed if one was rejected or ignored."""
    for n, line in enumerate(utf8(content).split("\n"), 1):
        if not line.strip():
            continue
        row = decoded(line, _Row, n)
        if row.answer != "accept":
            raise Malformed(n, f"this task's answer is {row.answer!r}: take it out, or answer it")
        spans = [Span(span.start, span.end, span.label) for span in row.spans]
        yield Task(row.meta.source, row.text, tuple(spans))


def _row(task: Task) -> _Row:
    tokens: list[_Token] = []
    spans: list[_Span] = []
    for n, (start, end, label) in enumerate(task.spans):
        tokens.append(_Token(task.text[start:end], start, end, n))
        spans.append(_Span(start, end, label, token_start=n, token_end=n))
    return _Row(task.text, spans, tokens, _Meta(task.name))
