"""Converts documents with LibreOffice, many at a time, and goes on without those that hang."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from training.rendering.processes import output

AT_A_TIME = 20
"""How many documents one LibreOffice converts: its start takes longer than each of them."""
SECONDS = 10
"""How long a document may take."""


def convert(files: Sequence[Path], kind: str, into: Path, *more: str) -> None:
    """Convert files into a folder; what LibreOffice hangs on or cannot read is not there afterwards.

    `kind` is LibreOffice's: an ending, at times with the name of a filter.
    """
    into.mkdir(parents=True, exist_ok=True)
    for some in some_at_a_time(files):
        if not _converted(some, kind, into, *more):
            for one in some:
                if not (into / one.name).with_suffix("." + kind.split(":")[0]).exists():
                    _converted([one], kind, into, *more)


def some_at_a_time(files: Sequence[Path]) -> Iterator[Sequence[Path]]:
    """Part files into handfuls."""
    for first in range(0, len(files), AT_A_TIME):
        yield files[first : first + AT_A_TIME]


def _converted(files: Sequence[Path], kind: str, into: Path, *more: str) -> bool:
    """Tell whether LibreOffice came to an end in time."""
    order = [
        "soffice",
        f"-env:UserInstallation={(into / '.profile').resolve().as_uri()}",
        "--headless",
        *more,
        *("--convert-to", kind, "--outdir", str(into), *map(str, files)),
    ]
    return output(order, 20 + SECONDS * len(files)) is not None
