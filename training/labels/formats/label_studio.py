"""Label Studio: a JSON list of tasks for text with `<Labels name="label" toName="text">`."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec
from msgspec import Struct

from training.labels.formats.task import Malformed, Task, decoded
from training.labels.spans import Span

ENDING = ".json"


class _Value(Struct):
    start: int
    end: int
    labels: list[str]
    text: str = ""


class _Result(Struct, kw_only=True):
    value: _Value
    id: str = ""
    from_name: str = "label"
    to_name: str = "text"
    type: str = "labels"


class _AnyResult(Struct):
    """A result of any kind: a relation or a choice has another value, or none."""

    type: str = "labels"
    value: msgspec.Raw = msgspec.Raw(b"{}")


class _Data(Struct):
    text: str
    name: str = ""


class _Annotation(Struct):
    result: list[_Result]


class _AnyAnnotation(Struct):
    result: list[_AnyResult] = []
    was_cancelled: bool = False


class _Task(Struct):
    data: _Data
    annotations: list[_Annotation]


class _AnyTask(Struct):
    data: _Data
    annotations: list[_AnyAnnotation] = []


def written(tasks: Iterable[Task]) -> bytes:
    """Return the file that Label Studio imports."""
    every = [_Task(_Data(task.text, task.name), [_Annotation([*_results(task)])]) for task in tasks]
    return msgspec.json.format(msgspec.json.encode(every), indent=1) + b"\n"


def read(content: bytes) -> Iterator[Task]:
    """Yield the tasks of an export (JSON); the last annotation that nobody cancelled counts."""
    for n, task in enumerate(decoded(content, list[_AnyTask], 0), 1):
        kept = [annotation for annotation in task.annotations if not annotation.was_cancelled]
        results = [result for result in kept[-1].result if result.type == "labels"] if kept else []
        values = [decoded(bytes(result.value), _Value, 0) for result in results]
        yield Task(task.data.name, task.data.text, tuple(_span(task.data.text, value, n) for value in values))


def _results(task: Task) -> Iterator[_Result]:
    for n, (start, end, label) in enumerate(task.spans, 1):
        yield _Result(value=_Value(start, end, [label], task.text[start:end]), id=f"line{n}")


def _span(text: str, value: _Value, task: int) -> Span:
    """Return a span in characters; browsers count those beyond U+FFFF twice, and the text tells."""
    if len(value.labels) != 1:
        raise Malformed(0, f"task {task}: a span from {value.start} to {value.end} has not one label")
    start, end = value.start, value.end
    if value.text and text[start:end] != value.text:
        wide = text.encode("utf-16-le")
        begin = len(wide[: 2 * start].decode("utf-16-le", "ignore"))
        length = len(wide[2 * start : 2 * end].decode("utf-16-le", "ignore"))
        if text[begin : begin + length] == value.text:
            start, end = begin, begin + length
    return Span(start, end, value.labels[0])
