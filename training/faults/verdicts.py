"""What the trials say of each check and review: its precision and its recall."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from training.faults.trial import FAULTS, MISREADINGS, PERMUTATIONS, Right, Trial
from training.scoring.metrics import Share, share, share_of


class Noticed(Struct, frozen=True):
    """How many of the planted faults of a kind were noticed, by a sum that breaks or by a review."""

    fault: str
    by_checks: Share
    by_reviews: Share
    by_either: Share


class Verdict(Struct, frozen=True):
    """One check or review on trial.

    A check speaks of cells: its recall is the share of faults noticed among those in cells that it adds
    up, its precision the share of its alarms that speak of a changed cell. A review speaks of a record:
    its recall is the share of faulty records that have it. Each faulty record stands beside the right
    one that it was made from, whose alarms are false ones. `alone` counts faults that nothing else
    noticed.
    """

    name: str
    precision: Share
    recall: Share
    alone: int


def noticed(trials: Sequence[Trial]) -> list[Noticed]:
    """Return a row for each kind of fault."""
    kinds = [(fault, [one for one in trials if one.fault == fault]) for fault in FAULTS]
    return [
        Noticed(
            fault,
            share_of(bool(one.noticed) for one in found),
            share_of(bool(one.reasons) for one in found),
            share_of(one.flagged for one in found),
        )
        for fault, found in kinds
        if found
    ]


class Flagged(Struct, frozen=True):
    """How many faults of a kind were flagged at all, be it by a broken sum or by a review."""

    what: str
    share: Share


def flagged(trials: Sequence[Trial], rights: Sequence[Right]) -> list[Flagged]:
    """Return the shares of faults flagged, and of right records that a review calls faulty.

    An arithmetic fault changes numbers that the form adds up; a permutation only their places. An alarm is
    false where a right record has a review of a kind that these faults raise.
    """
    changed = [one for one in trials if one.fault in MISREADINGS and one.summed]
    moved = [one for one in trials if one.fault in PERMUTATIONS]
    raised = {code for one in (*changed, *moved) for code in one.codes - one.codes_before}
    alarmed = (any(reason.code in raised for reason in one.reviews) for one in rights)
    return [
        Flagged("arithmetic faults", share_of(one.flagged for one in changed)),
        Flagged("permutations", share_of(one.flagged for one in moved)),
        Flagged("right records (false alarms)", share_of(alarmed)),
    ]


def of_checks(trials: Sequence[Trial]) -> list[Verdict]:
    """Return a verdict on each family of checks, such as `requests.row_total`."""
    names = dict.fromkeys(family(check.id) for one in trials for check in one.checks)
    return [_of_check(name, trials) for name in names]


def family(check: str) -> str:
    """Return the sum that a check is an instance of.

    >>> family("requests.row_total.new_received")
    'requests.row_total'
    """
    return check.rpartition(".")[0]


def _of_check(name: str, trials: Sequence[Trial]) -> Verdict:
    seen = [{family(check.id) for check in one.noticed} for one in trials]
    covered = [
        any(family(check.id) == name and not one.changed.isdisjoint(check.cells) for check in one.checks)
        for one in trials
    ]
    right = sum(family(check.id) == name for one in trials for check in one.noticed)
    alarms = sum(family(check.id) == name for one in trials for check in one.broken)
    false = sum(
        family(check.id) == name and check.outcome == "broken"
        for one in trials
        for check in one.checks_before
    )
    alone = sum(names == {name} and not one.reasons for one, names in zip(trials, seen, strict=True))
    return Verdict(
        name, share(right, alarms + false), share(sum(name in n for n in seen), sum(covered)), alone
    )


def of_reviews(trials: Sequence[Trial]) -> list[Verdict]:
    """Return a verdict on each review that any faulty record had."""
    names = dict.fromkeys(code for one in trials for code in one.reasons)
    return [_of_review(name, trials) for name in sorted(names)]


def _of_review(name: str, trials: Sequence[Trial]) -> Verdict:
    found = [set(one.reasons) for one in trials]
    seen = sum(name in codes for codes in found)
    false = sum(any(reason.code == name for reason in one.reviews_before) for one in trials)
    alone = sum(codes == {name} and not one.noticed for codes, one in zip(found, trials, strict=True))
    return Verdict(name, share(seen, seen + false), share(seen, len(trials)), alone)
