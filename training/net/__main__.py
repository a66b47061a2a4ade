"""Reads every document of the net: says byte-equal, or what was gained and lost: `python -m training.net`."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from collections import Counter
from pathlib import Path

from nlp.resources import folder
from training.net.answer_files import load, save
from training.net.answers import answers
from training.net.comparing import Answers, changes
from training.net.documents import SOURCES, documents

KNOWN = folder("data").parent / "tests" / "net" / "answers.jsonl"
"""What every document was read as when the file was last written."""


def told(before: Answers, after: Answers) -> str:
    """Return what changed, in words: losses first, then gains, then what gold does not judge."""
    every = sorted(changes(before, after), key=lambda change: (change.gain == 0, change.gain, change.key))
    same = sum(key in before for key in after) - len(every)
    new = sum(key not in before for key in after)
    lines = [str(change) for change in every]
    if not every:
        lines.append(f"byte-equal: {same:,} records")
    else:
        gained, lost = (sum(sign * change.gain > 0 for change in every) for sign in (1, -1))
        other = len(every) - gained - lost
        lines.append(f"{same:,} records byte-equal; {gained:,} gained, {lost:,} lost, {other:,} otherwise")
    if new:
        lines.append(f"{new:,} records were not known")
    return "\n".join([*lines, *figures(after)])


def figures(found: Answers) -> list[str]:
    """Return for each source how many records are exact, accepted, and silently wrong."""
    by_source: dict[str, Counter[str]] = {}
    for key, one in found.items():
        counts = by_source.setdefault(key.split("/")[0], Counter())
        counts.update(records=1, accepted=one.accepted, judged=bool(one.cells), exact=one.exact)
        counts["silently wrong"] += one.accepted and "wrong" in one.cells
        counts.update(one.cells)
    return [f"{source}: {_figures(counts)}" for source, counts in by_source.items()]


def _figures(counts: Counter[str]) -> str:
    words = [f"{counts['records']:,} records, {counts['accepted']:,} accepted"]
    if counts["judged"]:
        words.append(f"{counts['exact']:,} of {counts['judged']:,} exact")
        words.append(f"{counts['silently wrong']:,} silently wrong")
        words += [f"cells {outcome} {counts[outcome]:,}" for outcome in ("right", "wrong", "unanswered")]
    return ", ".join(words)


def main() -> int:
    """Read and tell; 1 where a record changed, unless it is written down as right."""
    arguments = ArgumentParser(prog="python -m training.net", description=__doc__)
    arguments.add_argument("sources", nargs="*", choices=[*SOURCES, []], help="those of some sources only")
    arguments.add_argument("--against", type=Path, default=KNOWN, help="another run's answers")
    arguments.add_argument("--write", type=Path, nargs="?", const=KNOWN, help="write down what is read now")
    arguments.add_argument("--jobs", type=int, default=2)
    asked = arguments.parse_args()
    before = load(asked.against) if asked.against.is_file() else {}
    after = answers(documents(tuple(asked.sources) or tuple(SOURCES)), asked.jobs)
    print(told(before, after))
    if asked.write:
        save(asked.write, {**before, **after} if asked.sources else after)
        return 0
    return int(any(True for _ in changes(before, after)))


if __name__ == "__main__":
    sys.exit(main())
