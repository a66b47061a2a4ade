"""Compares the cells of one document with gold."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from msgspec import UNSET, Struct

from nlp.record.model import Cell as ReportCell
from nlp.record.model import Number, Report
from training.scoring.gold import Cell, Record, StatedCell
from training.scoring.readings import MISSING, Outcome, Reading, outcome, reading


class Judged(Struct, frozen=True, gc=False):
    """A cell of gold, what was predicted for it, and the outcome.

    `line` is the line that the predicted value was read from, `text` what is printed there.
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
        """The ids of table, row and column, with dots between."""
        return f"{self.table}.{self.row}.{self.column}"

    @property
    def right(self) -> bool:
        """Whether the predicted cell has the state and value of gold."""
        return self.outcome == "right"

    @property
    def answered(self) -> bool:
        """Whether the prediction says what the page prints, be it a number or nothing."""
        return self.predicted.state in ("printed", "blank")

    def predicted_other_than(self, other: Judged) -> bool:
        """Return whether another run predicts a different state or value for this cell."""
        own, others = self.predicted, other.predicted
        return own.state != others.state or own.value != others.value


def judged(gold: Record, predicted: Record | None) -> list[Judged]:
    """Return every cell of a gold record compared with the predicted record.

    Cells that the predicted record does not list are missing; those that are ambiguous in gold are left
    out.
    """
    gold_tables = {} if gold.tables is UNSET else gold.tables
    predicted_tables = {} if predicted is None or predicted.tables is UNSET else predicted.tables
    cells: list[Judged] = []
    for table, rows in gold_tables.items():
        for row, columns in rows.items():
            predicted_row = predicted_tables.get(table, {}).get(row, {})
            for column, cell in columns.items():
                gold_reading = reading(cell)
                if gold_reading.state == "ambiguous":
                    continue
                if column in predicted_row:
                    cells.append(_judge(table, row, column, gold_reading, predicted_row[column]))
                else:
                    missing = outcome(gold_reading, MISSING)
                    cells.append(Judged(table, row, column, gold_reading, MISSING, missing))
    return cells


def invented_cells(gold: Record, predicted: Record | None) -> int:
    """Return how many cells a record says are printed that gold does not have.

    Only a gold record that tells the form is taken for a whole one; what another leaves out is not scored.
    """
    is_whole = gold.form is not UNSET
    if not is_whole or gold.tables is UNSET or predicted is None or predicted.tables is UNSET:
        return 0
    invented = 0
    for table, rows in predicted.tables.items():
        gold_rows = gold.tables.get(table, {})
        for row, columns in rows.items():
            gold_row = gold_rows.get(row, {})
            for column, cell in columns.items():
                if column not in gold_row and reading(cell).state == "printed":
                    invented += 1
    return invented


def judged_report(report: Report, gold: Mapping[str, Number | None]) -> list[Judged]:
    """Return every cell of a report compared with gold, given by cell ids.

    In contrast to `judged`, a cell of the form that gold does not list must be missing in the report.
    """
    cells: list[Judged] = []
    for id, cell in report.cells():
        table, row, column = id.split(".")
        gold_reading = reading(gold[id]) if id in gold else MISSING
        predicted = Reading(cell.on_page, cell.value, cell.confidence)
        right = outcome(gold_reading, predicted)
        cells.append(Judged(table, row, column, gold_reading, predicted, right, cell.line, cell.text))
    return cells


def is_right(cell: ReportCell, gold: Cell) -> bool:
    """Return whether a cell of a report has the state and the value of gold.

    >>> from nlp.record.model import MISSING
    >>> is_right(MISSING, 3)
    False
    """
    return outcome(reading(gold), Reading(cell.on_page, cell.value)) == "right"


def cells_by_id(gold: Mapping[str, Any]) -> dict[str, Any]:
    """Return the cells of a gold record as `{"table.row.column": value}`.

    >>> cells_by_id({"tables": {"requests": {"total": {"natural_person": 2}}}})
    {'requests.total.natural_person': 2}
    """
    cells: dict[str, Any] = {}
    for table, rows in gold["tables"].items():
        for row, columns in rows.items():
            for column, value in columns.items():
                cells[f"{table}.{row}.{column}"] = value
    return cells


def _judge(table: str, row: str, column: str, gold: Reading, cell: Cell) -> Judged:
    predicted = reading(cell)
    line, text = None, None
    if isinstance(cell, StatedCell):
        line, text = cell.line, cell.text
    return Judged(table, row, column, gold, predicted, outcome(gold, predicted), line, text)
