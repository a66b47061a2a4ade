"""The layout in which a table's numbers come in pieces: some rows at a time, column by column."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from msgspec.structs import replace

from nlp.form.form import Table
from nlp.tables.columns.permutations import Sums, Valuing, otherwise, turned
from nlp.tables.labels.row_matches import Anchors
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import FILLINGS, Placement, Run, priced
from nlp.tables.solver.cutting import Cut, Cutting
from nlp.tables.solver.tiling import FAULTS, MARGIN, Shape, Tile

_SURE, _UNSURE = 0.95, 0.8


def pieces(tokens: Sequence[Token], anchors: Anchors, table: Table, value: Valuing) -> Placement | None:
    """Return the reading in pieces; None where the numbers cannot fill the rows that the page names.

    The rows are taken in the order of the form: pieces lose the order of their labels. Rows that
    another cut, nearly as good, fills otherwise are in doubt, and those whose columns may be turned about.
    """
    anchor_of = {anchor.row: anchor for anchor in anchors.rows}
    rows = [row.id for row in table.rows if row.id in anchor_of]
    places = [at for at, token in enumerate(tokens) if token.kind in FILLINGS]
    numbers = [tokens[at] for at in places]
    breaks = [_labelled(tokens[one:two]) for one, two in pairwise([*places, len(tokens)])]
    cuts = Cutting(numbers, [value(token) for token in numbers], breaks, rows, table).best()
    if not cuts or cuts[0].broken > FAULTS:
        return None
    grids = [_runs(cut, numbers, len(table.columns)) for cut in _rivals(cuts)]
    read = priced("pieces", zip((anchor_of[row] for row in rows), grids[0], strict=True), (), table)
    for at, other in (*otherwise(grids), *turned(_tiles(cuts[0]), grids[0], Sums(rows, table, value))):
        read.doubts.setdefault(rows[at], []).append(other)
    sureness = _SURE if cuts[0].score > 0 or not any(map(value, numbers)) else _UNSURE
    return replace(read, sureness=sureness, by_columns=cuts[0].by_columns)


def _tiles(cut: Cut) -> Iterator[Tile]:
    """Yield the pieces of a cut as tiles."""
    row = 0
    for piece in cut.pieces:
        columns = [column for column in range(piece.width) if column != piece.home]
        columns.insert(piece.total, piece.home)
        yield Tile(Shape((), piece.height, piece.width, piece.height > 1), row, tuple(columns))
        row += piece.height


def _rivals(cuts: Sequence[Cut]) -> list[Cut]:
    return [cut for cut in cuts if cuts[0].score - cut.score < MARGIN]


def _labelled(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.TEXT for token in tokens)


def _runs(cut: Cut, numbers: Sequence[Token], width: int) -> list[Run]:
    tokens = [numbers[place] for place in cut.order]
    return [tuple(tokens[at : at + width]) for at in range(0, len(tokens), width)]
