"""Layouts of a page as hypotheses: which numbers belong to which row's label."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from operator import add

from nlp.forms import Table
from nlp.tables.anchors import Anchor, Anchors
from nlp.tables.tokens import Kind, Token

FILLINGS = (Kind.VALUE, Kind.PLACEHOLDER)
Run = tuple[Token, ...]
Barriers = list[int]

_ORPHAN = 2.0
"""Cost of a number that no row takes."""
_WRONG_COUNT = 3.0
_EMPTY_ROW = 4.0
_BLANK_CELLS = 0.2
"""Cost of a row with fewer numbers than columns that has the empty cells to make up for it."""
_PAIRING = 0.15
"""What a unit of `alongside`'s pairing cost weighs against numbers without a row."""
_SKIP = 12.0
_AFTER, _BEFORE, _BETWEEN = 1.0, 1.5, 4.0
_WINDOW = 4
_MARGIN = 1.0
_SCATTERED = 15
"""From so many numbers on that no row can hold, a table is no table of rows kept together."""
_APART = 0.98
"""What a pairing of labels with lines of numbers leaves of a cell's confidence."""


@dataclass(frozen=True)
class Placement:
    """A reading of a table: for each row the tokens that are its cells, and what is left over.

    `doubts` holds, for a row, the other runs that it might have as well; `surplus` counts the numbers
    that fit no row; `sureness` is what the layout itself leaves of a cell's confidence;
    `by_columns` tells how pieces of several rows were set, where the numbers tell.
    """

    layout: str
    runs: dict[str, Run]
    anchors: dict[str, Anchor]
    orphans: tuple[Token, ...]
    cost: float
    doubts: dict[str, list[Run]] = field(default_factory=dict)
    surplus: int = 0
    sureness: float = 1.0
    by_columns: bool | None = None

    @property
    def scattered(self) -> bool:
        """Tell whether so many numbers fit no row that this is no table of rows kept together."""
        return self.surplus >= _SCATTERED

    def on_one_line(self, row: str, tokens: Sequence[Token]) -> bool:
        """Tell whether a row's numbers share a line with its label."""
        anchor = self.anchors[row]
        lines = {tokens[anchor.first].line, tokens[anchor.last].line}
        return _count(self.runs[row]) > 0 and {token.line for token in self.runs[row]} <= lines


def best_of(placements: Sequence[Placement]) -> Placement:
    """Return the cheapest reading; rows that an equally good one fills otherwise are in its `doubts`."""
    best, *others = sorted(placements, key=lambda placement: placement.cost)
    for other in others:
        if other.cost - best.cost >= _MARGIN:
            break
        for row, run in other.runs.items():
            if _texts(run) != _texts(best.runs.get(row, ())):
                best.doubts.setdefault(row, []).append(run)
    return best


def following(tokens: Sequence[Token], anchors: Anchors, table: Table) -> Placement:
    """Give each row the numbers from its label on to the next label: rows on lines, one cell a line.

    Numbers behind a group's or a column's label are not the row's before it, unless they stand
    between the halves of a wrapped label.
    """
    barriers = sorted([*anchors.groups, *(at for at, _ in anchors.columns)])
    runs: dict[int, list[Token]] = {}
    orphans: list[Token] = []
    owner, next_barrier = -1, 0
    rows = anchors.rows
    for at, token in enumerate(tokens):
        while owner + 1 < len(rows) and rows[owner + 1].first <= at:
            owner += 1
        if token.kind is Kind.TEXT:
            continue
        while next_barrier < len(barriers) and barriers[next_barrier] < at:
            next_barrier += 1
        barred = next_barrier and owner >= 0 and barriers[next_barrier - 1] > rows[owner].last
        if owner < 0 or (barred and at > rows[owner].last):
            orphans.append(token)
        else:
            runs.setdefault(owner, []).append(token)
    pairs = [(anchor, tuple(runs.get(n, ()))) for n, anchor in enumerate(rows)]
    return priced("following", pairs, orphans, table)


