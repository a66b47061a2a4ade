"""Feeds damaged files to everything that reads: `python -m training.fuzzing`."""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

from training.fuzzing import documents, orders, seeds
from training.fuzzing.documents import Found
from training.trials.page import write

PAGE = Path(__file__).parents[2] / "docs" / "inputs.md"


def main() -> int:
    """Feed; exit 1 where a fault was found."""
    parser = argparse.ArgumentParser(prog="python -m training.fuzzing", description=__doc__)
    parser.add_argument("kinds", nargs="*", metavar="KIND", help="what is fed; all by default")
    parser.add_argument("--cases", type=int, default=1000, help="how many of each kind")
    parser.add_argument("--seed", type=int, default=1, help="other cases for another number")
    parser.add_argument("--write", action="store_true", help="write their rows into docs/inputs.md")
    parser.add_argument(
        "--case", metavar="NAME", help="write the file of this name to standard output instead"
    )
    arguments = parser.parse_args()
    if arguments.case:
        sys.stdout.buffer.write(case(arguments.case))
        return 0
    wanted = arguments.kinds or [*seeds.KINDS, *orders.KINDS]
    found: list[Found] = []
    for kind in wanted:
        started = time.monotonic()
        feed = documents.fed if kind in seeds.KINDS else orders.fed
        found.append(feed(kind, arguments.seed, arguments.cases))
        print(f"{time.monotonic() - started:6.0f} s  {line(found[-1])}", file=sys.stderr, flush=True)
        if arguments.write:
            write(PAGE, "fuzzing", table(found[-1]), kind)
        for fault in found[-1].faults:
            print(f"          {fault}", file=sys.stderr, flush=True)
    return 1 if any(one.faults for one in found) else 0


def case(name: str) -> bytes:
    """Return the damaged file of a name, such as `pdf/1/17`."""
    kind, seed, n = name.rsplit("/", 2)
    if kind in seeds.KINDS:
        return next(seeds.damaged(kind, int(seed), 1, int(n)))[1]
    return orders.case(name)[0]


def table(found: Found) -> str:
    """Return what was found as a table in Markdown.

    >>> print(table(Found("pdf", 3, documents.Counter({"read": 2, "damaged": 1}), 0.21, 5)))
    | damaged files | cases | read or taken | refused in words | faults | slowest, s of a processor |
    |---|---|---|---|---|---|
    | pdf | 3 | 2 | 1 | 0 | 0.2 |
    <BLANKLINE>
    """
    taken = found.outcomes["read"] + found.outcomes["exit 0"]
    refused = found.cases - taken - len(found.faults)
    slowest = f"{found.slowest:.1f}" if found.slowest else ""
    figures = f"{found.cases:,} | {taken:,} | {refused:,} | {len(found.faults)} | {slowest}"
    return (
        "| damaged files | cases | read or taken | refused in words | faults | slowest, s of a processor |\n"
        f"|---|---|---|---|---|---|\n| {found.kind} | {figures} |\n"
    )


def line(found: Found) -> str:
    """Return what was found as a line.

    >>> line(Found("pdf", 3, documents.Counter({"read": 2, "damaged": 1}), 0.21, 5))
    'pdf: 3 cases, 0 faults; slowest 0.2 s, 5 MiB; read 2, damaged 1'
    """
    told = ", ".join(f"{outcome} {count:,}" for outcome, count in found.outcomes.most_common())
    return (
        f"{found.kind}: {found.cases:,} cases, {len(found.faults)} faults; "
        f"slowest {found.slowest:.1f} s, {found.largest} MiB; {told}"
    )


if __name__ == "__main__":
    sys.exit(main())
