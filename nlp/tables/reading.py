"""Readings of a table: which numbers belong to which row or cell, and what speaks against each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from enum import Enum, auto
from itertools import chain

from msgspec import Struct

from nlp.form.form import Table
from nlp.tables.columns.candidates import Candidate
from nlp.tables.labels.row_matches import RowMatch
from nlp.tables.on_lines import are_on_one_line
from nlp.tables.page.runs import Run, numbers_in, numbers_of, texts
from nlp.tables.page.tokens import Token
from nlp.tables.score import Faults

_SCATTERED = 15
"""From so many numbers on that no row can hold, a table is no table of rows kept together."""

_MOST = 0.7
"""From this share of rows on that have just their numbers, a table with sums is one of rows kept together."""


class Manner(Enum):
    """How a reading finds the numbers of a row."""

    BEHIND = auto()
    """Behind the row's label, up to the next one."""
    NEARBY = auto()
    """Near the label."""
    UNDER_HEADERS = auto()
    """Under the headers of their columns."""
    PIECEMEAL = auto()
    """Put together from what stands apart."""
    BY_CELL = auto()
    """Cell by cell: the reading tells columns as well."""


class Reading(Struct, frozen=True):
    """A reading of a table: for each row the tokens that are its cells, and what is left over.

    `alternatives` holds, for a row, the other runs that it might have as well; `of_unknown_labels` are
    numbers beside labels that the form does not have, `surplus` counts the other numbers that fit no row;
    `unsure`: the layout itself leaves room for another reading. `cells` are the cells of each row
    by their columns, where the layout itself tells these. `left_to` are, for other tables whose tokens were
    read as well, those that this table leaves to them.
    """

    layout: str
    manner: Manner
    runs: Mapping[str, Run]
    matches: Mapping[str, RowMatch]
    unassigned: tuple[Token, ...] = ()
    faults: Faults = Faults()
    alternatives: Mapping[str, Sequence[Run]] = {}
    of_unknown_labels: tuple[Token, ...] = ()
    surplus: int = 0
    unsure: bool = False
    cells: Mapping[str, Mapping[str, Candidate]] = {}
    left_to: Mapping[str, Sequence[Token]] = {}

    @property
    def numbers(self) -> list[Token]:
        """The numbers that stand in the rows, as runs or cell by cell."""
        cells = (candidate.token for of_row in self.cells.values() for candidate in of_row.values())
        return numbers_of([*chain.from_iterable(self.runs.values()), *filter(None, cells)])

    @property
    def scattered(self) -> bool:
        """Tell whether so many numbers fit no row that this is no table of rows kept together."""
        return self.surplus >= _SCATTERED

    @property
    def settled(self) -> bool:
        """Tell whether every row that is named has just its numbers behind its label."""
        return self.manner is Manner.BEHIND and self.faults.none

    @property
    def has_one_misfit(self) -> bool:
        """Tell whether all rows but one have just their numbers behind their labels, and none is left over.

        Then these are too few or too many: no way of sharing them out gives all rows theirs. Those beside
        labels that the form does not have are these labels' own.
        """
        faults = self.faults
        misfits = faults.wrong_counts + faults.empty_rows + faults.blank_cells
        return self.manner is Manner.BEHIND and misfits == 1 and not self.unassigned

    def keeps_rows_together(self, table: Table) -> bool:
        """Tell whether most rows that a table with sums names have just their numbers behind their labels.

        So have rows whose cells the file itself gives.
        """
        if self.manner is Manner.BY_CELL:
            return True
        if self.manner is not Manner.BEHIND or not table.across:
            return False
        full = sum(numbers_in(run) == len(table.row[row].columns) for row, run in self.runs.items())
        return full > _MOST * len(self.runs)

    def on_one_line(self, row: str, tokens: Sequence[Token]) -> bool:
        """Tell whether a row's numbers share a line with its label."""
        match = self.matches[row]
        lines = {tokens[match.first].line, tokens[match.last].line}
        return numbers_in(self.runs[row]) > 0 and {token.line for token in self.runs[row]} <= lines


def reading_of(
    layout: str,
    manner: Manner,
    pairs: Iterable[tuple[RowMatch, Run]],
    table: Table,
    unassigned: Iterable[Token] = (),
    of_unknown_labels: Iterable[Token] = (),
    alternatives: Mapping[str, Sequence[Run]] | None = None,
    unsure: bool = False,
) -> Reading:
    """Return the reading that gives each label's row the run beside it in `pairs`.

    A row named twice with other numbers is in doubt, as are those that may have one of `alternatives`. A
    group's label is no empty row.
    """
    runs: dict[str, Run] = {}
    matches: dict[str, RowMatch] = {}
    others: dict[str, list[Run]] = {}
    for match, run in pairs:
        row = match.row
        before = runs.get(row)
        if before is None or (numbers_in(run) and not numbers_in(before)):
            runs[row], matches[row] = run, match
        elif numbers_in(run) and texts(run) != texts(before):
            others.setdefault(row, []).append(run)
    for row, rest in (alternatives or {}).items():
        if row in runs:
            others.setdefault(row, []).extend(rest)
    left_over = tuple(numbers_of(unassigned))
    unknown = tuple(numbers_of(of_unknown_labels))
    misfits: Counter[str] = Counter()
    surplus = len(left_over)
    for row, run in runs.items():
        width = len(table.row[row].columns)
        if numbers_in(run) != width:
            misfits[_misfit(run, width)] += 1
            surplus += _excess(run, width)
    faults = Faults(
        wrong_counts=misfits["wrong_counts"],
        empty_rows=misfits["empty_rows"],
        blank_cells=misfits["blank_cells"],
        groups_not_named=len(table.rows) - len(runs) if table.one_row else 0,
        left_over=len(left_over),
        beside_unknown=len(unknown),
        nearby=manner is Manner.NEARBY,
        under_headers=manner is Manner.UNDER_HEADERS,
        piecemeal=manner is Manner.PIECEMEAL,
    )
    return Reading(layout, manner, runs, matches, left_over, faults, others, unknown, surplus, unsure)


def _misfit(run: Run, width: int) -> str:
    """Return the fault of a row with more or fewer numbers than columns: one in merged cells is none."""
    count, cells = numbers_in(run), len(run)
    is_merged = count > width and len(set(texts(run)[width - 1 :])) == 1 and run[0].cells > 1
    if is_merged:
        return ""
    if count < width <= cells:
        return "blank_cells"
    return "wrong_counts" if count else "empty_rows"


def _excess(run: Run, width: int) -> int:
    """Count the numbers that a row cannot hold; one stray (a Word grid's zero) or repeated ones can be."""
    excess = numbers_in(run) - width
    is_stray = excess == 1 if width > 1 else are_on_one_line(numbers_of(run))
    return 0 if excess <= 0 or is_stray else excess
