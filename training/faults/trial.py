"""Plants faults in right records and in right pages, and sees what is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import msgspec

from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.pipeline import Reader
from nlp.reading.document import Document
from nlp.record.model import MISSING, Cell, Check, Number, Review, Source, Tables
from nlp.running.extraction import loaded
from training.faults import faults
from training.faults.faults import Contents, Fault, Hand, plant
from training.generator.printing import Figure
from training.scoring.cells import judged
from training.scoring.gold import Record
from training.stress.rerendering import Manuscript, NotARecord, manuscript
from training.stress.stress import read
from training.stress.striking import CLEAN, struck

RECORD, PAGE = "record", "page"
FAULTS: dict[str, Fault[Any]] = {
    "digit changed": faults.digit_changed,
    "number read as 0": faults.read_as_zero,
    "row shifted": faults.row_shifted,
    "row dropped": faults.row_dropped,
    "rows swapped": faults.rows_swapped,
    "columns swapped": faults.columns_swapped,
    "新收 and 结转 swapped": faults.received_swapped,
    "block moved down": faults.block_moved_down,
    "total swapped with a part": faults.total_swapped,
}
MISREADINGS = ("digit changed", "number read as 0")
PERMUTATIONS = ("rows swapped", "columns swapped", "新收 and 结转 swapped", "total swapped with a part")


@dataclass(frozen=True)
class Right:
    """A page that is read without a fault: its manuscript, what was found, what is to be reviewed."""

    manuscript: Manuscript
    found: Findings
    reviews: tuple[Review, ...]


@dataclass(frozen=True)
class Trial:
    """A fault that was planted: the cells that it changed, the checks and reviews of the faulty record.

    `checks_before` and `reviews_before` are those of the right record.
    """

    carrier: str
    fault: str
    changed: frozenset[str]
    checks: tuple[Check, ...]
    reviews: tuple[Review, ...]
    checks_before: tuple[Check, ...]
    reviews_before: tuple[Review, ...]

    @property
    def broken(self) -> list[Check]:
        return [check for check in self.checks if check.outcome == "broken"]

    @property
    def noticed(self) -> list[Check]:
        """The checks that the fault broke: they held before, and speak of a cell that was changed."""
        known = {check.id for check in self.checks_before if check.outcome == "broken"}
        touched = (check for check in self.broken if not self.changed.isdisjoint(check.cells))
        return [check for check in touched if check.id not in known]

    @property
    def reasons(self) -> list[str]:
        """The codes of the reviews that the right record does not have, or has for other cells."""
        known = [(reason.code, reason.cells) for reason in self.reviews_before]
        return [reason.code for reason in self.reviews if (reason.code, reason.cells) not in known]

    @property
    def codes(self) -> set[str]:
        return {reason.code for reason in self.reviews}

    @property
    def codes_before(self) -> set[str]:
        return {reason.code for reason in self.reviews_before}

    @property
    def summed(self) -> bool:
        """Whether the form adds up a number that was changed."""
        assessed = (check for check in self.checks if check.outcome != "not_assessable")
        return any(not self.changed.isdisjoint(check.cells) for check in assessed)

    @property
    def flagged(self) -> bool:
        """Whether a sum or a review tells of the fault."""
        return bool(self.noticed or self.reasons)


def right_ones(golds: Iterable[Record]) -> Iterator[Right]:
    """Yield the records whose page, written plainly, is read without a fault."""
    for gold in golds:
        written = _manuscript(gold)
        page = struck(written, CLEAN, 1) if written else None
        if written and page:
            told = msgspec.convert(page.gold, Record)
            if all(cell.right for cell in judged(told, read(page.name, page.text))):
                found = findings(page.text)
                yield Right(written, found, tuple(review(found)))


def _manuscript(gold: Record) -> Manuscript | None:
    try:
        return manuscript(gold)
    except NotARecord:
        return None


def findings(text: str) -> Findings:
    """Return what the reader finds out about a text."""
    source = Source("trial.txt", "", "", "text/plain", "utf-8", 0, text.count("\n") + 1)
    reader: Reader = loaded(None)
    return reader.findings(Document(source, text))


def trials(right: Right, seed: int = 1) -> Iterator[Trial]:
    """Plant every fault for which a report has room, in its record and on its page."""
    for name, fault in FAULTS.items():
        for carrier, planted in ((RECORD, _in_record), (PAGE, _on_page)):
            rng = Random(f"{seed}/{right.manuscript.name}/{name}")
            if trial := planted(right, name, fault, rng):
                yield replace(trial, carrier=carrier)


def _in_record(right: Right, name: str, fault: Fault[Cell], rng: Random) -> Trial | None:
    """Change the record behind the reader's back: what do the sums notice by themselves?"""
    form = right.found.assembly.form
    if form is None:
        return None
    printed = {table: _printed(rows) for table, rows in right.found.assembly.tables.items()}
    done = plant(fault, printed, form, Hand(lambda cell: cell.value, _with_value), rng)
    if done is None:
        return None
    tables = _whole(done[0], right.found.assembly.tables)
    checks = assess(form, tables)
    assembly = msgspec.structs.replace(right.found.assembly, tables=tables)
    found = msgspec.structs.replace(right.found, assembly=assembly, checks=checks)
    return _trial(name, done[1], found, right)


def _printed(rows: Mapping[str, Mapping[str, Cell]]) -> Contents[Cell]:
    """Return the rows that the page has."""
    there = {row: dict(cells) for row, cells in rows.items()}
    return {row: cells for row, cells in there.items() if any(c.state != "missing" for c in cells.values())}


def _with_value(cell: Cell, value: Number) -> Cell:
    return msgspec.structs.replace(cell, value=value, text=str(value), state="printed")


def _whole(planted: dict[str, Contents[Cell]], before: Tables) -> Tables:
    """Put the cells back that the page does not have, those of lost rows among them."""
    return {
        table: {
            row: planted.get(table, {}).get(row) or dict.fromkeys(cells, MISSING)
            for row, cells in rows.items()
        }
        for table, rows in before.items()
    }


def _on_page(right: Right, name: str, fault: Fault[Figure], rng: Random) -> Trial | None:
    """Print the fault, as a tool may that made the page: what does the reader notice?"""
    written = right.manuscript
    done = plant(fault, written.figures, written.form, Hand(lambda one: one.value, _figure), rng)
    if done is None:
        return None
    page = struck(replace(written, figures=done[0], told=written.figures), CLEAN, 1)
    return _trial(name, done[1], findings(page.text), right) if page else None


def _figure(_: Figure, value: Number) -> Figure:
    return Figure(value, str(value))


def _trial(name: str, changed: set[str], found: Findings, right: Right) -> Trial:
    reviews = tuple(review(found))
    checks = (tuple(found.checks), tuple(right.found.checks))
    return Trial("", name, frozenset(changed), checks[0], reviews, checks[1], right.reviews)
