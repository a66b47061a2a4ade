"""Writes the card of the committed label files: what each tool is, how much of it there is."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Sequence
from importlib.metadata import packages_distributions, version
from pathlib import Path

from nlp.labelling.classifier import LABELS
from training.rendering.archive import ENDING, KEPT_OUT, Entry, entries
from training.rendering.tools import Tool, tools

_CARD = """\
# Reports that real tools have read back

Written by `python -m training.rendering FOLDER --pack`. Generated reports (all figures invented, no
published sentence: training.rendering.reports) were rendered as web pages and Word documents on paper of many
kinds, printed as PDF by LibreOffice (even numbers) and Chromium (odd ones), and read back by the tools that
scrapers use. Each line got its label from where its characters come from (training.rendering.carrying).

One file a tool, xz over JSON Lines: `name`, `agency`, `year`, `edition`, `tool`, what it `reads`, the `noise`
that the agency itself made, and `rows`, which is a label file. The tools are not needed to retrain.
`tools.toml` tells how each was called, `settings.toml` has the seeds. `kept_out/` is read by three tools, one
of each kind, that nothing is trained or tuned on, and is of agencies that stand nowhere else.

{train}
## Kept out

{kept_out}
{size:,} bytes in all; {agencies:,} agencies to train on, {unseen:,} kept out. Of {lines:,} lines to train on
{labels}.
"""


_HEADER = (
    "| tool | reads | version | reports | of 2019, 2020 | lines | bytes |\n|---|---|---|---|---|---|---|\n"
)
_VERSION = re.compile(r"\d+(?:\.\d+)+\w*")


def write(place: Path) -> None:
    """Write README.md beside the label files."""
    train, kept_out = entries(place), entries(place / KEPT_OUT)
    counts = Counter(label for entry in train for label in entry.labelled().labels if label)
    card = _CARD.format(
        train=_table(train, place),
        kept_out=_table(kept_out, place / KEPT_OUT),
        size=sum(file.stat().st_size for file in place.rglob(f"*{ENDING}")),
        agencies=len({entry.agency for entry in train}),
        unseen=len({entry.agency for entry in kept_out}),
        lines=counts.total(),
        labels=", ".join(f"{counts[label]:,} are `{label}`" for label in LABELS),
    )
    (place / "README.md").write_text(card, encoding="utf-8", newline="\n")


def _table(packed: Sequence[Entry], place: Path) -> str:
    """Return a table in Markdown, with a row for each tool of which there are entries."""
    table = _HEADER
    for tool in tools():
        entries_of_tool = [entry for entry in packed if entry.tool == tool.name]
        if entries_of_tool:
            table += _row(tool, entries_of_tool, place)
    return table


def _row(tool: Tool, packed: Sequence[Entry], place: Path) -> str:
    lines = sum(bool(label) for entry in packed for label in entry.labelled().labels)
    before_2021 = sum(entry.year < 2021 for entry in packed)
    size = (place / f"{tool.name}{ENDING}").stat().st_size
    cells = (tool.name, tool.reads, _version(tool), len(packed), before_2021, f"{lines:,}", f"{size:,}")
    return f"| {' | '.join(map(str, cells))} |\n"


def _version(tool: Tool) -> str:
    """Return the version that is installed: the library's, or the first that a program prints of itself."""
    if tool.function:
        library = packages_distributions()[tool.needs[0]][0]
        return f"{library} {version(library)}"
    program = "soffice" if tool.office else tool.command[0]
    for option in ("--version", "-version", "-v"):
        finished = subprocess.run([program, option], capture_output=True, check=False, timeout=60)
        printed = (finished.stdout + finished.stderr).decode("utf-8", "replace")
        version_number = _VERSION.search(printed)
        if version_number:
            return f"{program} {version_number.group()}"
    return program
