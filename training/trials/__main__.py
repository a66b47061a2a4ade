"""Tries what may disturb a batch and writes what was found: `python -m training.trials --write`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from training.trials.disks import full_disk, read_only
from training.trials.page import write
from training.trials.power import cut
from training.trials.runs import warm
from training.trials.trying import Tally, killed, misled, told_to_end, twice_at_once, without_room

PAGE = Path(__file__).parents[2] / "docs" / "batches.md"


TRIALS: dict[str, tuple[Callable[[int], Tally], int]] = {
    "killed": (killed, 300),
    "told": (told_to_end, 96),
    "twice": (twice_at_once, 64),
    "room": (without_room, 64),
    "disk": (full_disk, 64),
    "read-only": (read_only, 16),
    "power": (cut, 64),
    "misled": (lambda tries: misled(), 1),
}
"""What is tried, and how often."""


def main() -> int:
    """Try everything; exit 1 where anything was found."""
    parser = argparse.ArgumentParser(prog="python -m training.trials", description=__doc__)
    parser.add_argument("--share", type=float, default=1.0, help="the share of the tries that are made")
    parser.add_argument("--only", choices=TRIALS, action="append", help="only this; repeatable")
    parser.add_argument("--write", action="store_true", help="write their rows into docs/batches.md")
    arguments = parser.parse_args()
    warm()
    tallies: list[Tally] = []
    for name in arguments.only or TRIALS:
        trial, tries = TRIALS[name]
        start = time.monotonic()
        tallies.append(trial(max(8, round(tries * arguments.share))))
        print(f"{time.monotonic() - start:6.0f} s  {tallies[-1]}", file=sys.stderr, flush=True)
        if arguments.write:
            write(PAGE, "trials", table(tallies[-1:]), tallies[-1].kind.partition(":")[0])
    print(table(tallies))
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
