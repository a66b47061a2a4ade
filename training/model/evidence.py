"""Keeps what a training learnt about its own label files: by it the model is judged before it is promoted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from nlp.labelling.model_folder import Manifest, ModelError
from nlp.text.lines import split
from training.labels.label_files import Labelled, text_digest
from training.model.contradictions import Suspect, contradicted
from training.model.measuring import Scored
from training.model.train import Split, Training

EVIDENCE = "own.jsonl"
"""The file in a model's folder that holds the evidence; a model without label files has none."""

_SURE = 0.95
"""A model that gives another label this probability or more contradicts a row surely."""


class OwnFile(Struct, frozen=True):
    """A label file that a model learnt, and what the split's model says of it that did not learn it.

    `lines` counts its lines by (right label, the split model's label); it is empty where nothing was held
    out. `teachers` is the number of files of its kind that the split's model did learn. `suspects` are the
    rows which that model surely contradicts, as (row, label, label expected, line).
    """

    name: str
    agency: str
    file: str
    kinds: tuple[str, ...]
    text: str
    labels: tuple[str, ...]
    lines: list[tuple[str, str, int]] = []
    teachers: int = 0
    suspects: list[tuple[int, str, str, str]] = []

    @property
    def labelled(self) -> Labelled:
        """The label file."""
        return Labelled(self.name, self.agency, self.text, self.labels, self.file, kinds=self.kinds)

    @property
    def scored(self) -> Scored:
        """What the split's model made of it."""
        confusion = Counter({(right, claim): count for right, claim, count in self.lines})
        return Scored(self.labelled, confusion, Counter())


def gathered(documents: Sequence[Labelled], training: Training) -> list[OwnFile]:
    """Return the evidence about the label files among the documents that a model was trained on."""
    files = [document for document in documents if document.file]
    by_file = {own.file: own for split_ in training.measured for own in _held_out(files, split_)}
    return [by_file.get(file.file) or _own(file) for file in files]


def write(folder: Path, own: Sequence[OwnFile]) -> None:
    """Write the evidence into a model's folder; nothing where there are no label files. Raises OSError."""
    lines = [msgspec.json.encode(file) for file in own]
    if lines:
        (folder / EVIDENCE).write_bytes(b"\n".join([*lines, b""]))


def read(folder: Path, manifest: Manifest) -> list[OwnFile]:
    """Return the evidence in a model's folder.

    Raises ModelError unless it is about the label files that the manifest names.
    """
    if not manifest.corpus.files:
        return []
    path = folder / EVIDENCE
    try:
        own = [msgspec.json.decode(line, type=OwnFile) for line in path.read_bytes().splitlines()]
    except OSError as error:
        raise ModelError(_missing(path, error.strerror or "")) from error
    except msgspec.MsgspecError as error:
        raise ModelError(_missing(path, str(error))) from error
    if sorted({text_digest(file.text) for file in own}) != sorted(manifest.corpus.files):
        raise ModelError(_missing(path, "it is about other label files than the model learnt"))
    return own


def _missing(path: Path, why: str) -> str:
    return (
        f"{path} cannot be used ({why}): it tells how the label files fared that the model learnt, without "
        "which it is not promoted; train again with `nianbao train`."
    )


def _held_out(files: Sequence[Labelled], split_: Split) -> Iterator[OwnFile]:
    """Yield the evidence about the files that one split held out."""
    out = {scored.document.agency for scored in split_.documents}
    for scored in split_.documents:
        file = scored.document
        if not file.file:
            continue
        teachers = sum(other.kinds == file.kinds and other.agency not in out for other in files)
        probabilities = split_.classifier.probabilities(split(file.text))
        suspects = [_short(suspect) for suspect in contradicted(file, probabilities) if _is_sure(suspect)]
        lines = [(right, claim, count) for (right, claim), count in sorted(scored.confusion.items())]
        yield msgspec.structs.replace(_own(file), lines=lines, teachers=teachers, suspects=suspects)


def _own(file: Labelled) -> OwnFile:
    return OwnFile(file.name, file.agency, file.file, file.kinds, file.text, file.labels)


def _is_sure(suspect: Suspect) -> bool:
    return suspect.expected_probability >= _SURE


def _short(suspect: Suspect) -> tuple[int, str, str, str]:
    return suspect.row, suspect.label, suspect.expected, suspect.line.strip()
