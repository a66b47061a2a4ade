"""Chooses how an agency's name is spelt among the candidates that mean it, and tells what kind it is."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.narrative.identity.candidates import Candidate
from nlp.narrative.identity.weighing import TITLES, weights
from nlp.narrative.vocabulary.agency_names import has_own_place, is_full_name, is_place, kinds_of_name


def spelling(candidates: Sequence[Candidate[str]]) -> Candidate[str]:
    """Return the candidate whose spelling is the agency's name.

    It is a title's; else that of the best source, with all the places before it that another source has.
    """
    full = [candidate for candidate in candidates if _is_spelt_in_full(candidate)]
    ordered = _by_source(full or candidates)
    best = ordered[0]
    if best.source in TITLES:
        return best
    for candidate in ordered:
        is_longer = candidate.folded.endswith(best.folded) and candidate.source != "origin"
        if is_longer and is_place(candidate.folded[: -len(best.folded)]):
            best = candidate
    return best


def is_short(name: Candidate[str]) -> bool:
    """Return whether a name lacks its place and no title has it."""
    return name.source not in TITLES and not is_full_name(name.folded)


def is_of_kind(candidates: Sequence[Candidate[str]], self_kind: str) -> bool:
    return any(self_kind in kinds_of_name(candidate.folded) for candidate in candidates)


def _is_spelt_in_full(name: Candidate[str]) -> bool:
    """Return whether a name is one in full; in a title that of a town is, with the county before it."""
    return is_full_name(name.folded) or (name.source in TITLES and has_own_place(name.folded))


def _by_source(candidates: Sequence[Candidate[str]]) -> list[Candidate[str]]:
    by_source = weights("agency")["source"]
    return sorted(candidates, key=lambda candidate: -by_source[candidate.source])
