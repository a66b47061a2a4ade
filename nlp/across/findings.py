"""The types of what is found between reports: findings, and how many comparisons came out how."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from msgspec import Struct

from nlp.record.model import Blame, Number, Outcome

SCHEMA = "nianbao.across/1"


class PlacedCell(Struct, frozen=True):
    """A cell of a report, with its official name, its value, and where it stands: 0 is nowhere."""

    report: str
    year: int
    id: str
    name: str
    value: Number | None
    state: str
    line: int
    page: int


class Finding(Struct, frozen=True, kw_only=True):
    """Something that does not hold between reports of a collection.

    `id` is the same in every run over the same reports. `reports` are the ids of the reports, `paths` where
    they were read from. `left` and `right` are the two sides of a sum, None where the kind has none.
    `message` says in Chinese what does not hold, `advice` whose fault it may be. `doubts` are the reasons to
    look at these reports (codes of data/reviews.toml) that leave it open whether the finding is one.
    """

    id: str
    kind: str
    agency: str
    code: str | None
    years: list[int]
    reports: list[str]
    paths: list[str]
    outcome: Outcome
    blame: Blame
    message: str
    advice: str
    left: Number | None = None
    right: Number | None = None
    cells: list[PlacedCell] = []
    doubts: list[str] = []


@dataclass
class Tally:
    """How many comparisons of one kind came out how: each is exactly one of these.

    `reasons` counts those that could not be assessed by why.

    >>> tally = Tally("in_force")
    >>> tally.add("holds", 2), tally.cannot("blank", 3), tally.all, tally.not_assessable
    (None, None, 5, 3)
    """

    kind: str
    holds: int = 0
    broken: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Outcome, count: int = 1) -> None:
        """Count comparisons that hold or are broken."""
        if outcome == "holds":
            self.holds += count
        else:
            self.broken += count

    def cannot(self, reason: str, count: int = 1) -> None:
        """Count comparisons that cannot be assessed."""
        if count:
            self.reasons[reason] += count

    @property
    def not_assessable(self) -> int:
        """How many could not be assessed."""
        return self.reasons.total()

    @property
    def all(self) -> int:
        """How many there are."""
        return self.holds + self.broken + self.not_assessable


@dataclass(frozen=True)
class Compared:
    """What came of one kind of comparison, or several."""

    findings: list[Finding]
    tallies: list[Tally]


def together(parts: Iterable[Compared]) -> Compared:
    """Return what came of several comparisons as one."""
    findings: list[Finding] = []
    tallies: list[Tally] = []
    for part in parts:
        findings += part.findings
        tallies += part.tallies
    return Compared(findings, tallies)
