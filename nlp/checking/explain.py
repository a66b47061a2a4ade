"""Tells how a table, a row or a cell was read: which layout won, by what evidence, what came second."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import UNSET

from nlp.record.model import Cell
from nlp.tables.assemble import Assembly
from nlp.tables.evidence import Evidence
from nlp.tables.reading import CELL_KINDS, Reading


class UnknownCell(ValueError):
    """An id that names no table, row or cell of the document's form."""


def explain(assembly: Assembly, id: str) -> str:
    """Return, for people, how `table`, `table.row` or `table.row.column` was read; UnknownCell for others."""
    table, _, rest = id.partition(".")
    row, _, column = rest.partition(".")
    if table not in assembly.tables:
        raise UnknownCell(f"{id}: the document has no table {table!r}; it has {_listed(assembly.tables)}.")
    rows = assembly.tables[table]
    if row and row not in rows:
        raise UnknownCell(f"{id}: the table {table} has no row {row!r}; it has {_listed(rows)}.")
    if column and column not in rows[row]:
        raise UnknownCell(f"{id}: the row {table}.{row} has no cell {column!r}; it has {_listed(rows[row])}.")
    evidence = assembly.evidence[table]
    lines = list(_table(table, evidence, sum(map(len, rows.values()))))
    if row:
        lines += _row(row, evidence)
        cells = {column: rows[row][column]} if column else rows[row]
        lines += [_cell(f"{table}.{row}.{name}", cell) for name, cell in cells.items()]
    return "\n".join(lines)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _table(table: str, evidence: Evidence, cells: int) -> Iterator[str]:
    yield f"{table}: {cells} cells, read in the layout `{evidence.layout}`"
    for reading in sorted(evidence.proposals, key=lambda reading: reading.cost):
        won = "*" if reading is evidence.reading else " "
        left = f"{len(reading.unassigned)} numbers left over, {len(reading.alternatives)} rows in doubt"
        yield f"  {won} {reading.layout:<10} cost {reading.cost:5.1f}, {left}"
    if evidence.unassigned:
        yield f"  numbers of no cell: {', '.join(f'{t.text} (line {t.line})' for t in evidence.unassigned)}"
    if not evidence.in_order:
        yield "  its rows do not stand in the order of the form, each once"
    if not evidence.columns_in_order:
        yield "  its columns do not stand in the order of the form"


def _row(row: str, evidence: Evidence) -> Iterator[str]:
    won = evidence.reading
    if won is None:
        return
    if row not in won.matches:
        yield f"  {row}: no label of this row was found"
        return
    match = won.matches[row]
    first, last = evidence.tokens[match.first], evidence.tokens[match.last]
    label = first.text if first is last else f"{first.text} … {last.text}"
    yield f"  {row}: label {label!r}, lines {first.line} to {last.line}, likeness {match.similarity:.2f}"
    yield f"    numbers: {_numbers(won, row)}"
    for other in evidence.proposals:
        if other is not won and _numbers(other, row) != _numbers(won, row):
            yield f"    `{other.layout}` would have: {_numbers(other, row)}"
    for run in won.alternatives.get(row, ()):
        yield f"    as likely: {' '.join(token.text for token in run if token.kind in CELL_KINDS) or 'none'}"


def _numbers(reading: Reading, row: str) -> str:
    run = reading.runs.get(row, ())
    return " ".join(token.text for token in run if token.kind in CELL_KINDS) or "none"


def _cell(id: str, cell: Cell) -> str:
    read = f"{cell.value} ({cell.text!r}, line {cell.line})" if cell.state == "printed" else cell.state
    others = "" if cell.candidates is UNSET else f", may be {' or '.join(map(str, cell.candidates)) or 'any'}"
    return f"  {id} = {read}{others}, confidence {cell.confidence}"
