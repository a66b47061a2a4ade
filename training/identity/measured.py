"""Reads generated reports and the pages of the tests, and tells what is right of agency and year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from typing import Any, Literal, NamedTuple

from msgspec import UNSET

from nlp.labelling.label_lines import label_lines
from nlp.narrative.identity.identity import Identity
from nlp.narrative.narrative import read_narrative
from nlp.reading.inputs import BytesInput
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.text.lines import split
from training.generator.corpus import samples

PAGES = folder("data").parent / "tests" / "narrative" / "identity.toml"
"""Pages as sites print them, with what is right of each."""

FIRST_SEED = 7_001
"""Generated reports from this seed on: none that the line model was trained on, and none that is held out."""


Fact = Literal["organization", "year"]


class Judged(NamedTuple):
    """A told agency or year: which of both, its lead over all others in nats, and whether it is right."""

    fact: Fact
    lead: float
    is_right: bool


def judged(count: int) -> Iterator[Judged]:
    """Yield what is told of `count` generated reports and of the pages that say what is right."""
    for sample in samples(FIRST_SEED, count):
        yield from judged_identity(identity_of(sample.text), sample.gold)
    pages = _pages()
    for case in pages["case"]:
        if case.get("report", True):
            yield from judged_identity(identity_of(page_of_case(pages, case)), case)


class Refusals(NamedTuple):
    """How many reports were called none, and how many pages that are none were told so."""

    reports_refused: int
    reports: int
    others_told: int
    others: int


def refusals(count: int) -> Refusals:
    """Return what is told of `count` generated reports and of the pages of the tests."""
    refused = [_is_refused(sample.text) for sample in samples(FIRST_SEED, count)]
    told: list[bool] = []
    pages = _pages()
    for case in pages["case"]:
        is_refused = _is_refused(page_of_case(pages, case))
        (refused if case.get("report", True) else told).append(is_refused)
    return Refusals(sum(refused), len(refused), sum(told), len(told))


def _is_refused(text: str) -> bool:
    report = loaded(None).read(BytesInput("page.txt", content=text.encode("utf-8")))
    return report.error is not UNSET and report.error.code == "no_report"


def identity_of(text: str) -> Identity:
    """Return whose report a text is and for which year, read with the shipped line model."""
    lines = split(text)
    labels: list[str | None] = [None] * len(lines)
    for line in label_lines(lines, loaded(None).classifier):
        labels[line.n - 1] = line.label
    return read_narrative(lines, labels).identity


def page_of_case(pages: dict[str, Any], case: dict[str, Any]) -> str:
    """Return a case's page with its chapters filled in, in which the author calls itself as the case says."""
    first = case.get("first", pages["first"].replace("{self}", case.get("self", "我局")))
    chapters = pages["chapters"].replace("{first}", first)
    text: str = case["page"].strip("\n").replace("{chapters}", chapters)
    return text


def _pages() -> dict[str, Any]:
    return tomllib.loads(PAGES.read_text(encoding="utf-8"))


def judged_identity(identity: Identity, gold: Mapping[str, Any]) -> Iterator[Judged]:
    """Yield the agency and the year that are told, held against gold: a value, or a list of right ones."""
    told: list[tuple[Fact, str | int | None, float]] = [
        ("organization", identity.organization, identity.organization_lead),
        ("year", identity.year, identity.year_lead),
    ]
    for fact, value, lead in told:
        if value is None or fact not in gold:
            continue
        right = gold[fact] if isinstance(gold[fact], list) else [gold[fact]]
        yield Judged(fact, round(lead, 3), value in right)
