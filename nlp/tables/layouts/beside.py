"""The layout in which labels and lines of numbers stand beside each other."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from operator import add

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Table
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.layouts.rows import unknown_labels
from nlp.tables.on_lines import is_all_of_its_line, lines_of
from nlp.tables.page.page_numbers import alone
from nlp.tables.page.runs import Run, by_turns, cells_of, labels_of, numbers_in, numbers_of
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.table_page import TablePage
from nlp.text.lines import Line

_SKIP = 12.0
_AFTER, _BEFORE, _BETWEEN = 1.0, 1.5, 4.0
_WINDOW = 4
_MARGIN = 1.0


class _Unit(Struct, frozen=True, gc=False):
    """Something between which numbers and labels are paired: a label, a line of numbers, a barrier."""

    first: int
    last: int
    match: int = -1
    vector: int = -1


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the readings of labels beside the lines of numbers, and beside the numbers between them."""
    by_lines = lines_of_numbers(page.tokens, page.table)
    by_labels = runs_between_labels(page.tokens)
    for vectors in [by_lines] if by_lines == by_labels else [by_lines, by_labels]:
        reading = alongside(page.tokens, page.matches, page.table, vectors)
        yield with_page_numbers_doubted(reading, page)


def with_page_numbers_doubted(reading: Reading, page: TablePage) -> Reading:
    """Return a reading whose rows may be blank that have a lone number above them: one may be a page's.

    It is the row's own where most rows have their numbers off the lines of their labels, and none of several
    columns has them below its label, or where a table has rows of numbers apart from labels.
    """
    rows = [row for row, run in reading.runs.items() if numbers_in(run)]
    above = [row for row in rows if _is_alone_above(reading, row, page)]
    if not any(_may_be_a_pages(page.lines[reading.runs[row][0].line - 1]) for row in above):
        return reading
    if _has_rows_apart(page):
        return reading
    on_line = [row for row in rows if reading.on_one_line(row, page.tokens)]
    if 2 * len(on_line) <= len(rows) and not any(_is_full_below(reading, row, page) for row in rows):
        return reading
    alternatives = {row: [*reading.alternatives.get(row, ()), ()] for row in above}
    return replace(reading, alternatives={**reading.alternatives, **alternatives})


def _is_alone_above(reading: Reading, row: str, page: TablePage) -> bool:
    """Tell whether a row's only number is all of a line above its label."""
    run = reading.runs[row]
    line = page.tokens[reading.matches[row].first].line
    return len(run) == 1 and run[0].line < line and is_all_of_its_line(run[0], page.lines)


def _may_be_a_pages(line: Line) -> bool:
    """Tell whether a line may be the number of a page: it is no more than the lines up to it."""
    number = alone(line)
    return number is not None and 0 < number <= line.n


def _is_full_below(reading: Reading, row: str, page: TablePage) -> bool:
    """Tell whether a row of several columns has all its numbers below its label."""
    run = reading.runs[row]
    line = page.tokens[reading.matches[row].last].line
    return len(run) == len(page.table.row[row].columns) > 1 and run[0].line > line


def _has_rows_apart(page: TablePage) -> bool:
    """Tell whether some table of rows has several numbers on a line without a text."""
    tables = [table.id for table in page.page.form.tables if not table.one_row]
    regions = [page.page.regions[table] for table in tables if table in page.page.regions]
    lines = [line for region in regions for line in lines_of(region.tokens)]
    return any(len(line) > 1 and not labels_of(line) for line in lines)


