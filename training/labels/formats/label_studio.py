"""Writes and reads Label Studio's JSON list of tasks, for text with `<Labels name="label" toName="text">`."""

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
    """A result of any type; relations and choices have values of other shapes, or none."""

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
    studio_tasks = []
    for task in tasks:
        annotation = _Annotation(list(_results(task)))
        studio_tasks.append(_Task(_Data(task.text, task.name), [annotation]))
    return msgspec.json.format(msgspec.json.encode(studio_tasks), indent=1) + b"\n"


def read(content: bytes) -> Iterator[Task]:
    """Yield the tasks of an export (JSON); of several annotations the last that is not cancelled is taken.

    Raises Malformed if the file is not such an export.
    """
    for n, task in enumerate(decoded(content, list[_AnyTask], 0), 1):
        annotations = [annotation for annotation in task.annotations if not annotation.was_cancelled]
        results = annotations[-1].result if annotations else []
        values = [decoded(bytes(result.value), _Value, 0) for result in results if result.type == "labels"]
        text = task.data.text
        yield Task(task.data.name, text, tuple(_span(text, value, n) for value in values))


def _results(task: Task) -> Iterator[_Result]:
    for n, (start, end, label) in enumerate(task.spans, 1):
        yield _Result(value=_Value(start, end, [label], task.text[start:end]), id=f"line{n}")


def _span(text: str, value: _Value, task: int) -> Span:
    """Return the span of a value in characters of the text.

    Browsers count in UTF-16, where a character beyond U+FFFF counts as two. If the value's own text is not
    what stands at its offsets, but is what stands there counted so, they are taken to be UTF-16 offsets.
    """
    if len(value.labels) != 1:
        raise Malformed(0, f"task {task}: a span from {value.start} to {value.end} has not one label")
    start, end = value.start, value.end
    if value.text and text[start:end] != value.text:
        utf16 = text.encode("utf-16-le")
        utf16_start = len(utf16[: 2 * start].decode("utf-16-le", "ignore"))
        utf16_end = utf16_start + len(utf16[2 * start : 2 * end].decode("utf-16-le", "ignore"))
        if text[utf16_start:utf16_end] == value.text:
            start, end = utf16_start, utf16_end
    return Span(start, end, value.labels[0])
