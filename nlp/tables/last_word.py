"""Lets the cells that a file gives have the last word over what is read from its text."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.form.form import Table
from nlp.record.model import Cell, TableCells
from nlp.tables.cell_writer import CellWriter
from nlp.tables.columns.candidates import Candidate
from nlp.tables.evidence import Evidence
from nlp.tables.given.cells import GivenReading

_GIVEN = 0.999
"""The confidence in a cell that stands in its row and under its header in the file's own table."""


def with_given_cells(
    rows: TableCells, evidence: Evidence, given: GivenReading | None, table: Table, writer: CellWriter
) -> tuple[TableCells, Evidence]:
    """Return the cells and the evidence of a table as its given cells have them, where they explain it all.

    `rows` and `evidence` are what its text says. Cells that the given ones do not hold stay as they are, and
    all do where a number of the table is not explained.
    """
    if given is None or not given.complete:
        return rows, evidence
    merged = {}
    for id, cells in rows.items():
        merged[id] = dict(cells)
        for column in table.row[id].columns:
            token = given.cells.get((id, column))
            if token is not None:
                written = writer.cell(Candidate.of(token, _GIVEN), table.column[column])
                merged[id][column] = _chosen(cells[column], written)
    known = replace(evidence, unassigned=given.unplaced, of_unknown_labels=given.foreign)
    return merged, known


def _chosen(cell: Cell, given: Cell) -> Cell:
    """Return the cell as it is given; as it was read, where that says the same more surely."""
    same = (cell.state, cell.value, cell.span) == (given.state, given.value, given.span)
    return cell if same and cell.confidence >= given.confidence else given
