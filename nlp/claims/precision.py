"""How far what a number seems to speak of may be believed, as measured on planted sentences."""

from __future__ import annotations

from nlp.record.claims import Wording
from nlp.resources import knowledge


def precision(kind: str, wording: Wording) -> float:
    """Return how often a number of a kind and wording speaks of what it seems to, from 0 to 1.

    Where its words leave no doubt that is measured by its kind, elsewhere over all kinds. A kind that was
    not measured is as doubtful as those whose words are.
    """
    measured = knowledge("claims_precision")
    if wording == "plain":
        return float(measured["plain"].get(kind, measured["doubtful"]))
    return float(measured[wording])
