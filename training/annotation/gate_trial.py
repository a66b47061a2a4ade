"""Tries the gate: twelve poisons that it must refuse, and honest files that it must let pass."""

from __future__ import annotations

import re
import sys
from argparse import ArgumentParser
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from functools import cache, cached_property, partial

from msgspec import Struct

from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder
from nlp.writers.output import keep
from training.annotation.poisons import POISONS
from training.annotation.unseen import pages
from training.generator.corpus import samples
from training.labels.label_files import LabelError, Labelled
from training.labels.repeated import without_repeated
from training.model import evidence
from training.model.comparing import DOCUMENTS as COMPARED
from training.model.comparing import CorpusChanges, compare, corpus_changes, usual_in_corpus
from training.model.fitting import Reading, described
from training.model.measurements import table
from training.model.train import (
    SETTINGS,
    Training,
    fitted,
    generated,
    readings_of,
    shipped,
    train_on,
)

HONEST = ("mails", "numbered", "served", "recognised", "read_aloud")
"""The kinds of page, unknown to the corpus, whose right labels have to pass."""

USUAL = "usual"
"""The name of reports as the corpus has them."""

_HONEST = "honest"
"""The name under which right labels are tried."""

FILES = 3
SETTINGS_TRIED = (0, 4, 40)
"""The numbers of label files held out."""

_SEED = 30_303
_POISONED_KINDS = (USUAL, "mails")

_DETAILS = re.compile(r": | \(")
"""Where the details of a reason begin, which the page leaves out."""

_SHOWN, _LONGEST = 4, 240
"""The most reasons that are told while it runs, and the most characters of each."""

_PAGE = """\
# What the gate refuses, and what it lets pass

Written by `python -m training.annotation.gate_trial {documents} {compared}`: beside {documents} generated
documents and their share of those read back by tools, {files} label files of a kind were trained on, and the
model held against one of the same documents without the files, on {compared} generated documents; with
nothing held out, with four and with forty right label files of the same kind by other agencies. Each poison
(`training/annotation/poisons.py`) was put into usual reports and into reports quoted in an e-mail, a kind
that the corpus lacks.

{poisons}

{honest}"""


class Tried(Struct, frozen=True):
    """What was trained on, and for each number of files held out the reasons to refuse."""

    name: str
    kind: str
    refusals: tuple[tuple[str, ...], ...]

    @property
    def verdicts(self) -> list[str]:
        """Return in a word for each number of files held out whether the model was refused."""
        return [f"refused ({len(reasons)})" if reasons else "promoted" for reasons in self.refusals]


@dataclass
class Trial:
    """A corpus of `documents` generated documents and the model of it, which others are held against."""

    documents: int
    compared: int = COMPARED

    @cached_property
    def base(self) -> list[Labelled]:
        """The documents that every model is trained on."""
        return shipped(SETTINGS.seed, self.documents)

    @cached_property
    def readings(self) -> list[Reading]:
        """The documents as a model sees them."""
        return readings_of(self.base, SETTINGS)

    @cached_property
    def old(self) -> LineClassifier:
        """The model in place."""
        return fitted(self.readings, SETTINGS, described(self.base, 0))

    def begin(self) -> None:
        """Make what all that is tried has in common."""
        usual_in_corpus()
        self.old  # noqa: B018 it is kept

    def tried(self, name: str, kind: str, files: Sequence[Labelled], out: Sequence[Labelled]) -> Tried:
        """Train on label files and judge the model with none, some and all of the files held out."""
        try:
            kept = without_repeated(files)
        except LabelError as error:
            return Tried(name, kind, ((str(error),),) * len(SETTINGS_TRIED))
        every = [*self.base, *kept]
        training = train_on(every, [*self.readings, *readings_of(kept, SETTINGS)], SETTINGS)
        own = evidence.gathered(every, training)
        of_corpus = self._of_corpus(training)
        refusals = []
        for count in SETTINGS_TRIED:
            comparison = compare(self.old, training.classifier, out[:count], self.compared, own, of_corpus)
            refusals.append(tuple(comparison.refusals))
        return Tried(name, kind, tuple(refusals))

    def _of_corpus(self, training: Training) -> CorpusChanges:
        return corpus_changes(self.old, training.classifier, self.compared)

    def poisoned(self, name: str, kind: str) -> Tried:
        """Try one of `POISONS` on files of a kind."""
        files, out = label_files(kind)
        return self.tried(name, kind, POISONS[name](files), out)

    def honest(self, kind: str) -> Tried:
        """Try the right labels of a kind."""
        return self.tried(_HONEST, kind, *label_files(kind))


