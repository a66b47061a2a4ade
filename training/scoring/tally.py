"""Sums up the judgements on one document, which is all that is kept of it."""

from __future__ import annotations

import re

from msgspec import UNSET, Struct

from training.scoring.acceptance import Taken
from training.scoring.cells import Judged, invented_cells
from training.scoring.counts import ALL, NONE, Counts, grouped
from training.scoring.gold import Record
from training.scoring.items import ItemScores, item_scores
from training.scoring.lines import Confusion, line_confusion
from training.scoring.matching import Pair
from training.scoring.metrics import Found, all_found
from training.scoring.sections import section_scores

FACTS = ("organization", "year", "form")
"""The fields of a record that are scored as right or wrong."""

NAMED = ("organization", "year")
"""The facts by which a record is found again: a wrong one is as bad as a wrong cell."""

_TOOL = re.compile(r"\.([A-Za-z][\w-]*)$")


class Tally(Struct, frozen=True):
    """The counts of one document.

    `predicted` is false if nothing was predicted for it, `labelled` true if the prediction labels lines.
    `kinds[level]` names the groups that it belongs to, `counts` has those of all its cells, its tables and
    rows, and `lowest` is the lowest confidence of a cell. A part that gold does not have is None.
    """

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
    report: str
    invented: int

    @property
    def faultless(self) -> bool:
        """Whether all cells are right and none invented, and agency and year right where gold has them."""
        is_named_right = all(self.facts.get(fact, True) for fact in NAMED)
        return bool(self.cells.exact) and is_named_right

    @property
    def cells(self) -> Counts:
        """The counts of all cells."""
        return self.counts.get(ALL, NONE)

    @property
    def tables(self) -> list[Counts]:
        """The counts of each table."""
        return [counts for name, counts in self.counts.items() if "." not in name and name != ALL]

    @property
    def rows(self) -> list[Counts]:
        """The counts of each row."""
        return [counts for name, counts in self.counts.items() if "." in name]

    @property
    def all_sections(self) -> Found | None:
        """The figures of all sections together."""
        return None if self.sections is None else all_found(self.sections.values())

    @property
    def subsections(self) -> Found | None:
        """The figures of the sections within chapters together; None if gold has none."""
        sections = self.sections or {}
        return all_found(found for kind, found in sections.items() if "/" in kind)

    @property
    def taken(self) -> Taken:
        """What the figures of accepted records need."""
        return Taken(self.accepted, self.faultless, self.cells.cells, self.lowest, self.report)


def tally(pair: Pair, cells: list[Judged]) -> Tally:
    """Return the counts of a pair whose cells have been judged; with an invented cell it is not exact."""
    accepted = pair.predicted is not None and pair.predicted.accepted
    invented = invented_cells(pair.gold, pair.predicted)
    counts = grouped(cells, accepted)
    if invented and ALL in counts:
        counts[ALL] = counts[ALL]._replace(exact=0)
    confidences = [cell.predicted.confidence for cell in cells if cell.answered]
    return Tally(
        pair.name,
        pair.predicted is not None,
        accepted,
        kinds(pair.name, pair.gold, pair.predicted),
        counts,
        min(confidences, default=None),
        _right_facts(pair.gold, pair.predicted),
        section_scores(pair.gold, pair.predicted),
        item_scores(pair.gold, pair.predicted),
        line_confusion(pair.gold, pair.predicted),
        pair.predicted is not None and pair.predicted.lines is not UNSET,
        report_of(pair.name),
        invented,
    )


def report_of(name: str) -> str:
    """Return the report that a text is of: its name without the tool that made the text.

    >>> report_of("hongze2023.pdfium"), report_of("hongze2023"), report_of("a2023.v1")
    ('hongze2023', 'hongze2023', 'a2023')
    """
    return _TOOL.sub("", name)


def kinds(name: str, gold: Record, predicted: Record | None) -> dict[str, list[str]]:
    """Return the edition of a document, the tool that made its text, and the kinds of noise in it.

    The tool is what gold says, else the part after the last dot of a name such as `hongze2023.pdfium`.

    >>> kinds("a2023.pdfium", Record("a2023.pdfium", form="2021", noise=["36_glued_cells"]), None)
    {'edition': ['2021'], 'tool': ['pdfium'], 'noise': ['36_glued_cells']}
    """
    tool_in_name = _TOOL.search(name)
    tool = gold.tool or (tool_in_name[1] if tool_in_name else None)
    form = gold.form
    if form is UNSET and predicted is not None:
        form = predicted.form
    return {
        "edition": [form] if isinstance(form, str) else [],
        "tool": [tool] if tool else [],
        "noise": sorted(set(gold.noise)),
    }


def _right_facts(gold: Record, predicted: Record | None) -> dict[str, bool]:
    """Return for each fact that gold gives whether the prediction is the same."""
    given = [fact for fact in FACTS if getattr(gold, fact) is not UNSET]
    return {fact: getattr(gold, fact) == getattr(predicted, fact, UNSET) for fact in given}
