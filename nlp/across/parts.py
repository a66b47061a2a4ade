"""Compares the report of a place as a whole with those of its parts, where the reports tell which."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from nlp.across.findings import Compared, Finding, Tally
from nlp.across.ground import Ground, as_number
from nlp.across.knowledge import known, matching, phrase
from nlp.across.repeats import is_no_chance
from nlp.collection.choosing import NO_REPORT
from nlp.collection.deriving import Completed, completed
from nlp.collection.equations import is_summed
from nlp.collection.equations import sums as sums_of_form
from nlp.collection.states import BLANK
from nlp.form.names import form_of

KIND = "parts_of_whole"
_SHOWN = 5
_DIGITS = {"province": 2, "city": 4, "county": 6}
"""How many digits of its code an agency of a level shares with all that lies below it."""


@dataclass(frozen=True)
class Proof:
    """The parts of a whole, by agency, and the year in which their reports come to its own.

    `is_whole` says whether they do in every cell that can be compared, or in all but few.
    """

    agencies: frozenset[int]
    year: int
    is_whole: bool


@dataclass(frozen=True)
class Sums:
    """The report of a whole beside those of its parts for one year; the arrays have an entry a cell.

    `whole` and `parts` are the numbers of the two sides. `is_exact` tells in which cells those of all parts
    are known, `at_least` in which the known ones come to more than the whole already. `is_second_reading`
    tells where a part's cell is blank, and its number what its other ones leave for it, or 0, `is_doubtful`
    where numbers of some report may stand in other cells than theirs.
    """

    report: int
    reports: list[int]
    whole: NDArray[np.float64]
    parts: NDArray[np.float64]
    is_exact: NDArray[np.bool_]
    at_least: NDArray[np.bool_]
    is_second_reading: NDArray[np.bool_]
    is_doubtful: NDArray[np.bool_]

    @property
    def differs(self) -> NDArray[np.bool_]:
        """In which cells the parts do not come to the whole, whatever the unknown ones are."""
        differs: NDArray[np.bool_] = (self.is_exact & (self.whole != self.parts)) | self.at_least
        return differs

    @property
    def is_compared(self) -> bool:
        """Whether any cell tells something."""
        return bool((self.is_exact | self.at_least).any())


def compare(ground: Ground) -> Compared:
    """Return what came of comparing the reports of governments with those of their parts.

    Which parts a report adds up is told by the collection alone: in some year the reports of the same
    agencies come to it in every cell, or in all but few, and in so many numbers that it is no chance.
    Without such a year nothing is assessed. Where the number of a part is not known, the others come to the
    whole at most. Cells that parts leave blank are what their own sums leave for them, or 0; this is said.
    """
    tally = Tally(KIND)
    findings: list[Finding] = []
    beside = _Beside(ground)
    below = _below(ground)
    for whole, reports in ground.of_agency().items():
        agency = ground.choice.agencies[whole]
        if agency.kind is not None and agency.kind not in known("whole")["kinds"]:
            continue
        if agency.code is None or agency.kind is None or agency.level not in known("whole")["below"]:
            tally.cannot("place_unknown", len(reports))
        else:
            findings += _of_whole(beside, reports, below(whole), tally)
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


class _Beside:
    """Holds reports of wholes beside those of their parts."""

    def __init__(self, ground: Ground) -> None:
        self.ground = ground
        self.cells = np.array(sorted({n for pattern in known("whole")["rows"] for n in matching(pattern)}))

    @cached_property
    def _completed(self) -> Completed:
        return completed(self.ground.collection)

    def sums(self, report: int, agencies: Iterable[int]) -> Sums:
        """Return a report of a whole beside those of some agencies for its year."""
        ground = self.ground
        year = int(ground.collection.years[report])
        reports = [ground.choice.report_of.get((part, year), NO_REPORT) for part in sorted(agencies)]
        present = [part for part in reports if part != NO_REPORT]
        of_parts = np.ix_(np.array(present, dtype=np.intp), self.cells)
        numbers = self._completed.values[of_parts].copy()
        is_blank = ground.collection.states[of_parts] == BLANK
        numbers[is_blank & np.isnan(numbers) & self._leaves_zeros_blank(present)] = 0
        numbers[ground.collection.uncertain[of_parts]] = np.nan
        unknown = np.isnan(numbers)
        whole = ground.collection.values[report, self.cells].copy()
        whole[ground.collection.uncertain[report, self.cells]] = np.nan
        parts = np.where(unknown, 0, numbers).sum(axis=0)
        doubtful = ground.collection.doubtful[of_parts]
        is_doubtful = doubtful.any(axis=0) | ground.collection.doubtful[report, self.cells]
        is_complete = ~unknown.any(axis=0) & (len(present) == len(reports))
        sure = np.where(unknown | doubtful, 0, numbers).sum(axis=0)
        is_less = sure > np.where(np.isnan(whole) | is_doubtful, np.inf, whole)
        return Sums(
            report,
            present,
            whole,
            parts,
            is_exact=is_complete & ~np.isnan(whole) & (self.is_summed | ~is_doubtful),
            at_least=~is_complete & is_less,
            is_second_reading=(is_blank & ~unknown).any(axis=0),
            is_doubtful=is_doubtful,
        )

    def _leaves_zeros_blank(self, reports: Sequence[int]) -> NDArray[np.bool_]:
        """Return of each cell of reports whether its table leaves zeros blank, as some agencies' do.

        Such a table prints no 0, and has more blank cells than numbers.
        """
        collection = self.ground.collection
        leaves = np.zeros((len(reports), len(self.cells)), dtype=bool)
        for cells, places in self._of_table:
            of_table = np.ix_(np.array(reports, dtype=np.intp), cells)
            values = collection.values[of_table]
            prints_zero = (values == 0).any(axis=1)
            blanks = (collection.states[of_table] == BLANK).sum(axis=1)
            numbers = (~np.isnan(values)).sum(axis=1)
            leaves[:, places] = (~prints_zero & (blanks > numbers))[:, None]
        return leaves

    @cached_property
    def _of_table(self) -> list[tuple[NDArray[np.intp], NDArray[np.intp]]]:
        """All cells of each table, and the positions of those of them that are compared."""
        table_of = np.array([cell.partition(".")[0] for cell in self.ground.collection.cells])
        return [
            (np.flatnonzero(table_of == table), np.flatnonzero(table_of[self.cells] == table))
            for table in dict.fromkeys(table_of[self.cells].tolist())
        ]

    @cached_property
    def is_summed(self) -> NDArray[np.bool_]:
        """Which cells stand in sums of the form."""
        return np.array([is_summed(int(cell)) for cell in self.cells])

    def decides(self, sums: Sums) -> bool:
        """Return whether what differs does so whatever is doubtful.

        Both sides have the same sums, and so has the difference between them: where a number stands in a
        cell that is not its own, it has not.
        """
        if not (sums.differs & sums.is_doubtful).any():
            return True
        form = form_of(self.ground.collection.forms[sums.report])
        difference = np.full(len(self.ground.collection.cells), np.nan)
        difference[self.cells[sums.is_exact]] = (sums.whole - sums.parts)[sums.is_exact]
        assert form is not None
        for equation in sums_of_form(form.edition):
            left = difference[list(equation.left)].sum()
            right = difference[list(equation.right)].sum()
            if not np.isnan(left) and not np.isnan(right) and left != right:
                return False
        return True


def _of_whole(
    beside: _Beside, reports: Sequence[int], candidates: Sequence[frozenset[int]], tally: Tally
) -> Iterator[Finding]:
    proof = _proof(beside, reports, candidates)
    for report in reports:
        if proof is None:
            tally.cannot("parts_unknown")
            continue
        sums = beside.sums(report, proof.agencies)
        if sums.differs.any() and not beside.decides(sums):
            tally.cannot("doubtful")
        elif sums.differs.any():
            tally.add("broken")
            yield _finding(beside, sums, proof)
        elif sums.is_compared:
            tally.add("holds")
        else:
            tally.cannot("parts_missing" if len(sums.reports) < len(proof.agencies) else "blank")


def _proof(beside: _Beside, reports: Sequence[int], candidates: Sequence[frozenset[int]]) -> Proof | None:
    """Return the only candidates that come to the whole in some year, in every cell or else in all but few.

    None where no candidates do, or several.
    """
    for is_whole in (True, False):
        proofs: list[Proof] = []
        for agencies in candidates:
            for report in reports:
                if _adds_up(beside.sums(report, agencies), is_whole):
                    proofs.append(Proof(agencies, int(beside.ground.collection.years[report]), is_whole))
                    break
        if proofs:
            return proofs[0] if len(proofs) == 1 else None
    return None


def _adds_up(sums: Sums, is_whole: bool) -> bool:
    """Return whether parts come to a whole in every cell that can be compared, or else in all but few."""
    equal = sums.is_exact & (sums.whole == sums.parts) & (sums.whole != 0)
    differs = int(sums.differs.sum())
    allowed = 0.0 if is_whole else known("whole")["differing"] * int(equal.sum())
    return differs <= allowed and is_no_chance(sums.whole[equal])


def _finding(beside: _Beside, sums: Sums, proof: Proof) -> Finding:
    """Return the finding on a year in which parts do not come to the whole."""
    ground, collection = beside.ground, beside.ground.collection
    report, year = sums.report, int(collection.years[sums.report])
    differences = np.abs(sums.whole - sums.parts)
    worst = sorted(np.flatnonzero(sums.differs).tolist(), key=lambda n: -differences[n])
    cells = [int(beside.cells[n]) for n in worst]
    reports = [report, *sums.reports]
    doubts = ground.doubts(reports, [(one, cell) for one in reports for cell in cells])
    is_second_reading = bool(sums.is_second_reading[sums.differs].any())
    messages = []
    for n, cell in zip(worst[:_SHOWN], cells, strict=False):
        messages.append(
            phrase(
                "parts" if sums.is_exact[n] else "parts_at_least",
                year=year,
                name=ground.cell_name(report, cell),
                value=ground.value(report, cell),
                where=ground.where(report, cell),
                parts=len(sums.reports),
                total=as_number(float(sums.parts[n])),
                difference=as_number(float(differences[n])),
            )
        )
    if is_second_reading:
        messages.append(phrase("parts_blank"))
    messages.append(phrase("parts_proof" if proof.is_whole else "parts_likely", proof=proof.year))
    return Finding(
        id=f"{KIND}:{ground.key(report)}:{year}",
        kind=KIND,
        agency=ground.name(report),
        code=ground.code(report),
        years=[year],
        reports=[collection.ids[n] for n in reports],
        paths=[collection.paths[report]],
        outcome="broken",
        blame="undecided" if doubts or is_second_reading else "source",
        message="".join(messages),
        advice=phrase(f"advice_{KIND}"),
        left=ground.value(report, cells[0]),
        right=as_number(float(sums.parts[worst[0]])),
        cells=[ground.placed(report, cell) for cell in cells],
        doubts=doubts,
    )
