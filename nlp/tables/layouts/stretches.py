"""The layout in which a table's numbers come in pieces: some rows at a time, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.form.form import Table
from nlp.tables.columns.permutations import Valuing, permuted
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.page.runs import CELL_KINDS, Run
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.solver.cutting import Cutting, Partition
from nlp.tables.solver.tiling import FAULTS, Shape, Tile
from nlp.tables.table_page import TablePage


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of a table with sums whose numbers come in pieces."""
    if page.table.down:
        reading = pieces(page.tokens, page.matches, page.table, page.count)
        if reading is not None:
            yield reading


def pieces(tokens: Sequence[Token], matches: LabelMatches, table: Table, value: Valuing) -> Reading | None:
    """Return the reading in pieces; None where the numbers cannot fill the rows that the page names.

    The rows are taken in the order of the form: pieces lose the order of their labels. Rows whose columns
    may be turned about are in doubt.
    """
    match_of = {match.row: match for match in matches.rows}
    rows = [row.id for row in table.rows if row.id in match_of]
    places = [at for at, token in enumerate(tokens) if token.kind in CELL_KINDS]
    numbers = [tokens[at] for at in places]
    breaks = [_labelled(tokens[one:two]) for one, two in pairwise([*places, len(tokens)])]
    cut = Cutting(numbers, [value(token) for token in numbers], breaks, rows, table).best()
    if cut is None or cut.broken > FAULTS:
        return None
    grid = _runs(cut, numbers, len(table.columns))
    others = permuted(_tiles(cut), grid, rows, table, value)
    pairs = zip((match_of[row] for row in rows), grid, strict=True)
    unsure = cut.score <= 0 and any(map(value, numbers))
    return reading_of("stretches", Manner.PIECEMEAL, pairs, table, alternatives=others, unsure=unsure)


def _tiles(cut: Partition) -> Iterator[Tile]:
    """Yield the pieces of a cut as tiles."""
    row = 0
    for piece in cut.pieces:
        columns = [column for column in range(piece.width) if column != piece.home]
        columns.insert(piece.total, piece.home)
        yield Tile(Shape((), piece.height, piece.width, piece.height > 1), row, tuple(columns))
        row += piece.height


def _labelled(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.TEXT for token in tokens)


def _runs(cut: Partition, numbers: Sequence[Token], width: int) -> list[Run]:
    tokens = [numbers[place] for place in cut.order]
    return [tuple(tokens[at : at + width]) for at in range(0, len(tokens), width)]
