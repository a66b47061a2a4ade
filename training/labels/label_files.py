"""Reads and writes label files, which hold a row for each line of a text: its label, a tab, the line."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from nlp.form.form import for_year
from nlp.labelling.classifier import LABELS
from nlp.text.lines import split

ENDING = ".tsv"

_YEAR = re.compile(r"(?:19|20)\d\d(?!\d)")
_AGENCY_AND_YEAR = re.compile(r"(\D*?)[-_ ]?(?:19|20)\d\d(?!\d)")
_NOT_UTF_8 = (
    "not UTF-8: in Excel save it as “Text (Tab delimited)” with Tools > Web Options > Encoding > UTF-8, in "
    "Notepad as UTF-8"
)
_UTF_16 = "UTF-16, which is Excel's “Unicode Text”: save it as UTF-8 (in Notepad: Save as, Encoding: UTF-8)"
_NUL = "a NUL byte: this is no text; save the file as UTF-8, or draft it again"
_EMPTY = "no line carries a label: label it, or take the file away"
_ONE_CLASS = "all {lines} lines are {label}: a page of one label teaches nothing; label every line by itself"
_FEWEST_OF_ONE_CLASS = 10
"""A file of fewer lines may be a piece of a page that has one label."""

_NO_TAB = "no tab: a row is a label, a tab and the line; a blank line's row starts with the tab"


@dataclass(frozen=True)
class Labelled:
    """A text and the label of each line of `text.split("\\n")`, "" for a blank line.

    `agency` is what training splits by, as reports of one agency share most of their lines. `file` is the
    path of its label file, "" for a generated document. `edition` is that of the form, "" if unknown.
    `kinds` are the groups that results are shown for: the noise and the layout of a generated page, or the
    folder of a label file. `weights` say how much each line counts beside a line of other label files, 1
    where they are empty.
    """

    name: str
    agency: str
    text: str
    labels: tuple[str, ...]
    file: str = ""
    edition: str = ""
    kinds: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row of a label file; rows count from 1, row 0 is the file as a whole."""

    file: str
    row: int
    message: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.row}" if self.row else self.file
        return f"{place}: {self.message}"


class LabelError(Exception):
    """Label files are wrong; the message has a line for each of the `problems`."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def read(paths: Iterable[Path]) -> list[Labelled]:
    """Return the label files at the paths; folders are searched recursively, their files sorted by path.

    Raises LabelError with every problem of every file.
    """
    documents, problems = sound(paths)
    if problems:
        raise LabelError(problems)
    return documents


def whole(document: Labelled) -> Iterator[Problem]:
    """Yield a problem if a label file holds no label, or one label only on ten lines or more."""
    labels = [label for label in document.labels if label]
    if not labels:
        yield Problem(document.file, 0, _EMPTY)
    elif len(set(labels)) == 1 and len(labels) >= _FEWEST_OF_ONE_CLASS:
        yield Problem(document.file, 0, _ONE_CLASS.format(lines=len(labels), label=labels[0]))


def sound(paths: Iterable[Path]) -> tuple[list[Labelled], list[Problem]]:
    """Return the label files at the paths that are right, and every problem of the others."""
    documents: list[Labelled] = []
    problems: list[Problem] = []
    for file in _files(paths, problems):
        try:
            document = parse(file.name, _content(file), str(file))
        except LabelError as error:
            problems.extend(error.problems)
            continue
        amiss = list(whole(document))
        problems.extend(amiss)
        if not amiss:
            documents.append(document)
    return documents, problems


def unchecked(paths: Iterable[Path]) -> Iterator[Labelled]:
    """Yield the label files at the paths with their labels unchecked; skip files with a row without tab."""
    for file in _files(paths, []):
        with suppress(LabelError):
            yield _parsed_rows(file.name, _content(file), str(file))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield each label file once; a folder without any is added to the problems."""
    seen: set[Path] = set()
    for path in paths:
        files = sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
        if not files:
            problems.append(Problem(str(path), 0, f"no label file (*{ENDING}) in this folder"))
        for file in files:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def parse(name: str, content: str, file: str | None = None) -> Labelled:
    """Return the text and labels of a label file's content; `file` is its name in problems.

    Raises LabelError with every problem.

    >>> parse("sheng2023.tsv", "heading\\t一、总体情况\\n\\t\\nnumeric_cell\\t0\\t0").labels
    ('heading', '', 'numeric_cell')
    """
    labelled = _parsed_rows(name, content, file or name)
    problems = list(_problems(labelled))
    if problems:
        raise LabelError(problems)
    return labelled


