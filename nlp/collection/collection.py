"""Many records as columns: one entry a report, one column a cell of the form."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.checking.confidence import CERTAIN
from nlp.collection.agency import AgencyOf, agency_of
from nlp.collection.matrix import GrowingMatrix
from nlp.collection.prose import Prose, prose_of
from nlp.collection.slim import SlimReport
from nlp.collection.states import ABSENT, CODES, CORRECTED
from nlp.record.model import Report
from nlp.resources import knowledge
from nlp.writers.tables import form_cells

NO_AGENCY = -1
NO_YEAR = 0
_YEARS = range(1, 10_000)


@cache
def _reasons(which: str) -> frozenset[str]:
    """Return the reasons to look at a record that put in doubt how its tables were read, of one list."""
    return frozenset(knowledge("across")[which])


@dataclass(frozen=True)
class Collection:
    """The reports of a collection in the order in which they were read, as columns.

    The matrices have a row a report and a column for each cell of `cells`, the cells of every edition of the
    form. `values` is NaN where no number is known; `states` holds `nlp.collection.states`; `uncertain` tells
    which cells were not read for certain, `doubtful` beside these the ones in tables that may be read askew;
    `lines` and `pages` where a cell stands, 0 for nowhere.
    `agencies` are places in `agency_names`, or NO_AGENCY; `years` are 0 where they are not told.
    """

    cells: tuple[str, ...]
    ids: list[str]
    names: list[str]
    paths: list[str]
    sha256: list[str]
    media_types: list[str]
    organizations: list[str | None]
    agency_table: list[AgencyOf]
    agencies: NDArray[np.int32]
    years: NDArray[np.int16]
    forms: list[str | None]
    reviews: list[tuple[str, ...]]
    errors: list[str | None]
    corrected: NDArray[np.bool_]
    prose: list[Prose]
    counts: NDArray[np.int32]
    values: NDArray[np.float64]
    states: NDArray[np.uint8]
    uncertain: NDArray[np.bool_]
    doubtful: NDArray[np.bool_]
    lines: NDArray[np.int32]
    pages: NDArray[np.int32]

    def __len__(self) -> int:
        """Return how many reports there are."""
        return len(self.ids)

    @cached_property
    def place(self) -> dict[str, int]:
        """The column of each cell by its id.

        >>> Builder().collection().place["disclosure.regulations.repealed"]
        1
        """
        return {cell: n for n, cell in enumerate(self.cells)}

    @cached_property
    def accepted(self) -> NDArray[np.bool_]:
        """Which reports no person needs to look at."""
        accepted = [
            not codes and error is None for codes, error in zip(self.reviews, self.errors, strict=True)
        ]
        return np.array(accepted, dtype=bool)

    def agency(self, report: int) -> AgencyOf | None:
        """Return the agency of a report; None where it is not told."""
        agency = int(self.agencies[report])
        return None if agency == NO_AGENCY else self.agency_table[agency]

    def year(self, report: int) -> int | None:
        """Return the year of a report; None where it is not told."""
        return int(self.years[report]) or None

    def count(self, name: str) -> NDArray[np.int32]:
        """Return one of the columns of `COUNTS`."""
        column: NDArray[np.int32] = self.counts[:, COUNTS.index(name)]
        return column


def _is_lost(row: Iterable[Any]) -> bool:
    """Return whether a row is not on the page, or has a cell that could not be told."""
    states = {cell.state for cell in row}
    return states == {"missing"} or "ambiguous" in states


COUNTS = ("problems", "improvements", "sections", "holds", "broken", "not_assessable")
"""What is counted of each report: items, chapters, the outcomes of its sums."""


@dataclass
class Builder:
    """Takes records one by one and makes a collection of them; each takes about 4 KB.

    >>> from nlp.collection.slim import SlimSource
    >>> builder = Builder()
    >>> builder.add(SlimReport(source=SlimSource("a.txt"), organization="甲县气象局", year=2022))
    >>> collection = builder.collection()
    >>> len(collection), collection.agency(0).name, collection.year(0)
    (1, '甲县气象局', 2022)
    """

    _reports: list[tuple[Any, ...]] = field(default_factory=list)
    _agency_places: dict[AgencyOf, int] = field(default_factory=dict)
    _shared: dict[Any, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        cells = form_cells()
        self._cells = cells
        self._place: dict[str, dict[str, dict[str, int]]] = {}
        for n, cell in enumerate(cells):
            table, row, column = cell.split(".")
            self._place.setdefault(table, {}).setdefault(row, {})[column] = n
        width = len(cells)
        self._values = GrowingMatrix(width, np.float64, np.nan)
        self._states = GrowingMatrix(width, np.uint8, ABSENT)
        self._uncertain = GrowingMatrix(width, np.bool_, False)
        self._doubtful = GrowingMatrix(width, np.bool_, False)
        self._lines = GrowingMatrix(width, np.int32, 0)
        self._pages = GrowingMatrix(width, np.int32, 0)

    def add(self, record: SlimReport | Report) -> None:
        """Add a record; raises OverflowError where it holds a number that no agency could mean."""
        self._add_cells(record)
        outcomes = Counter(check.outcome for check in record.checks)
        codes = tuple(dict.fromkeys(review.code for review in record.review))
        self._reports.append(
            (
                record.id,
                record.source.name,
                record.source.path,
                record.source.sha256,
                self._once(record.source.media_type),
                self._once(record.organization),
                self._agency_place(record),
                self._year(record),
                self._once(record.form),
                self._once(codes),
                self._once(record.error.code) if record.error else None,
                bool(record.corrections),
                prose_of(section.text for section in record.sections),
                (
                    len(record.problems),
                    len(record.improvements),
                    len(record.sections),
                    outcomes["holds"],
                    outcomes["broken"],
                    outcomes["not_assessable"],
                ),
            )
        )

    def collection(self) -> Collection:
        """Return the collection of what was added; nothing can be added any more."""
        columns = [list(column) for column in zip(*self._reports, strict=True)] or [[] for _ in range(14)]
        self._reports = []
        ids, names, paths, hashes, types, organizations, agencies, years, forms, *more = columns
        reviews, errors, corrected, prose, counts = more
        return Collection(
            cells=self._cells,
            ids=ids,
            names=names,
            paths=paths,
            sha256=hashes,
            media_types=types,
            organizations=organizations,
            agency_table=list(self._agency_places),
            agencies=np.array(agencies, dtype=np.int32),
            years=np.array(years, dtype=np.int16),
            forms=forms,
            reviews=reviews,
            errors=errors,
            corrected=np.array(corrected, dtype=bool),
            prose=prose,
            counts=np.array(counts, dtype=np.int32).reshape(-1, len(COUNTS)),
            values=self._values.whole(),
            states=self._states.whole(),
            uncertain=self._uncertain.whole(),
            doubtful=self._doubtful.whole(),
            lines=self._lines.whole(),
            pages=self._pages.whole(),
        )

    def _agency_place(self, record: SlimReport | Report) -> int:
        agency = agency_of(record)
        if agency is None:
            return NO_AGENCY
        return self._agency_places.setdefault(agency, len(self._agency_places))

    def _year(self, record: SlimReport | Report) -> int:
        year = record.year or NO_YEAR
        return year if year in _YEARS else NO_YEAR

    def _add_cells(self, record: SlimReport | Report) -> None:
        places, cells = self._known_cells(record)
        values = np.array([cell.value for cell in cells], dtype=np.float64)  # None becomes NaN
        states = np.array([CODES[cell.state] for cell in cells], dtype=np.uint8)
        uncertain = np.array([cell.confidence for cell in cells]) < CERTAIN
        doubtful = uncertain
        if record.review:
            is_of_page = states < CORRECTED
            uncertain |= self._of_tables(places, self._tables_with(record, "uncertain_reading")) & is_of_page
            doubtful = uncertain | (self._of_tables(places, self._askew(record)) & is_of_page)
        if (states >= CORRECTED).any():
            cells = [cell.read or cell for cell in cells]
        lines = np.array([cell.line or 0 for cell in cells], dtype=np.int32)
        pages = np.array([cell.page or 0 for cell in cells], dtype=np.int32)
        self._values.add(places, values)
        self._states.add(places, states)
        self._uncertain.add(places, uncertain)
        self._doubtful.add(places, doubtful)
        self._lines.add(places, lines)
        self._pages.add(places, pages)

    def _of_tables(self, places: list[int], tables: set[str]) -> NDArray[np.bool_]:
        """Return which of some columns are of some tables."""
        if not tables:
            return np.zeros(len(places), dtype=bool)
        return np.array([self._cells[place].partition(".")[0] in tables for place in places], dtype=bool)

    def _askew(self, record: SlimReport | Report) -> set[str]:
        """Return the tables of a record of which numbers may stand in other cells than theirs.

        In a table of which a row is lost, or has numbers that could not be placed, these may stand in the
        next one.
        """
        askew = self._tables_with(record, "doubtful_reading")
        if _reasons("lost_rows").isdisjoint(reason.code for reason in record.review):
            return askew
        for table, rows in record.tables.items():
            is_lost = [_is_lost(row.values()) for row in rows.values()]
            if any(is_lost) and not all(is_lost):
                askew.add(table)
        return askew

    def _tables_with(self, record: SlimReport | Report, which: str) -> set[str]:
        """Return the tables with a reason of a list; all where it is not about a certain one."""
        tables: set[str] = set()
        for reason in record.review:
            if reason.code in _reasons(which):
                is_of_one = reason.table and reason.code not in _reasons("of_all_tables")
                tables.update([str(reason.table)] if is_of_one else self._place)
        return tables

    def _known_cells(self, record: SlimReport | Report) -> tuple[list[int], list[Any]]:
        """Return the columns and the cells of a record; cells that no edition has are left out."""
        places: list[int] = []
        cells: list[Any] = []
        for table, rows in record.tables.items():
            known_rows = self._place.get(table, {})
            for row, row_cells in rows.items():
                known = known_rows.get(row, {})
                if row_cells.keys() == known.keys():
                    places += map(known.__getitem__, row_cells)
                    cells += row_cells.values()
                    continue
                for column in known.keys() & row_cells.keys():
                    places.append(known[column])
                    cells.append(row_cells[column])
        return places, cells

    def _once(self, value: Any) -> Any:
        """Return an equal value that was met before, so that there is one of it."""
        return self._shared.setdefault(value, value)
