"""Sees which planted faults `check --across` finds, and what it finds that was not planted."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from random import Random

from nlp.across.across import Across, across
from nlp.across.findings import Finding
from nlp.across.knowledge import kinds
from nlp.collection.collection import Builder
from training.across.planting import Key, planted
from training.across.world import world


@dataclass(frozen=True)
class Score:
    """How many faults of a kind were planted, found, and found where none is."""

    kind: str
    planted: int
    found: int
    false: int

    @property
    def recall(self) -> float:
        """The share of the faults that was found."""
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        """The share of what was found that is a fault."""
        told = self.found + self.false
        return self.found / told if told else 1.0


@dataclass(frozen=True)
class Trial:
    """The scores of every kind, over so many worlds; `records` and `agencies` are those of all of them."""

    scores: list[Score]
    records: int
    agencies: int
    false: list[Key]
    missed: list[Key]


def trial(seeds: range, alone: int = 240, counties: int = 20, offices: int = 7, each: int = 12) -> Trial:
    """Return what is found in worlds of agencies and years with planted faults.

    Findings that say that a report was misread, not that it is wrong, do not count.

    >>> small = trial(range(1), alone=40, counties=2, offices=3, each=1)
    >>> len(small.scores), sum(score.planted for score in small.scores)
    (7, 7)
    """
    counts: dict[str, Counter[str]] = {kind: Counter() for kind in kinds()}
    records = agencies = 0
    false: list[Key] = []
    missed: list[Key] = []
    for seed in seeds:
        random = Random(seed)
        offices_of_world = world(random, alone, counties, offices)
        reports, faults = planted(random, offices_of_world, each)
        builder = Builder()
        for report in reports:
            builder.add(report)
        told = {
            _key(finding.kind, finding.agency, finding.years)
            for finding in _found(builder).findings
            if finding.blame != "extraction" and not _is_of_a_doubtful_year(finding)
        }
        for kind, count in counts.items():
            of_kind = {fault for fault in faults if fault[0] == kind}
            told_of_kind = {key for key in told if key[0] == kind}
            count.update(
                planted=len(of_kind), found=len(of_kind & told_of_kind), false=len(told_of_kind - of_kind)
            )
        false += sorted(told - faults)
        missed += sorted(faults - told)
        records += len(reports)
        agencies += len(offices_of_world)
    scores = [Score(kind, count["planted"], count["found"], count["false"]) for kind, count in counts.items()]
    return Trial(scores, records, agencies, false, missed)


def _found(builder: Builder) -> Across:
    return across(builder.collection())


def _is_of_a_doubtful_year(finding: Finding) -> bool:
    """Return whether a finding says itself that a year is in doubt: in this world that year is wrong."""
    return "year_doubtful" in finding.doubts


def _key(kind: str, agency: str, years: list[int]) -> Key:
    return kind, agency, years[-1]
