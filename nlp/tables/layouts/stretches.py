"""The layout in which a table's numbers come in pieces: some rows at a time, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from nlp.form.form import Table
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.layouts.blocks import piecemeal
from nlp.tables.layouts.rows import labels_by_form
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import CELL_KINDS, labels_of
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Reading
from nlp.tables.solver.cutting import Cutting, Partition
from nlp.tables.solver.tiling import FAULTS, Shape, Tile
from nlp.tables.table_page import TablePage


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of a table with sums whose numbers come in pieces."""
    if page.table.down:
        reading = pieces(page.tokens, page.matches, page.table)
        if reading is not None:
            yield reading


def pieces(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> Reading | None:
    """Return the reading in pieces; None where the numbers cannot fill the rows that the page names.

    The rows are taken in the order of the form: pieces lose the order of their labels. Rows whose columns
    may be turned about are in doubt.
    """
    labels = labels_by_form(matches, table)
    places = [at for at, token in enumerate(tokens) if token.kind in CELL_KINDS]
    numbers = [tokens[at] for at in places]
    breaks = [len(labels_of(tokens[one:two])) > 0 for one, two in pairwise([*places, len(tokens)])]
    values = list(map(count, numbers))
    cut = Cutting(numbers, values, breaks, [label.row for label in labels], table).best()
    if cut is None or cut.broken > FAULTS:
        return None
    cells, width = [numbers[place] for place in cut.order], len(table.columns)
    grid = [tuple(cells[at : at + width]) for at in range(0, len(cells), width)]
    unsure = cut.score <= 0 and any(values)
    return piecemeal("stretches", labels, grid, _tiles(cut), table, unsure)


def _tiles(cut: Partition) -> Iterator[Tile]:
    """Yield the pieces of a cut as tiles."""
    row = 0
    for piece in cut.pieces:
        columns = [column for column in range(piece.width) if column != piece.home]
        columns.insert(piece.total, piece.home)
        yield Tile(Shape((), piece.height, piece.width, piece.height > 1), row, tuple(columns))
        row += piece.height
