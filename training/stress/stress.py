"""Reads gold records re-rendered in every kind of noise, and scores what was read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec
from msgspec import Struct

from nlp.reading.document import Document
from nlp.reading.inputs import Input
from nlp.record.model import Failure, Report, Source
from nlp.running.batch import Work, results
from nlp.running.extraction import loaded
from nlp.writers import jsonl
from training.generator.noise import kinds as noise
from training.scoring.breakdown import of_all
from training.scoring.cells import judged
from training.scoring.figures import Figures
from training.scoring.files import load
from training.scoring.gold import Record
from training.scoring.matching import Pair, Unscorable
from training.scoring.metrics import Share, share_of
from training.scoring.tally import Tally, tally
from training.stress.rerendering import Manuscript, NotARecord, manuscript
from training.stress.striking import CLEAN, CLEAN_PAPER, Struck, struck

SCHEMA = "nianbao.stress/1"


class Stressed(Struct, frozen=True):
    """The figures of one kind of noise at one strength, over the records that have room for it."""

    kind: str
    strength: int
    figures: Figures
    accepted: Share


class Stress(Struct, frozen=True):
    """A run of stress: how many records were re-rendered, how each kind and strength went.

    `nowhere` are the kinds for which no record had room.
    """

    schema: str
    records: int
    seed: int
    rows: list[Stressed]
    nowhere: list[str]


class BadKind(Exception):
    """A kind of noise that is not known, with those that are."""


def chosen(kinds: Sequence[str]) -> list[str]:
    """Return kinds by their names or the beginnings of them, all where none is named.

    >>> chosen(["36"])
    ['none', 'none_on_paper', '36_glued_cells']
    """
    unknown = [kind for kind in kinds if not any(known.startswith(kind) for known in noise.kinds())]
    if unknown:
        raise BadKind(
            f"There is no kind of noise {', '.join(unknown)}; there are {', '.join(noise.kinds())}."
        )
    wanted = [kind for kind in noise.kinds() if not kinds or kind.startswith(tuple(kinds))]
    return [CLEAN, CLEAN_PAPER, *wanted]


def manuscripts(paths: Iterable[str]) -> list[Manuscript]:
    """Return the gold records at some paths; Unscorable names all of which no page can be made."""
    found, faults = [], []
    for placed in (one for path in paths for one in load(path)):
        try:
            found.append(manuscript(placed.read()))
        except NotARecord as reason:
            faults.append(f"{placed.origin}: {reason}")
    names = [one.name for one in found]
    faults += [
        f"gold: “{name}” stands several times." for name in sorted(set(names)) if names.count(name) > 1
    ]
    if faults or not found:
        raise Unscorable(faults or ["There is no gold record to render."])
    return found


class Kinds(Struct, frozen=True):
    """The work on one kind: render, read and judge every record in it; `input.path` is its name."""

    manuscripts: list[Manuscript]
    strengths: tuple[int, ...]
    seed: int
    model: Path | None = None

    def __call__(self, input: Input) -> list[tuple[int, list[Tally]]]:
        return [(strength, list(self._tallies(input.path, strength))) for strength in self.strengths]

    def lost(self, input: Input, why: Failure) -> list[tuple[int, list[Tally]]]:
        """Return nothing: the process came to an end."""
        return []

    def _tallies(self, kind: str, strength: int) -> Iterator[Tally]:
        for one in self.manuscripts:
            page = struck(one, kind, strength, self.seed)
            if page:
                yield judge(page, self.model)


def judge(page: Struck, model: Path | None = None) -> Tally:
    """Read a page, and judge what was read."""
    gold = msgspec.convert(page.gold, Record)
    pair = Pair(page.name, gold, read(page.name, page.text, model))
    return tally(pair, judged(pair.gold, pair.predicted))


def read(name: str, text: str, model: Path | None = None) -> Record:
    """Return the record of a text, as it would be loaded again."""
    return msgspec.json.decode(jsonl.line(report(name, text, model)), type=Record)


def report(name: str, text: str, model: Path | None = None) -> Report:
    """Return the report of a text that is no file."""
    source = Source(f"{name}.txt", "", "", "text/plain", "utf-8", 0, text.count("\n") + 1)
    return loaded(model).report(Document(source, text))


def stress(work: Kinds, kinds: Sequence[str], jobs: int = 1) -> Iterator[list[Stressed]]:
    """Render, read and score every record, in so many processes; yield the figures kind by kind."""
    task: Work[list[tuple[int, list[Tally]]]] = work
    for kind, found in zip(kinds, results(task, [Input(kind) for kind in kinds], jobs), strict=True):
        yield [
            Stressed(kind, strength, of_all(tallies), share_of(one.accepted for one in tallies))
            for strength, tallies in found
            if tallies
        ]


def gathered(work: Kinds, kinds: Sequence[str], done: Iterable[list[Stressed]]) -> Stress:
    """Return a whole run."""
    rows = [row for found in done for row in found]
    nowhere = [kind for kind in kinds if kind not in {row.kind for row in rows}]
    return Stress(SCHEMA, len(work.manuscripts), work.seed, rows, nowhere)


def pages(work: Kinds, kinds: Sequence[str]) -> Iterator[Struck]:
    """Yield every page, to be looked at."""
    for kind in kinds:
        for strength in work.strengths:
            found = (struck(one, kind, strength, work.seed) for one in work.manuscripts)
            yield from (page for page in found if page)
