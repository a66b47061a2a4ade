"""How far what a number seems to speak of may be believed, as measured on planted sentences."""

from __future__ import annotations

from nlp.claims.found import Found
from nlp.resources import knowledge


def precision(found: Found) -> float:
    """Return how often a number found like this one speaks of what it seems to, from 0 to 1.

    Where its words leave no doubt that is measured by its kind, elsewhere over all kinds.
    """
    measured = knowledge("claims_precision")
    if found.is_weak:
        return float(measured["weak"])
    if not found.is_plain or found.approximate is not None:
        return float(measured["doubtful"])
    return float(measured["plain"].get(found.meaning.kind, measured["doubtful"]))