@cache
def label_files(kind: str) -> tuple[list[Labelled], list[Labelled]]:
    """Return the label files of a kind to train on, and those to hold out; no agency has two of them."""
    count = FILES + max(SETTINGS_TRIED)
    every = list(_usual(count) if kind == USUAL else pages(kind, count))
    files = [replace(page, file=f"{page.agency}-{kind}.tsv", kinds=(f"files of {kind}",)) for page in every]
    return files[:FILES], files[FILES:]


def _usual(count: int) -> Iterator[Labelled]:
    """Yield usual reports of different agencies."""
    agencies: set[str] = set()
    for sample in samples(_SEED, 10 * count):
        if len(agencies) == count:
            return
        if sample.agency not in agencies:
            agencies.add(sample.agency)
            yield generated(sample)


def main() -> None:
    """Try everything and write the page."""
    parser = ArgumentParser(prog="python -m training.annotation.gate_trial", description=__doc__)
    parser.add_argument("documents", type=int, help="beside so many generated documents")
    parser.add_argument("compared", type=int, nargs="?", default=COMPARED, help="on so many others")
    parser.add_argument("--jobs", type=int, default=1, help="processes that share the work")
    asked = parser.parse_args()
    tries = [(_HONEST, kind) for kind in HONEST]
    tries += [(poison, kind) for kind in _POISONED_KINDS for poison in POISONS]
    _trial(asked.documents, asked.compared).begin()  # what processes that are forked have already
    with ProcessPoolExecutor(asked.jobs) as workers:
        every = [_told(tried) for tried in workers.map(partial(_try, asked.documents, asked.compared), tries)]
    page = _PAGE.format(
        documents=asked.documents,
        compared=asked.compared,
        files=FILES,
        poisons=_table("poison", [(f"{one.name}, {one.kind}", one) for one in every if one.name != _HONEST]),
        honest=_table("right labels", [(one.kind, one) for one in every if one.name == _HONEST]),
    )
    keep(folder("training") / "gate.md", page.encode("utf-8"))
    print(page)


@cache
def _trial(documents: int, compared: int) -> Trial:
    """Return the trial that a process tries everything on."""
    return Trial(documents, compared)


def _try(documents: int, compared: int, name_and_kind: tuple[str, str]) -> Tried:
    name, kind = name_and_kind
    trial = _trial(documents, compared)
    return trial.honest(kind) if name == _HONEST else trial.poisoned(name, kind)


def _told(tried: Tried) -> Tried:
    print(tried.name, tried.kind, *tried.verdicts, file=sys.stderr, flush=True)
    for count, reasons in zip(SETTINGS_TRIED, tried.refusals, strict=True):
        for reason in reasons[:_SHOWN]:
            print(f"   {count:2} {reason[:_LONGEST]}", file=sys.stderr, flush=True)
    return tried


def _table(what: str, rows: Sequence[tuple[str, Tried]]) -> str:
    head = (what, *(f"{count} held out" for count in SETTINGS_TRIED), "first reason")
    cells = []
    for name, tried in rows:
        first = next((reasons[0] for reasons in tried.refusals if reasons), "")
        cells.append((name.replace("_", " "), *tried.verdicts, _DETAILS.split(first, maxsplit=1)[0]))
    return table(head, *cells)


if __name__ == "__main__":
    main()
