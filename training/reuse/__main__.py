"""Measures what `nianbao reuse` finds of what was planted: `python -m training.reuse`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from random import Random

import msgspec

from nlp.record.files import RawRecord
from nlp.reuse.search import searched
from training.reuse.judging import Scores, judged
from training.reuse.planting import Planter
from training.reuse.world import world


def measured(seed: int, agencies: int, of_each: int) -> Scores:
    """Return the scores in a world of so many agencies, with so many things of each kind planted."""
    reports = world(seed, agencies)
    planted = Planter(reports, Random(f"planted/{seed}")).plant_all(of_each)
    records = [RawRecord(report.id, msgspec.json.encode(report.record())) for report in reports]
    with searched(records) as reuse:
        return judged(reuse, planted)


def table(scores: Scores) -> str:
    """Return the scores as a table in Markdown."""
    rows = ["| kind | planted | found | recall | told | right | precision |", "|---|--:|--:|--:|--:|--:|--:|"]
    for kind, score in sorted(scores.items()):
        recall, precision = _share(score.recall), _share(score.precision)
        planted = f"{score.planted} | {score.found} | {recall}" if score.planted else " | |"
        told = f"{score.told} | {score.right} | {precision}" if score.told else " | |"
        rows.append(f"| {kind} | {planted} | {told} |")
    return "\n".join(rows)


def _share(value: float | None) -> str:
    return "" if value is None else f"{value:.3f}"


def main() -> int:
    """Measure and print, with what was wrong and what was missed on request."""
    arguments = ArgumentParser(prog="python -m training.reuse", description=__doc__)
    arguments.add_argument("--seed", type=int, default=1)
    arguments.add_argument("--agencies", type=int, default=400)
    arguments.add_argument("--each", type=int, default=60, help="things planted of each kind")
    arguments.add_argument("--show", type=int, default=0, metavar="N", help="wrong and missed ones shown")
    asked = arguments.parse_args()
    scores = measured(asked.seed, asked.agencies, asked.each)
    print(table(scores))
    for kind, score in sorted(scores.items()):
        for what, texts in (("wrong", score.wrong), ("missed", score.missed)):
            for text in texts[: asked.show]:
                print(f"{kind}, {what}: {text}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
