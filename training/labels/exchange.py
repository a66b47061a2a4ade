"""Carries label files over to other labelling tools and back, text and labels exactly as they were."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from training.labels import spans
from training.labels.formats import conll, doccano, label_studio, prodigy
from training.labels.formats.task import Malformed, Task
from training.labels.label_files import ENDING, LabelError, Labelled, Problem


@dataclass(frozen=True)
class Format:
    """How a tool keeps labelled texts."""

    ending: str
    written: Callable[[Iterable[Task]], bytes]
    read: Callable[[bytes], Iterator[Task]]


FORMATS = {
    "label-studio": Format(label_studio.ENDING, label_studio.written, label_studio.read),
    "doccano": Format(doccano.ENDING, doccano.written, doccano.read),
    "prodigy": Format(prodigy.ENDING, prodigy.written, prodigy.read),
    "conll": Format(conll.ENDING, conll.written, conll.read),
}


def exported(documents: Sequence[Labelled], format: str, folders: Sequence[Path] = ()) -> bytes:
    """Return the file of a tool that holds the documents.

    Each has the name of its file, as it lies below the one of the folders that holds it.
    """
    return FORMATS[format].written(
        Task(_name(document, folders), document.text, tuple(spans.spans(document.text, document.labels)))
        for document in documents
    )


def imported(content: bytes, format: str, file: str = "") -> list[Labelled]:
    """Return the documents of a tool's file.

    Raises LabelError with everything that is wrong: rows that are none, names that are none or stand
    there twice, lines without a label.
    """
    try:
        tasks = [*FORMATS[format].read(content)]
    except Malformed as reason:
        raise LabelError([Problem(file or format, reason.row, f"no {format} file ({reason})")]) from reason
    problems = [*_names(tasks, file or format)]
    documents = [_document(task) for task in tasks]
    problems += [problem for document in documents for problem in spans.unlabelled(document)]
    if problems or not tasks:
        raise LabelError(problems or [Problem(file or format, 0, "there is no labelled text in it")])
    return documents


def _document(task: Task) -> Labelled:
    labels = tuple(spans.labelled(task.text, task.spans))
    return Labelled(PurePosixPath(task.name).name, "", task.text, labels, task.name)


def _name(document: Labelled, folders: Sequence[Path]) -> str:
    file = Path(document.file)
    inside = [folder for folder in folders if folder in file.parents]
    return Path(os.path.relpath(file, inside[-1])).as_posix() if inside else document.name


def _names(tasks: Sequence[Task], file: str) -> Iterator[Problem]:
    """Yield the names that a label file cannot have."""
    often = Counter(task.name for task in tasks)
    for n, task in enumerate(tasks, 1):
        path = PurePosixPath(task.name)
        if not task.name or path.is_absolute() or ".." in path.parts or "\0" in task.name:
            yield Problem(
                file, 0, f"text {n} has the name {task.name!r}: give each the name of a {ENDING} file"
            )
        elif often.pop(task.name, 1) > 1:
            yield Problem(file, 0, f"several texts have the name {task.name!r}: their files would be one")
