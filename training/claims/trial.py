"""Reads planted pages and says of each number what was found."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from msgspec import Struct

from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.claims import Claim
from nlp.record.model import Check, Report
from nlp.running.extraction import loaded
from training.claims.planting import CLOSED, NONE, Page, Planted, Sentence, page, sentences
from training.generator.corpus import samples
from training.generator.worlds import UNSEEN, World

SENTENCES = 8
"""How many sentences are planted into a report."""
_PLUS = " + "


class Outcome(Struct, frozen=True):
    """What was found of a planted number, or of a number of the report's own where `planted` is None.

    `line` is the line of the page on which it stands.
    """

    planted: Planted | None
    claim: Claim | None
    finding: Check | None
    line: str = ""

    @property
    def is_told_right(self) -> bool:
        """Whether the claim speaks of the cells that the number speaks of."""
        return self.planted is not None and self.claim is not None and _speaks_of(self.claim, self.planted)


def outcomes(which: str, seed: int, count: int, world: World = UNSEEN) -> Iterator[Outcome]:
    """Yield what is found of every number planted into `count` generated reports, and of their own.

    Reports that a person should look at are left out: what their tables say is not known for certain.
    """
    reader: Reader = loaded(None)
    listed = sentences(which)
    for number, sample in enumerate(samples(seed, count, world=world)):
        if "\r" in sample.text or "\ufeff" in sample.text:
            continue  # the decoded text has other places
        report = _read(reader, sample.name, sample.text)
        if report.review or report.form is None:
            continue
        rng = Random(f"{seed}/{number}")
        planted = page(sample.text, report, _chosen(listed, rng), rng)
        if planted is None:
            continue
        with_sentences = _read(reader, sample.name, planted.text)
        if not with_sentences.review:
            yield from _outcomes(planted, with_sentences)


def _chosen(listed: Sequence[Sentence], rng: Random) -> list[Sentence]:
    return rng.sample(listed, SENTENCES)


def _read(reader: Reader, name: str, text: str) -> Report:
    return reader.read(BytesInput(f"{name}.txt", content=text.encode()))


def _outcomes(page: Page, report: Report) -> Iterator[Outcome]:
    findings = {check.id.rpartition(".")[2]: check for check in report.checks if not check.is_sum}
    lines = page.text.split("\n")
    used: set[int] = set()
    for planted in page.planted:
        place = _place(planted, report.claims, used)
        line = lines[page.text.count("\n", 0, planted.start)]
        if place is None:
            yield Outcome(planted, None, None, line)
            continue
        used.add(place)
        yield Outcome(planted, report.claims[place], findings.get(str(place)), line)
    for place, claim in enumerate(report.claims):
        if place not in used:
            yield Outcome(None, claim, findings.get(str(place)), lines[claim.line - 1])


def _place(planted: Planted, claims: Sequence[Claim], used: set[int]) -> int | None:
    """Return the place of the claim at a planted number, or of the statement about its cells."""
    is_statement = planted.name == CLOSED or planted.name.startswith(f"{NONE} ")
    for place, claim in enumerate(claims):
        if place in used or is_statement != (claim.unit is None):
            continue
        if not planted.start <= claim.span[0] < planted.end:
            continue
        if not is_statement or _speaks_of(claim, planted):
            return place
    return None


def _speaks_of(claim: Claim, planted: Planted) -> bool:
    if claim.about is None:
        return False
    cells = frozenset(planted.cells)
    return any(cells == frozenset(sum.split(_PLUS)) for sum in claim.readings or [claim.about])
