"""Converts documents with LibreOffice, many at a time, and goes on without those that hang."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from training.rendering.processes import output

AT_A_TIME = 20
"""How many documents one LibreOffice converts: its start takes longer than each of them."""
SECONDS = 10
"""How long a document may take."""
START_SECONDS = 20
"""How long LibreOffice may take to start."""


def convert(files: Sequence[Path], kind: str, into: Path, *more: str) -> None:
    """Convert files into a folder; files on which LibreOffice hangs, or that it cannot read, are left out.

    `kind` is an output format as LibreOffice names it, an ending with or without the name of a filter, and
    `more` are further options of its command.
    """
    into.mkdir(parents=True, exist_ok=True)
    ending = kind.split(":")[0]
    for first in range(0, len(files), AT_A_TIME):
        batch = files[first : first + AT_A_TIME]
        if _converted(batch, kind, into, *more):
            continue
        for file in batch:
            if not (into / file.name).with_suffix(f".{ending}").exists():
                _converted([file], kind, into, *more)


def _converted(files: Sequence[Path], kind: str, into: Path, *more: str) -> bool:
    """Run LibreOffice on files; return whether it came to an end in time."""
    profile = (into / ".profile").resolve().as_uri()
    order = ["soffice", f"-env:UserInstallation={profile}", "--headless", *more]
    order += ["--convert-to", kind, "--outdir", str(into), *map(str, files)]
    return output(order, START_SECONDS + SECONDS * len(files)) is not None
