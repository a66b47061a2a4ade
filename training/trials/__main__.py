"""Tries what may disturb a batch and writes what was found: `python -m training.trials --write`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from nlp.writers.output import keep
from training.trials.power import cut
from training.trials.runs import warm
from training.trials.trying import Tally, killed, misled, told_to_end, twice_at_once, without_room

PAGE = Path(__file__).parents[2] / "docs" / "batches.md"
BEGIN, END = "<!-- trials -->\n", "<!-- /trials -->\n"


TRIALS = ((killed, 300), (told_to_end, 96), (twice_at_once, 64), (without_room, 64), (cut, 64))
"""What is tried, and how often."""


def main() -> int:
    """Try everything; exit 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m training.trials", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the tries that are made")
    parser.add_argument("--write", action="store_true", help="write the table into docs/batches.md")
    arguments = parser.parse_args()
    warm()
    tallies: list[Tally] = []
    for trial, tries in (
        (killed, 300),
        (told_to_end, 96),
        (twice_at_once, 64),
        (without_room, 64),
        (cut, 64),
    ):
        start = time.monotonic()
        tallies.append(trial(max(8, round(tries * arguments.share))))
        print(f"{time.monotonic() - start:6.0f} s  {tallies[-1]}", file=sys.stderr, flush=True)
    tallies.append(misled())
    text = table(tallies)
    print(text)
    if arguments.write:
        before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        keep(PAGE, f"{before}{BEGIN}{text}{END}{after}".encode())
    return 1 if any(tally.faults for tally in tallies) else 0


def table(tallies: list[Tally]) -> str:
    """Return what was found as a table in Markdown.

    >>> print(table([Tally("killed", 30, 28)]))
    | what was tried | tries | disturbed | lost | doubled | outputs that differ | others' files | left |
    |---|---|---|---|---|---|---|---|
    | killed | 30 | 28 | 0 | 0 | 0 | 0 | 0 |
    <BLANKLINE>
    """
    rows = [
        "| what was tried | tries | disturbed | lost | doubled | outputs that differ | others' files "
        "| left |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for one in tallies:
        figures = (one.tries, one.disturbed, one.lost, one.doubled, one.differing, one.touched, one.left)
        rows.append(f"| {one.kind} | {' | '.join(f'{figure:,}' for figure in figures)} |")
        rows += [f"| … {note.splitlines()[0]} | {count} | | | | | | |" for note, count in one.notes.items()]
    return "\n".join(rows) + "\n"


if __name__ == "__main__":
    sys.exit(main())
