"""Rebuilds the tables of a page from its labelled lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Form, Table
from nlp.reading.document import GivenTable
from nlp.record.model import MISSING, TABLE_LABELS, Span, TableCells, Tables
from nlp.tables.blank_marks import blanks_of
from nlp.tables.cell_writer import CellWriter
from nlp.tables.edition import edition
from nlp.tables.evidence import Evidence, gather
from nlp.tables.judge import Judge, shipped
from nlp.tables.notes import notes_against
from nlp.tables.number_behind_heading import with_displaced_number
from nlp.tables.page.regions import Region, find_regions
from nlp.tables.reading import Manner, Reading
from nlp.tables.reading_writer import cells_of
from nlp.tables.readings import best_of, readings_of
from nlp.tables.scrambled import with_scrambled_cells
from nlp.tables.table_page import Page, TablePage, table_page
from nlp.text.lines import Line


class Assembly(Struct, frozen=True):
    """The tables of a page, the form they follow, the evidence for each table, the notes against numbers."""

    form: Form | None
    tables: Tables = {}
    evidence: dict[str, Evidence] = {}
    notes: tuple[Line, ...] = ()


def assemble(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    spans: Mapping[str, Span],
    year: int | None,
    given: Sequence[GivenTable] = (),
    judge: Judge | None = None,
    in_table: Sequence[float] | None = None,
) -> Assembly:
    """Return the filled tables of a page.

    `labels` are the lines' labels (None for blank ones), `spans` the chapters of the tables by table id,
    `given` the tables whose cells the file itself tells, `judge` what readings are judged by: None for what
    ships. `in_table` is the probability of each line that it is a table's: None where labels are certain.
    """
    judge = judge or shipped()
    if in_table is None:
        in_table = [float(label in TABLE_LABELS) for label in labels]
    regions = find_regions(lines, labels, spans)
    form = edition((region.tokens for region in regions.values()), year)
    if form is None:
        return Assembly(None)
    regions = with_displaced_number(form, regions, lines)
    whole = page = Page(form, lines, regions, blanks_of(form, regions), judge, in_table, given, year)
    tables: Tables = {}
    evidence: dict[str, Evidence] = {}
    out_of_order: set[str] = set()
    for table in sorted(form.tables, key=lambda table: not table.down):
        of_table = table_page(page, table.id)
        if of_table.may_be_out_of_order:
            out_of_order.add(table.id)
        readings = readings_of(of_table)
        best = best_of(readings, judge.costs)
        tables[table.id], evidence[table.id] = written(of_table, best, readings)
        page = replace(page, regions=_without_taken(page.regions, best))
    tables, evidence = with_scrambled_cells(whole, tables, evidence, out_of_order)
    order = [table.id for table in form.tables]
    notes = tuple(notes_against(lines, spans, tables, year))
    return Assembly(form, {id: tables[id] for id in order}, {id: evidence[id] for id in order}, notes)


def _without_taken(regions: Mapping[str, Region], reading: Reading) -> Mapping[str, Region]:
    """Return regions without the tokens that the reading of another table took from them."""
    rest = {table: replace(regions[table], tokens=[*tokens]) for table, tokens in reading.left_to.items()}
    return {**regions, **rest}


def written(page: TablePage, reading: Reading, readings: Sequence[Reading]) -> tuple[TableCells, Evidence]:
    """Return the cells of a table, rows and columns in the order of the form, and the evidence for them."""
    page = page.joined(reading.left_to)
    table = page.lexicon.table if reading.manner is Manner.BY_CELL else page.table
    cell_writer = CellWriter(table, page.page, page.units, page.headers)
    cells = cells_of(page, reading, readings[0].runs, cell_writer)
    evidence = gather(page, reading, readings)
    evidence = replace(evidence, without_unit=tuple(cell_writer.without_unit))
    return _in_form_order(cells, page.lexicon.table), evidence


def _in_form_order(rows: TableCells, table: Table) -> TableCells:
    """Return the cells of a printed table in the order of the form; those not printed are missing."""
    lacking = [row.id for row in table.rows if row.id not in rows and not row.optional]
    ordered: TableCells = {}
    for row in (*rows, *lacking):
        cells = rows.get(row, {})
        ordered[row] = {column: cells.get(column, MISSING) for column in table.row[row].columns}
    return ordered
