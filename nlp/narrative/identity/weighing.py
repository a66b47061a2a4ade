"""Weighs candidates: what each source adds, how far the best is ahead, how sure that makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, Generic

from msgspec import Struct

from nlp.labelling.judgement import Slope
from nlp.narrative.identity.candidates import Candidate, Value
from nlp.narrative.wording import wording

TITLES = ("title", "listed_title", "other_title", "line_above_title", "line_below_title")
"""The sources that are titles or belong to one; all others but files' names are the text's."""

HINTS = ("date", "path", "file_name", "folder_name")
"""Sources that are no evidence of the text."""

_TIE = 0.3
"""Of values that are no farther apart none is told, unless something else settles it."""


class Weighed(Struct, Generic[Value], frozen=True):
    """A value with all candidates that mean it and what they weigh together."""

    candidates: Sequence[Candidate[Value]]
    weight: float

    @property
    def sources(self) -> set[str]:
        """The sources that name it."""
        return {candidate.source for candidate in self.candidates}

    @property
    def in_text(self) -> bool:
        """Whether the text names it, beside titles and hints."""
        return bool(self.sources - {*TITLES, *HINTS})


Choice = Callable[[Sequence[Weighed[Value]]], Weighed[Value] | None]
"""Returns which of values that are hardly apart, the best first, is told; None where none is."""


class Verdict(Struct, Generic[Value], frozen=True):
    """The best of some weighed values, None where none is good enough; how sure it is, and its rivals."""

    best: Weighed[Value] | None
    confidence: float
    lead: float
    rivals: Sequence[Weighed[Value]]


def weights(name: str) -> dict[str, Any]:
    """Return the weights of data/evidence.toml for `agency` or `year`."""
    return wording("evidence")[name]  # type: ignore[no-any-return]


def _has_title(weighed: Weighed[Value]) -> bool:
    return "title" in weighed.sources


def weigh(candidates: Sequence[Candidate[Value]], table: Mapping[str, Any]) -> float:
    """Return what the candidates for one value weigh together, by data/evidence.toml.

    Each source counts once with the weight of its best candidate, further places of it a little more.
    """
    weight = 0.0
    by_source: dict[str, list[Candidate[Value]]] = {}
    for candidate in candidates:
        by_source.setdefault(candidate.source, []).append(candidate)
    for source, named in by_source.items():
        weight += table["source"][source] + max(candidate.penalty for candidate in named)
        places = {candidate.span for candidate in named}
        further = min(len(places) - 1, table["more"]["most"])
        weight += table["more"]["each"] * further
    return weight


def title_of_tied(tied: Sequence[Weighed[Value]]) -> Weighed[Value] | None:
    """Return the best of values that are hardly apart where either it or the next has a title, not both."""
    return tied[0] if _has_title(tied[0]) != _has_title(tied[1]) else None


def verdict(
    weighed: Sequence[Weighed[Value]], table: Mapping[str, Any], slope: Slope, choose: Choice[Value]
) -> Verdict[Value]:
    """Return the best of some weighed values, with its probability: a logistic function of its lead.

    The lead is the distance to the next best value, or to what a value needs to be told at all. Of those that
    are hardly apart the one that `choose` returns is told, in doubt, or none.
    """
    if not weighed:
        return Verdict(None, 0.0, 0.0, ())
    ordered = sorted(weighed, key=lambda value: -value.weight)
    best = ordered[0]
    rivals: list[Weighed[Value]] = ordered[1:]
    against = float(table["needed"])
    if rivals:
        against = max(against, rivals[0].weight)
    lead = best.weight - against
    chosen: Weighed[Value] | None = best
    if rivals and lead < _TIE:
        tied = [value for value in ordered if best.weight - value.weight < _TIE]
        chosen = choose(tied if len(tied) > 1 else ordered[:2])
    if best.weight < table["needed"] or chosen is None:
        return Verdict(None, 0.0, lead, ordered)
    rivals = [value for value in ordered if value is not chosen]
    return Verdict(chosen, round(slope.probability(lead), 4), lead, rivals)
