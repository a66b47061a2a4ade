"""Finds printed numbers that do not stand on the page where their cells stand in the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from msgspec import Struct

from nlp.checking.blame import undecided
from nlp.record.model import Check, TableCells, Tables
from nlp.tables.evidence import Evidence
from nlp.tables.page.tokens import Kind, Token

_CellId = tuple[str, str]
"""The row and the column of a cell."""


class _PrintedNumber(Struct, frozen=True, gc=False):
    """The number in a cell: the offset in the text where it begins, its cell, its line."""

    start: int
    row: str
    column: str
    line: int | None


def misplaced(tables: Tables, evidence: Mapping[str, Evidence]) -> dict[str, list[str]]:
    """Return the ids, `table.row.column`, of cells that do not stand where the form has them, by table."""
    by_table = {}
    for table, rows in tables.items():
        ids = out_of_place(rows, evidence[table].tokens, evidence[table].labels)
        if ids:
            by_table[table] = [f"{table}.{id}" for id in ids]
    return by_table


def out_of_place(
    rows: TableCells, tokens: Iterable[Token], labels: Mapping[int | None, set[str]]
) -> list[str]:
    """Return the ids, `row.column`, of printed cells that do not stand where the form has them.

    `tokens` are those of the table, `labels` the rows that each line names. A cell is out of place if

    - it stands before the cell above it or to its left: whether a tool prints a table by rows, by columns
      or by pages, neither happens;
    - its line names other rows only, all of them blank;
    - its line has a delimited cell for each column, and the one of its column holds no number, or the cell
      is blank and that one holds a number.

    Two rows or columns in each other's place are found so even if every sum holds. How the page was read is
    not looked at.
    """
    numbers = []
    for row, cells in rows.items():
        for column, cell in cells.items():
            if cell.span is not None and cell.state == "printed":
                numbers.append(_PrintedNumber(cell.span[0], row, column, cell.line))
    found = [
        *_too_early(numbers),
        *_on_line_of_blank_row(numbers, labels),
        *_in_other_delimited_cell(rows, numbers, tokens),
    ]
    return list(dict.fromkeys(f"{row}.{column}" for row, column in found))


def placed(checks: Sequence[Check], misplaced: Iterable[str]) -> list[Check]:
    """Return the checks; none of a table with numbers out of place is blamed on the agency.

    >>> broken = Check("requests.row_total.granted", "", 5, 3, "broken", "source", [])
    >>> [check.blame for tables in (["requests"], ["disclosure"]) for check in placed([broken], tables)]
    ['undecided', 'source']
    """
    tables = set(misplaced)
    return undecided(checks, {check.id for check in checks if check.id.partition(".")[0] in tables})


def _too_early(numbers: Iterable[_PrintedNumber]) -> Iterator[_CellId]:
    """Yield cells that stand before the one above or to the left of them."""
    start_above: dict[str, int] = {}
    start_left, row_left = 0, ""
    for number in numbers:
        start, row, column = number.start, number.row, number.column
        before_left = row == row_left and start < start_left
        before_above = start < start_above.get(column, start)
        if before_left or before_above:
            yield row, column
        start_above[column] = start
        start_left, row_left = start, row


def _on_line_of_blank_row(
    numbers: Sequence[_PrintedNumber], labels: Mapping[int | None, set[str]]
) -> Iterator[_CellId]:
    """Yield cells on a line that names other rows than theirs, none of which has a number."""
    rows_with_numbers = {number.row for number in numbers}
    for number in numbers:
        named = labels.get(number.line)
        if named and number.row not in named and rows_with_numbers.isdisjoint(named):
            yield number.row, number.column


def _in_other_delimited_cell(
    rows: TableCells, numbers: Iterable[_PrintedNumber], tokens: Iterable[Token]
) -> Iterator[_CellId]:
    """Yield cells that print a number where the line's delimited cell has none, or the other way round."""
    delimited = _cells_behind_labels(tokens)
    if not delimited:
        return
    rows_on_line: dict[int, dict[str, None]] = {}
    for number in numbers:
        if number.line in delimited:
            rows_on_line.setdefault(number.line, {})[number.row] = None
    with_number = {(number.row, number.column) for number in numbers}
    for line, line_rows in rows_on_line.items():
        ids = [(row, column) for row in line_rows for column in rows[row]]
        if len(ids) != len(delimited[line]):
            continue
        for id, token in zip(ids, delimited[line], strict=True):
            row, column = id
            cell = rows[row][column]
            if cell.state == "ambiguous" and cell.text == token.text:
                continue  # it stands there, and was recognised with doubts
            holds_number = token.kind is Kind.VALUE
            if holds_number != (id in with_number):
                yield id


def _cells_behind_labels(tokens: Iterable[Token]) -> dict[int, list[Token]]:
    """Return the delimited cells of each line behind its last text; lines without delimiters are left out."""
    by_line: dict[int, list[Token]] = {}
    for token in tokens:
        if token.cells <= 1:
            continue
        cells = by_line.setdefault(token.line, [])
        if token.kind is Kind.TEXT:
            cells.clear()
        else:
            cells.append(token)
    return by_line
