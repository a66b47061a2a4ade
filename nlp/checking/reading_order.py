"""Whether a table's numbers stand on the page where their cells stand in the form."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

from nlp.record.model import TableCells
from nlp.tables.page.tokens import Kind, Token


def out_of_place(
    rows: TableCells, tokens: Iterable[Token], labels: Mapping[int | None, set[str]]
) -> list[str]:
    """Return the ids, `row.column`, of cells that do not stand where the form has them.

    Row by row, column by column, page by page: whichever way a tool prints a table, each number comes after
    those above it and after those to its left. Nor does it stand on the line of another row, itself
    blank, or, where a line has a delimited cell for each column, in another's. Two rows or columns in each
    other's place do so, even where every sum holds. This looks at the finished record, the tokens and the
    lines of the `labels` alone, not at how the page was read.
    """
    printed = [
        (cell.span[0], row, column, cell.line)
        for row, cells in rows.items()
        for column, cell in cells.items()
        if cell.span is not None and cell.state == "printed"
    ]
    astray = (*_early(printed), *_beside_another(printed, labels), *_off_their_cells(rows, printed, tokens))
    return list(dict.fromkeys(f"{row}.{column}" for row, column in astray))


_Printed = tuple[int, str, str, int | None]
"""Where in the text a cell prints a number, its row, its column, its line."""
_Id = tuple[str, str]


def _early(printed: Iterable[_Printed]) -> Iterator[_Id]:
    """Yield cells that stand before the one above or to the left of them."""
    above: dict[str, int] = {}
    left, beside = 0, ""
    for start, row, column, _ in printed:
        if (row == beside and start < left) or start < above.get(column, start):
            yield row, column
        above[column], left, beside = start, start, row


def _beside_another(printed: Sequence[_Printed], labels: Mapping[int | None, set[str]]) -> Iterator[_Id]:
    """Yield cells on a line that names other rows than theirs, none of which has a number."""
    filled = {row for _, row, _, _ in printed}
    for _, row, column, line in printed:
        named = labels.get(line)
        if named and row not in named and filled.isdisjoint(named):
            yield row, column


def _off_their_cells(rows: TableCells, printed: Iterable[_Printed], tokens: Iterable[Token]) -> Iterator[_Id]:
    """Yield cells that print a number, or none, unlike the cell of their column on a delimited line."""
    behind = _behind_labels(tokens)
    if not behind:
        return
    on_lines: dict[int, dict[str, None]] = {}
    for _, row, _, line in printed:
        if line in behind:
            on_lines.setdefault(line, {})[row] = None
    numbers = {(row, column) for _, row, column, _ in printed}
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
