"""Reads generated reports and the pages of the tests, and tells what is right of agency and year."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from msgspec import UNSET

from nlp.labelling.label_lines import label_lines
from nlp.narrative.identity.identity import Identity
from nlp.narrative.narrative import read_narrative
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.running.records import Given
from nlp.text.lines import split
from training.generator.corpus import samples

PAGES = folder("data").parent / "tests" / "narrative" / "identity.toml"
"""Pages as sites print them, with what is right of each."""

FIRST_SEED = 7_001
"""Generated reports from this seed on: none that the line model was trained on, and none that is held out."""


class Judged(NamedTuple):
    """One told agency or year: `organization` or `year`, its probability, and whether it is right."""

    fact: str
    confidence: float
    is_right: bool


def judged(count: int) -> Iterator[Judged]:
    """Yield what is told of `count` generated reports and of the pages that say what is right."""
    for sample in samples(FIRST_SEED, count):
        yield from _judged(identity_of(sample.text), sample.gold)
    for case in _cases(PAGES):
        if case.get("report", True):
            yield from _judged(identity_of(case["page"].replace("{chapters}", chapters(case))), case)


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
    for case in _cases(PAGES):
        is_refused = _is_refused(case["page"].replace("{chapters}", chapters(case)))
        (refused if case.get("report", True) else told).append(is_refused)
    return Refusals(sum(refused), len(refused), sum(told), len(told))


def _is_refused(text: str) -> bool:
    report = loaded(None).read(Given("page.txt", content=text.encode("utf-8")))
    return report.error is not UNSET and report.error.code == "no_report"


def identity_of(text: str) -> Identity:
    """Return whose report a text is and for which year, read with the shipped line model."""
    lines = split(text)
    labels: list[str | None] = [None] * len(lines)
    for line in label_lines(lines, loaded(None).classifier):
        labels[line.n - 1] = line.label
    return read_narrative(lines, labels).identity


def chapters(case: dict[str, Any]) -> str:
    """Return six short chapters in which the author calls itself as a case says."""
    first = case.get("first", f"{case.get('self', '我局')}按照条例要求做好公开工作，全年平稳。")
    return (
        f"一、总体情况\n{first}\n二、主动公开政府信息情况\n三、收到和处理政府信息公开申请情况\n"
        "四、政府信息公开行政复议、行政诉讼情况\n五、存在的主要问题及改进情况\n"
        "信息公开内容更新不够及时。下一步将加强培训。\n六、其他需要报告的事项\n无。"
    )


def _cases(file: Path) -> list[dict[str, Any]]:
    cases: list[dict[str, Any]] = tomllib.loads(file.read_text(encoding="utf-8"))["case"]
    return cases


def _judged(identity: Identity, gold: dict[str, Any]) -> Iterator[Judged]:
    told = {
        "organization": (identity.organization, identity.organization_confidence),
        "year": (identity.year, identity.year_confidence),
    }
    for fact, (value, confidence) in told.items():
        if value is None or fact not in gold:
            continue
        right = gold[fact] if isinstance(gold[fact], list) else [gold[fact]]
        yield Judged(fact, confidence, value in right)
