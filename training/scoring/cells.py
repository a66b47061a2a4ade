"""Judges the cells of one document."""

from __future__ import annotations

from collections.abc import Iterator

from msgspec import UNSET, Struct

from training.scoring.gold import Cell, Record, StatedCell
from training.scoring.readings import MISSING, Outcome, Reading, outcome, reading


class Judged(Struct, frozen=True, gc=False):
    """One cell that gold knows: what it is, what was predicted, how that is judged.

    `line` and `text` are where the prediction was read, and as what.
    """

    table: str
    row: str
    column: str
    gold: Reading
    predicted: Reading
    outcome: Outcome
    line: int | None = None
    text: str | None = None

    @property
    def id(self) -> str:
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def right(self) -> bool:
        return self.outcome == "right"

    @property
    def answered(self) -> bool:
        return self.predicted.state in ("printed", "blank")

    def predicted_other_than(self, other: Judged) -> bool:
        """Say whether another run claims something else for this cell."""
        mine, theirs = self.predicted, other.predicted
        return (mine.state, mine.value) != (theirs.state, theirs.value)


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
                    yield _judge(table, row, column, right, answered.get(column, _NOT_LISTED))


_NOT_LISTED = StatedCell(None, "missing")


def _judge(table: str, row: str, column: str, gold: Reading, cell: Cell) -> Judged:
    claim = MISSING if cell is _NOT_LISTED else reading(cell)
    line, text = (cell.line, cell.text) if isinstance(cell, StatedCell) else (None, None)
    return Judged(table, row, column, gold, claim, outcome(gold, claim), line, text)
