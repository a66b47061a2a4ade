"""Reads pages and tells what speaks against each reading of a table, and how right its cells are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Any

from msgspec import Struct

from nlp.reading.inputs import BytesInput
from nlp.record.model import TableCells
from nlp.running.extraction import loaded
from nlp.tables import assemble
from nlp.tables.evidence import Evidence
from nlp.tables.reading import Reading
from nlp.tables.readings import best_of
from nlp.tables.score import Faults
from nlp.tables.table_page import TablePage
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
    of_page: list[Choice] = []

    def watching(
        of_table: TablePage, reading: Reading, readings: Sequence[Reading]
    ) -> tuple[TableCells, Evidence]:
        proposals = []
        for proposed in readings:
            cells, _ = written(of_table, best_of([proposed]), readings)
            proposals.append(Proposal(proposed.faults, _worth(of_table.table.id, cells, page.truth)))
        if len({proposal.worth for proposal in proposals}) > 1:
            of_page.append(Choice(page.source, page.agency, page.tool, tuple(proposals)))
        return written(of_table, reading, readings)

    written = assemble.written
    with switched_off(Step(assemble.written, watching)):
        loaded(None).read(BytesInput(page.name, content=page.text.encode("utf-8")))
    return of_page


def _worth(table: str, rows: TableCells, truth: Mapping[str, Any]) -> int:
    """Return the right cells of a table less what its wrong ones take away."""
    worth = 0
    for row, cells in rows.items():
        for column, cell in cells.items():
            if cell.state not in ("printed", "blank"):
                continue
            is_right = cell.value == truth.get(f"{table}.{row}.{column}")
            worth += 1 if is_right else -WRONG
    return worth
