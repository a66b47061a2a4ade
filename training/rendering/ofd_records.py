"""Reads reports as PDF and as OFD and says where the records differ."""

from __future__ import annotations

import sys
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from msgspec import to_builtins

from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.model import Report
from training.rendering.ofd import HABITS, ofd

_NEAR = 3.0
"""In points: the sides of the box of a cell differ by no more; PDFs tell the height of their fonts."""


def main() -> None:
    """Compare the first reports among the PDFs of a folder; ends with 1 where one differs."""
    arguments = ArgumentParser(description=__doc__)
    arguments.add_argument("folder", type=Path, help="PDFs, such as training.rendering makes")
    arguments.add_argument("--reports", type=int, default=50)
    asked = arguments.parse_args()
    reader = Reader()
    files = sorted(asked.folder.glob("**/*.pdf"))[: asked.reports]
    same = 0
    for number, file in enumerate(files):
        habit = HABITS[number % len(HABITS)]
        content = file.read_bytes()
        pdf = reader.read(BytesInput("report", content=content))
        other = reader.read(BytesInput("report", content=ofd(content, habit)))
        differences = differing(pdf, other)
        same += not differences
        if differences:
            print(file, habit, *differences[:5], sep="\n  ", flush=True)
    print(f"{same} of {len(files)} reports give the same record as PDF and as OFD")
    sys.exit(same < len(files))


def differing(pdf: Report, ofd: Report) -> list[str]:
    """Return where two records differ but for the file itself and the exact height of boxes."""
    one, other = to_builtins(pdf), to_builtins(ofd)
    for record in (one, other):
        record.pop("id")
        for key in ("sha256", "media_type"):
            record["source"].pop(key)
    return list(_differing(one, other, ""))


def _differing(one: Any, other: Any, path: str) -> list[str]:
    if path.endswith(".box") and one is not None and other is not None:
        return [] if _is_near(one, other) else [f"{path}: {one} {other}"]
    if isinstance(one, dict) and isinstance(other, dict):
        found = []
        for key in sorted({*one, *other}):
            found += _differing(one.get(key), other.get(key), f"{path}.{key}")
        return found
    if isinstance(one, list) and isinstance(other, list) and len(one) == len(other):
        found = []
        for n, (a, b) in enumerate(zip(one, other, strict=True)):
            found += _differing(a, b, f"{path}.{n}")
        return found
    return [] if one == other else [f"{path}: {one!r} {other!r}"]


def _is_near(one: list[float], other: list[float]) -> bool:
    """Return whether two boxes are the same, or one is that of the ink and within the other."""
    apart = [abs(a - b) for a, b in zip(one, other, strict=True)]
    is_within = other[1] - _NEAR <= one[1] and one[3] <= other[3] + _NEAR
    return max(apart) <= _NEAR or (max(apart[0], apart[2]) <= _NEAR and is_within)


if __name__ == "__main__":
    main()
