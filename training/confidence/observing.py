"""Reads pages and tells in which circumstances their cells were read, and whether they were read right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor

from msgspec import Struct
from threadpoolctl import threadpool_limits  # type: ignore[import-untyped]

from nlp.reading.inputs import BytesInput
from nlp.running.extraction import loaded
from nlp.tables.circumstances import Circumstances
from nlp.tables.confidence import confidence
from training.confidence.pages import KnownPage, Source
from training.net.switches import Step, switched_off
from training.scoring.cells import judged_report

_TOGETHER = 20
"""So many pages are handed to a process at a time."""


class Observation(Struct, frozen=True):
    """So many cells of one page were read in the same circumstances, and so many of them right."""

    source: Source
    agency: str
    tool: str
    cell: Circumstances
    cells: int
    right: int


def observations(pages: Iterable[KnownPage], jobs: int = 1) -> Iterator[Observation]:
    """Yield what is seen of the told cells of some pages, in the order of the pages."""
    loaded(None)
    with threadpool_limits(1), ProcessPoolExecutor(jobs) as workers:
        for of_page in workers.map(observed, pages, chunksize=_TOGETHER):
            yield from of_page


def observed(page: KnownPage) -> list[Observation]:
    """Return what is seen of the told cells of a page."""
    number_of: dict[Circumstances, int] = {}

    def numbered(cell: Circumstances) -> float:
        """Stand in for a confidence, so that the record tells the circumstances of each cell."""
        return float(number_of.setdefault(cell, len(number_of)))

    with switched_off(Step(confidence, numbered)):
        report = loaded(None).read(BytesInput(page.name, content=page.text.encode("utf-8")))
    counts: Counter[tuple[int, bool]] = Counter()
    for judged in judged_report(report, page.truth):
        if judged.answered:
            counts[int(judged.predicted.confidence), judged.right] += 1
    seen = []
    for cell, number in number_of.items():
        right, wrong = counts[number, True], counts[number, False]
        if right or wrong:
            seen.append(Observation(page.source, page.agency, page.tool, cell, right + wrong, right))
    return seen
