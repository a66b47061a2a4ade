"""Counts how many planted numbers are found, and how many of what was found is right, by kind."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import NamedTuple

from nlp.claims.vocabulary import kinds
from nlp.record.claims import Claim
from training.claims.planting import OTHER, Planted
from training.claims.trial import Outcome

LEAST = 20
"""A kind of which fewer plain numbers were planted is not measured."""

_KIND_OF_SLOT = {
    "natural_person": "received",
    "commercial_enterprise": "received",
    "legal_persons": "received",
    "new_received": "received",
    "review_upheld": "review",
    "review_corrected": "review",
    "issued": "documents_issued",
    "repealed": "documents_repealed",
    "in_force": "documents_in_force",
    "permits": "licensing",
}


class Counted(NamedTuple):
    """The counts of one kind of number.

    `planted` numbers and those `told` with their cells; `plain` claims and those `right` among them;
    `wrong` planted numbers that are not as the tables have them and those `noticed`; all `findings`, which
    are plain claims that differ, and those that are `false`.
    """

    planted: int
    told: int
    plain: int
    right: int
    wrong: int
    noticed: int
    findings: int
    false: int

    @property
    def precision(self) -> float:
        """The share of plain claims that speak of what they seem to, or of findings that are right."""
        shares = [self.right / self.plain if self.plain else 1.0]
        if self.findings:
            shares.append(1 - self.false / self.findings)
        return min(shares)


def counted(outcomes: Iterable[Outcome]) -> dict[str, Counted]:
    """Return the counts by kind of claim, and of the wordings `doubtful` and `weak` under their names."""
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for outcome in outcomes:
        if outcome.planted is not None:
            _count(outcome, outcome.planted, tallies)
    ordered = [name for name in (*kinds(), "doubtful", "weak") if name in tallies]
    return {name: Counted(*(tallies[name][field] for field in Counted._fields)) for name in ordered}


def _count(outcome: Outcome, planted: Planted, tallies: dict[str, Counter[str]]) -> None:
    claim = outcome.claim
    is_told = outcome.is_told_right
    if planted.name != OTHER and not planted.is_rounded:
        kind = claim.kind if claim is not None and is_told else kind_of(planted)
        tally = tallies[kind]
        tally["planted"] += 1
        tally["told"] += is_told
        tally["wrong"] += not planted.is_right
        tally["noticed"] += not planted.is_right and is_told and _is_finding(claim)
    if claim is None or claim.about is None or planted.is_rounded:
        return
    is_plain = claim.wording == "plain"
    group = tallies[claim.kind if is_plain else claim.wording]
    group["plain"] += 1
    group["right"] += is_told
    if _is_finding(claim):
        group["findings"] += 1
        group["false"] += planted.is_right or not is_told


def _is_finding(claim: Claim | None) -> bool:
    """Return whether a claim is a finding, provided that its kind is precise enough."""
    return claim is not None and claim.wording == "plain" and claim.outcome == "differs"


def kind_of(planted: Planted) -> str:
    """Return the kind that a planted number should be told as.

    >>> kind_of(Planted("no new_received", 0, 1, (), True)), kind_of(Planted("denied", 0, 1, (), True))
    ('received', 'denied')
    """
    name = planted.name.removeprefix("no ")
    return _KIND_OF_SLOT.get(name, name)


def total(counts: Iterable[Counted]) -> Counted:
    """Return the sum of counts.

    >>> total([Counted(1, 1, 1, 1, 1, 1, 1, 0), Counted(2, 1, 1, 1, 0, 0, 0, 0)]).planted
    3
    """
    return Counted(*(sum(column) for column in zip(*counts, strict=True)))
