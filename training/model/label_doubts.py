"""Tells what speaks against label files: other labels than usual, and rows that other models contradict."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from training.labels.checking import conflicts
from training.labels.label_files import Labelled
from training.labels.usual_labels import Unusual, compared
from training.model.evidence import OwnFile

MOST_UNUSUAL = 0.005
"""The greatest share of the lines with a usual label that may carry another one: of three files, not one."""

MOST_SUSPECT = 0.05
"""The greatest share of lines that the model of a split may surely contradict which learnt their kind."""

MOST_WRONG = 0.2
"""The greatest share of lines that such a model may label otherwise, surely or not."""

_FEWEST_TAUGHT = 1
"""The number of files of a kind that a split has to learn before it may contradict another of that kind."""

_SHOWN = 3
"""The most rows that a message names."""


class LabelDoubts(Struct, frozen=True):
    """What was counted: lines with a usual label, those with another one; lines judged by splits, suspects.

    `refusals` has a sentence for each reason not to believe the labels.
    """

    usual: int = 0
    unusual: int = 0
    lines: int = 0
    suspects: int = 0
    refusals: list[str] = []


def label_doubts(
    own: Sequence[OwnFile], judging: Sequence[Labelled], usual: Mapping[str, str]
) -> LabelDoubts:
    """Return the doubts about the label files that were learnt and those that judge.

    `usual` has the labels that the words of lines carry all over the corpus (see `usual_labels`).
    """
    learnt = [file.labelled for file in own]
    refusals: list[str] = []
    of_learnt = compared(learnt, usual)
    refusals += _unusual("trained on", of_learnt.unusual, of_learnt.lines)
    of_judging = compared(judging, usual)
    refusals += _unusual("held out", of_judging.unusual, of_judging.lines)
    problems = list(conflicts(learnt))
    if problems:
        refusals.append(_listed(f"labels check finds {len(problems)} problems", map(str, problems)))
    taught = [file for file in own if file.lines and file.teachers >= _FEWEST_TAUGHT]
    lines = sum(count for file in taught for _, _, count in file.lines)
    refusals += _suspect(taught, lines)
    refusals += _wrong(taught, lines)
    return LabelDoubts(
        of_learnt.lines + of_judging.lines,
        len(of_learnt.unusual) + len(of_judging.unusual),
        lines,
        sum(len(file.suspects) for file in taught),
        refusals,
    )


def _unusual(what: str, rows: Sequence[Unusual], lines: int) -> list[str]:
    """Return a sentence about unusual labels if there are too many."""
    if len(rows) <= MOST_UNUSUAL * lines:
        return []
    confused = Counter((row.usual, row.label) for row in rows)
    (usual, label), count = confused.most_common(1)[0]
    head = (
        f"{len(rows)} of {lines} lines in the files {what} carry another label than the same words carry "
        f"everywhere in the corpus ({usual} labelled {label} {count} times)"
    )
    return [_listed(head, (f"{row.file}:{row.row}: {row.line!r} is {row.label}" for row in rows))]


def _suspect(files: Sequence[OwnFile], lines: int) -> list[str]:
    """Return a sentence about suspect rows if there are too many."""
    rows = [
        f"{file.file}:{row}: {line!r} is {label}, expected {expected}"
        for file in files
        for row, label, expected, line in file.suspects
    ]
    if len(rows) <= max(1, MOST_SUSPECT * lines):
        return []
    head = f"{len(rows)} of {lines} lines are surely contradicted by models that learnt files of their kind"
    return [_listed(head, rows)]


def _wrong(files: Sequence[OwnFile], lines: int) -> list[str]:
    """Return a sentence if the files do not teach what the others of their kind say."""
    wrong = sum(count for file in files for right, claim, count in file.lines if right != claim)
    if wrong <= MOST_WRONG * lines:
        return []
    return [f"{wrong} of {lines} lines are labelled otherwise by models that learnt files of their kind"]


def _listed(head: str, rows: Iterable[str]) -> str:
    every = list(rows)
    more = f"; and {len(every) - _SHOWN} more" if len(every) > _SHOWN else ""
    return f"{head}: {'; '.join(every[:_SHOWN])}{more}"
