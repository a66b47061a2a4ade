"""The layout in which a table's numbers come in boxes: some rows and some columns at a time."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import structs

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.tables.columns.permutations import permuted
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.labels.text_blocks import TextBlock, text_blocks
from nlp.tables.layouts.rows import labels_by_form
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import CELL_KINDS, Run
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.solver.tiling import Tile, Tilings
from nlp.tables.table_page import TablePage

_MANY = 60
"""A tool that makes more boxes leaves a gap around each number."""


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of a table with sums in boxes, some of which may hold the table of one row (四)."""
    if not page.table.down or page.headers == "moved":
        return
    form = page.page.form
    others = [lexicon(form.edition, table.id) for table in form.tables if table.id != page.table.id]
    own = read_text_blocks(page.tokens, page.matches, page.lexicon, others)
    if own is not None and not own[1]:
        yield own[0]
        return
    mixed = [table.id for table in form.tables if table.one_row and table.id in page.page.regions]
    if not mixed:
        return
    whole = page.joined(mixed)
    both = read_text_blocks(whole.tokens, whole.matches, page.lexicon, others)
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
) -> tuple[Reading, list[Token]] | None:
    """Return the reading in boxes and the numbers that it leaves over; None where there is none.

    `others` are the tables whose numbers may be among these. The rows are taken in the order of the form:
    boxes lose the order of their labels.
    """
    tokens = [structs.replace(token, kind=Kind.TEXT) if _is_word(token) else token for token in tokens]
    table = lexicon.table
    labels = labels_by_form(matches, table)
    values = {at: count(token) for at, token in enumerate(tokens) if token.kind in CELL_KINDS}
    tried: list[TextBlock] = []
    for gaps in (True, False):
        found = list(text_blocks(tokens, matches, lexicon, others, gaps))
        if found == tried or (gaps and len(found) > _MANY):
            continue
        tried = found
        best = Tilings(found, values, [label.row for label in labels], table).best()
        if best is not None and not best.misheaded:
            cells = {(row, column): tokens[at] for tile in best.tiles for at, row, column in tile.cells()}
            columns = range(len(table.columns))
            grid = [tuple(cells[row, column] for column in columns) for row in range(len(labels))]
            reading = piecemeal("blocks", labels, grid, best.tiles, table, best.broken > 0)
            return reading, [tokens[at] for at in best.left]
    return None


def _is_word(token: Token) -> bool:
    """Tell whether a placeholder is a word: 无 may be a piece of 无法提供, set from top to bottom."""
    return token.kind is Kind.PLACEHOLDER and token.text.isalpha()


def piecemeal(
    layout: str,
    labels: Sequence[RowMatch],
    grid: Sequence[Run],
    tiles: Iterable[Tile],
    table: Table,
    unsure: bool,
) -> Reading:
    """Return the reading of rows whose cells, the `grid`, were put together from some `tiles`.

    Where the sums allow that columns of a tile change places, the rows may have their numbers so as well.
    """
    others = permuted(tiles, grid, [label.row for label in labels], table)
    pairs = zip(labels, grid, strict=True)
    return reading_of(layout, Manner.PIECEMEAL, pairs, table, alternatives=others, unsure=unsure)
