"""States in a paragraph what a set of records is, for the data section of a paper."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from msgspec import UNSET, Struct

from nlp.auditing.words import phrase, words
from nlp.record.model import Report


class Facts(Struct, frozen=True):
    """What a set of records is: counts of documents and checks, and the models that read them.

    `usable` need no review; `corrected` hold decisions of people. `years` counts the documents of each
    year, `models` those read by each model, `schemas` those of each format.
    """

    version: str
    documents: int
    failed: int
    usable: int
    corrected: int
    cells: int
    printed_cells: int
    decided_cells: int
    checks: int
    assessed: int
    broken: int
    broken_by_source: int
    years: dict[int, int]
    models: dict[str, int]
    schemas: dict[str, int]


class Census:
    """Counts records one by one."""

    def __init__(self) -> None:
        self.counts: Counter[str] = Counter()
        self.years: Counter[int] = Counter()
        self.models: Counter[str] = Counter()
        self.schemas: Counter[str] = Counter()

    def add(self, report: Report) -> None:
        """Count a record."""
        self.counts["documents"] += 1
        self.schemas[report.schema] += 1
        if report.error is not UNSET:
            self.counts["failed"] += 1
            return
        self.counts["usable"] += not report.review
        self.counts["corrected"] += report.corrections is not UNSET
        if report.year is not None:
            self.years[report.year] += 1
        if report.model is not None:
            self.models[f"{report.model.name} {report.model.version} ({report.model.sha256[:12]})"] += 1
        for _, cell in report.cells():
            self.counts["cells"] += 1
            self.counts["printed_cells"] += cell.on_page == "printed"
            self.counts["decided_cells"] += cell.read is not UNSET
        for check in report.sums:
            self.counts["checks"] += 1
            self.counts["assessed"] += check.outcome != "not_assessable"
            self.counts["broken"] += check.outcome == "broken"
            self.counts["broken_by_source"] += check.outcome == "broken" and check.blame == "source"

    def facts(self, version: str) -> Facts:
        """Return what was counted; `version` is that of the program."""
        names = [name for name in Facts.__struct_fields__ if name in _COUNTED]
        return Facts(
            version=version,
            **{name: self.counts[name] for name in names},
            years=dict(sorted(self.years.items())),
            models=dict(self.models.most_common()),
            schemas=dict(self.schemas.most_common()),
        )


_COUNTED = (
    "documents",
    "failed",
    "usable",
    "corrected",
    "cells",
    "printed_cells",
    "decided_cells",
    "checks",
    "assessed",
    "broken",
    "broken_by_source",
)


def paragraphs(facts: Facts) -> str:
    """Return the facts as a paragraph in English and one in Chinese."""
    counted = {name: f"{getattr(facts, name):,}" for name in _COUNTED}
    read = facts.documents - facts.failed
    shown = {
        **counted,
        "version": facts.version,
        "read": f"{read:,}",
        "to_review": f"{read - facts.usable:,}",
        "share": f"{facts.usable / read:.1%}" if read else "–",
        "holding": f"{facts.assessed - facts.broken:,}",
        "years": _years(sorted(facts.years)),
        "models": "; ".join(facts.models) or "–",
        "schemas": ", ".join(facts.schemas) or "–",
    }
    told = []
    for language in ("en", "zh"):
        text = phrase("cite", language, **shown)
        if facts.decided_cells or facts.corrected:
            text += words("cite")[f"between_{language}"] + phrase("cite", f"corrected_{language}", **shown)
        told.append(text + "\n")
    return "\n".join(told)


def _years(years: Sequence[int]) -> str:
    if not years:
        return "–"
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"
