"""Renders generated reports, has real tools read them, and writes texts, labels and gold records."""

from __future__ import annotations

import logging
import sys
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path

from nlp.resources import folder
from training.rendering import data_card
from training.rendering.archive import KEPT_OUT, pack, pack_gold
from training.rendering.rendering import Given, Work, render
from training.rendering.reports import MEASURE, TRAIN, Rendered, reports
from training.rendering.tools import Tool, tools

_EVERY = 5
"""Each tool that is trained on reads one report in so many."""
_EVERY_KEPT_OUT = 3
"""Each tool that is kept out reads one report in so many."""


@dataclass(frozen=True)
class Set:
    """Which reports are rendered, how many, and which tool reads which of them.

    `reports` is the set of training.rendering.reports, and `packed` the folder for the labels within
    data/rendered, "" where labels are not kept.
    """

    reports: str
    given: Given
    packed: str = ""


def to_train(tool: Tool, report: Rendered) -> bool:
    """Return whether a tool reads a report: every fifth one, other ones than the tool before it."""
    return not tool.kept_out and (report.number + tools().index(tool)) % _EVERY == 0


def kept_out(tool: Tool, report: Rendered) -> bool:
    """Return whether a tool that is kept out reads a report: every third one."""
    return tool.kept_out and (report.number + tools().index(tool)) % _EVERY_KEPT_OUT == 0


def to_measure(tool: Tool, report: Rendered) -> bool:
    """Return whether a tool reads a report: all of them, slow tools a part."""
    return report.number % tool.every == 0


SETS = {
    TRAIN: Set(TRAIN, to_train, packed="."),
    KEPT_OUT: Set(KEPT_OUT, kept_out, packed=KEPT_OUT),
    MEASURE: Set(MEASURE, to_measure),
}


def main() -> None:
    """Render a set of reports; with --pack, write its labels into data/rendered."""
    arguments = ArgumentParser(prog="python -m training.rendering", description=__doc__)
    arguments.add_argument("folder", type=Path, help="where everything goes; what is there stays")
    arguments.add_argument("--set", choices=SETS, default=TRAIN)
    arguments.add_argument("--reports", type=int, metavar="N", help="the first N of the set")
    arguments.add_argument("--pack", action="store_true", help="write the labels into data/rendered")
    asked = arguments.parse_args()
    logging.disable(logging.WARNING)  # pdfminer has one for each letter of some fonts.
    wanted = SETS[asked.set]
    if asked.pack and not wanted.packed:
        arguments.error(f"the labels of {asked.set} are not kept")
    work = Work(asked.folder, _print_progress, labels_wanted=bool(wanted.packed))
    originals = list(reports(wanted.reports, asked.reports))
    made = list(render(originals, wanted.given, work))
    if asked.pack:
        place = folder("data") / "rendered" / wanted.packed
        pack(made, place)
        pack_gold({report.name: report.gold for report in originals}, place)
        data_card.write(folder("data") / "rendered")


def _print_progress(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
