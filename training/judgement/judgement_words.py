"""Says what records changed in what a model judges by."""

from __future__ import annotations

from nlp.labelling.judgement import Judgement, Slope
from nlp.narrative.identity import identity
from nlp.tables import confidence, score

_AMONG = 3
"""So many costs are named: those that changed most."""


def judgement_words(new: Judgement, records: int) -> str:
    """Return a few lines on what a judgement has otherwise than the one that ships."""
    shipped = identity.shipped()
    old_weights = confidence.shipped().weights
    moved = sum(weight != old_weights.get(name) for name, weight in new.scale.weights.items())
    lines = [
        f"Judged with {records} records as well:",
        f"  what faults of a reading cost: {_costs(new.costs)}",
        f"  how sure cells are: {moved} of {len(new.scale.weights)} weights changed",
        f"  agencies: {_slopes(shipped.agency, new.slopes.agency)}",
        f"  years: {_slopes(shipped.year, new.slopes.year)}",
    ]
    return "\n".join(lines) + "\n"


def _costs(new: dict[str, float]) -> str:
    old = score.weights()
    change = {name: new[name] - old[name] for name in new if new[name] != old[name]}
    if not change:
        return "as before"
    by_size = sorted(change, key=lambda name: -abs(change[name]))
    named = [f"{name} {old[name]:.3f} → {new[name]:.3f}" for name in by_size[:_AMONG]]
    more = len(change) - len(named)
    return ", ".join(named) + (f", and {more} more" if more else "")


def _slopes(old: Slope, new: Slope) -> str:
    if old == new:
        return "as before"
    return f"slope {old.slope:.3f} → {new.slope:.3f}, intercept {old.intercept:.3f} → {new.intercept:.3f}"
