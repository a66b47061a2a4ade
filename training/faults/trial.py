"""Plants faults in right records and in right pages, and sees what is noticed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from random import Random
from typing import Any

import msgspec

from nlp.checking.reading_order import misplaced
from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.pipeline import Reader
from nlp.reading.document import Document
from nlp.record.model import MISSING, Cell, Check, Number, Review, Source, Tables
from nlp.running.extraction import loaded
from training.faults import faults
from training.faults.faults import Access, Contents, Fault, plant
from training.generator.printing import Figure
from training.scoring.cells import judged
from training.scoring.gold import Record
from training.stress.noisy_pages import CLEAN, noisy_page
from training.stress.rerendering import Manuscript, NotARecord, manuscript
from training.stress.stress import read

RECORD, PAGE = "record", "page"
"""What a fault is planted in: the record, behind the reader's back, or the page that it reads."""
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
    """A planted fault: the ids of the cells that it changed, the checks and reviews of the faulty record.

    `carrier` is `RECORD` or `PAGE`; `checks_before` and `reviews_before` are those of the right record.
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
        """The checks that do not hold in the faulty record."""
        return [check for check in self.checks if check.outcome == "broken"]

    @property
    def noticed(self) -> list[Check]:
        """The checks that the fault broke: they held before, and speak of a cell that was changed."""
        broken_before = {check.id for check in self.checks_before if check.outcome == "broken"}
        noticed = []
        for check in self.broken:
            if check.id not in broken_before and not self.changed.isdisjoint(check.cells):
                noticed.append(check)
        return noticed

    @property
    def reasons(self) -> list[str]:
        """The codes of the reviews that the right record does not have, or has for other cells."""
        known = [(reason.code, reason.cells) for reason in self.reviews_before]
        return [reason.code for reason in self.reviews if (reason.code, reason.cells) not in known]

    @property
    def codes(self) -> set[str]:
        """The codes of all reviews of the faulty record."""
        return {reason.code for reason in self.reviews}

    @property
    def codes_before(self) -> set[str]:
        """The codes of all reviews of the right record."""
        return {reason.code for reason in self.reviews_before}

    @property
    def summed(self) -> bool:
        """Whether the form adds up a number that was changed."""
        for check in self.checks:
            if check.outcome != "not_assessable" and not self.changed.isdisjoint(check.cells):
                return True
        return False

    @property
    def flagged(self) -> bool:
        """Whether a sum or a review tells of the fault."""
        return bool(self.noticed or self.reasons)


def right_ones(golds: Iterable[Record]) -> Iterator[Right]:
    """Yield the records whose page, written without noise, is read without a fault."""
    for gold in golds:
        try:
            written = manuscript(gold)
        except NotARecord:
            continue
        page = noisy_page(written, CLEAN, 1)
        if page is None:
            continue
        expected = msgspec.convert(page.gold, Record)
        if all(cell.right for cell in judged(expected, read(page.name, page.text))):
            found = findings(page.text)
            yield Right(written, found, tuple(review(found)))


def findings(text: str) -> Findings:
    """Return what the reader finds out about a text."""
    source = Source("trial.txt", "", "", "text/plain", "utf-8", 0, text.count("\n") + 1)
    reader: Reader = loaded(None)
    return reader.findings(Document(source, text))


def trials(right: Right, seed: int = 1) -> Iterator[Trial]:
    """Plant every fault for which a report has a place, in its record and on its page."""
    for name, fault in FAULTS.items():
        for plant_in in (_in_record, _on_page):
            rng = Random(f"{seed}/{right.manuscript.name}/{name}")
            trial = plant_in(right, name, fault, rng)
            if trial:
                yield trial


def _in_record(right: Right, name: str, fault: Fault[Cell], rng: Random) -> Trial | None:
    """Change the record behind the reader's back: what do the sums notice by themselves?"""
    assembly = right.found.assembly
    if assembly.form is None:
        return None
    printed = {table: _printed_rows(rows) for table, rows in assembly.tables.items()}
    access = Access(lambda cell: cell.value, _cell_with_value)
    planted = plant(fault, printed, assembly.form, access, rng)
    if planted is None:
        return None
    contents, changed = planted
    tables = _with_missing_cells(contents, assembly.tables)
    faulty = msgspec.structs.replace(
        right.found,
        assembly=msgspec.structs.replace(assembly, tables=tables),
        checks=assess(assembly.form, tables),
        misplaced=misplaced(tables, assembly.evidence),
    )
    return _trial(RECORD, name, changed, faulty, right)


def _printed_rows(rows: Mapping[str, Mapping[str, Cell]]) -> Contents[Cell]:
    """Return the rows of a table that the page has."""
    printed: Contents[Cell] = {}
    for row, cells in rows.items():
        if any(cell.state != "missing" for cell in cells.values()):
            printed[row] = dict(cells)
    return printed


def _cell_with_value(cell: Cell, value: Number) -> Cell:
    return msgspec.structs.replace(cell, value=value, text=str(value), state="printed")


def _with_missing_cells(contents: dict[str, Contents[Cell]], before: Tables) -> Tables:
    """Return tables with all rows of the form; cells that the page lacks, or lost, are missing ones."""
    tables = {}
    for table, rows in before.items():
        planted_rows = contents.get(table, {})
        whole = {}
        for row, cells in rows.items():
            whole[row] = planted_rows.get(row) or dict.fromkeys(cells, MISSING)
        tables[table] = whole
    return tables


def _on_page(right: Right, name: str, fault: Fault[Figure], rng: Random) -> Trial | None:
    """Print the fault, as a tool may that made the page: what does the reader notice?"""
    manuscript = right.manuscript
    access: Access[Figure] = Access(lambda figure: figure.value, lambda _, value: Figure(value, str(value)))
    planted = plant(fault, manuscript.figures, manuscript.form, access, rng)
    if planted is None:
        return None
    figures, changed = planted
    faulty_manuscript = replace(manuscript, figures=figures, prose_figures=manuscript.figures)
    page = noisy_page(faulty_manuscript, CLEAN, 1)
    if page is None:
        return None
    return _trial(PAGE, name, changed, findings(page.text), right)


def _trial(carrier: str, fault: str, changed: set[str], faulty: Findings, right: Right) -> Trial:
    return Trial(
        carrier=carrier,
        fault=fault,
        changed=frozenset(changed),
        checks=tuple(faulty.checks),
        reviews=tuple(review(faulty)),
        checks_before=tuple(right.found.checks),
        reviews_before=right.reviews,
    )
