"""Checks label files and returns every problem with its file and row."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find
from nlp.text.lines import Line, split
from training.labels.label_files import Labelled, Problem, sound, unchecked
from training.labels.likeness import duplicates

HELD_OUT = "held_out"
"""Label files in a folder of this name are held out, as are those given as held out."""

_SHOWN = 30
"""The most characters of a line that a message quotes."""

_NEIGHBOURS = 1
_NEIGHBOURS_OF_NUMBERS = 3
"""How many lines before and behind make up the surroundings of a line; a number says little by itself."""

_FIRST_CHINESE = "\u4e00"
"""The first Chinese character of Unicode's main block."""

Surroundings = tuple[str, ...]
"""A line with its neighbours on both sides, "" beyond the edges of the text."""


class Place(NamedTuple):
    """A line of a document, and its label there."""

    document: Labelled
    line: Line
    label: str


def check(
    paths: Sequence[Path], held_out: Sequence[Path] = (), texts: Sequence[str] = ()
) -> tuple[list[Labelled], list[Problem]]:
    """Return the label files that can be read, and the problems of all files, sorted by file and row.

    `texts` are the documents that the label files of `paths` were made from, matched by file name without
    ending. The files of `held_out` are not compared with them.
    """
    documents, problems = sound(paths)
    documents_held_out, problems_held_out = sound(held_out)
    documents_held_out += [document for document in documents if _is_held_out(document)]
    trained = [document for document in documents if not _is_held_out(document)]
    every = list({document.file: document for document in [*trained, *documents_held_out]}.values())
    only_trained = [document for document in trained if document not in documents_held_out]
    all_problems = {
        *problems,
        *problems_held_out,
        *_alterations(unchecked(paths), texts),
        *conflicts(every),
        *_leaks(only_trained, documents_held_out),
    }
    return every, sorted(all_problems, key=lambda problem: (problem.file, problem.row, problem.message))


def _is_held_out(document: Labelled) -> bool:
    return HELD_OUT in Path(document.file).parts


def _alterations(documents: Iterable[Labelled], texts: Sequence[str]) -> Iterator[Problem]:
    """Yield a problem for each row that is not the line of the original; none if no originals are given."""
    if not texts:
        return
    originals = {Path(input.path).stem: input for input in find(texts)}
    for document in documents:
        original = originals.get(Path(document.name).stem)
        if original is None:
            yield Problem(document.file, 0, "there is no text of this name to hold it against")
        else:
            yield from _differences(document, original)


def _differences(document: Labelled, original: Input) -> Iterator[Problem]:
    """Yield a problem for each line that differs; only the first if lines were added or lost."""
    try:
        text = reader.read(original).text
    except Unreadable as reason:
        yield Problem(document.file, 0, f"its text cannot be read: {reason.message}")
        return
    rows, lines = document.text.split("\n"), text.split("\n")
    same_length = len(rows) == len(lines)
    if not same_length:
        yield Problem(document.file, 0, f"{len(rows)} rows, but {original.path} has {len(lines)} lines")
    for n, (row, line) in enumerate(zip(rows, lines, strict=False), 1):
        if row == line:
            continue
        yield Problem(
            document.file,
            n,
            f"the text was altered: {_quoted(row)} stands here, {_quoted(line)} in line {n} "
            f"of {original.path}; labels may change, lines may not",
        )
        if not same_length:
            return


def conflicts(documents: Iterable[Labelled]) -> Iterator[Problem]:
    """Yield a problem for each row whose label differs from the usual one in the same surroundings."""
    for places in _places_by_surroundings(documents).values():
        counts = Counter(place.label for place in places)
        if len(counts) < 2:
            continue
        usual_label = max(sorted(counts), key=lambda label: counts[label])
        usual_places = [place for place in places if place.label == usual_label]
        for place in places:
            if place.label != usual_label:
                message = _conflict(place, usual_places[0])
                yield Problem(place.document.file, place.line.n, message)


def _conflict(place: Place, usual: Place) -> str:
    where = f"{usual.document.file}:{usual.line.n}"
    line = _quoted(place.line.raw)
    return f"{line} is {place.label} here, but {usual.label} in {where}, between the same lines"


def _places_by_surroundings(documents: Iterable[Labelled]) -> Mapping[Surroundings, list[Place]]:
    """Return the places of each line text that stands between the same lines."""
    places: dict[Surroundings, list[Place]] = defaultdict(list)
    padding = [""] * _NEIGHBOURS_OF_NUMBERS
    for document in documents:
        lines = [line for line in split(document.text) if not line.blank]
        padded = [*padding, *(line.plain for line in lines), *padding]
        for middle, line in enumerate(lines, len(padding)):
            has_words = any(character >= _FIRST_CHINESE for character in line.plain)
            reach = _NEIGHBOURS if has_words else _NEIGHBOURS_OF_NUMBERS
            surroundings = tuple(padded[middle - reach : middle + reach + 1])
            places[surroundings].append(Place(document, line, document.labels[line.n - 1]))
    return places


def _leaks(trained: Sequence[Labelled], held_out: Sequence[Labelled]) -> Iterator[Problem]:
    """Yield a problem for each held-out file that is nearly a trained one, or of the agency of one."""
    near = list(duplicates(trained, held_out))
    for document, other, likeness in near:
        message = f"held out, but nearly the same as {other.file} ({likeness:.0%} alike)"
        yield Problem(document.file, 0, message)
    files_of_near = {document.file for document, _, _ in near}
    trained_by_agency = {document.agency: document for document in trained}
    for document in held_out:
        if document.agency in trained_by_agency and document.file not in files_of_near:
            other = trained_by_agency[document.agency]
            yield Problem(document.file, 0, f"held out, but {other.file} is of the same agency")


def _quoted(text: str) -> str:
    """Return a text between quotes, cut off where it is long."""
    stripped = text.strip()
    if len(stripped) > _SHOWN:
        stripped = f"{stripped[:_SHOWN]}…"
    return repr(stripped)
