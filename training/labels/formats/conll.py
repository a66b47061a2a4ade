"""A CoNLL-like text: under `# newdoc id = NAME` a row a line, its number, the line, its label or `_`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from training.labels import spans
from training.labels.formats.task import Malformed, Task, utf8

ENDING = ".conll"

_NEW, _NO_LABEL = "# newdoc id = ", "_"
_ESCAPES = {"\\": "\\\\", "\t": "\\t", "\r": "\\r", "\n": "\\n"}
_MEANT = {escape: character for character, escape in _ESCAPES.items()}


def written(tasks: Iterable[Task]) -> bytes:
    """Return one text of all documents, a blank line behind each."""
    return "".join(map(_written, tasks)).encode("utf-8")


def read(content: bytes) -> Iterator[Task]:
    """Yield the documents of a text; Malformed tells the first row that is not as `written` writes it."""
    name, lines, labels = "", list[str](), list[str]()
    for n, row in enumerate([*utf8(content).split("\n"), _NEW], 1):
        row = row.removesuffix("\r")
        if row.startswith(_NEW):
            if lines:
                yield _task(name, lines, labels)
            name, lines, labels = _meant(row.removeprefix(_NEW)), [], []
        elif row and not row.startswith("#"):
            line, label = _cells(row, n, len(lines) + 1)
            lines.append(line)
            labels.append(label)


def _written(task: Task) -> str:
    lines = task.text.split("\n")
    labels = spans.labelled(task.text, task.spans)
    rows = (
        f"{n}\t{_escaped(line)}\t{label or _NO_LABEL}\n"
        for n, (line, label) in enumerate(zip(lines, labels, strict=True), 1)
    )
    return f"{_NEW}{_escaped(task.name)}\n{''.join(rows)}\n"


def _cells(row: str, n: int, expected: int) -> tuple[str, str]:
    """Return a row's line and label."""
    cells = row.split("\t")
    if len(cells) != 3:
        raise Malformed(n, f"{len(cells)} columns: a row is a number, a tab, the line, a tab, its label")
    if cells[0] != str(expected):
        raise Malformed(n, f"row {cells[0]} where row {expected} should be: rows were lost, added or moved")
    return _meant(cells[1]), cells[2].strip().replace(_NO_LABEL, "", cells[2].strip() == _NO_LABEL)


def _task(name: str, lines: list[str], labels: list[str]) -> Task:
    text = "\n".join(lines)
    return Task(name, text, tuple(spans.spans(text, labels)))


def _escaped(text: str) -> str:
    r"""Write what would end a cell or a row as two characters.

    >>> print(_escaped("1\t2\r"))
    1\t2\r
    """
    return re.sub(r"[\\\t\r\n]", lambda found: _ESCAPES[found.group()], text)


def _meant(text: str) -> str:
    return re.sub(r"\\[\\trn]", lambda found: _MEANT[found.group()], text)
