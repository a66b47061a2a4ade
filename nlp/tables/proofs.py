"""What the form's sums say of single cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from nlp.form.sums import Equation, Number
from nlp.tables.circumstances import Proof

_ORDER: tuple[Proof, ...] = ("none", "zeros", "holds", "broken")


def proofs(
    equations: Sequence[Equation], values: Sequence[Number | None], unknown: Collection[int] = ()
) -> list[Proof]:
    """Return for each value what the sums over it say: a broken one says more than one that holds.

    `unknown` are the places of values that are not known. A sum with one of these, or without its total,
    says nothing, and one of zeros says little.

    >>> proofs([Equation((2,), (0, 1))], [1, 2, 3]), proofs([Equation((2,), (0, 1))], [0, None, 0])
    (['holds', 'holds', 'holds'], ['zeros', 'zeros', 'zeros'])
    """
    verdicts: list[Proof] = ["none"] * len(values)
    for equation in equations:
        verdict = _verdict(equation, values, unknown)
        for place in (*equation.left, *equation.right):
            verdicts[place] = max(verdicts[place], verdict, key=_ORDER.index)
    return verdicts


def _verdict(equation: Equation, values: Sequence[Number | None], unknown: Collection[int]) -> Proof:
    places = (*equation.left, *equation.right)
    if any(place in unknown for place in places) or not equation.has_total(values):
        return "none"
    if not any(values[place] for place in places):
        return "zeros"
    return "holds" if equation.holds(values) else "broken"
