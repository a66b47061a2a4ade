"""The layouts in which a table's numbers come in pieces: some rows at a time, some columns at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import pairwise

from msgspec import structs
from msgspec.structs import replace

from nlp.forms import Table
from nlp.report import Number
from nlp.tables.anchors import Anchors
from nlp.tables.boxes import boxes
from nlp.tables.cutting import Cut, Cutting
from nlp.tables.lexicon import Lexicon
from nlp.tables.placing import FILLINGS, Placement, Run, priced, texts
from nlp.tables.tiling import Tile, Tiling, Tilings
from nlp.tables.tokens import Kind, Token

_MARGIN = 3.0
"""How much better a reading must score for another to be no rival."""
_SURE, _UNSURE = 0.95, 0.8
_FAULTS = 2
"""More broken sums than agencies print."""
_MANY = 60
"""A tool that makes so many boxes leaves a gap around each number."""

Valuing = Callable[[Token], Number | None]


def pieces(tokens: Sequence[Token], anchors: Anchors, table: Table, value: Valuing) -> Placement | None:
    """Return the reading in pieces; None where the numbers cannot fill the rows that the page names.

    The rows are taken in the order of the form: boxes lose the order of their labels. Rows that
    another cut, nearly as good, fills otherwise are in doubt.
    """
    anchor_of = {anchor.row: anchor for anchor in anchors.rows}
    rows = [row.id for row in table.rows if row.id in anchor_of]
    places = [at for at, token in enumerate(tokens) if token.kind in FILLINGS]
    numbers = [tokens[at] for at in places]
    breaks = [_labelled(tokens[one:two]) for one, two in pairwise([*places, len(tokens)])]
    cuts = Cutting(numbers, [value(token) for token in numbers], breaks, rows, table).best()
    if not cuts or cuts[0].broken > _FAULTS:
        return None
    best, *rivals = [_runs(cut, numbers, len(table.columns)) for cut in _rivals(cuts)]
    read = priced("pieces", zip((anchor_of[row] for row in rows), best, strict=True), (), table)
    for runs in rivals:
        for row, run, other in zip(rows, best, runs, strict=True):
            if texts(run) != texts(other):
                read.doubts.setdefault(row, []).append(other)
    sureness = _SURE if cuts[0].score > 0 or not any(map(value, numbers)) else _UNSURE
    return replace(read, sureness=sureness, by_columns=cuts[0].by_columns)


def _rivals(cuts: Sequence[Cut]) -> list[Cut]:
    return [cut for cut in cuts if cuts[0].score - cut.score < _MARGIN]


def _labelled(tokens: Sequence[Token]) -> bool:
    return any(token.kind is Kind.TEXT for token in tokens)


def _runs(cut: Cut, numbers: Sequence[Token], width: int) -> list[Run]:
    tokens = [numbers[place] for place in cut.order]
    return [tuple(tokens[at : at + width]) for at in range(0, len(tokens), width)]


def tiles(
    tokens: Sequence[Token], anchors: Anchors, lexicon: Lexicon, others: Sequence[Lexicon], value: Valuing
) -> tuple[Placement, list[Token]] | None:
    """Return the reading in boxes and the numbers that it leaves over; None where there is none.

    `others` are the tables whose numbers may be among these.
    """
    table = lexicon.table
    tokens = [structs.replace(token, kind=Kind.TEXT) if _is_word(token) else token for token in tokens]
    named = {anchor.row for anchor in anchors.rows}
    rows = [row.id for row in table.rows if row.id in named]
    values = {at: value(token) for at, token in enumerate(tokens) if token.kind in FILLINGS}
    lines = {at: tokens[at].line for at in values}
    for gaps in (True, False):
        found = list(boxes(tokens, anchors, lexicon, others, gaps))
        if gaps and len(found) > _MANY:
            continue
        if best := Tilings(found, values, lines, rows, table).best():
            return _placed(best, tokens, anchors, rows, table), [tokens[at] for at in best[0].left]
    return None


def _is_word(token: Token) -> bool:
    """Tell whether a placeholder is a word: 无 may be a piece of 无法提供, set from top to bottom."""
    return token.kind is Kind.PLACEHOLDER and token.text.isalpha()


def _placed(
    best: Sequence[Tiling], tokens: Sequence[Token], anchors: Anchors, rows: Sequence[str], table: Table
) -> Placement:
    anchor_of = {anchor.row: anchor for anchor in anchors.rows}
    width = len(table.columns)
    grids = [_grid(tiling, tokens, len(rows), width) for tiling in best if best[0].score - tiling.score < _MARGIN]
    read = priced("boxes", zip((anchor_of[row] for row in rows), grids[0], strict=True), (), table)
    for at, other in [*_others(grids), *_turned(best[0].tiles, grids[0], width)]:
        read.doubts.setdefault(rows[at], []).append(other)
    by_columns = any(tile.by_columns for tile in best[0].tiles)
    return replace(read, sureness=_SURE if not best[0].broken else _UNSURE, by_columns=by_columns)


def _grid(tiling: Tiling, tokens: Sequence[Token], height: int, width: int) -> list[Run]:
    grid = {(row, column): tokens[at] for tile in tiling.tiles for at, row, column in tile.cells()}
    return [tuple(grid[row, column] for column in range(width)) for row in range(height)]


def _others(grids: Sequence[Sequence[Run]]) -> Iterator[tuple[int, Run]]:
    """Yield the rows that rivals fill otherwise."""
    for grid in grids[1:]:
        for at, (run, other) in enumerate(zip(grids[0], grid, strict=True)):
            if texts(run) != texts(other):
                yield at, other


def _turned(tiles: Sequence[Tile], grid: Sequence[Run], width: int) -> Iterator[tuple[int, Run]]:
    """Yield rows with the numbers of columns turned about, where a page may have them in another order.

    Columns set one after the other keep their order where the totals come last (pdfminer).
    """
    for tile in tiles:
        parts = [column for column in tile.columns if column != width - 1]
        if tile.by_columns and tile.columns[-1] != width - 1 and len(parts) > 1:
            for row in range(tile.row, tile.row + tile.height):
                for turn in range(1, len(parts)):
                    turned = dict(zip(parts, parts[turn:] + parts[:turn], strict=True))
                    run = tuple(grid[row][turned.get(column, column)] for column in range(width))
                    if texts(run) != texts(grid[row]):
                        yield row, run
