"""Reads planted pages and says of each number what was found."""

from __future__ import annotations

from collections.abc import Iterator
from random import Random

from msgspec import Struct

from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.claims import Claim
from nlp.record.model import Check, Report
from nlp.running.extraction import loaded
from training.claims.planting import Page, Planted, page, sentences
from training.generator.corpus import samples
from training.generator.worlds import UNSEEN, World

_PLUS = " + "


class Outcome(Struct, frozen=True):
    """What was found of a planted number, or of a number of the report's own where `planted` is None."""

    name: str
    sentence: str
    planted: Planted | None
    claim: Claim | None
    finding: Check | None
    line: str = ""

    @property
    def is_told_right(self) -> bool:
        """Whether the claim speaks of the cells that the number speaks of."""
        if self.planted is None or self.claim is None:
            return False
        cells = frozenset(self.planted.sum)
        return any(cells == frozenset(sum.split(_PLUS)) for sum in _sums(self.claim))


def _sums(claim: Claim) -> list[str]:
    if claim.about is None:
        return []
    return claim.readings or [claim.about]


def outcomes(which: str, seed: int, count: int, world: World = UNSEEN) -> Iterator[Outcome]:
    """Yield what is found of every number planted into `count` generated reports, a sentence each.

    Reports that a person should look at are left out: what their tables say is not known for certain.
    """
    reader: Reader = loaded(None)
    listed = sentences(which)
    for number, sample in enumerate(samples(seed, count, world=world)):
        report = _read(reader, sample.name, sample.text)
        if report.review or report.form is None or "\r" in sample.text or "\ufeff" in sample.text:
            continue
        sentence = listed[number % len(listed)]
        rng = Random(f"{seed}/{number}")
        planted = page(sample.text, report, sentence, rng)
        if planted is None:
            continue
        with_sentence = _read(reader, sample.name, planted.text)
        if with_sentence.tables.keys() != report.tables.keys() or with_sentence.review:
            continue
        yield from _outcomes(sample.name, str(sentence["text"]), planted, with_sentence)


def _read(reader: Reader, name: str, text: str) -> Report:
    return reader.read(BytesInput(f"{name}.txt", content=text.encode()))


def _outcomes(name: str, sentence: str, page: Page, report: Report) -> Iterator[Outcome]:
    by_place = {check.id.rpartition(".")[2]: check for check in report.checks if not check.is_sum}
    used: set[int] = set()
    for planted in page.planted:
        place = _place(planted, report.claims, used)
        claim = None
        if place is not None:
            used.add(place)
            claim = report.claims[place]
        yield Outcome(name, sentence, planted, claim, by_place.get(str(place)))
    for place, claim in enumerate(report.claims):
        if place not in used:
            text = page.text.split("\n")[claim.line - 1]
            own = sentence if page.start <= claim.span[0] < page.end else ""
            yield Outcome(name, own, None, claim, by_place.get(str(place)), text)


def _place(planted: Planted, claims: list[Claim], used: set[int]) -> int | None:
    """Return the place of the claim at a planted number, or of the statement about its cells."""
    for place, claim in enumerate(claims):
        if place in used:
            continue
        is_statement = claim.unit is None
        if planted.name.startswith("no ") or planted.name == "closed":
            if (
                is_statement
                and planted.start <= claim.span[0] < planted.end
                and Outcome("", "", planted, claim, None).is_told_right
            ):
                return place
        elif not is_statement and claim.span[0] == planted.start:
            return place
    return None
