"""Fills what the layouts leave open in tables whose numbers a tool gave in another order."""

from __future__ import annotations

from collections.abc import Container, Mapping

from msgspec.structs import replace

from nlp.form.form import Row, Table
from nlp.form.labels.lexicon import lexicon
from nlp.record.model import Cell, TableCells, Tables
from nlp.tables.cell_writer import CellWriter, FilledRow, ambiguous
from nlp.tables.circumstances import Setting, Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.columns_in_turn import with_columns_in_doubt
from nlp.tables.evidence import Evidence
from nlp.tables.layouts.bands import BandReading, band_readings
from nlp.tables.page.remarks import is_contradicted
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.table_page import Page

_SCATTERED = 0.05
"""From this share of ambiguous cells on, the numbers of a table stand in another order than its rows."""
_HALF = 0.5
"""The share of a table's cells for which there must be unread numbers, so that these may be its own."""
_MOST_TOKENS = 1_000
"""A region of more tokens is no table of the form."""


def with_scrambled_cells(
    page: Page,
    tables: Tables,
    evidence: Mapping[str, Evidence],
    out_of_order: Container[str] = (),
) -> tuple[Tables, dict[str, Evidence]]:
    """Return tables, and the evidence for them, with the cells that the search for bands of rows tells.

    A cell for which a layout and the search tell different numbers is ambiguous. Tables without sums stay as
    they are, as do those `out_of_order`, whose columns may stand in another order than the form's, and all
    where the table with sums down (三) was read but for a few rows, or keeps most rows' numbers together.
    """
    form, regions = page.form, page.regions
    tables = {table.id: _open_if_elsewhere(table, tables[table.id], page) for table in form.tables}
    scattered = any(table.down and _is_scattered(table, tables, evidence) for table in form.tables)
    open_tables = [table for table in form.tables if table.across and _share_open(tables, table.id) > 0]
    small = all(len(region.tokens) <= _MOST_TOKENS for region in regions.values())
    if not scattered or not small or any(region.unsegmented for region in regions.values()):
        return _with_columns_in_doubt(page, tables), dict(evidence)
    readings = band_readings(form, regions, page.lines)
    filled, told = dict(tables), dict(evidence)
    for table in open_tables:
        if table.id in readings and table.id not in out_of_order:
            filled[table.id] = _filled(page, readings[table.id], tables)
            told[table.id] = _explained(evidence[table.id], readings[table.id])
    unsolved = [table.id for table in open_tables if table.id not in readings or not readings[table.id].told]
    return _with_columns_in_doubt(page, filled, unsolved), told


def _with_columns_in_doubt(page: Page, tables: Tables, unsolved: Container[str] = ()) -> Tables:
    """Return the tables; of the large one the cells are open whose columns may be out of their turn.

    `unsolved` are the tables of which the search told nothing.
    """
    found = dict(tables)
    for table in page.form.tables:
        if table.down and table.id in page.regions:
            known = lexicon(page.form.edition, table.id)
            tokens = page.regions[table.id].tokens
            is_scattered = table.id in unsolved
            found[table.id] = with_columns_in_doubt(found[table.id], known, tokens, is_scattered)
    return found


def _open_if_elsewhere(table: Table, cells: TableCells, page: Page) -> TableCells:
    """Return the cells of the large table, open where all are blank and its numbers may be on the page.

    So it is where its own region has numbers, or the regions of the others more than they have cells, that
    come to half of its own cells.
    """
    own = [cell for row in cells.values() for cell in row.values()]
    if not table.down or any(cell.state != "blank" for cell in own):
        return cells
    unread = 0
    for other in page.form.tables:
        numbers = numbers_of(page.regions[other.id].tokens) if other.id in page.regions else []
        if other is table:
            unread += sum(token.kind is Kind.VALUE for token in numbers)
        else:
            unread += max(0, len(numbers) - sum(len(row.columns) for row in other.rows))
    if unread < _HALF * len(own):
        return cells
    return {id: {column: ambiguous([]) for column in row} for id, row in cells.items()}


def _explained(evidence: Evidence, reading: BandReading) -> Evidence:
    """Return the evidence without the numbers and rows that the search gives to each other."""
    tokens, rows = set(reading.told.values()), {row for row, _ in reading.told}
    return replace(
        evidence,
        unassigned=tuple(token for token in evidence.unassigned if token not in tokens),
        without_numbers=tuple(row for row in evidence.without_numbers if row not in rows),
    )


def _is_scattered(table: Table, tables: Tables, evidence: Mapping[str, Evidence]) -> bool:
    """Tell whether a table's numbers stand in another order than its rows: many cells are open.

    Where most rows have their numbers behind their labels, the others have faults of their own: a number
    too many, or two on a line.
    """
    reading = evidence[table.id].reading
    if reading is not None and reading.keeps_rows_together(table):
        return False
    return _share_open(tables, table.id) > _SCATTERED


def _share_open(tables: Tables, table: str) -> float:
    """Return the share of a table's cells that are ambiguous."""
    states = [cell.state for cells in tables.get(table, {}).values() for cell in cells.values()]
    return states.count("ambiguous") / max(1, len(states))


def _filled(page: Page, reading: BandReading, tables: Tables) -> dict[str, dict[str, Cell]]:
    """Return the rows of a table, cell by cell as the layouts or the search tell it."""
    table = lexicon(page.form.edition, reading.table).table
    writer = CellWriter(table, page, {})
    told = {
        place: token
        for place, token in reading.told.items()
        if not is_contradicted(token, page.lines[token.line - 1])
    }
    filled = [_filled_row(table.row[id], told) for id in tables[reading.table]]
    rows = {}
    for id, searched in writer.rows(filled).items():
        rows[id] = dict(tables[reading.table][id])
        for column, cell in searched.items():
            if told.get((id, column)) is not None:
                rows[id][column] = _agreed(rows[id][column], cell)
    return rows


def _filled_row(row: Row, told: Mapping[tuple[str, str], Token]) -> FilledRow:
    """Return a row as the search tells it; what it does not tell is open."""
    candidates = []
    for column in row.columns:
        token = told.get((row.id, column))
        candidates.append(Candidate.any_of(()) if token is None else Candidate.of(token, Way.SEARCHED))
    return FilledRow(row, candidates, Setting("bands"))


def _agreed(cell: Cell, searched: Cell) -> Cell:
    """Return what a layout and the search tell of a cell: the search's where the layout leaves it open."""
    if cell.state == "ambiguous":
        return searched
    if (cell.state, cell.value) == (searched.state, searched.value) or cell.state == "missing":
        return cell
    return ambiguous([cell.value, searched.value])
