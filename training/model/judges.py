"""Chooses the label files that may judge a model: those that it did not learn, in any guise."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from msgspec import Struct

from training.labels.label_files import Labelled, text_digest
from training.labels.likeness import duplicates


class LeftOut(Struct, frozen=True):
    """A label file that does not judge, and why."""

    file: str
    why: str


def judges(
    files: Sequence[Labelled], learnt: Sequence[Labelled], digests: Collection[str]
) -> tuple[list[Labelled], list[LeftOut]]:
    """Return the files that may judge, and those left out.

    `learnt` are the label files that the new model was trained on as far as they are there, `digests` name
    the texts of all that either model was trained on. White space does not make a text another one.
    """
    why_by_file: dict[str, str] = {}
    for file, other, likeness in duplicates(learnt, files):
        why_by_file[file.file] = (
            f"nearly the same as {other.file}, which was trained on ({likeness:.0%} alike)"
        )
    agency_files = {document.agency: document.file for document in learnt}
    seen: dict[str, str] = {}
    kept: list[Labelled] = []
    left_out: list[LeftOut] = []
    for file in files:
        digest = text_digest(file.text)
        if digest in digests:
            why = "one of the models was trained on it, be it with other white space"
        elif file.file in why_by_file:
            why = why_by_file[file.file]
        elif file.agency in agency_files:
            why = f"{agency_files[file.agency]}, which was trained on, is of the same agency"
        elif digest in seen:
            why = f"the same text as {seen[digest]}, which judges already"
        else:
            seen[digest] = file.file
            kept.append(file)
            continue
        left_out.append(LeftOut(file.file, why))
    return kept, left_out
