"""Label files: one row a line of a text, its label, a tab, the line exactly as it is."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from nlp.form.form import for_year
from nlp.labelling.classifier import LABELS
from nlp.text.lines import split

ENDING = ".tsv"


@dataclass(frozen=True)
class Labelled:
    """A text and the label of each line of `text.split("\\n")`, "" where the line is blank.

    Reports of one agency share most of their lines, so that `agency` is what splits go by. `kinds` are what
    results are told by: the noise and the layout of a generated page, the folder of a label file. `edition`
    is that of the form, "" where it is not known.
    """

    name: str
    agency: str
    text: str
    labels: tuple[str, ...]
    file: str = ""
    edition: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Problem:
    """What is wrong with a row of a label file (1-based; 0 is the file itself)."""

    file: str
    row: int
    message: str

    def __str__(self) -> str:
        return f"{self.file}:{self.row}: {self.message}" if self.row else f"{self.file}: {self.message}"


class LabelError(Exception):
    """Everything that is wrong with a number of label files, a line for each problem."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("\n".join(map(str, problems)))
        self.problems = tuple(problems)


def read(paths: Iterable[Path]) -> list[Labelled]:
    """Return the label files at the paths, folders searched through, in order of name.

    Raises LabelError with every problem of every file.
    """
    documents, problems = sound(paths)
    if problems:
        raise LabelError(problems)
    return documents


def sound(paths: Iterable[Path]) -> tuple[list[Labelled], list[Problem]]:
    """Return the label files at the paths that can be read, and every problem of those that cannot."""
    documents: list[Labelled] = []
    problems: list[Problem] = []
    for file in _files(paths, problems):
        try:
            documents.append(parse(file.name, _content(file), str(file)))
        except LabelError as error:
            problems.extend(error.problems)
    return documents, problems


def unchecked(paths: Iterable[Path]) -> Iterator[Labelled]:
    """Yield the label files at the paths whose rows have tabs, whatever their labels are."""
    for file in _files(paths, []):
        with suppress(LabelError):
            yield _parted(file.name, _content(file), str(file))


def _files(paths: Iterable[Path], problems: list[Problem]) -> Iterator[Path]:
    """Yield each label file once; a folder that has none is a problem."""
    seen = set()
    for path in paths:
        found = sorted(path.rglob(f"*{ENDING}")) if path.is_dir() else [path]
        if not found:
            problems.append(Problem(str(path), 0, f"no label file (*{ENDING}) in this folder"))
        for file in found:
            if file.resolve() not in seen:
                seen.add(file.resolve())
                yield file


def parse(name: str, content: str, file: str | None = None) -> Labelled:
    """Return one label file's text and labels; `file` is what problems call it.

    >>> parse("sheng2023.tsv", "heading\\t一、总体情况\\n\\t\\nnumeric_cell\\t0\\t0").labels
    ('heading', '', 'numeric_cell')
    """
    found = _parted(name, content, file or name)
    if problems := list(_problems(found.file, found.text, found.labels)):
        raise LabelError(problems)
    return found


def _parted(name: str, content: str, file: str) -> Labelled:
    """Part each row into its label and its line; LabelError where one has no tab."""
    pairs = [row.partition("\t") for row in content.split("\n")]
    last = len(pairs) - (pairs[-1] == ("", "", ""))
    if untabbed := [Problem(file, at, _NO_TAB) for at, pair in enumerate(pairs[:last], 1) if not pair[1]]:
        raise LabelError(untabbed)
    text = "\n".join(line for _, _, line in pairs)
    labels = tuple(label for label, _, _ in pairs)
    return Labelled(name, agency(name), text, labels, file, _edition(name), (_folder(file),))


def _edition(name: str) -> str:
    """Return the edition of the form that the year in a file's name calls for."""
    year = re.search(r"(?:19|20)\d\d(?!\d)", name)
    form = for_year(int(year.group())) if year else None
    return form.edition if form else ""


def _folder(file: str) -> str:
    """Name the folder of a label file: those of one kind of page lie together."""
    return f"files of {Path(file).absolute().parent.name}"


def rows(text: str, labels: Sequence[str]) -> str:
    """Return the label file of a text; ValueError where there is not one label for each line.

    What follows the last line feed has no row where it is empty: the file ends as the text does.

    >>> rows("一、总体情况\\n\\n", ["heading", "", ""])
    'heading\\t一、总体情况\\n\\t\\n'
    """
    *pairs, last = zip(labels, text.split("\n"), strict=True)
    ends = [f"{label}\t{line}" for label, line in pairs]
    return "\n".join([*ends, "\t".join(last) if any(last) else ""])


def write(path: Path, text: str, labels: Sequence[str]) -> None:
    """Write a label file, byte for byte as `rows` gives it; OSError where that fails."""
    path.write_bytes(rows(text, labels).encode("utf-8"))


def agency(name: str) -> str:
    """Return what a file name says about the agency: all before its year; the whole name where none.

    >>> agency("sheng2023.pdfium.tsv"), agency("000_6bff.tsv")
    ('sheng', '000_6bff')
    """
    stem = name.removesuffix(ENDING)
    match = re.match(r"(\D*?)[-_ ]?(?:19|20)\d\d(?!\d)", stem)
    return match.group(1) or stem if match else stem


_NO_TAB = "no tab: a row is a label, a tab and the line; a blank line's row starts with the tab"


def _problems(file: str, text: str, labels: Sequence[str]) -> Iterator[Problem]:
    for line, label in zip(split(text), labels, strict=True):
        if label and label not in LABELS:
            yield Problem(file, line.n, f"{label!r} is no label: use one of {', '.join(LABELS)}")
        elif label and line.blank:
            yield Problem(file, line.n, f"a blank line carries no label, this one carries {label!r}")
        elif not label and not line.blank:
            yield Problem(file, line.n, f"no label: use one of {', '.join(LABELS)}")


def _content(file: Path) -> str:
    try:
        return file.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise LabelError([Problem(str(file), 0, f"cannot be read ({error.strerror})")]) from error
    except UnicodeDecodeError as error:
        row = error.object[: error.start].count(b"\n") + 1
        raise LabelError([Problem(str(file), row, "not UTF-8: save the file as UTF-8")]) from error
