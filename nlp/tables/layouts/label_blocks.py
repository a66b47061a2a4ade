"""Reads labels that stand in one run and their numbers in the next (pdfminer's boxes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import islice

from nlp.form.form import Table
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.layouts.rows import is_of_another_row
from nlp.tables.page.runs import CELL_KINDS, Run
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.table_page import TablePage


@dataclass
class _Block:
    """Some rows' labels and the numbers that follow them, up to the next label or header."""

    matches: list[RowMatch] = field(default_factory=list)
    numbers: list[Token] = field(default_factory=list)


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of runs of numbers behind runs of labels, where no row takes another's."""
    if page.table.down:
        return
    reading = read_label_blocks(page.tokens, page.matches, page.table)
    if not is_of_another_row(reading, page):
        yield reading


def read_label_blocks(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> Reading:
    """Share each run of numbers among the labels before it.

    Numbers of several rows and columns are taken column by column, as pdfminer sets them. They may still
    stand in another order: their rows are in doubt where row by row, or with the columns turned about, they
    would be filled otherwise.
    """
    pairs: list[tuple[RowMatch, Run]] = []
    unassigned: list[Token] = []
    alternatives: dict[str, list[Run]] = {}
    for block in _blocks(tokens, matches):
        widths = [len(table.row[match.row].columns) for match in block.matches]
        if len(block.numbers) != sum(widths):
            unassigned += block.numbers
            pairs += [(match, ()) for match in block.matches]
            continue
        rows, columns = _row_by_row(block.numbers, widths), _column_by_column(block.numbers, widths)
        pairs += zip(block.matches, columns, strict=True)
        if len(widths) > 1 and max(widths) > 1:
            for match, row, column in zip(block.matches, rows, columns, strict=True):
                alternatives[match.row] = [row, *_rotations(column)]
    unsure = len(alternatives) > 0
    return reading_of(
        "label_blocks", Manner.NEARBY, pairs, table, unassigned, alternatives=alternatives, unsure=unsure
    )


def _row_by_row(numbers: list[Token], widths: list[int]) -> list[Run]:
    following = iter(numbers)
    return [tuple(islice(following, width)) for width in widths]


def _column_by_column(numbers: list[Token], widths: list[int]) -> list[Run]:
    following = iter(numbers)
    rows: list[list[Token]] = [[] for _ in widths]
    for column in range(max(widths, default=0)):
        for row, width in zip(rows, widths, strict=True):
            if column < width:
                row.append(next(following))
    return [tuple(row) for row in rows]


def _rotations(run: Run) -> Iterator[Run]:
    """Yield a run with its numbers turned about."""
    return (run[at:] + run[:at] for at in range(len(run)))


def _blocks(tokens: Sequence[Token], matches: LabelMatches) -> Iterator[_Block]:
    """Yield the blocks of a table: a label or header behind numbers begins the next one."""
    labels = {match.first: match for match in matches.rows}
    starts = {*labels, *matches.groups, *dict(matches.columns)}
    block = _Block()
    for at, token in enumerate(tokens):
        if token.kind in CELL_KINDS:
            block.numbers.append(token)
        if at in starts and block.numbers:
            yield block
            block = _Block()
        if at in labels:
            block.matches.append(labels[at])
    yield block