@dataclass(frozen=True, slots=True)
class _Unit:
    """Something between which numbers and labels are paired: a label, a line of numbers, a barrier."""

    first: int
    last: int
    anchor: int = -1
    vector: int = -1


def alongside(tokens: Sequence[Token], anchors: Anchors, table: Table, vectors: list[Run]) -> Placement:
    """Pair each label with a vector of numbers: on its own line, between its halves, after or before it.

    The pairs keep the order of the page; the cheapest set of pairs wins (pdfplumber's centred rows).
    """
    lines = [(tokens[a.first].line, tokens[a.last].line) for a in anchors.rows]
    units = _units(lines, vectors, [tokens[at].line for at in anchors.groups])
    pairing, doubts, cost = _paired(_costs(units), len(anchors.rows), len(vectors))
    taken = set(pairing.values())
    orphans = [token for n, vector in enumerate(vectors) if n not in taken for token in vector]
    pairs = [(anchor, vectors[pairing[n]] if n in pairing else ()) for n, anchor in enumerate(anchors.rows)]
    read = priced("alongside", pairs, orphans, table, cost * _PAIRING)
    for n, others in doubts.items():
        runs = [vectors[m] if m >= 0 else () for m in others]
        read.doubts[anchors.rows[n].row] = runs
    return replace(read, sureness=_APART)


def priced(
    layout: str,
    pairs: Iterable[tuple[Anchor, Run]],
    orphans: Iterable[Token],
    table: Table,
    cost: float = 0.0,
) -> Placement:
    """Price a reading. A row named twice with other numbers is in doubt; a group's label is no empty row."""
    runs: dict[str, Run] = {}
    found: dict[str, Anchor] = {}
    doubts: dict[str, list[Run]] = {}
    for anchor, run in pairs:
        row, count = table.row[anchor.row], _count(run)
        if not count and anchor.row in runs:
            continue
        if _count(runs.get(anchor.row, ())):
            if _texts(run) != _texts(runs[anchor.row]):
                doubts.setdefault(anchor.row, []).append(run)
            continue
        runs[anchor.row], found[anchor.row] = run, anchor
        cost += _misfit(run, len(row.columns))
    left = tuple(token for token in orphans if token.kind in FILLINGS)
    too_many = sum(_excess(run, len(table.row[row].columns)) for row, run in runs.items())
    price = cost + _ORPHAN * len(left)
    return Placement(layout, runs, found, left, price, doubts, len(left) + too_many)


def _misfit(run: Run, width: int) -> float:
    """Price a row by its numbers: as many as columns, or one in cells merged on its line, cost nothing."""
    count, cells = _count(run), len(run)
    if count == width or (count > width and len(set(_texts(run)[width - 1 :])) == 1 and run[0].cells > 1):
        return 0.0
    if count < width <= cells:
        return _BLANK_CELLS
    return _WRONG_COUNT if count else _EMPTY_ROW


def _excess(run: Run, width: int) -> int:
    """Count the numbers that a row cannot hold; one stray (a Word grid's zero) or repeated ones can be."""
    excess = max(0, _count(run) - width)
    stray = excess == 1 if width > 1 else len({token.line for token in run if token.kind in FILLINGS}) == 1
    return 0 if stray else excess


def _count(run: Run) -> int:
    return sum(token.kind in FILLINGS for token in run)


def _texts(run: Run) -> list[str]:
    return [token.text for token in run if token.kind in FILLINGS]


def runs_between_labels(tokens: Sequence[Token]) -> list[Run]:
    """Return the numbers as they stand between label texts, whatever their lines."""
    by_kind = groupby(tokens, key=lambda token: token.kind is Kind.TEXT)
    runs = (tuple(run) for is_text, run in by_kind if not is_text)
    return [run for run in runs if _count(run)]


