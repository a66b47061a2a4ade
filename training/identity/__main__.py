"""Prints how often agency and year are right at each lead: `python -m training.identity [--fit]`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from itertools import pairwise

from nlp.labelling.judgement import Slope
from nlp.narrative.identity.identity import shipped
from training import observed
from training.identity.calibrating import slopes
from training.identity.measured import Judged, judged, refusals

_BANDS = (0.0, 0.7, 0.8, 0.9, 0.95, 0.99, 1.01)
"""Probabilities are told in bands between these."""


def table(told: Sequence[Judged], slope: Slope) -> list[str]:
    """Return a line for each band of probability: how many were told, how many of them right.

    >>> table([Judged("year", 3.0, True)], Slope(1.0, 0.0))
    ['1 told, 1 right', '  0.95 to 0.99: 1 told, 1 right, mean probability 0.953']
    """
    lines = [f"{len(told)} told, {sum(one.is_right for one in told)} right"]
    for low, high in pairwise(_BANDS):
        band = [one for one in told if low <= slope.probability(one.lead) < high]
        if band:
            right = sum(one.is_right for one in band)
            mean = sum(slope.probability(one.lead) for one in band) / len(band)
            upper = min(high, 1.0)
            lines.append(
                f"  {low:.2f} to {upper:.2f}: {len(band)} told, {right} right, mean probability {mean:.3f}"
            )
    return lines


def main() -> int:
    """Measure; with `--fit` keep what was seen, and print the slopes for data/evidence.toml."""
    arguments = ArgumentParser(prog="python -m training.identity", description=__doc__)
    arguments.add_argument("--count", type=int, default=300, help="generated reports")
    arguments.add_argument("--fit", action="store_true", help="fit slope and intercept")
    asked = arguments.parse_args()
    told = list(judged(asked.count))
    found_slopes = slopes(told) if asked.fit else shipped()
    for fact, slope in (("organization", found_slopes.agency), ("year", found_slopes.year)):
        print(fact, *table([one for one in told if one.fact == fact], slope), sep="\n")
        print(f"  slope = {slope.slope}, intercept = {slope.intercept}")
    if asked.fit:
        observed.write(observed.LEADS, told)
    found = refusals(asked.count)
    print(f"reports called none: {found.reports_refused} of {found.reports}")
    print(f"pages that are none and told so: {found.others_told} of {found.others}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
