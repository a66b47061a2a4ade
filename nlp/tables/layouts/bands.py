"""Reads tables whose numbers a tool gave in another order, through the search for bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct

from nlp.form.form import Form, Table
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.row_matches import Anchors, find
from nlp.tables.page.cell_values import number
from nlp.tables.page.regions import Region
from nlp.tables.page.text_blocks import named as named_columns
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import FILLINGS
from nlp.tables.solver.solve import solve
from nlp.tables.solver.stream import Gap, Number, Stream
from nlp.tables.solver.telling import Cell, Solution
from nlp.text.lines import Line


class BandReading(Struct, frozen=True):
    """What the search tells of one table.

    `told` are the tokens of the cells that are certain, `candidates` those that the other cells may have,
    likeliest first; `price` is the cost of the best filling in nats, `solution` all that the search found.
    """

    table: str
    told: dict[Cell, Token]
    candidates: dict[Cell, tuple[Token, ...]]
    price: float
    solution: Solution


def band_readings(form: Form, regions: Mapping[str, Region], lines: Sequence[Line]) -> dict[str, BandReading]:
    """Return what the search tells of each table of a page that has sums, by the ids of the tables.

    Tables of which it tells nothing, for their numbers are too few or too many, are left out.
    """
    found = {}
    for table in form.tables:
        if table.across and table.id in regions:
            reading = _reading(lexicon(form.edition, table.id), regions[table.id].tokens, lines)
            if reading is not None:
                found[table.id] = reading
    return found


def _reading(known: Lexicon, tokens: Sequence[Token], lines: Sequence[Line]) -> BandReading | None:
    table = known.table
    anchors = find(tokens, known)
    numbers = [token for token in tokens if token.kind in FILLINGS]
    stream = stream_of(tokens, anchors, known, lines)
    rows = rows_printed(table, anchors, len(numbers))
    if rows is None:
        return None
    solution = solve(stream, table, rows)
    if solution is None:
        return None
    certain, candidates = {}, {}
    for cell, reading in solution.cells.items():
        if reading.told:
            certain[cell] = numbers[reading.best]
        else:
            candidates[cell] = tuple(numbers[choice.place] for choice in reading.choices)
    return BandReading(table.id, certain, candidates, solution.price, solution)


def rows_printed(table: Table, anchors: Anchors, numbers: int) -> list[str] | None:
    """Return the rows of a table that a page prints, in the order of the form; None where that is not told.

    An optional row is printed in place of those that it stands for where the page names it alone.
    """
    named = {anchor.row for anchor in anchors.rows}
    rows = [row.id for row in table.rows if not row.optional]
    for row in table.rows:
        if row.optional and row.id in named and not named.intersection(row.stands_for):
            at = rows.index(row.stands_for[0])
            rows = [other for other in rows if other not in row.stands_for]
            rows.insert(at, row.id)
    width = len(table.columns)
    if numbers >= width * len(rows):
        return rows
    fewer = [row for row in rows if row in named]
    return fewer if numbers == width * len(fewer) else None


def stream_of(tokens: Sequence[Token], anchors: Anchors, known: Lexicon, lines: Sequence[Line]) -> Stream:
    """Return the stream of a table's numbers, with the labels that stand next before each."""
    row_ends = {anchor.last: anchor.row for anchor in anchors.rows}
    numbers: list[Number] = []
    texts: list[int] = []
    before: Token | None = None
    for at, token in enumerate(tokens):
        if token.kind is Kind.TEXT:
            texts.append(at)
        elif token.kind in FILLINGS:
            named = [row_ends[text] for text in texts if text in row_ends]
            headers = columns_named([tokens[text].text for text in texts], known)
            numbers.append(
                Number(
                    number(token.text, known.table.columns[0]) if token.kind is Kind.VALUE else None,
                    _gap(before, token, [tokens[text] for text in texts]),
                    before is not None and any("\f" in line.raw for line in lines[before.line : token.line]),
                    tuple(named) if len(named) == 1 else (),
                    bool(texts) and tokens[texts[-1]].line == token.line,
                    headers,
                )
            )
            texts, before = [], token
    return Stream(numbers)


def _gap(before: Token | None, token: Token, texts: Sequence[Token]) -> Gap:
    if texts:
        return Gap.LABEL_BESIDE if texts[-1].line == token.line else Gap.LABEL
    if before is None or token.line - before.line > 1:
        return Gap.BLANK_LINE
    return Gap.LINE_END if token.line > before.line else Gap.SAME_LINE


def columns_named(texts: Sequence[str], known: Lexicon) -> tuple[str, ...]:
    """Return the columns whose headers stand among some texts, in their order."""
    keys = [text for text in map(key, texts) if known.is_header(text) and text not in known.rows]
    return tuple(known.table.columns[at].id for at in named_columns(keys, known))
