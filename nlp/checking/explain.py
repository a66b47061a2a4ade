"""Explains how a table, a row or a cell was read: the layout, its evidence, and the other readings."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from msgspec import UNSET

from nlp.record.model import Cell
from nlp.tables.assemble import Assembly
from nlp.tables.evidence import Evidence
from nlp.tables.page.runs import CELL_KINDS
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Reading


class UnknownCell(ValueError):
    """An id that names no table, row or cell of the document's form."""


def explain(assembly: Assembly, id: str, say: Callable[[str], str] = str) -> str:
    """Return how `table`, `table.row` or `table.row.column` was read, as lines of text for people.

    `say` puts each line, without the spaces before it, into the language of who reads it. Raises UnknownCell
    for any other id; its message lists the names that there are.
    """
    table, _, rest = id.partition(".")
    row, _, column = rest.partition(".")
    if table not in assembly.tables:
        names = _listed(assembly.tables)
        raise UnknownCell(f"{id}: the document has no table {table!r}; it has {names}.")
    rows = assembly.tables[table]
    if row and row not in rows:
        raise UnknownCell(f"{id}: the table {table} has no row {row!r}; it has {_listed(rows)}.")
    if column and column not in rows[row]:
        raise UnknownCell(f"{id}: the row {table}.{row} has no cell {column!r}; it has {_listed(rows[row])}.")
    evidence = assembly.evidence[table]
    cell_count = sum(len(cells) for cells in rows.values())
    lines = list(_table_lines(table, evidence, cell_count))
    if row:
        lines += _row_lines(row, evidence)
        cells = {column: rows[row][column]} if column else rows[row]
        lines += [_cell_line(f"{table}.{row}.{name}", cell) for name, cell in cells.items()]
    return "\n".join(_indented(line, say) for line in lines)


def _indented(line: str, say: Callable[[str], str]) -> str:
    bare = line.lstrip(" ")
    return line[: len(line) - len(bare)] + say(bare)


def _listed(names: Iterable[str]) -> str:
    return ", ".join(names)


def _table_lines(table: str, evidence: Evidence, cells: int) -> Iterator[str]:
    yield f"{table}: {cells} cells, read in the layout `{evidence.layout}`"
    for reading in sorted(evidence.proposals, key=lambda reading: reading.faults.cost(evidence.costs)):
        mark = "*" if _is_chosen(reading, evidence) else " "
        left = f"{len(reading.unassigned)} numbers left over, {len(reading.alternatives)} rows in doubt"
        yield f"  {mark} {reading.layout:<10} cost {reading.faults.cost(evidence.costs):5.1f}, {left}"
    if evidence.unassigned:
        numbers = _listed(f"{token.text} (line {token.line})" for token in evidence.unassigned)
        yield f"  numbers of no cell: {numbers}"
    if not evidence.in_order:
        yield "  its rows do not stand in the order of the form, each once"
    if not evidence.columns_in_order:
        yield "  its columns do not stand in the order of the form"


def _row_lines(row: str, evidence: Evidence) -> Iterator[str]:
    chosen = evidence.reading
    if chosen is None or (row not in chosen.runs and row in chosen.cells):
        return
    if row not in chosen.matches:
        yield f"  {row}: no label of this row was found"
        return
    match = chosen.matches[row]
    first, last = evidence.tokens[match.first], evidence.tokens[match.last]
    label = first.text if first is last else f"{first.text} … {last.text}"
    yield f"  {row}: label {label!r}, lines {first.line} to {last.line}, likeness {match.similarity:.2f}"
    numbers = _numbers_of_row(chosen, row)
    yield f"    numbers: {numbers}"
    for other in evidence.proposals:
        other_numbers = _numbers_of_row(other, row)
        if not _is_chosen(other, evidence) and other_numbers != numbers:
            yield f"    `{other.layout}` would have: {other_numbers}"
    for run in chosen.alternatives.get(row, ()):
        yield f"    as likely: {_numbers(run)}"


def _is_chosen(reading: Reading, evidence: Evidence) -> bool:
    """Return whether a proposal is the one that was chosen, to which alternatives may have come since."""
    return evidence.reading is not None and reading.runs is evidence.reading.runs


def _numbers_of_row(reading: Reading, row: str) -> str:
    return _numbers(reading.runs.get(row, ()))


def _numbers(tokens: Iterable[Token]) -> str:
    """Return the values and blank marks among tokens as text, `none` if there are none."""
    return " ".join(token.text for token in tokens if token.kind in CELL_KINDS) or "none"


def _cell_line(id: str, cell: Cell) -> str:
    reading: str = cell.state
    if cell.state == "printed":
        reading = f"{cell.value} ({cell.text!r}, line {cell.line})"
    if cell.candidates is not UNSET:
        candidates = " or ".join(str(candidate) for candidate in cell.candidates)
        reading += f", may be {candidates or 'any'}"
    return f"  {id} = {reading}, confidence {cell.confidence}"