def alongside(tokens: Sequence[Token], matches: LabelMatches, table: Table, vectors: list[Run]) -> Reading:
    """Pair each label with a vector of numbers: on its own line, between its halves, after or before it.

    The pairs keep the order of the page; the cheapest set of pairs wins (pdfplumber's centred rows).
    """
    unknown = [RowMatch("", at, at, 1.0) for at in unknown_labels(tokens, matches, table)]
    labels = sorted([*matches.rows, *unknown], key=lambda match: match.first)
    lines = [(tokens[label.first].line, tokens[label.last].line) for label in labels]
    units = _units(lines, vectors, [tokens[at].line for at in matches.groups])
    pairing, alternatives = _paired(_costs(units), len(labels), len(vectors))
    taken = set(pairing.values())
    unassigned = [token for n, vector in enumerate(vectors) if n not in taken for token in vector]
    runs: list[Run] = [*vectors, ()]  # the last one, -1, is that of a label without numbers
    paired = [(label, runs[pairing.get(n, -1)]) for n, label in enumerate(labels)]
    pairs = [(label, run) for label, run in paired if label.row]
    of_unknown_labels = [token for label, run in paired if not label.row for token in run]
    others = {labels[n].row: [runs[m] for m in near] for n, near in alternatives.items()}
    return reading_of("beside", Manner.NEARBY, pairs, table, unassigned, of_unknown_labels, others)


def runs_between_labels(tokens: Sequence[Token]) -> list[Run]:
    """Return the numbers as they stand between label texts, whatever their lines."""
    return [run for run in by_turns(tokens) if numbers_of(run)]


def lines_of_numbers(tokens: Sequence[Token], table: Table) -> list[Run]:
    """Return the numbers line by line; a row's numbers broken over two lines are joined."""
    labelled = {token.line for token in labels_of(tokens)}
    vectors: list[Run] = []
    before: Run = ()
    for line in filter(numbers_in, map(tuple, lines_of(cells_of(tokens)))):
        adjacent = before and line[0].line - before[-1].line == 1 and line[0].line not in labelled
        if adjacent and numbers_in(before) + numbers_in(line) == len(table.columns):
            vectors.pop()
            line = before + line
        vectors.append(line)
        before = line
    return vectors


def _units(lines: list[tuple[int, int]], vectors: list[Run], barriers: list[int]) -> list[_Unit]:
    units = [_Unit(first, last, match=n) for n, (first, last) in enumerate(lines)]
    units += [_Unit(vector[0].line, vector[-1].line, vector=n) for n, vector in enumerate(vectors)]
    units += [_Unit(line, line) for line in barriers]
    return sorted(units, key=lambda unit: (unit.first, unit.vector))


def _costs(units: list[_Unit]) -> dict[tuple[int, int], float]:
    """Return what it costs to pair a label with a line of numbers, for those near each other."""
    costs = {}
    owners = _owners(units)
    labels = [(at, unit) for at, unit in enumerate(units) if unit.match >= 0]
    for at, label in labels:
        start = max(0, at - _WINDOW)
        for other, vector in enumerate(units[start : at + _WINDOW + 1], start):
            if vector.vector >= 0 and owners.get(vector.first, label.match) == label.match:
                costs[label.match, vector.vector] = _cost(label, vector, abs(at - other) - 1)
    return costs


def _owners(units: list[_Unit]) -> dict[int, int]:
    """Return the labels that stand on one line, by their lines: the numbers on it are the label's."""
    return {unit.first: unit.match for unit in units if unit.match >= 0 and unit.first == unit.last}


def _cost(label: _Unit, vector: _Unit, between: int) -> float:
    if label.first <= vector.last and vector.first <= label.last:
        return 0.0
    return (_AFTER if vector.first > label.last else _BEFORE) + _BETWEEN * between


def _paired(
    costs: dict[tuple[int, int], float], labels: int, vectors: int
) -> tuple[dict[int, int], dict[int, list[int]]]:
    """Return the cheapest pairing that keeps order, and per label the others nearly as cheap.

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
    pairing, alternatives = {}, {}
    for i, options in through.items():
        options.sort()
        if options[0][1] >= 0:
            pairing[i] = options[0][1]
        others = [j for cost, j in options[1:] if cost - best < _MARGIN]
        if others:
            alternatives[i] = others
    return pairing, alternatives


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
