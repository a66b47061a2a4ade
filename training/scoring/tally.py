"""What is kept of one document when it has been judged."""

from __future__ import annotations

import re

from msgspec import UNSET, Struct

from training.scoring.acceptance import Taken
from training.scoring.cells import Judged
from training.scoring.counts import ALL, NONE, Counts, grouped
from training.scoring.gold import Record
from training.scoring.items import ItemScores, item_scores
from training.scoring.lines import Confusion, line_confusion
from training.scoring.matching import Pair
from training.scoring.metrics import Found, all_found
from training.scoring.sections import section_scores

FACTS = ("organization", "year", "form")
_TOOL = re.compile(r"\.([A-Za-z][\w-]*)$")


class Tally(Struct, frozen=True):
    """The counts of one document; `kinds` are the groups of documents that it belongs to."""

    name: str
    predicted: bool
    accepted: bool
    kinds: dict[str, list[str]]
    counts: dict[str, Counts]
    lowest: float | None
    facts: dict[str, bool]
    sections: dict[str, Found] | None
    items: ItemScores
    lines: Confusion | None
    labelled: bool

    @property
    def cells(self) -> Counts:
        return self.counts.get(ALL, NONE)

    @property
    def all_sections(self) -> Found | None:
        return None if self.sections is None else all_found(self.sections.values())

    @property
    def taken(self) -> Taken:
        return Taken(self.accepted, bool(self.cells.exact), self.cells.cells, self.lowest)


def tally(pair: Pair, cells: list[Judged]) -> Tally:
    """Sum the judgements on one document up."""
    accepted = pair.predicted is not None and pair.predicted.accepted
    return Tally(
        pair.name,
        pair.predicted is not None,
        accepted,
        kinds(pair.name, pair.gold, pair.predicted),
        grouped(cells, accepted),
        min((cell.predicted.confidence for cell in cells if cell.answered), default=None),
        _right_facts(pair.gold, pair.predicted),
        section_scores(pair.gold, pair.predicted),
        item_scores(pair.gold, pair.predicted),
        line_confusion(pair.gold, pair.predicted),
        pair.predicted is not None and pair.predicted.lines is not UNSET,
    )


def kinds(name: str, gold: Record, predicted: Record | None) -> dict[str, list[str]]:
    """Return the edition of a document, the tool that made its page, and the noise on it.

    The tool is what gold says; else the ending of a name such as `hongze2023.pdfium`, if it has one.

    >>> kinds("a2023.pdfium", Record("a2023.pdfium", form="2021", noise=["36_glued_cells"]), None)
    {'edition': ['2021'], 'tool': ['pdfium'], 'noise': ['36_glued_cells']}
    """
    told = _TOOL.search(name)
    tool = gold.tool or (told[1] if told else None)
    form = gold.form if gold.form is not UNSET else predicted.form if predicted else None
    return {
        "edition": [form] if isinstance(form, str) else [],
        "tool": [tool] if tool else [],
        "noise": sorted(set(gold.noise)),
    }


def _right_facts(gold: Record, predicted: Record | None) -> dict[str, bool]:
    known = [fact for fact in FACTS if getattr(gold, fact) is not UNSET]
    return {fact: getattr(gold, fact) == getattr(predicted, fact, UNSET) for fact in known}
