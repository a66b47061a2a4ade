"""Compares a new model with an old one: by kind of page, by document, by record, and by its own labels."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from random import Random

import msgspec
from msgspec import Struct

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import Manifest
from training.generator.agencies import agencies
from training.generator.corpus import Sample, samples
from training.labels.label_files import Labelled
from training.labels.usual_labels import usual_labels
from training.model.evidence import OwnFile
from training.model.judges import LeftOut, judges
from training.model.label_doubts import LabelDoubts, label_doubts
from training.model.measuring import Scored, scored
from training.model.paired import EVERYTHING, KindChange, Pair, changes_by_kind, changes_of_own
from training.model.record_changes import RecordChanges, record_changes
from training.model.train import generated
from training.records.known import KnownRecord
from training.rendering.archive import entries
from training.scoring.gold import Record

DOCUMENTS = 400
"""The number of generated documents that two models are compared on by default."""

_SEED = 90_001

HELD_OUT, SPLITS, NOTHING = "label files held out", "splits of the training", "nothing"
"""What judges the kinds of label files: files that nobody trained on, else the splits of the training."""


class DocumentChange(Struct, frozen=True):
    """The numbers of lines of one document that the old and the new model label wrong."""

    name: str
    kinds: tuple[str, ...]
    lines: int
    wrong_before: int
    wrong_after: int


class Comparison(Struct, frozen=True):
    """Two models, by the digests that name them, on the same documents.

    - `own`: the change of each kind of label file, judged by what `judged_by` names.
    - `kinds`: the change of everything generated, and of each kind of generated page.
    - `documents`: the lines of each document, label files first.
    - `records`: the records read from the generated documents.
    - `doubts`: what speaks against the labels that the new model learnt, and against those that judge.
    - `left_out`: the label files that do not judge, and why.
    """

    before: str
    after: str
    own: list[KindChange]
    judged_by: str
    kinds: list[KindChange]
    documents: list[DocumentChange]
    records: RecordChanges
    doubts: LabelDoubts
    left_out: list[LeftOut]

    @property
    def everything(self) -> KindChange:
        """The figures over all generated documents."""
        (everything,) = [kind for kind in self.kinds if kind.kind == EVERYTHING]
        return everything

    @property
    def worse(self) -> list[KindChange]:
        """The kinds that the new model may read worse than the margins allow, one's own first."""
        return [kind for kind in [*self.own, *self.kinds] if kind.worse]

    @property
    def refusals(self) -> list[str]:
        """A sentence for each reason not to promote the new model; none if it is not inferior."""
        reasons = [f"{kind.kind}: {'; '.join(kind.worse)} ({_files(kind.documents)})" for kind in self.worse]
        reasons += [f"records: {worse}" for worse in self.records.worse]
        return [*self.doubts.refusals, *reasons]


class CorpusChanges(Struct, frozen=True):
    """What two models make of generated documents: by kind of page, by document, in records."""

    kinds: list[KindChange]
    documents: list[DocumentChange]
    records: RecordChanges


def corpus_changes(old: LineClassifier, new: LineClassifier, documents: int = DOCUMENTS) -> CorpusChanges:
    """Compare two models on those of `documents` generated reports whose agencies neither was trained on."""
    unseen = list(_unseen(old.manifest, new.manifest, documents))
    pairs = [(scored(old, document), scored(new, document)) for document in map(generated, unseen)]
    return CorpusChanges(
        changes_by_kind(pairs),
        [_document_change(before, after) for before, after in pairs],
        record_changes(old, new, map(_known_record, unseen)),
    )


def compare(
    old: LineClassifier,
    new: LineClassifier,
    files: Sequence[Labelled] = (),
    documents: int = DOCUMENTS,
    own: Sequence[OwnFile] = (),
    of_corpus: CorpusChanges | None = None,
) -> Comparison:
    """Compare two models on label files and on generated documents that neither was trained on.

    `own` are the label files that the new model was trained on. `documents` reports are generated; those of
    an agency that one of the models was trained on are left out, and so are label files that one of them
    was trained on in any guise (see `judges`). Where no label file is left, each of `own` is judged by the
    model of the split that held it out. `of_corpus` are the changes on the generated documents if they are
    there already.
    """
    learnt = [file.labelled for file in own]
    digests = {*old.manifest.corpus.files, *new.manifest.corpus.files}
    judging, left_out = judges(files, learnt, digests)
    own_pairs: list[Pair] = [(scored(old, file), scored(new, file)) for file in judging]
    judged_by = HELD_OUT if own_pairs else NOTHING
    if not own_pairs:
        own_pairs = [(scored(old, file.labelled), file.scored) for file in own if file.lines]
        judged_by = SPLITS if own_pairs else NOTHING
    generated_ones = of_corpus or corpus_changes(old, new, documents)
    return Comparison(
        old.sha256,
        new.sha256,
        changes_of_own(own_pairs),
        judged_by,
        generated_ones.kinds,
        [*(_document_change(before, after) for before, after in own_pairs), *generated_ones.documents],
        generated_ones.records,
        label_doubts(own, judging, usual_in_corpus() if own or judging else {}),
        left_out,
    )


@cache
def usual_in_corpus() -> dict[str, str]:
    """Return the label that the words of a line carry in all generated documents to compare on."""
    return usual_labels(map(generated, _generated(DOCUMENTS)))


@cache
def _generated(count: int) -> tuple[Sample, ...]:
    return tuple(samples(_SEED, count))


def _unseen(old: Manifest, new: Manifest, count: int) -> Iterator[Sample]:
    """Yield those of `count` generated documents whose agencies neither model was trained on."""
    trained_on = {*agencies_of(old), *agencies_of(new)}
    for sample in _generated(count):
        if sample.agency not in trained_on:
            yield sample


def _known_record(sample: Sample) -> KnownRecord:
    return KnownRecord(sample.name, sample.text, msgspec.convert(sample.gold, Record))


def _files(count: int) -> str:
    return "1 document" if count == 1 else f"{count} documents"


def agencies_of(manifest: Manifest) -> Iterator[str]:
    """Yield the agencies that a model's generated documents are of, and those of all rendered documents.

    The generator picks the agency of document `i` with the seed `SEED/i`, so the manifest's seed is enough.
    """
    for i in range(manifest.corpus.documents - manifest.corpus.labelled):
        yield Random(f"{manifest.settings.seed}/{i}").choice(agencies()).name
    yield from (entry.agency for entry in entries())


def _document_change(before: Scored, after: Scored) -> DocumentChange:
    document = before.document
    return DocumentChange(
        document.file or document.name, document.kinds, before.lines, before.wrong, after.wrong
    )


def changed(documents: Iterable[DocumentChange]) -> list[DocumentChange]:
    """Return the documents with more or fewer wrong lines than before, the greatest losses first."""
    changes = [document for document in documents if document.wrong_before != document.wrong_after]
    return sorted(changes, key=lambda document: (document.wrong_before - document.wrong_after, document.name))
