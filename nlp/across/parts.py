"""Compares the report of a place as a whole with those of its parts, where the reports tell which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from nlp.across.findings import Compared, Finding, Tally
from nlp.across.ground import Ground, as_number
from nlp.across.knowledge import known, matching, phrase
from nlp.across.repeats import is_no_chance

KIND = "parts_of_whole"
_SHOWN = 5
_DIGITS = {"province": 2, "city": 4, "county": 6}
"""How many digits of its code an agency of a level shares with all that lies below it."""

Parts = dict[int, int]
"""The reports of the parts of a whole in one year, by agency."""


@dataclass(frozen=True)
class Proof:
    """The parts of a whole, by agency, and the year in which their reports come to its own."""

    agencies: frozenset[int]
    year: int


def compare(ground: Ground) -> Compared:
    """Return what came of comparing the reports of governments with those of their parts.

    Which parts a report adds up is told by the collection alone: in some other year the reports of the same
    agencies come to it in every cell, and in so many numbers that it is no chance. Without such a year
    nothing is assessed.
    """
    tally = Tally(KIND)
    findings: list[Finding] = []
    cells = np.array(sorted({n for pattern in known("whole")["rows"] for n in matching(pattern)}))
    below = _below(ground)
    for whole, reports in ground.of_agency().items():
        agency = ground.choice.agencies[whole]
        if agency.kind is not None and agency.kind not in known("whole")["kinds"]:
            continue
        if agency.code is None or agency.kind is None or agency.level not in known("whole")["below"]:
            tally.cannot("place_unknown", len(reports))
        else:
            findings += _of_whole(ground, reports, cells, below(whole), tally)
    return Compared(findings, [tally])


class _below:
    """Finds what lies below an agency: the offices of its place, and the governments one level below."""

    def __init__(self, ground: Ground) -> None:
        self._agencies = ground.choice.agencies
        self._offices: defaultdict[str, list[int]] = defaultdict(list)
        self._governments: defaultdict[tuple[str, str], list[int]] = defaultdict(list)
        kinds = known("whole")["kinds"]
        present = {int(ground.choice.agency_of[report]) for report in ground.reports}
        for agency in sorted(present):
            told = self._agencies[agency]
            if told.code is None or told.kind is None or told.level is None:
                continue
            if told.kind not in kinds:
                self._offices[told.code].append(agency)
                continue
            for digits in _DIGITS.values():
                self._governments[told.level, told.code[:digits]].append(agency)

    def __call__(self, whole: int) -> list[frozenset[int]]:
        """Return the sets of agencies that may be the parts of a whole."""
        told = self._agencies[whole]
        assert told.code is not None
        assert told.level is not None
        offices = frozenset(self._offices[told.code])
        level = known("whole")["below"][told.level]
        lower = frozenset(self._governments[level, told.code[: _DIGITS[told.level]]]) - {whole}
        return [parts for parts in dict.fromkeys((offices, lower, offices | lower)) if len(parts) > 1]


def _of_whole(
    ground: Ground,
    reports: Sequence[int],
    cells: NDArray[np.intp],
    candidates: Sequence[frozenset[int]],
    tally: Tally,
) -> Iterator[Finding]:
    years = {int(ground.collection.years[report]): report for report in reports}
    proof = _proof(ground, years, cells, candidates)
    for year, report in years.items():
        if ground.doubtful[report]:
            tally.cannot("identity_doubtful")
        elif proof is None:
            tally.cannot("parts_unknown")
        elif any((part, year) not in ground.choice.report_of for part in proof.agencies):
            tally.cannot("parts_missing")
        else:
            parts = [ground.choice.report_of[part, year] for part in sorted(proof.agencies)]
            if ground.doubtful[parts].any():
                tally.cannot("identity_doubtful")
                continue
            yield from _in_year(ground, report, parts, cells, proof, tally)


def _proof(
    ground: Ground,
    years: Mapping[int, int],
    cells: NDArray[np.intp],
    candidates: Sequence[frozenset[int]],
) -> Proof | None:
    """Return the only candidates whose reports come to the whole in some year; None where that is none."""
    proofs: list[Proof] = []
    for agencies in candidates:
        for year, report in years.items():
            present = [part for part in agencies if (part, year) in ground.choice.report_of]
            if len(present) < len(agencies):
                continue
            parts = [ground.choice.report_of[part, year] for part in present]
            if ground.doubtful[[report, *parts]].any():
                continue
            if _adds_up(ground, report, parts, cells):
                proofs.append(Proof(agencies, year))
                break
    return proofs[0] if len(proofs) == 1 else None


def _adds_up(ground: Ground, report: int, parts: Sequence[int], cells: NDArray[np.intp]) -> bool:
    whole = ground.collection.values[report, cells]
    total = ground.collection.values[np.ix_(np.array(parts), cells)].sum(axis=0)
    compared = ~np.isnan(whole) & ~np.isnan(total)
    if not (whole[compared] == total[compared]).all():
        return False
    return is_no_chance(whole[compared])


def _in_year(
    ground: Ground,
    report: int,
    parts: Sequence[int],
    cells: NDArray[np.intp],
    proof: Proof,
    tally: Tally,
) -> Iterator[Finding]:
    """Count how the cells of one year come out; yield a finding where some differ."""
    collection = ground.collection
    whole = collection.values[report, cells]
    total = collection.values[np.ix_(np.array(parts), cells)].sum(axis=0)
    is_doubtful = collection.doubtful[np.ix_(np.array([report, *parts]), cells)].any(axis=0)
    compared = ~np.isnan(whole) & ~np.isnan(total) & ~is_doubtful
    if not compared.any():
        tally.cannot("blank")
        return
    differs = cells[compared & (whole != total)]
    if not len(differs):
        tally.add("holds")
        return
    tally.add("broken")
    totals = dict(zip(cells.tolist(), total.tolist(), strict=True))
    worst = sorted(differs.tolist(), key=lambda cell: -abs(collection.values[report, cell] - totals[cell]))
    year = int(collection.years[report])
    yield Finding(
        id=f"{KIND}:{ground.key(report)}:{year}",
        kind=KIND,
        agency=ground.name(report),
        code=ground.code(report),
        years=[year],
        reports=[collection.ids[n] for n in (report, *parts)],
        paths=[collection.paths[report]],
        outcome="broken",
        blame="source",
        message="".join(
            phrase(
                "parts",
                year=year,
                name=ground.cell_name(report, cell),
                value=ground.value(report, cell),
                where=ground.where(report, cell),
                parts=len(parts),
                total=as_number(totals[cell]),
                difference=as_number(abs(collection.values[report, cell] - totals[cell])),
                proof=proof.year,
            )
            for cell in worst[:_SHOWN]
        ),
        advice=phrase(f"advice_{KIND}"),
        left=ground.value(report, worst[0]),
        right=as_number(totals[worst[0]]),
        cells=[ground.placed(report, cell) for cell in worst],
    )
