"""Cells that are not right, each with the line that it came from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.record.model import Number
from training.scoring.cells import Judged

KEPT = 100_000
"""How many are listed at most; all are counted."""
_SHOWN = 200
"""How many characters of a line are shown."""

Around = list[tuple[int, str]]


class WrongCell(Struct, frozen=True):
    """A cell that is not right: gold's value, the predicted one, the text that it was read from.

    It is silent in a record that asks for no review. `line` is where the value was read, or, where
    none was, a line of the same row. `around` are that line and its neighbours.
    """

    document: str
    cell: str
    gold: Number | None
    gold_state: str
    predicted: Number | None
    predicted_state: str
    confidence: float
    text: str | None
    line: int | None
    around: Around
    silent: bool


def wrong_cells(
    document: str, cells: Sequence[Judged], accepted: bool, lines: Sequence[str]
) -> Iterator[WrongCell]:
    """Yield the cells of a document that are not right."""
    near = {(cell.table, cell.row): cell.line for cell in cells if cell.line is not None}
    for cell in cells:
        if not cell.right:
            line = cell.line or near.get((cell.table, cell.row))
            yield _wrong(document, cell, accepted, line, around(lines, line))


def _wrong(document: str, cell: Judged, accepted: bool, line: int | None, seen: Around) -> WrongCell:
    gold, predicted = cell.gold, cell.predicted
    said = (gold.value, gold.state, predicted.value, predicted.state, predicted.confidence)
    return WrongCell(document, cell.id, *said, cell.text, line, seen, accepted)


def around(lines: Sequence[str], n: int | None) -> Around:
    """Return line `n` (from 1) and those beside it, each with its number.

    >>> around(["一", "二", "三", "四"], 1)
    [(1, '一'), (2, '二')]
    """
    if n is None or not lines:
        return []
    return [(at + 1, lines[at][:_SHOWN]) for at in range(max(0, n - 2), min(len(lines), n + 1))]
