"""Reads pages and tells what speaks against each reading of a table, and how right its cells are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor

from msgspec import Struct
from msgspec.structs import astuple

from nlp.pipeline import Reader
from nlp.reading.document import Document
from nlp.record.model import TableCells
from nlp.running.extraction import loaded
from nlp.tables import assemble
from nlp.tables.evidence import Evidence
from nlp.tables.reading import Reading
from nlp.tables.readings import best_of
from nlp.tables.score import Faults
from nlp.tables.table_page import TablePage
from training.confidence.observing import IsRight
from training.confidence.pages import KnownPage
from training.net.switches import Step, switched_off

WRONG = 10
"""So many right cells are not worth a wrong one."""
_TOGETHER = 20
"""So many pages are handed to a process at a time."""


class Proposal(Struct, frozen=True):
    """One reading: what speaks against it, and its right cells less `WRONG` times the wrong ones."""

    faults: Faults
    worth: int


class Choice(Struct, frozen=True):
    """The readings among which a table of a page leaves the choice."""

    source: str
    agency: str
    tool: str
    proposals: tuple[Proposal, ...]


def choices(pages: Iterable[KnownPage], jobs: int = 1) -> Iterator[Choice]:
    """Yield the choices that some pages leave, in the order of the pages."""
    loaded(None)
    with ProcessPoolExecutor(jobs) as workers:
        for of_page in workers.map(choices_of, pages, chunksize=_TOGETHER):
            yield from of_page


def choices_of(page: KnownPage) -> list[Choice]:
    """Return the choices between readings of different worth that the tables of a page leave."""
    proposed = proposals(loaded(None), page.document(), page.is_right)
    return [Choice(page.source, page.agency, page.tool, of_table) for of_table in proposed]


def proposals(reader: Reader, document: Document, is_right: IsRight) -> list[tuple[Proposal, ...]]:
    """Return the readings of each table of a document whose readings are not all worth the same."""
    of_document: list[tuple[Proposal, ...]] = []

    def watching(
        page: TablePage, reading: Reading, readings: Sequence[Reading]
    ) -> tuple[TableCells, Evidence]:
        of_table = []
        for proposed in readings:
            cells, _ = written(page, best_of([proposed], page.page.judge.costs), readings)
            faults = Faults(*map(float, astuple(proposed.faults)))
            of_table.append(Proposal(faults, _worth(page.table.id, cells, is_right)))
        if len({proposal.worth for proposal in of_table}) > 1:
            of_document.append(tuple(of_table))
        return written(page, reading, readings)

    written = assemble.written
    with switched_off(Step(assemble.written, watching)):
        reader.report(document)
    return of_document


def _worth(table: str, rows: TableCells, is_right: IsRight) -> int:
    """Return the right cells of a table less what its wrong ones take away."""
    worth = 0
    for row, cells in rows.items():
        for column, cell in cells.items():
            verdict = is_right(f"{table}.{row}.{column}", cell)
            if cell.state in ("printed", "blank") and verdict is not None:
                worth += 1 if verdict else -WRONG
    return worth
