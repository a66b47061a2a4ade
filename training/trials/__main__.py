"""Tries what may disturb a batch and writes what was found: `python -m training.trials --write`."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable
from pathlib import Path

from nlp.writers.output import keep
from training.trials.disks import full_disk, read_only
from training.trials.power import cut
from training.trials.runs import warm
from training.trials.trying import Tally, killed, misled, told_to_end, twice_at_once, without_room

PAGE = Path(__file__).parents[2] / "docs" / "batches.md"
BEGIN, END = "<!-- trials -->\n", "<!-- /trials -->\n"


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
            write(tallies[-1])
    print(table(tallies))
    return 1 if any(tally.faults for tally in tallies) else 0


def write(tally: Tally) -> None:
    """Write the rows of a kind into the page, in the place of those that it had."""
    before, _, rest = PAGE.read_text(encoding="utf-8").partition(BEGIN)
    old, _, after = rest.partition(END)
    keep(PAGE, f"{before}{BEGIN}{replaced(old, tally)}{END}{after}".encode())


def replaced(old: str, tally: Tally) -> str:
    """Return a table with the rows of a kind in the place of those that it had, or else at its end.

    >>> old = table([Tally("killed", 10, 8), Tally("told to end", 4, 4)])
    >>> print(replaced(old, Tally("killed", 30, 28)))
    | what was tried | tries | disturbed | lost | doubled | outputs that differ | others' files | left |
    |---|---|---|---|---|---|---|---|
    | killed | 30 | 28 | 0 | 0 | 0 | 0 | 0 |
    | told to end | 4 | 4 | 0 | 0 | 0 | 0 | 0 |
    <BLANKLINE>
    """
    kept: list[str] = []
    new = table([tally]).splitlines()
    rows, place = new[2:], None
    is_of_kind = False
    for row in old.splitlines()[2:]:
        if not row.startswith("| … "):
            is_of_kind = row.startswith(f"| {tally.kind.partition(':')[0]} |")
        if not is_of_kind:
            kept.append(row)
        elif place is None:
            place = len(kept)
    place = len(kept) if place is None else place
    return "\n".join([*new[:2], *kept[:place], *rows, *kept[place:]]) + "\n"


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
