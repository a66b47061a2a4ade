"""Whether a table's numbers stand on the page where their cells stand in the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from nlp.report import Cell, TableCells
from nlp.tables.tokens import Kind, Token


def out_of_place(rows: TableCells, tokens: Iterable[Token], labels: Mapping[int, set[str]]) -> list[str]:
    """Return the ids, `row.column`, of cells that do not stand where the form has them.

    Row by row, column by column, page by page: whichever way a tool prints a table, each number comes after
    those above it and after those to its left. Nor does it stand on the line of another row, itself
    blank, or, where a line has a delimited cell for each column, in another's. Two rows or columns in each
    other's place do so, even where every sum holds. This looks at the finished record, the tokens and the
    lines of the `labels` alone, not at how the page was read.
    """
    printed = [
        (row, column, cell)
        for row, cells in rows.items()
        for column, cell in cells.items()
        if cell.span is not None and cell.state == "printed"
    ]
    astray = (*_early(printed), *_beside_another(printed, labels), *_off_their_cells(rows, printed, tokens))
    return list(dict.fromkeys(f"{row}.{column}" for row, column in astray))


_Printed = tuple[str, str, Cell]
"""A cell that prints a number, behind its row and its column."""
_Id = tuple[str, str]


def _early(printed: Sequence[_Printed]) -> Iterator[_Id]:
    """Yield cells that stand before the one above or to the left of them."""
    lines: dict[str, list[_Printed]] = {}
    for one in printed:
        lines.setdefault(f"row {one[0]}", []).append(one)
        lines.setdefault(f"column {one[1]}", []).append(one)
    for line in lines.values():
        yield from (after[:2] for before, after in pairwise(line) if _start(after[2]) < _start(before[2]))


def _start(cell: Cell) -> int:
    return cell.span[0] if cell.span else 0


def _beside_another(printed: Sequence[_Printed], labels: Mapping[int, set[str]]) -> Iterator[_Id]:
    """Yield cells on a line that names other rows than theirs, none of which has a number."""
    filled = {row for row, _, _ in printed}
    for row, column, cell in printed:
        named = labels.get(cell.line or 0)
        if named and row not in named and filled.isdisjoint(named):
            yield row, column


def _off_their_cells(rows: TableCells, printed: Iterable[_Printed], tokens: Iterable[Token]) -> Iterator[_Id]:
    """Yield cells that print a number, or none, unlike the cell of their column on a delimited line."""
    behind = _behind_labels(tokens)
    on_lines: dict[int, dict[str, None]] = {}
    for row, _, cell in printed:
        if cell.line in behind:
            on_lines.setdefault(cell.line, {})[row] = None
    numbers = {(row, column) for row, column, _ in printed}
    for line, names in on_lines.items():
        ids = [(row, column) for row in names for column in rows[row]]
        if len(ids) == len(behind[line]):
            pairs = zip(ids, behind[line], strict=True)
            yield from (id for id, token in pairs if (token.kind is Kind.VALUE) != (id in numbers))


def _behind_labels(tokens: Iterable[Token]) -> dict[int, list[Token]]:
    """Return the delimited cells of each line, those up to its last label left out."""
    found: dict[int, list[Token]] = {}
    for token in tokens:
        if token.cells > 1:
            line = found.setdefault(token.line, [])
            if token.kind is Kind.TEXT:
                line.clear()
            else:
                line.append(token)
    return found
