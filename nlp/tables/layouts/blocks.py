"""The layout in which a table's numbers come in boxes: some rows and some columns at a time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import structs

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.tables.columns.permutations import Valuing, permuted
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.labels.text_blocks import TextBlock, text_blocks
from nlp.tables.page.runs import CELL_KINDS, Run
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.solver.tiling import Tiling, Tilings
from nlp.tables.table_page import TablePage

_MANY = 60
"""A tool that makes more boxes leaves a gap around each number."""


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of a table with sums in boxes, some of which may hold the table of one row (四)."""
    if not page.table.down or page.headers == "moved":
        return
    form = page.page.form
    others = [lexicon(form.edition, table.id) for table in form.tables if table.id != page.table.id]
    own = read_text_blocks(page.tokens, page.matches, page.lexicon, others, page.count)
    if own is not None and not own[1]:
        yield own[0]
        return
    mixed = [table.id for table in form.tables if table.one_row and table.id in page.page.regions]
    if not mixed:
        return
    whole = page.joined(mixed)
    both = read_text_blocks(whole.tokens, whole.matches, page.lexicon, others, page.count)
    if both is not None:
        reading, left_over = both
        kept = {id(token) for token in left_over}
        rest = [token for token in whole.tokens if token.kind is Kind.TEXT or id(token) in kept]
        yield structs.replace(reading, left_to=dict.fromkeys(mixed, rest))


def read_text_blocks(
    tokens: Sequence[Token],
    matches: LabelMatches,
    lexicon: Lexicon,
    others: Sequence[Lexicon],
    value: Valuing,
) -> tuple[Reading, list[Token]] | None:
    """Return the reading in boxes and the numbers that it leaves over; None where there is none.

    `others` are the tables whose numbers may be among these. The rows are taken in the order of the form:
    boxes lose the order of their labels.
    """
    tokens = [structs.replace(token, kind=Kind.TEXT) if _is_word(token) else token for token in tokens]
    named = {match.row for match in matches.rows}
    rows = [row.id for row in lexicon.table.rows if row.id in named]
    values = {at: value(token) for at, token in enumerate(tokens) if token.kind in CELL_KINDS}
    tried: list[TextBlock] = []
    for gaps in (True, False):
        found = list(text_blocks(tokens, matches, lexicon, others, gaps))
        if found == tried or (gaps and len(found) > _MANY):
            continue
        tried = found
        best = Tilings(found, values, rows, lexicon.table).best()
        if best is not None and not best.misheaded:
            reading = _placed(best, tokens, matches, rows, lexicon.table, value)
            return reading, [tokens[at] for at in best.left]
    return None


def _is_word(token: Token) -> bool:
    """Tell whether a placeholder is a word: 无 may be a piece of 无法提供, set from top to bottom."""
    return token.kind is Kind.PLACEHOLDER and token.text.isalpha()


def _placed(
    best: Tiling,
    tokens: Sequence[Token],
    matches: LabelMatches,
    rows: Sequence[str],
    table: Table,
    value: Valuing,
) -> Reading:
    match_of = {match.row: match for match in matches.rows}
    grid = _grid(best, tokens, len(rows), len(table.columns))
    others = permuted(best.tiles, grid, rows, table, value)
    pairs = zip((match_of[row] for row in rows), grid, strict=True)
    unsure = bool(best.broken)
    return reading_of("blocks", Manner.PIECEMEAL, pairs, table, alternatives=others, unsure=unsure)


def _grid(tiling: Tiling, tokens: Sequence[Token], height: int, width: int) -> list[Run]:
    grid = {(row, column): tokens[at] for tile in tiling.tiles for at, row, column in tile.cells()}
    return [tuple(grid[row, column] for column in range(width)) for row in range(height)]
