"""Prints how often agency and year are right at each confidence: `python -m training.identity [--fit]`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import pairwise

from training.identity.calibrating import fitted
from training.identity.measured import Judged, judged, refusals

_BANDS = (0.0, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
"""Confidence is told in bands between these."""


def table(told: Sequence[Judged], fact: str) -> list[str]:
    """Return a line for each band of confidence: how many were told, how many of them right.

    >>> table([Judged("year", 0.95, True)], "year")
    ['year: 1 told, 1 right', '  0.95 to 0.99: 1 told, 1 right, mean confidence 0.950']
    """
    of_fact = [one for one in told if one.fact == fact]
    lines = [f"{fact}: {len(of_fact)} told, {sum(one.is_right for one in of_fact)} right"]
    for low, high in pairwise(_BANDS):
        band = [one for one in of_fact if low <= one.confidence < high]
        if band:
            right = sum(one.is_right for one in band)
            mean = sum(one.confidence for one in band) / len(band)
            upper = min(high, 1.0)
            lines.append(
                f"  {low:.2f} to {upper:.2f}: {len(band)} told, {right} right, mean confidence {mean:.3f}"
            )
    return lines


def main() -> int:
    """Measure, and with `--fit` print the slope and intercept for data/evidence.toml."""
    arguments = ArgumentParser(prog="python -m training.identity", description=__doc__)
    arguments.add_argument("--count", type=int, default=300, help="generated reports")
    arguments.add_argument("--fit", action="store_true", help="fit slope and intercept")
    asked = arguments.parse_args()
    told = list(judged(asked.count))
    for fact in ("organization", "year"):
        print("\n".join(table(told, fact)))
        if asked.fit:
            slope, intercept = fitted(told, fact)
            print(f"  slope = {slope:.3f}, intercept = {intercept:.3f}")
    found = refusals(asked.count)
    print(f"reports called none: {found.reports_refused} of {found.reports}")
    print(f"pages that are none and told so: {found.others_told} of {found.others}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
