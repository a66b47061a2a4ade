"""What the trials say of each check and review: its precision and its recall."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from training.faults.trial import FAULTS, MISREADINGS, PERMUTATIONS, Right, Trial
from training.scoring.metrics import Share, share, share_of


class Noticed(Struct, frozen=True):
    """The shares of the planted faults of a kind that a broken sum, a review, or either of them noticed."""

    fault: str
    by_checks: Share
    by_reviews: Share
    by_either: Share


class Verdict(Struct, frozen=True):
    """The precision and the recall of one check or review.

    A check speaks of cells: its recall is the share of faults noticed among those in cells that it adds
    up, its precision the share of its alarms that speak of a changed cell. A review speaks of a record:
    its recall is the share of faulty records that have it. Each faulty record stands beside the right
    one that it was made from, whose alarms are false ones. `alone` is the number of faults that nothing
    else noticed.
    """

    name: str
    precision: Share
    recall: Share
    alone: int


def noticed(trials: Sequence[Trial]) -> list[Noticed]:
    """Return a row for each kind of fault that was planted."""
    rows = []
    for fault in FAULTS:
        of_fault = [trial for trial in trials if trial.fault == fault]
        if of_fault:
            by_checks = share_of(bool(trial.noticed) for trial in of_fault)
            by_reviews = share_of(bool(trial.reasons) for trial in of_fault)
            by_either = share_of(trial.flagged for trial in of_fault)
            rows.append(Noticed(fault, by_checks, by_reviews, by_either))
    return rows


class Flagged(Struct, frozen=True):
    """The share of records of one sort that were flagged at all, be it by a broken sum or by a review."""

    what: str
    share: Share


def flagged(trials: Sequence[Trial], rights: Sequence[Right]) -> list[Flagged]:
    """Return the shares of faults flagged, and of right records that a review calls faulty.

    An arithmetic fault changes numbers that the form adds up; a permutation only their places. An alarm is
    false where a right record has a review of a kind that these faults raise.
    """
    arithmetic = [trial for trial in trials if trial.fault in MISREADINGS and trial.summed]
    permutations = [trial for trial in trials if trial.fault in PERMUTATIONS]
    raised: set[str] = set()
    for trial in (*arithmetic, *permutations):
        raised |= trial.codes - trial.codes_before
    alarmed = [any(reason.code in raised for reason in right.reviews) for right in rights]
    return [
        Flagged("arithmetic faults", share_of(trial.flagged for trial in arithmetic)),
        Flagged("permutations", share_of(trial.flagged for trial in permutations)),
        Flagged("right records (false alarms)", share_of(alarmed)),
    ]


def of_checks(trials: Sequence[Trial]) -> list[Verdict]:
    """Return a verdict on each family of checks, such as `requests.row_total`."""
    names = dict.fromkeys(family(check.id) for trial in trials for check in trial.checks)
    return [_of_check(name, trials) for name in names]


def family(check: str) -> str:
    """Return the sum that a check is an instance of.

    >>> family("requests.row_total.new_received")
    'requests.row_total'
    """
    return check.rpartition(".")[0]


def _of_check(name: str, trials: Sequence[Trial]) -> Verdict:
    noticed_by_it = assessed = right_alarms = alarms = alone = 0
    for trial in trials:
        own = [check for check in trial.checks if family(check.id) == name]
        own_before = [check for check in trial.checks_before if family(check.id) == name]
        noticing_families = [family(check.id) for check in trial.noticed]
        assessed += any(not trial.changed.isdisjoint(check.cells) for check in own)
        noticed_by_it += name in noticing_families
        right_alarms += noticing_families.count(name)
        # The alarms of the right record are false ones.
        alarms += sum(check.outcome == "broken" for check in (*own, *own_before))
        alone += set(noticing_families) == {name} and not trial.reasons
    return Verdict(name, share(right_alarms, alarms), share(noticed_by_it, assessed), alone)


def of_reviews(trials: Sequence[Trial]) -> list[Verdict]:
    """Return a verdict on each review that any faulty record had."""
    names = {code for trial in trials for code in trial.reasons}
    return [_of_review(name, trials) for name in sorted(names)]


def _of_review(name: str, trials: Sequence[Trial]) -> Verdict:
    noticed_by_it = false_alarms = alone = 0
    for trial in trials:
        codes = set(trial.reasons)
        noticed_by_it += name in codes
        false_alarms += any(reason.code == name for reason in trial.reviews_before)
        alone += codes == {name} and not trial.noticed
    alarms = noticed_by_it + false_alarms
    return Verdict(name, share(noticed_by_it, alarms), share(noticed_by_it, len(trials)), alone)
