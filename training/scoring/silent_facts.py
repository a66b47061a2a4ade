"""Counts the accepted records whose agency or year is wrong."""

from __future__ import annotations

from collections.abc import Iterable

from training.scoring.metrics import Share, share
from training.scoring.tally import NAMED, Tally


def silent_facts(tallies: Iterable[Tally]) -> dict[str, Share]:
    """Return for agency and year how many accepted records have a wrong one, of those that gold tells."""
    accepted = [tally for tally in tallies if tally.accepted]
    shares = {}
    for fact in NAMED:
        judged = [tally.facts[fact] for tally in accepted if fact in tally.facts]
        shares[fact] = share(judged.count(False), len(judged))
    return shares