def _parsed_rows(name: str, content: str, file: str) -> Labelled:
    """Return the text and labels of a label file, not checked; raises LabelError if a row has no tab."""
    file_rows = content.split("\n")
    lines: list[str] = []
    labels: list[str] = []
    problems: list[Problem] = []
    for n, row in enumerate(file_rows, 1):
        label, tab, line = row.partition("\t")
        lines.append(line)
        labels.append(label)
        is_end_of_file = n == len(file_rows) and not row
        if not tab and not is_end_of_file:
            problems.append(Problem(file, n, _NO_TAB))
    if problems:
        raise LabelError(problems)
    kind = f"files of {Path(file).absolute().parent.name}"
    return Labelled(name, agency(name), "\n".join(lines), tuple(labels), file, _edition(name), (kind,))


def _edition(name: str) -> str:
    """Return the edition of the form for the year in a file's name, "" if there is none."""
    year = _YEAR.search(name)
    if not year:
        return ""
    form = for_year(int(year.group()))
    return form.edition if form else ""


def rows(text: str, labels: Sequence[str]) -> str:
    """Return the content of the label file of a text.

    An empty rest after the last line feed has no row, so that the file ends with a line feed if the text
    does. Raises ValueError if there is not one label for each line.

    >>> rows("一、总体情况\\n\\n", ["heading", "", ""])
    'heading\\t一、总体情况\\n\\t\\n'
    """
    pairs = list(zip(labels, text.split("\n"), strict=True))
    file_rows = [f"{label}\t{line}" for label, line in pairs]
    if pairs[-1] == ("", ""):
        file_rows[-1] = ""
    return "\n".join(file_rows)


def write(path: Path, text: str, labels: Sequence[str]) -> None:
    """Write a label file with the content that `rows` returns, in UTF-8; raises OSError if that fails."""
    path.write_bytes(rows(text, labels).encode("utf-8"))


def agency(name: str) -> str:
    """Return what stands before the year in a file name; the whole name without ending if no year does.

    >>> agency("sheng2023.pdfium.tsv"), agency("000_6bff.tsv")
    ('sheng', '000_6bff')
    """
    stem = name.removesuffix(ENDING)
    match = _AGENCY_AND_YEAR.match(stem)
    if match and match.group(1):
        return match.group(1)
    return stem


def text_digest(text: str) -> str:
    """Return the SHA-256 by which a manifest names the text of a label file; white space does not count.

    >>> text_digest("一、总体 情况\\n") == text_digest("\\r\\n一、总体情况")
    True
    """
    return sha256("".join(text.split()).encode()).hexdigest()


def _problems(labelled: Labelled) -> Iterator[Problem]:
    """Yield a problem for each unknown label, each blank line with a label, each other line without."""
    for line, label in zip(split(labelled.text), labelled.labels, strict=True):
        if label and label not in LABELS:
            message = f"{label!r} is no label: use one of {', '.join(LABELS)}"
        elif label and line.blank:
            message = f"a blank line carries no label, this one carries {label!r}"
        elif not label and not line.blank:
            message = f"no label: use one of {', '.join(LABELS)}"
        else:
            continue
        yield Problem(labelled.file, line.n, message)


def _content(file: Path) -> str:
    """Return the text of a file; where every line ends as on Windows, as on Unix instead.

    Raises LabelError if it cannot be read, is not UTF-8, or holds NUL bytes.
    """
    try:
        content = file.read_bytes()
        text = content.decode("utf-8-sig")
    except OSError as error:
        raise LabelError([Problem(str(file), 0, f"cannot be read ({error.strerror})")]) from error
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        is_utf_16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
        message = _UTF_16 if is_utf_16 else _NOT_UTF_8
        raise LabelError([Problem(str(file), row, message)]) from error
    if "\0" in text:
        row = text[: text.index("\0")].count("\n") + 1
        raise LabelError([Problem(str(file), row, _NUL)])
    is_of_windows = text.count("\r\n") == text.count("\n")
    return text.replace("\r\n", "\n") if is_of_windows else text
