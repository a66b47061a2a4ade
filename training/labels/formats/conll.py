"""Writes and reads a CoNLL-like text: `# newdoc id = NAME`, then rows of number, line and label."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from training.labels import spans
from training.labels.formats.task import Malformed, Task, utf8

ENDING = ".conll"

_NEW_DOCUMENT, _NO_LABEL = "# newdoc id = ", "_"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n"}
_UNESCAPED = {escape: character for character, escape in _ESCAPES.items()}


def written(tasks: Iterable[Task]) -> bytes:
    """Return the content of one file of all documents, a blank line after each; in UTF-8."""
    return "".join(_document(task) for task in tasks).encode("utf-8")


def read(content: bytes) -> Iterator[Task]:
    """Yield the documents of a file; raises Malformed at the first row that `written` cannot have written."""
    name = ""
    lines: list[str] = []
    labels: list[str] = []
    for n, row in enumerate(utf8(content).split("\n"), 1):
        row = row.removesuffix("\r")
        if row.startswith(_NEW_DOCUMENT):
            if lines:
                yield _task(name, lines, labels)
            name, lines, labels = _unescaped(row.removeprefix(_NEW_DOCUMENT)), [], []
        elif row and not row.startswith("#"):
            line, label = _line_and_label(row, n, len(lines) + 1)
            lines.append(line)
            labels.append(label)
    if lines:
        yield _task(name, lines, labels)


def _document(task: Task) -> str:
    rows = [f"{_NEW_DOCUMENT}{_escaped(task.name)}\n"]
    lines = task.text.split("\n")
    labels = spans.labelled(task.text, task.spans)
    for n, (line, label) in enumerate(zip(lines, labels, strict=True), 1):
        rows.append(f"{n}\t{_escaped(line)}\t{label or _NO_LABEL}\n")
    return "".join(rows) + "\n"


def _line_and_label(row: str, n: int, expected: int) -> tuple[str, str]:
    """Return the line and the label of row `n` of a file, which should have the number `expected`."""
    cells = row.split("\t")
    if len(cells) != 3:
        raise Malformed(n, f"{len(cells)} columns: a row is a number, a tab, the line, a tab, its label")
    if cells[0] != str(expected):
        raise Malformed(n, f"row {cells[0]} where row {expected} should be: rows were lost, added or moved")
    label = cells[2].strip()
    return _unescaped(cells[1]), "" if label == _NO_LABEL else label


def _task(name: str, lines: list[str], labels: list[str]) -> Task:
    text = "\n".join(lines)
    return Task(name, text, tuple(spans.spans(text, labels)))


def _escaped(text: str) -> str:
    r"""Return a text with backslashes, tabs and line ends as escapes of two characters.

    >>> print(_escaped("1\t2\r"))
    1\t2\r
    """
    return re.sub(r"[\\\t\r\n]", lambda match: _ESCAPES[match.group()], text)


def _unescaped(text: str) -> str:
    return re.sub(r"\\[\\trn]", lambda match: _UNESCAPED[match.group()], text)
