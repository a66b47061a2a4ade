"""Finds everything that is wrong with label files, each problem with its file and line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find
from nlp.text.lines import Line, split
from training.labels.label_files import Labelled, Problem, sound, unchecked
from training.labels.likeness import duplicates

HELD_OUT = "held_out"
"""Label files below a folder of this name are held out, as are those that `--held-out` names."""

_SHOWN = 30
Place = tuple[Labelled, Line, str]
Surroundings = tuple[str, ...]


def check(
    paths: Sequence[Path], held_out: Sequence[Path] = (), texts: Sequence[str] = ()
) -> tuple[list[Labelled], list[Problem]]:
    """Return the files that could be read, and all problems of all files, in order of file and line.

    `texts` are the originals that the label files were made from; they meet by name, whatever its ending.
    Those of `held_out` are not held against them.
    """
    documents, problems = sound(paths)
    apart, more = sound(held_out)
    apart += [document for document in documents if _is_held_out(document)]
    trained = [document for document in documents if not _is_held_out(document)]
    every = list({document.file: document for document in [*trained, *apart]}.values())
    found = [
        *problems,
        *more,
        *_altered(unchecked(paths), texts),
        *_conflicts(every),
        *_leaks([document for document in trained if document not in apart], apart),
    ]
    return every, sorted(set(found), key=lambda problem: (problem.file, problem.row, problem.message))


def _is_held_out(document: Labelled) -> bool:
    return HELD_OUT in Path(document.file).parts


def _altered(documents: Iterable[Labelled], texts: Sequence[str]) -> Iterator[Problem]:
    """Yield where a label file's text is not that of its original."""
    if not texts:
        return
    originals = {Path(input.path).stem: input for input in find(texts)}
    for document in documents:
        input = originals.get(Path(document.name).stem)
        if input is None:
            yield Problem(document.file, 0, "there is no text of this name to hold it against")
        else:
            yield from _differences(document, input)


def _differences(document: Labelled, original: Input) -> Iterator[Problem]:
    try:
        text = reader.read(original).text
    except Unreadable as reason:
        yield Problem(document.file, 0, f"its text cannot be read: {reason.message}")
        return
    ours, theirs = document.text.split("\n"), text.split("\n")
    if len(ours) != len(theirs):
        yield Problem(document.file, 0, f"{len(ours)} rows, but {original.path} has {len(theirs)} lines")
    differing = (n for n, pair in enumerate(zip(ours, theirs, strict=False), 1) if pair[0] != pair[1])
    for n in [*differing][: None if len(ours) == len(theirs) else 1]:
        yield Problem(
            document.file,
            n,
            f"the text was altered: {_shown(ours[n - 1])} stands here, {_shown(theirs[n - 1])} in line {n} "
            f"of {original.path}; labels may change, lines may not",
        )


def _conflicts(documents: Iterable[Labelled]) -> Iterator[Problem]:
    """Yield the rows whose line has one label here and another elsewhere, between the same lines."""
    for places in _alike(documents).values():
        labels = sorted({label for _, _, label in places})
        if len(labels) > 1:
            usual = max(labels, key=lambda label: sum(place[2] == label for place in places))
            known = next(place for place in places if place[2] == usual)
            for document, line, label in places:
                if label != usual:
                    yield Problem(document.file, line.n, _conflict(line, label, known))


def _conflict(line: Line, label: str, other: Place) -> str:
    where = f"{other[0].file}:{other[1].n}"
    return f"{_shown(line.raw)} is {label} here, but {other[2]} in {where}, between the same lines"


def _alike(documents: Iterable[Labelled]) -> Mapping[Surroundings, list[Place]]:
    """Gather the rows that say the same between the same neighbours: one a side, three for a number."""
    places: dict[Surroundings, list[Place]] = defaultdict(list)
    for document in documents:
        lines = [line for line in split(document.text) if not line.blank]
        padded = [*[""] * 3, *(line.plain for line in lines), *[""] * 3]
        for at, line in enumerate(lines, 3):
            near = 1 if any(letter >= "\u4e00" for letter in line.plain) else 3
            around = tuple(padded[at - near : at + near + 1])
            places[around].append((document, line, document.labels[line.n - 1]))
    return places


def _leaks(trained: Sequence[Labelled], held_out: Sequence[Labelled]) -> Iterator[Problem]:
    """Yield what is held out and trained on at once: the same text, or another one of the same agency."""
    near = list(duplicates(trained, held_out))
    for document, other, alike in near:
        yield Problem(document.file, 0, f"held out, but nearly the same as {other.file} ({alike:.0%} alike)")
    told = {document.file for document, _, _ in near}
    agencies = {document.agency: document for document in trained}
    for document in held_out:
        if document.agency in agencies and document.file not in told:
            other = agencies[document.agency]
            yield Problem(document.file, 0, f"held out, but {other.file} is of the same agency")


def _shown(text: str) -> str:
    short = text.strip()
    return repr(short if len(short) <= _SHOWN else f"{short[:_SHOWN]}…")
