"""The results of the trials as tables for people."""

from __future__ import annotations

from collections.abc import Sequence

from training.faults.trial import Right, Trial
from training.faults.verdicts import flagged, noticed, of_checks, of_reviews
from training.scoring.metrics import Share
from training.scoring.tabulated import Table
from training.scoring.words import count_of, figure


def faults_table(trials: Sequence[Trial]) -> Table:
    """Return a row for each kind of fault: how often it was noticed, by what."""
    rows = [["fault", "planted", "noticed by a sum", "by a review", "by either"]]
    for kind in noticed(trials):
        shares = [_share(kind.by_checks), _share(kind.by_reviews), _share(kind.by_either)]
        rows.append([kind.fault, f"{kind.by_either.of:,}", *shares])
    return rows


def flagged_table(trials: Sequence[Trial], rights: Sequence[Right]) -> Table:
    """Return a row for arithmetic faults, permutations, and right records."""
    rows = [["", "records", "flagged"]]
    for group in flagged(trials, rights):
        rows.append([group.what, f"{group.share.of:,}", _share(group.share)])
    return rows


def _share(share: Share) -> str:
    return f"{figure(share.share)} ({share.count:,})"


def verdicts_table(trials: Sequence[Trial]) -> Table:
    """Return a row for each check and each review: how far it can be believed, how much it sees."""
    rows = [["check or review", "precision", "of alarms", "recall", "of faults", "noticed by nothing else"]]
    for verdict in [*of_checks(trials), *of_reviews(trials)]:
        precision = [figure(verdict.precision.share), count_of(verdict.precision)]
        recall = [figure(verdict.recall.share), count_of(verdict.recall)]
        rows.append([verdict.name, *precision, *recall, f"{verdict.alone:,}"])
    return rows
