"""Draws records at random for a person to look over, and states what their look tells of the others."""

from __future__ import annotations

import hashlib
import heapq
from collections.abc import Iterable

from msgspec import UNSET, Struct

from nlp.correcting.applying import as_read
from nlp.record.model import Cell, Report

_LEVEL = 0.95
"""The bound holds with this probability."""
_FACTS = ("organization", "year")


class Drawn(Struct, frozen=True):
    """A record of the sample: whether a person looked at all of it, and the faults that the person found.

    `faults` are the fields that were read wrong, though nothing asked for a look.
    """

    id: str
    path: str
    is_looked_at: bool
    faults: list[str]


class Statement(Struct, frozen=True):
    """What a look at a random sample tells of the records that it was drawn from.

    These are the ones that need no review, or all of them (`with_review`). `population` counts them, `drawn`
    the sample, `looked_at` those of it that a person decided every cell, the agency and the year of;
    `faulty` of them have a fault. With a probability of `level` at most the share `bound` of the population
    has one (Clopper and Pearson, one-sided); None before anyone looked.
    """

    seed: int
    with_review: bool
    population: int
    drawn: int
    looked_at: int
    faulty: int
    cells: int
    wrong_cells: int
    level: float
    bound: float | None
    records: list[Drawn]


class Sample:
    """The records with the lowest of random numbers that their ids and the seed give.

    So the same records are drawn in whatever order, or how many files, they come; corrections change
    neither which records are drawn nor from which. `lines` are those drawn, in that order.
    """

    def __init__(self, count: int, seed: int, with_review: bool = False) -> None:
        self.count = count
        self.seed = seed
        self.with_review = with_review
        self.population = 0
        self._ids: set[str] = set()
        self._lowest: list[tuple[int, str, bytes, Report]] = []

    def add(self, report: Report, line: bytes) -> None:
        """Take a record and its line into account; a failure and a second copy of a file do not count."""
        if not report.id or report.id in self._ids or not report.tables:
            return
        if as_read(report).review and not self.with_review:
            return
        self._ids.add(report.id)
        self.population += 1
        entry = (-_random(self.seed, report.id), report.id, line, report)
        if len(self._lowest) < self.count:
            heapq.heappush(self._lowest, entry)
        elif entry[:2] > self._lowest[0][:2]:
            heapq.heapreplace(self._lowest, entry)

    def lines(self) -> list[bytes]:
        """Return the records that were drawn, as the lines that they came as."""
        return [line for _, _, line, _ in self._in_order()]

    def statement(self) -> Statement:
        """Return what is known from the records that were drawn."""
        reports = [report for _, _, _, report in self._in_order()]
        drawn = [_drawn(report) for report in reports]
        looked_at = [record for record in drawn if record.is_looked_at]
        cells = wrong = 0
        for report, record in zip(reports, drawn, strict=True):
            if record.is_looked_at:
                cells += sum(1 for _ in report.cells())
                wrong += sum(field not in _FACTS for field in record.faults)
        faulty = sum(bool(record.faults) for record in looked_at)
        return Statement(
            seed=self.seed,
            with_review=self.with_review,
            population=self.population,
            drawn=len(drawn),
            looked_at=len(looked_at),
            faulty=faulty,
            cells=cells,
            wrong_cells=wrong,
            level=_LEVEL,
            bound=upper_bound(faulty, len(looked_at)) if looked_at else None,
            records=drawn,
        )

    def _in_order(self) -> Iterable[tuple[int, str, bytes, Report]]:
        return sorted(self._lowest, key=lambda entry: entry[:2], reverse=True)


def upper_bound(faults: int, of: int, level: float = _LEVEL) -> float:
    """Return the exact upper bound of a share of which `faults` were seen among `of` drawn at random.

    If the share were higher, so few faults or fewer would be seen with a probability below `1 - level`
    (Clopper and Pearson 1934, one-sided).

    >>> round(upper_bound(0, 50), 4), round(upper_bound(1, 50), 4), upper_bound(3, 3)
    (0.0582, 0.0914, 1.0)
    """
    if faults >= of:
        return 1.0
    from scipy.special import betaincinv

    return float(betaincinv(faults + 1, of - faults, level))


def _random(seed: int, id: str) -> int:
    """Return a number that the seed and an id give, like one drawn at random and always the same."""
    return int.from_bytes(hashlib.sha256(f"{seed} {id}".encode()).digest()[:8])


def _drawn(report: Report) -> Drawn:
    cells = list(report.cells())
    decided = {decision.field for decision in report.corrections or ()}
    is_looked_at = all(_is_decided(cell) for _, cell in cells) and decided.issuperset(_FACTS)
    faults = [id for id, cell in cells if _is_fault(cell)]
    if report.read is not UNSET:
        faults += [fact for fact in _FACTS if _was_another(report, fact)]
    return Drawn(report.id, report.source.path, is_looked_at, faults)


def _is_decided(cell: Cell) -> bool:
    return cell.state in ("corrected", "confirmed")


def _is_fault(cell: Cell) -> bool:
    return cell.state == "corrected" and (cell.as_read.state, cell.as_read.value) != (
        cell.on_page,
        cell.value,
    )


def _was_another(report: Report, fact: str) -> bool:
    """Return whether a fact was read as something else than a person decided."""
    was = getattr(report.read, fact)
    return was is not UNSET and was != getattr(report, fact)