def lines_of_numbers(tokens: Sequence[Token], table: Table) -> list[Run]:
    """Return the numbers line by line; a row's numbers broken over two lines are joined."""
    texts = {token.line for token in tokens if token.kind is Kind.TEXT}
    cells = (token for token in tokens if token.kind is not Kind.TEXT)
    lines = [tuple(line) for _, line in groupby(cells, key=lambda token: token.line)]
    vectors: list[Run] = []
    width = len(table.columns)
    for line in lines:
        if not _count(line):
            continue
        before = vectors[-1] if vectors else ()
        adjacent = before and line[0].line - before[-1].line == 1 and line[0].line not in texts
        if adjacent and _count(before) < width and _count(before) + _count(line) == width:
            vectors[-1] = before + line
        else:
            vectors.append(line)
    return vectors


def _units(lines: list[tuple[int, int]], vectors: list[Run], barriers: list[int]) -> list[_Unit]:
    units = [_Unit(first, last, anchor=n) for n, (first, last) in enumerate(lines)]
    units += [_Unit(vector[0].line, vector[-1].line, vector=n) for n, vector in enumerate(vectors)]
    units += [_Unit(line, line) for line in barriers]
    return sorted(units, key=lambda unit: (unit.first, unit.vector))


def _costs(units: list[_Unit]) -> dict[tuple[int, int], float]:
    """Return what it costs to pair a label with a line of numbers, for those near each other."""
    costs = {}
    for at, label in enumerate(units):
        if label.anchor < 0:
            continue
        for other in range(max(0, at - _WINDOW), min(len(units), at + _WINDOW + 1)):
            vector = units[other]
            if vector.vector >= 0:
                costs[label.anchor, vector.vector] = _cost(label, vector, abs(at - other) - 1)
    return costs


def _cost(label: _Unit, vector: _Unit, between: int) -> float:
    if label.first <= vector.last and vector.first <= label.last:
        return 0.0
    return (_AFTER if vector.first > label.last else _BEFORE) + _BETWEEN * between


def _paired(
    costs: dict[tuple[int, int], float], labels: int, vectors: int
) -> tuple[dict[int, int], dict[int, list[int]], float]:
    """Return the cheapest pairing that keeps order, per label the others nearly as cheap, the cost.

    Forward and backward sums over the grid of labels and vectors; skipping either costs `_SKIP`.
    """
    mirrored = {(labels - 1 - i, vectors - 1 - j): cost for (i, j), cost in costs.items()}
    forward, backward = _sums(labels, vectors, costs), _sums(labels, vectors, mirrored)
    best = forward[labels][vectors]
    through: dict[int, list[tuple[float, int]]] = {}
    for i in range(labels):
        skipped = min(map(add, forward[i], reversed(backward[labels - 1 - i])))
        through[i] = [(skipped + _SKIP, -1)]
    for (i, j), cost in costs.items():
        through[i].append((forward[i][j] + cost + backward[labels - 1 - i][vectors - 1 - j], j))
    pairing, doubts = {}, {}
    for i, options in through.items():
        options.sort()
        if options[0][1] >= 0:
            pairing[i] = options[0][1]
        others = [j for cost, j in options[1:] if cost - best < _MARGIN]
        if others:
            doubts[i] = others
    return pairing, doubts, best


def _sums(labels: int, vectors: int, costs: Mapping[tuple[int, int], float]) -> list[list[float]]:
    """Return the cheapest cost of pairing the first i labels with the first j lines of numbers."""
    sums = [[_SKIP * (i + j) for j in range(vectors + 1)] for i in range(labels + 1)]
    for i in range(labels):
        row, below = sums[i], sums[i + 1]
        for j in range(vectors):
            best = (row[j + 1] if row[j + 1] < below[j] else below[j]) + _SKIP
            paired = row[j] + costs.get((i, j), _SKIP * 2)
            below[j + 1] = paired if paired < best else best
    return sums
