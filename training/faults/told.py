"""The trials in words."""

from __future__ import annotations

from collections.abc import Sequence

from training.faults.trial import Right, Trial
from training.faults.verdicts import Noticed, Verdict, flagged, noticed, of_checks, of_reviews
from training.scoring.metrics import Share
from training.scoring.tabulated import Table
from training.scoring.words import count_of, figure


def faults_table(trials: Sequence[Trial]) -> Table:
    """Return a row for each kind of fault: how often it was noticed, by what."""
    head = ["fault", "planted", "noticed by a sum", "by a review", "by either"]
    return [head, *map(_noticed, noticed(trials))]


def _noticed(one: Noticed) -> list[str]:
    return [one.fault, f"{one.by_either.of:,}", *map(_share, (one.by_checks, one.by_reviews, one.by_either))]


def flagged_table(trials: Sequence[Trial], rights: Sequence[Right]) -> Table:
    """Return a row for arithmetic faults, permutations, and right records."""
    rows = [[one.what, f"{one.share.of:,}", _share(one.share)] for one in flagged(trials, rights)]
    return [["", "records", "flagged"], *rows]


def _share(one: Share) -> str:
    return f"{figure(one.share)} ({one.count:,})"


def verdicts_table(trials: Sequence[Trial]) -> Table:
    """Return a row for each check and each review: how far it can be believed, how much it sees."""
    head = ["check or review", "precision", "of alarms", "recall", "of faults", "noticed by nothing else"]
    return [head, *map(_verdict, [*of_checks(trials), *of_reviews(trials)])]


def _verdict(one: Verdict) -> list[str]:
    right = [figure(one.precision.share), count_of(one.precision)]
    return [one.name, *right, figure(one.recall.share), count_of(one.recall), f"{one.alone:,}"]
