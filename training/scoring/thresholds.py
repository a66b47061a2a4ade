"""Checks a run against the least figures that `--fail-under METRIC=VALUE` asks for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from training.scoring.headline import HEADLINE
from training.scoring.scores import Scores
from training.scoring.words import figure


class BadThreshold(Exception):
    """Thresholds name no metric or no number; the message has a line for each."""


def thresholds(options: Iterable[str]) -> dict[str, float]:
    """Return the least value of each metric; raises BadThreshold with everything that is wrong.

    >>> thresholds(["non_zero.f1=0.99", "cells=1"])
    {'non_zero.f1': 0.99, 'cells': 1.0}
    """
    least: dict[str, float] = {}
    faults: list[str] = []
    for option in options:
        name, _, value = option.partition("=")
        number = _share(value)
        if name not in HEADLINE:
            faults.append(f"{option}: there is no metric “{name}”; there are {', '.join(HEADLINE)}.")
        elif number is None:
            faults.append(f"{option}: “{value}” is no number from 0 to 1.")
        else:
            least[name] = number
    if faults:
        raise BadThreshold("\n".join(faults))
    return least


def _share(value: str) -> float | None:
    """Return a number from 0 to 1; None if the text is none."""
    try:
        number = float(value)
    except ValueError:
        return None
    return number if 0 <= number <= 1 else None


def missed(scores: Scores, thresholds: Mapping[str, float]) -> list[str]:
    """Return a sentence for each figure that is below its threshold or was not scored."""
    sentences: list[str] = []
    for name, least in thresholds.items():
        metric = scores.headline.get(name)
        if metric is None or metric.value is None:
            sentences.append(f"{name} was not scored; at least {least:g} was asked for.")
        elif metric.value < least:
            shown = f"{figure(metric.value)} ({metric.value:.6g})"
            sentences.append(f"{name} is {shown}; at least {least:g} was asked for.")
    return sentences
