"""The layout in which a table's numbers come in boxes: some rows and some columns at a time."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import structs

from nlp.form.labels.lexicon import Lexicon
from nlp.tables.columns.permutations import Sums, Valuing, turned
from nlp.tables.labels.row_matches import Anchors
from nlp.tables.page.text_blocks import Box, boxes
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import FILLINGS, Placement, Run, priced
from nlp.tables.solver.tiling import Tiling, Tilings

_SURE, _UNSURE = 0.95, 0.8
_MANY = 60
"""A tool that makes more boxes leaves a gap around each number."""


def boxed(
    tokens: Sequence[Token], anchors: Anchors, lexicon: Lexicon, others: Sequence[Lexicon], value: Valuing
) -> tuple[Placement, list[Token]] | None:
    """Return the reading in boxes and the numbers that it leaves over; None where there is none.

    `others` are the tables whose numbers may be among these. The rows are taken in the order of the form:
    boxes lose the order of their labels.
    """
    tokens = [structs.replace(token, kind=Kind.TEXT) if _is_word(token) else token for token in tokens]
    named = {anchor.row for anchor in anchors.rows}
    rows = [row.id for row in lexicon.table.rows if row.id in named]
    values = {at: value(token) for at, token in enumerate(tokens) if token.kind in FILLINGS}
    tried: list[Box] = []
    for gaps in (True, False):
        found = list(boxes(tokens, anchors, lexicon, others, gaps))
        if found == tried or (gaps and len(found) > _MANY):
            continue
        tried = found
        if best := Tilings(found, values, rows, lexicon.table).best():
            sums = Sums(rows, lexicon.table, value)
            return _placed(best, tokens, anchors, rows, lexicon, sums), [tokens[at] for at in best.left]
    return None


def _is_word(token: Token) -> bool:
    """Tell whether a placeholder is a word: 无 may be a piece of 无法提供, set from top to bottom."""
    return token.kind is Kind.PLACEHOLDER and token.text.isalpha()


def _placed(
    best: Tiling,
    tokens: Sequence[Token],
    anchors: Anchors,
    rows: Sequence[str],
    lexicon: Lexicon,
    sums: Sums,
) -> Placement:
    anchor_of = {anchor.row: anchor for anchor in anchors.rows}
    grid = _grid(best, tokens, len(rows), sums.width)
    read = priced("boxes", zip((anchor_of[row] for row in rows), grid, strict=True), (), lexicon.table)
    for at, other in turned(best.tiles, grid, sums):
        read.doubts.setdefault(rows[at], []).append(other)
    return structs.replace(read, sureness=_UNSURE if best.broken else _SURE)


def _grid(tiling: Tiling, tokens: Sequence[Token], height: int, width: int) -> list[Run]:
    grid = {(row, column): tokens[at] for tile in tiling.tiles for at, row, column in tile.cells()}
    return [tuple(grid[row, column] for column in range(width)) for row in range(height)]
