"""Converts label files to the files of other labelling tools and back, without any loss."""

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
    """The file format of a tool: the ending of its files, how they are written and read."""

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
    """Return the content of a tool's file that holds the documents; `format` is a key of `FORMATS`.

    Each document is named by its path below the one of the folders that it lies in, else by its file name.
    """
    tasks = []
    for document in documents:
        document_spans = tuple(spans.spans(document.text, document.labels))
        tasks.append(Task(_name(document, folders), document.text, document_spans))
    return FORMATS[format].written(tasks)


def imported(content: bytes, format: str, file: str = "") -> list[Labelled]:
    """Return the documents of a tool's file; `file` is its name in problems.

    Raises LabelError with everything that is wrong: malformed rows, names that cannot be file names or
    occur twice, lines without a label, no document at all.
    """
    file = file or format
    try:
        tasks = list(FORMATS[format].read(content))
    except Malformed as reason:
        raise LabelError([Problem(file, reason.row, f"no {format} file ({reason})")]) from reason
    problems = list(_wrong_names(tasks, file))
    documents = [_document(task) for task in tasks]
    for document in documents:
        problems.extend(spans.unlabelled(document))
    if not tasks:
        problems.append(Problem(file, 0, "there is no labelled text in it"))
    if problems:
        raise LabelError(problems)
    return documents


def _document(task: Task) -> Labelled:
    labels = tuple(spans.labelled(task.text, task.spans))
    return Labelled(PurePosixPath(task.name).name, "", task.text, labels, task.name)


def _name(document: Labelled, folders: Sequence[Path]) -> str:
    file = Path(document.file)
    parents = [folder for folder in folders if folder in file.parents]
    if not parents:
        return document.name
    return Path(os.path.relpath(file, parents[-1])).as_posix()


def _wrong_names(tasks: Sequence[Task], file: str) -> Iterator[Problem]:
    """Yield a problem for each name that cannot be a label file's, or occurs more than once."""
    counts = Counter(task.name for task in tasks)
    for n, task in enumerate(tasks, 1):
        if not _is_file_name(task.name):
            message = f"text {n} has the name {task.name!r}: give each the name of a {ENDING} file"
            yield Problem(file, 0, message)
        elif counts.pop(task.name, 1) > 1:
            message = f"several texts have the name {task.name!r}: their files would be one"
            yield Problem(file, 0, message)


def _is_file_name(name: str) -> bool:
    """Return whether a name is a path that stays below the folder it is written to."""
    path = PurePosixPath(name)
    leaves_the_folder = path.is_absolute() or ".." in path.parts
    names_a_file = bool(path.name) and not name.endswith("/")  # `.` and `a/.` name folders
    ends_in_dot = name.rpartition("/")[2] in (".", "..")
    return names_a_file and not ends_in_dot and not leaves_the_folder and "\0" not in name
