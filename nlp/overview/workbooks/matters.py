"""Lists what an agency has to say something about, and the cells that it should hold against its reports."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from nlp.overview.gathering import MISREAD, Gathered
from nlp.overview.words import known
from nlp.overview.workbooks.details import Detail, Key

Kind = Literal["sum", "across", "claim", "copied", "review"]
KINDS: tuple[Kind, ...] = ("sum", "across", "claim", "copied", "review")
_CELLS = 40
"""How many cells of one matter are listed."""
_LONGEST = 300
"""How many characters of a copied text are shown."""


@dataclass(frozen=True)
class Matter:
    """Something to explain: the report, what it is in words, whose fault it may be, cells of the report."""

    report: int
    kind: Kind
    message: str
    advice: str
    cells: tuple[str, ...] = ()


def matters(gathered: Gathered, report: int, detail: Detail | None) -> list[Matter]:
    """Return what there is to explain about a report, sums first."""
    found = [*_sums(report, detail), *_across(gathered, report), *_copied(gathered, report)]
    return [*found, *_reasons(report, detail)]


def has_matters(gathered: Gathered, report: int) -> bool:
    """Return whether there is anything to explain about a report, or to look at."""
    return bool(
        gathered.notes.broken[report]
        or gathered.across_by_report.get(report)
        or gathered.copied_count(report)
        or gathered.collection.reviews[report]
    )


def key_of(gathered: Gathered, report: int) -> Key:
    """Return which record a report is."""
    return Key(gathered.collection.ids[report], gathered.collection.paths[report])


def _sums(report: int, detail: Detail | None) -> Iterator[Matter]:
    for broken in detail.broken if detail else ():
        telling = [cell.id for cell in broken.cells if cell.value or cell.state != "printed"]
        yield Matter(report, "sum", broken.message, broken.advice, tuple(telling[:_CELLS]))
    for difference in detail.differences if detail else ():
        cells = tuple(cell.id for cell in difference.cells[:_CELLS])
        yield Matter(report, "claim", difference.message, difference.advice, cells)


def _across(gathered: Gathered, report: int) -> Iterator[Matter]:
    id = gathered.collection.ids[report]
    for finding in gathered.across_by_report.get(report, ()):
        cells = () if finding.left is None else [cell.id for cell in finding.cells if cell.report == id]
        kind: Kind = "review" if finding.blame == MISREAD else "across"
        yield Matter(report, kind, finding.message, finding.advice, tuple(cells[:_CELLS]))


def _reasons(report: int, detail: Detail | None) -> Iterator[Matter]:
    for reason in detail.reasons if detail else ():
        cells = tuple(cell.id for cell in reason.cells[:_CELLS])
        yield Matter(report, "review", reason.message, "", cells)


def _copied(gathered: Gathered, report: int) -> Iterator[Matter]:
    if gathered.reused is None:
        return
    words: dict[str, str] = known("workbook")
    for copied in gathered.reused.in_report.get(gathered.collection.ids[report], ()):
        facts = {
            "others": copied.others,
            "text": copied.text[:_LONGEST],
            "found": copied.found,
            "expected": copied.expected,
        }
        yield Matter(report, "copied", words[f"copied_{copied.what}"].format(**facts), "")
