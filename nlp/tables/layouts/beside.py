"""The layout in which labels and lines of numbers stand beside each other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby
from operator import add

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Table
from nlp.tables.labels.row_matches import Anchor, Anchors
from nlp.tables.layouts.rows import strangers
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Placement, Run, numbers_in, priced, texts

_PAIRING = 0.15
"""What a unit of `alongside`'s pairing cost weighs against numbers without a row."""
_SKIP = 12.0
_AFTER, _BEFORE, _BETWEEN = 1.0, 1.5, 4.0
_WINDOW = 4
_MARGIN = 1.0
_APART = 0.98
"""What a pairing of labels with lines of numbers leaves of a cell's confidence."""


class _Unit(Struct, frozen=True, gc=False):
    """Something between which numbers and labels are paired: a label, a line of numbers, a barrier."""

    first: int
    last: int
    anchor: int = -1
    vector: int = -1


def alongside(tokens: Sequence[Token], anchors: Anchors, table: Table, vectors: list[Run]) -> Placement:
    """Pair each label with a vector of numbers: on its own line, between its halves, after or before it.

    The pairs keep the order of the page; the cheapest set of pairs wins (pdfplumber's centred rows).
    """
    others = [Anchor("", at, at, 1.0) for at in strangers(tokens, anchors)]
    labels = sorted([*anchors.rows, *others], key=lambda anchor: anchor.first)
    lines = [(tokens[a.first].line, tokens[a.last].line) for a in labels]
    units = _units(lines, vectors, [tokens[at].line for at in anchors.groups])
    pairing, doubts, cost = _paired(_costs(units), len(labels), len(vectors))
    taken = set(pairing.values())
    orphans = [token for n, vector in enumerate(vectors) if n not in taken for token in vector]
    pairs = [(anchor, vectors[pairing[n]] if n in pairing else ()) for n, anchor in enumerate(labels)]
    strange = [token for anchor, run in pairs if not anchor.row for token in run]
    known = [(anchor, run) for anchor, run in pairs if anchor.row]
    read = priced("alongside", known, orphans, table, cost * _PAIRING, strange)
    for n, alternatives in doubts.items():
        if labels[n].row:
            read.doubts[labels[n].row] = [vectors[m] if m >= 0 else () for m in alternatives]
    return replace(read, sureness=_APART)


def doubting_order(
    read: Placement, tokens: Sequence[Token], anchors: Anchors, table: Table, vectors: list[Run]
) -> Placement:
    """Return a reading with rows in doubt that the form's order, where a tool lost it, would fill otherwise.

    pdftotext may give 3.其他 behind （七）总计, and both behind their numbers.
    """
    order = {row.id: n for n, row in enumerate(table.rows)}
    rows = [anchor.row for anchor in anchors.rows]
    ranked = sorted(rows, key=order.__getitem__)
    if ranked == rows:
        return read
    named = [replace(anchor, row=row) for anchor, row in zip(anchors.rows, ranked, strict=True)]
    other = alongside(tokens, replace(anchors, rows=named), table, vectors)
    doubts = {
        row: [*read.doubts.get(row, ()), run]
        for row, run in other.runs.items()
        if row in read.runs and texts(run) != texts(read.runs[row]) and not read.on_one_line(row, tokens)
    }
    return replace(read, doubts={**read.doubts, **doubts})


def runs_between_labels(tokens: Sequence[Token]) -> list[Run]:
    """Return the numbers as they stand between label texts, whatever their lines."""
    by_kind = groupby(tokens, key=lambda token: token.kind is Kind.TEXT)
    runs = (tuple(run) for is_text, run in by_kind if not is_text)
    return [run for run in runs if numbers_in(run)]


def lines_of_numbers(tokens: Sequence[Token], table: Table) -> list[Run]:
    """Return the numbers line by line; a row's numbers broken over two lines are joined."""
    texts = {token.line for token in tokens if token.kind is Kind.TEXT}
    cells = (token for token in tokens if token.kind is not Kind.TEXT)
    lines = [tuple(line) for _, line in groupby(cells, key=lambda token: token.line)]
    vectors: list[Run] = []
    width = len(table.columns)
    for line in lines:
        if not numbers_in(line):
            continue
        before = vectors[-1] if vectors else ()
        adjacent = before and line[0].line - before[-1].line == 1 and line[0].line not in texts
        if adjacent and numbers_in(before) < width and numbers_in(before) + numbers_in(line) == width:
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
    """Return what it costs to pair a label with a line of numbers, for those near each other.

    Numbers on the one line of a label are that label's.
    """
    costs = {}
    owners = {unit.first: unit.anchor for unit in units if unit.anchor >= 0 and unit.first == unit.last}
    for at, label in enumerate(units):
        if label.anchor < 0:
            continue
        for other in range(max(0, at - _WINDOW), min(len(units), at + _WINDOW + 1)):
            vector = units[other]
            if vector.vector >= 0 and owners.get(vector.first, label.anchor) == label.anchor:
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
    near: list[dict[int, float]] = [{} for _ in range(labels)]
    for (i, j), cost in costs.items():
        near[i][j] = cost
    sums = [[_SKIP * j for j in range(vectors + 1)]]
    for paired in near:
        above, left = sums[-1], sums[-1][0] + _SKIP
        row = [left]
        for j in range(vectors):
            left = (above[j + 1] if above[j + 1] < left else left) + _SKIP
            if j in paired and above[j] + paired[j] < left:
                left = above[j] + paired[j]
            row.append(left)
        sums.append(row)
    return sums
