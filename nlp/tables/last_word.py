"""Lets the cells that a file gives have the last word over what is read from its text."""

from __future__ import annotations

from msgspec.structs import replace

from nlp.form.form import Row, Table
from nlp.record.model import Cell, TableCells
from nlp.tables.cell_writer import CellWriter, FilledRow
from nlp.tables.circumstances import Setting, Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.evidence import Evidence
from nlp.tables.given.cells import GivenReading


def with_given_cells(
    rows: TableCells, evidence: Evidence, given: GivenReading | None, table: Table, writer: CellWriter
) -> tuple[TableCells, Evidence]:
    """Return the cells and the evidence of a table as its given cells have them, where they explain it all.

    `rows` and `evidence` are what its text says. Cells that the given ones do not hold stay as they are, and
    all do where a number of the table is not explained.
    """
    if given is None or not given.complete:
        return rows, evidence
    filled = [_filled(table.row[id], given) for id in rows]
    merged = {}
    for id, written in CellWriter(table, writer.lines, writer.units).rows(filled).items():
        merged[id] = dict(rows[id])
        for column, cell in written.items():
            if (id, column) in given.cells:
                merged[id][column] = _chosen(rows[id][column], cell)
    known = replace(evidence, unassigned=given.unplaced, of_unknown_labels=given.foreign)
    return merged, known


def _filled(row: Row, given: GivenReading) -> FilledRow:
    """Return a row as it is given; cells that the file does not give are open."""
    candidates = []
    for column in row.columns:
        if (row.id, column) in given.cells:
            candidates.append(Candidate.of(given.cells[row.id, column], Way.GIVEN))
        else:
            candidates.append(Candidate.any_of(()))
    return FilledRow(row, candidates, Setting("given"))


def _chosen(cell: Cell, given: Cell) -> Cell:
    """Return the cell as it is given; as it was read, where that says the same more surely."""
    same = (cell.state, cell.value, cell.span) == (given.state, given.value, given.span)
    return cell if same and cell.confidence >= given.confidence else given
