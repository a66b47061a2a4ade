"""Lists the cells that are not right, each with the line that it was read from."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.record.model import Number
from training.scoring.cells import Judged
from training.scoring.words import value_or_state

KEPT = 100_000
"""The most cells that are listed; all are counted."""

_SHOWN = 200
"""The most characters of a line that are kept."""

Around = list[tuple[int, str]]
"""Lines of a text with their numbers, from 1."""


class WrongCell(Struct, frozen=True):
    """A cell that is not right: its value in gold, the predicted one, and the text that it was read from.

    `silent` is true if the record asks for no review. `line` is where the value was read or, for a value
    that was not read, where another one of the same row was. `around` holds that line and its neighbours.
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

    @property
    def gold_shown(self) -> str:
        """What gold has, for people."""
        return value_or_state(self.gold, self.gold_state)

    @property
    def predicted_shown(self) -> str:
        """What was predicted, for people."""
        return value_or_state(self.predicted, self.predicted_state)


def wrong_cells(
    document: str, cells: Sequence[Judged], accepted: bool, lines: Sequence[str]
) -> Iterator[WrongCell]:
    """Yield the cells of a document that are not right; `lines` are those of its text, if it is known."""
    line_of_row = {(cell.table, cell.row): cell.line for cell in cells if cell.line is not None}
    for cell in cells:
        if cell.right:
            continue
        line = cell.line or line_of_row.get((cell.table, cell.row))
        yield WrongCell(
            document,
            cell.id,
            cell.gold.value,
            cell.gold.state,
            cell.predicted.value,
            cell.predicted.state,
            cell.predicted.confidence,
            cell.text,
            line,
            around(lines, line),
            accepted,
        )


def around(lines: Sequence[str], n: int | None) -> Around:
    """Return line `n` (from 1) and those beside it, each with its number; nothing if `n` is None.

    >>> around(["一", "二", "三", "四"], 1)
    [(1, '一'), (2, '二')]
    """
    if n is None or not lines:
        return []
    first, last = max(1, n - 1), min(len(lines), n + 1)
    return [(number, lines[number - 1][:_SHOWN]) for number in range(first, last + 1)]
