"""Figures that a run has to reach, as `--fail-under METRIC=VALUE` names them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from training.scoring.headline import HEADLINE
from training.scoring.scores import Scores
from training.scoring.words import figure


class BadThreshold(Exception):
    """A threshold that cannot be kept: every reason, as letters to a person."""


def thresholds(written: Iterable[str]) -> dict[str, float]:
    """Return what was asked for; BadThreshold names all that is no metric or no number.

    >>> thresholds(["non_zero.f1=0.99", "cells=1"])
    {'non_zero.f1': 0.99, 'cells': 1.0}
    """
    wanted: dict[str, float] = {}
    faults = []
    for one in written:
        name, _, value = one.partition("=")
        if name not in HEADLINE:
            faults.append(f"{one}: there is no metric “{name}”; there are {', '.join(HEADLINE)}.")
        elif (number := _share(value)) is None:
            faults.append(f"{one}: “{value}” is no number from 0 to 1.")
        else:
            wanted[name] = number
    if faults:
        raise BadThreshold("\n".join(faults))
    return wanted


def _share(value: str) -> float | None:
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def missed(scores: Scores, wanted: Mapping[str, float]) -> Sequence[str]:
    """Return a letter for each figure that is too low, or was not scored at all."""
    found = {name: scores.headline[name].value if name in scores.headline else None for name in wanted}
    return [
        f"{name} was not scored; at least {wanted[name]:g} was asked for."
        if value is None
        else f"{name} is {figure(value)} ({value:.6g}); at least {wanted[name]:g} was asked for."
        for name, value in found.items()
        if value is None or value < wanted[name]
    ]
