"""Reads pages and tells in which circumstances their cells were read, and whether they were read right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from msgspec import Struct
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlp.pipeline import Reader
from nlp.reading.document import Document
from nlp.record.model import Cell
from nlp.running.extraction import loaded
from nlp.tables.circumstances import Circumstances
from nlp.tables.confidence import Confidences
from training.confidence.pages import KnownPage, Source

_TOGETHER = 20
"""So many pages are handed to a process at a time."""

IsRight = Callable[[str, Cell], bool | None]
"""Tells whether a cell, by its id, is right; None where nobody knows."""
Counts = dict[Circumstances, tuple[int, int]]
"""How many cells were read in each circumstances, and how many of them right."""


class Observation(Struct, frozen=True):
    """So many cells of one page were read in the same circumstances, and so many of them right."""

    source: Source
    agency: str
    tool: str
    cell: Circumstances
    cells: int
    right: int


class _Numbering(Confidences):
    """Numbers the circumstances of cells, in place of their confidence, so that a record tells them."""

    def __init__(self, confidences: Confidences) -> None:
        super().__init__(confidences.scale)
        self.number_of: dict[Circumstances, int] = {}

    def of(self, cell: Circumstances) -> float:
        """Return the number of a cell's circumstances."""
        return float(self.number_of.setdefault(cell, len(self.number_of)))


def observations(pages: Iterable[KnownPage], jobs: int = 1) -> Iterator[Observation]:
    """Yield what is seen of the told cells of some pages, in the order of the pages."""
    loaded(None)
    with threadpool_limits(1), ProcessPoolExecutor(jobs) as workers:
        for of_page in workers.map(observed, pages, chunksize=_TOGETHER):
            yield from of_page


def observed(page: KnownPage) -> list[Observation]:
    """Return what is seen of the told cells of a page."""
    counts = counted(loaded(None), page.document(), page.is_right)
    seen = []
    for cell, (cells, right) in counts.items():
        seen.append(Observation(page.source, page.agency, page.tool, cell, cells, right))
    return seen


def counted(reader: Reader, document: Document, is_right: IsRight) -> Counts:
    """Return the circumstances of the told cells of a document, with how many there are and are right."""
    numbering = _Numbering(reader.judge.confidences)
    report = reader.with_confidences(numbering).report(document)
    counts: Counter[tuple[int, bool]] = Counter()
    for id, cell in report.cells():
        verdict = is_right(id, cell)
        if cell.state in ("printed", "blank") and verdict is not None:
            counts[int(cell.confidence), verdict] += 1
    seen: Counts = {}
    for circumstances, number in numbering.number_of.items():
        right, wrong = counts[number, True], counts[number, False]
        if right or wrong:
            seen[circumstances] = (right + wrong, right)
    return seen
