"""Readings of a table: which numbers belong to which row, priced and compared."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from msgspec import Struct

from nlp.form.form import Table
from nlp.tables.labels.row_matches import RowMatch
from nlp.tables.page.tokens import Kind, Token

CELL_KINDS = (Kind.VALUE, Kind.PLACEHOLDER)
Run = tuple[Token, ...]
_UNASSIGNED = 2.0
"""Cost of a number that no row takes."""
_OF_UNKNOWN_LABEL = 0.1
"""Cost of a number beside a label that the form does not have: it is that label's."""
_WRONG_COUNT = 3.0
_EMPTY_ROW = 4.0
_BLANK_CELLS = 0.2
"""Cost of a row with fewer numbers than columns that has the empty cells to make up for it."""
_MARGIN = 1.0
_SCATTERED = 15
"""From so many numbers on that no row can hold, a table is no table of rows kept together."""


class Reading(Struct, frozen=True):
    """A reading of a table: for each row the tokens that are its cells, and what is left over.

    `alternatives` holds, for a row, the other runs that it might have as well; `of_unknown_labels` are
    numbers beside labels that the form does not have, `surplus` counts the other numbers that fit no row;
    `unsure`: the layout itself leaves room for another reading.
    """

    layout: str
    runs: dict[str, Run]
    matches: dict[str, RowMatch]
    unassigned: tuple[Token, ...]
    cost: float
    alternatives: dict[str, list[Run]] = {}
    of_unknown_labels: tuple[Token, ...] = ()
    surplus: int = 0
    unsure: bool = False

    @property
    def scattered(self) -> bool:
        """Tell whether so many numbers fit no row that this is no table of rows kept together."""
        return self.surplus >= _SCATTERED

    @property
    def settled(self) -> bool:
        """Tell whether every row that is named has just its numbers behind its label."""
        return self.layout == "following" and self.cost == 0

    def on_one_line(self, row: str, tokens: Sequence[Token]) -> bool:
        """Tell whether a row's numbers share a line with its label."""
        match = self.matches[row]
        lines = {tokens[match.first].line, tokens[match.last].line}
        return numbers_in(self.runs[row]) > 0 and {token.line for token in self.runs[row]} <= lines


def best_of(readings: Sequence[Reading]) -> Reading:
    """Return the cheapest reading, with what readings hardly dearer give its rows in `alternatives`."""
    best, *others = sorted(readings, key=lambda reading: reading.cost)
    for other in others:
        if other.cost - best.cost >= _MARGIN:
            break
        for row, run in other.runs.items():
            if texts(run) != texts(best.runs.get(row, ())):
                best.alternatives.setdefault(row, []).append(run)
    return best


def priced(
    layout: str,
    pairs: Iterable[tuple[RowMatch, Run]],
    unassigned: Iterable[Token],
    table: Table,
    cost: float = 0.0,
    of_unknown_labels: Iterable[Token] = (),
) -> Reading:
    """Price a reading. A row named twice with other numbers is in doubt; a group's label is no empty row."""
    runs: dict[str, Run] = {}
    found: dict[str, RowMatch] = {}
    alternatives: dict[str, list[Run]] = {}
    for match, run in pairs:
        row, known = match.row, runs.get(match.row)
        if known is not None and not numbers_in(run):
            continue
        if known and numbers_in(known):
            if texts(run) != texts(known):
                alternatives.setdefault(row, []).append(run)
            continue
        runs[row], found[row] = run, match
        cost += _misfit(run, len(table.row[row].columns))
    left = tuple(token for token in unassigned if token.kind in CELL_KINDS)
    unknown = tuple(token for token in of_unknown_labels if token.kind in CELL_KINDS)
    too_many = sum(_excess(run, len(table.row[row].columns)) for row, run in runs.items())
    price = cost + _UNASSIGNED * len(left) + _OF_UNKNOWN_LABEL * len(unknown)
    return Reading(layout, runs, found, left, price, alternatives, unknown, len(left) + too_many)


def _misfit(run: Run, width: int) -> float:
    """Price a row by its numbers: as many as columns, or one in cells merged on its line, cost nothing."""
    count, cells = numbers_in(run), len(run)
    if count == width or (count > width and len(set(texts(run)[width - 1 :])) == 1 and run[0].cells > 1):
        return 0.0
    if count < width <= cells:
        return _BLANK_CELLS
    return _WRONG_COUNT if count else _EMPTY_ROW


def _excess(run: Run, width: int) -> int:
    """Count the numbers that a row cannot hold; one stray (a Word grid's zero) or repeated ones can be."""
    excess = max(0, numbers_in(run) - width)
    if not excess:
        return 0
    stray = excess == 1 if width > 1 else len({token.line for token in run if token.kind in CELL_KINDS}) == 1
    return 0 if stray else excess


def numbers_in(run: Run) -> int:
    return sum([token.kind is not Kind.EMPTY for token in run])


def texts(run: Run) -> list[str]:
    return [token.text for token in run if token.kind in CELL_KINDS]
