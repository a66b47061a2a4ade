"""Cells, rows, tables and whole reports against gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence

from msgspec import UNSET, Struct

from training.scoring.gold import Record
from training.scoring.metrics import Found, Share, found, share, share_of
from training.scoring.readings import MISSING, ZERO, Outcome, Reading, outcome, reading


class Judged(Struct, frozen=True, gc=False):
    """One cell that gold knows: what it is, what was predicted, how that is judged."""

    table: str
    row: str
    column: str
    gold: Reading
    predicted: Reading
    outcome: Outcome

    @property
    def id(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def right(self) -> bool:
        return self.outcome == "right"


class TableScores(Struct, frozen=True):
    """The cells of one table over all documents."""

    non_zero: Found
    cells: Share


class CellScores(Struct, frozen=True):
    """Every figure about cells; `wrong` and `unanswered` make up what is not right of `cells`.

    `confusion[gold][predicted]` counts cells as `number` (not 0), `zero`, `blank`, `missing` or
    `ambiguous`; a number that is another one than gold's counts as `other_number`.
    """

    non_zero: Found
    reports_exact: Share
    cells: Share
    wrong: int
    unanswered: int
    rows_exact: Share
    tables_exact: Share
    tables: dict[str, TableScores]
    confusion: dict[str, dict[str, int]]


def judged(gold: Record, predicted: Record | None) -> list[Judged]:
    """Judge every cell of a gold record; one that the predicted record does not list is missing."""
    return list(_judged(gold, predicted))


def _judged(gold: Record, predicted: Record | None) -> Iterator[Judged]:
    answers = {} if predicted is None or predicted.tables is UNSET else predicted.tables
    for table, rows in ({} if gold.tables is UNSET else gold.tables).items():
        for row, columns in rows.items():
            answered = answers.get(table, {}).get(row, {})
            for column, cell in columns.items():
                right = reading(cell)
                if right.state != "ambiguous":
                    claim = reading(answered[column]) if column in answered else MISSING
                    yield Judged(table, row, column, right, claim, outcome(right, claim))


def all_zero(cells: Iterable[Judged]) -> list[Judged]:
    """Return the same cells as the baseline answers them: 0, all of them."""
    return [
        Judged(cell.table, cell.row, cell.column, cell.gold, ZERO, outcome(cell.gold, ZERO)) for cell in cells
    ]


def cell_scores(documents: Sequence[Sequence[Judged]]) -> CellScores:
    """Score the cells of some documents, one sequence a document."""
    everything = [cell for document in documents for cell in document]
    tables = _grouped(everything, lambda cell: cell.table)
    return CellScores(
        non_zero(everything),
        share_of(exact(document) for document in documents if document),
        cells_right(everything),
        counted(everything, "wrong"),
        counted(everything, "unanswered"),
        share_of(_exact_groups(documents, lambda cell: f"{cell.table}.{cell.row}")),
        share_of(_exact_groups(documents, lambda cell: cell.table)),
        {table: TableScores(non_zero(cells), cells_right(cells)) for table, cells in tables.items()},
        _confusion(everything),
    )


def non_zero(cells: Sequence[Judged]) -> Found:
    """Score the cells that hold something: all-zero tables are common and easy."""
    gold = [cell for cell in cells if cell.gold.kind == "number"]
    predicted = sum(cell.predicted.kind == "number" for cell in cells)
    return found(counted(gold, "right"), predicted, len(gold))


def cells_right(cells: Sequence[Judged]) -> Share:
    return share(counted(cells, "right"), len(cells))


def counted(cells: Iterable[Judged], wanted: Outcome) -> int:
    return sum(cell.outcome == wanted for cell in cells)


def exact(cells: Iterable[Judged]) -> bool:
    return all(cell.right for cell in cells)


def _exact_groups(documents: Iterable[Sequence[Judged]], key: Callable[[Judged], str]) -> Iterator[bool]:
    for document in documents:
        yield from (exact(cells) for cells in _grouped(document, key).values())


def _grouped(cells: Iterable[Judged], key: Callable[[Judged], str]) -> dict[str, list[Judged]]:
    groups = defaultdict(list)
    for cell in cells:
        groups[key(cell)].append(cell)
    return dict(groups)


def _confusion(cells: Iterable[Judged]) -> dict[str, dict[str, int]]:
    counts: dict[str, dict[str, int]] = {}
    for cell in cells:
        predicted: str = cell.predicted.kind
        if predicted == cell.gold.kind == "number" and cell.outcome != "right":
            predicted = "other_number"
        row = counts.setdefault(cell.gold.kind, {})
        row[predicted] = row.get(predicted, 0) + 1
    return counts
