"""Reads every known document and says what changed since the answers were last written down."""

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


def report(before: Answers, after: Answers) -> str:
    """Return what changed in words: losses first, then gains, then what gold does not judge, then figures."""
    changed = list(changes(before, after))
    changed.sort(key=lambda change: (change.gain == 0, change.gain, change.key))
    lines = [str(change) for change in changed]
    new = sum(key not in before for key in after)
    same = len(after) - new - len(changed)
    if changed:
        gained = sum(change.gain > 0 for change in changed)
        lost = sum(change.gain < 0 for change in changed)
        other = len(changed) - gained - lost
        lines.append(f"{same:,} records byte-equal; {gained:,} gained, {lost:,} lost, {other:,} otherwise")
    else:
        lines.append(f"byte-equal: {same:,} records")
    if new:
        lines.append(f"{new:,} records were not known")
    return "\n".join([*lines, *figures(after)])


def figures(answers: Answers) -> list[str]:
    """Return a line for each source: how many records are exact, accepted, and silently wrong."""
    by_source: dict[str, Counter[str]] = {}
    for key, answer in answers.items():
        source = key.split("/")[0]
        counts = by_source.setdefault(source, Counter())
        counts.update(records=1, accepted=answer.accepted, judged=bool(answer.cells), exact=answer.exact)
        if answer.accepted and "wrong" in answer.cells:
            counts["silently wrong"] += 1
        counts.update(answer.cells)
    return [f"{source}: {_figures(counts)}" for source, counts in by_source.items()]


def _figures(counts: Counter[str]) -> str:
    words = [f"{counts['records']:,} records, {counts['accepted']:,} accepted"]
    if counts["judged"]:
        words.append(f"{counts['exact']:,} of {counts['judged']:,} exact")
        words.append(f"{counts['silently wrong']:,} silently wrong")
        words += [f"cells {outcome} {counts[outcome]:,}" for outcome in ("right", "wrong", "unanswered")]
    return ", ".join(words)


def main() -> int:
    """Read the documents and print what changed; return 1 where a record did, unless it is written down."""
    arguments = ArgumentParser(prog="python -m training.net", description=__doc__)
    arguments.add_argument("sources", nargs="*", choices=[*SOURCES, []], help="those of some sources only")
    arguments.add_argument("--against", type=Path, default=KNOWN, help="another run's answers")
    arguments.add_argument("--write", type=Path, nargs="?", const=KNOWN, help="write down what is read now")
    arguments.add_argument("--jobs", type=int, default=2)
    asked = arguments.parse_args()
    before = load(asked.against) if asked.against.is_file() else {}
    after = answers(documents(tuple(asked.sources) or tuple(SOURCES)), asked.jobs)
    print(report(before, after))
    if asked.write:
        save(asked.write, {**before, **after} if asked.sources else after)
        return 0
    return 1 if list(changes(before, after)) else 0


if __name__ == "__main__":
    sys.exit(main())
