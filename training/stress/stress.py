"""Reads gold records re-rendered in every kind of noise, and scores what was read."""

from __future__ import annotations

from collections import Counter
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
from training.stress.noisy_pages import CLEAN, CLEAN_PAPER, NoisyPage, noisy_page
from training.stress.rerendering import Manuscript, NotARecord, manuscript

SCHEMA = "nianbao.stress/1"


class Stressed(Struct, frozen=True):
    """The figures of one kind of noise at one strength, over the records that have a place for it."""

    kind: str
    strength: int
    figures: Figures
    accepted: Share


class Stress(Struct, frozen=True):
    """A run of stress: how many records were re-rendered, how each kind and strength went.

    `nowhere` are the kinds for which no record had a place.
    """

    schema: str
    records: int
    seed: int
    rows: list[Stressed]
    nowhere: list[str]


class BadKind(Exception):
    """A name that no kind of noise begins with; the message lists the kinds that there are."""


def chosen(kinds: Sequence[str]) -> list[str]:
    """Return the kinds whose names begin with one of some texts, all kinds where there is none.

    The kinds without noise come first. BadKind where a text begins no name.

    >>> chosen(["36"])
    ['none', 'none_on_paper', '36_glued_cells']
    """
    known = noise.kinds()
    unknown = [start for start in kinds if not any(kind.startswith(start) for kind in known)]
    if unknown:
        raise BadKind(f"There is no kind of noise {', '.join(unknown)}; there are {', '.join(known)}.")
    wanted = [kind for kind in known if kind.startswith(tuple(kinds))] if kinds else known
    return [CLEAN, CLEAN_PAPER, *wanted]


def manuscripts(paths: Iterable[str]) -> list[Manuscript]:
    """Return the gold records at some paths; Unscorable names every one that no page can be made of."""
    written = []
    problems = []
    for path in paths:
        for placed in load(path):
            try:
                written.append(manuscript(placed.read()))
            except NotARecord as reason:
                problems.append(f"{placed.origin}: {reason}")
    counts = Counter(one.name for one in written)
    for name in sorted(counts):
        if counts[name] > 1:
            problems.append(f"gold: “{name}” stands several times.")
    if not written and not problems:
        problems.append("There is no gold record to render.")
    if problems:
        raise Unscorable(problems)
    return written


Tallies = list[tuple[int, list[Tally]]]
"""The judged pages of one kind of noise, by strength."""


class Kinds(Struct, frozen=True):
    """The work on one kind of noise: render, read and judge every record in it; `input.path` is its name."""

    manuscripts: list[Manuscript]
    strengths: tuple[int, ...]
    seed: int
    model: Path | None = None

    def __call__(self, input: Input) -> Tallies:
        """Return the judged pages of a kind of noise at each strength."""
        kind = input.path
        tallies = []
        for strength in self.strengths:
            judged_pages = [judge(page, self.model) for page in self.pages(kind, strength)]
            tallies.append((strength, judged_pages))
        return tallies

    def lost(self, input: Input, why: Failure) -> Tallies:
        """Return nothing: the process came to an end."""
        return []

    def pages(self, kind: str, strength: int) -> Iterator[NoisyPage]:
        """Yield the pages of a kind and a strength, of the records that have a place for it."""
        for written in self.manuscripts:
            page = noisy_page(written, kind, strength, self.seed)
            if page:
                yield page


def judge(page: NoisyPage, model: Path | None = None) -> Tally:
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
    """Render, read and score every record in `jobs` processes; yield the figures kind by kind."""
    task: Work[Tallies] = work
    inputs = [Input(kind) for kind in kinds]
    for kind, tallies_of_kind in zip(kinds, results(task, inputs, jobs), strict=True):
        rows = []
        for strength, tallies in tallies_of_kind:
            if tallies:
                accepted = share_of(tally.accepted for tally in tallies)
                rows.append(Stressed(kind, strength, of_all(tallies), accepted))
        yield rows


def gathered(work: Kinds, kinds: Sequence[str], done: Iterable[list[Stressed]]) -> Stress:
    """Return a whole run: the figures of all kinds, and the kinds for which no record had a place."""
    rows = [row for rows_of_kind in done for row in rows_of_kind]
    rendered = {row.kind for row in rows}
    nowhere = [kind for kind in kinds if kind not in rendered]
    return Stress(SCHEMA, len(work.manuscripts), work.seed, rows, nowhere)


def pages(work: Kinds, kinds: Sequence[str]) -> Iterator[NoisyPage]:
    """Yield every page of a run, to be looked at."""
    for kind in kinds:
        for strength in work.strengths:
            yield from work.pages(kind, strength)
