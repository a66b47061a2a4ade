"""Reads labels that stand in one run and their numbers in the next (pdfminer's boxes)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import accumulate

from msgspec.structs import replace

from nlp.form.form import Table
from nlp.tables.labels.row_matches import Anchor, Anchors
from nlp.tables.page.tokens import Token
from nlp.tables.reading import FILLINGS, Placement, Run, priced

_ALONE, _SEVERAL = 0.95, 0.85
"""What the layout leaves of a cell's confidence: one row or column at a time, or several of both."""


@dataclass
class _Block:
    """Some rows' labels and the numbers that follow them, up to the next label or header."""

    anchors: list[Anchor] = field(default_factory=list)
    numbers: list[Token] = field(default_factory=list)


def blocks(tokens: Sequence[Token], anchors: Anchors, table: Table) -> Placement:
    """Share each run of numbers among the labels before it.

    Numbers of several rows and columns are taken column by column, as pdfminer sets them. They may still
    stand in another order: their rows are in doubt where row by row, or with the columns turned about, they
    would be filled otherwise.
    """
    pairs: list[tuple[Anchor, Run]] = []
    orphans: list[Token] = []
    doubts: dict[str, list[Run]] = {}
    several = False
    for block in _blocks(tokens, anchors):
        widths = [len(table.row[anchor.row].columns) for anchor in block.anchors]
        if len(block.numbers) != sum(widths):
            orphans += block.numbers
            pairs += [(anchor, ()) for anchor in block.anchors]
            continue
        rows, columns = _row_by_row(block.numbers, widths), _column_by_column(block.numbers, widths)
        pairs += zip(block.anchors, columns, strict=True)
        if len(widths) > 1 and max(widths) > 1:
            several = True
            for anchor, row, column in zip(block.anchors, rows, columns, strict=True):
                doubts[anchor.row] = [row, *_turns(column)]
    found = replace(priced("blocks", pairs, orphans, table), sureness=_SEVERAL if several else _ALONE)
    for id, runs in doubts.items():
        if id in found.runs:
            found.doubts.setdefault(id, []).extend(runs)
    return found


def _row_by_row(numbers: list[Token], widths: list[int]) -> list[Run]:
    ends = list(accumulate(widths))
    return [tuple(numbers[end - width : end]) for width, end in zip(widths, ends, strict=True)]


def _column_by_column(numbers: list[Token], widths: list[int]) -> list[Run]:
    following = iter(numbers)
    rows: list[list[Token]] = [[] for _ in widths]
    for column in range(max(widths, default=0)):
        for row, width in zip(rows, widths, strict=True):
            if column < width:
                row.append(next(following))
    return [tuple(row) for row in rows]


def _turns(run: Run) -> Iterator[Run]:
    """Yield a run with its numbers turned about."""
    return (run[at:] + run[:at] for at in range(len(run)))


def _blocks(tokens: Sequence[Token], anchors: Anchors) -> Iterator[_Block]:
    """Yield the blocks of a table: a label or header behind numbers begins the next one."""
    labels: dict[int, Anchor | None] = dict.fromkeys((*anchors.groups, *(at for at, _ in anchors.columns)))
    labels |= {anchor.first: anchor for anchor in anchors.rows}
    block = _Block()
    for at, token in enumerate(tokens):
        if token.kind in FILLINGS:
            block.numbers.append(token)
        elif at in labels:
            if block.numbers:
                yield block
                block = _Block()
            if (anchor := labels[at]) is not None:
                block.anchors.append(anchor)
    yield block
