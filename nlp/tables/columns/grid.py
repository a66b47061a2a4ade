"""Learns from the full rows of a table where its values stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct

from nlp.tables.columns.positions import Positions, learn
from nlp.tables.on_lines import are_on_one_line
from nlp.tables.page.tokens import Token
from nlp.text.lines import Line

_CROWDED = 3
"""From so many rows of one number too many on, the others of their shape are doubtful."""
_SOME = 2
"""From so many rows on shows whether a table's numbers stand beside their labels."""
_ENOUGH = 5
"""How many rows must agree on where their values begin."""


Shape = tuple[int, int, int]
"""How many cells a row's line has, the cells of its first and its last number."""
Start = tuple[int, int, int]
"""How many cells a full row's line has, its label's cell, and the cell of its first value."""


class Grid(Struct, frozen=True, dict=True):
    """Where the values of a table stand, learnt from the rows of one width that are full.

    `filled` are the labels of the rows that have numbers, and these; `width` is how many columns they have;
    `lines` are those of the page. `repeating`: the page's tool fills every column of a merged cell.
    `gapped`: shapes of rows that are full around the same empty cells (`gaps_of`). `headed` maps the number
    of a line's cells to the cell of the first column, where headers tell it. `wrapped`: labels of rows go on
    on another line, and their numbers may stand there.
    """

    filled: Sequence[tuple[Token, Sequence[Token]]]
    width: int
    lines: Sequence[Line]
    repeating: bool = False
    gapped: frozenset[Shape] = frozenset()
    headed: Mapping[int, int] = {}
    wrapped: bool = False

    @cached_property
    def full(self) -> list[tuple[Token, Sequence[Token]]]:
        """Those of them that have a number for each column, on one line."""
        whole = []
        for label, numbers in self.filled:
            if len(numbers) == self.width and are_on_one_line(numbers):
                whole.append((label, numbers))
        return whole

    @cached_property
    def starts(self) -> set[Start]:
        """Where the values of full rows begin, on lines of delimited cells."""
        starts: set[Start] = set()
        for label, numbers in self.full:
            is_delimited = numbers[0].cells >= 0 and numbers[0].line == label.line
            if is_delimited and numbers[-1].cell - numbers[0].cell == self.width - 1:
                starts.add((label.cells, label.cell, numbers[0].cell))
        return starts

    @cached_property
    def positions(self) -> Positions:
        """Where the columns stand on the full rows that are laid out with spaces."""
        return learn([numbers for _, numbers in self.full if numbers[0].cells < 0], self.lines)

    @cached_property
    def behind_labels(self) -> bool:
        """Whether each row begins right behind its label: a table whose totals were left blank."""
        beside = [(label, numbers[0]) for label, numbers in self.filled if numbers[0].line == label.line]
        distances = [first.cell - label.cell for label, first in beside if label.cells > 1]
        return len(distances) >= _ENOUGH and set(distances) == {1}

    @cached_property
    def crowded(self) -> set[tuple[int, int]]:
        """The shapes of lines (cells, the label's cell) that hold one number too many in several rows."""
        rows = [label for label, numbers in self.filled if len(numbers) == self.width + 1]
        counts = Counter((label.cells, label.cell) for label in rows)
        return {shape for shape, count in counts.items() if count >= _CROWDED}

    def is_crowded(self, label: Token) -> bool:
        """Whether lines like that of a label hold one number too many in several rows.

        A row of the right number on such a line may lack another.
        """
        return (label.cells, label.cell) in self.crowded

    @cached_property
    def beside(self) -> bool:
        """Whether all rows but one have their numbers on the line of their label, and no label is wrapped."""
        beside = sum(numbers[0].line == label.line for label, numbers in self.filled)
        return beside >= _SOME and len(self.filled) - beside <= 1 and not self.wrapped

    def start(self, cells: int, label: int) -> int | None:
        """Return the cell of the first column on such a line; None where neither rows nor headers tell.

        Where merged cells are repeated, a row may be full without its first cell: headers tell it better.
        """
        under_header = self.headed.get(cells, 0)
        if self.repeating and under_header > label:
            return under_header
        if not self.starts and self.behind_labels and label >= 0:
            return label + 1
        alike = {first for line, at, first in self.starts if (line, at) == (cells, label)}
        known = alike or self._elsewhere(cells, label)
        if len(known) == 1:
            return next(iter(known))
        return under_header if under_header > label else None

    def _elsewhere(self, cells: int, label: int) -> set[int]:
        """Return where values may begin on a line whose shape no full row has.

        As far from the line's end as in the full rows; but where lines have lost the empty cells at
        their ends, as far from the label as well, and both must agree. So they must where full rows with a
        label in this cell all have their values in the same: else one of the line's cells was lost.
        """
        known = {cells - line + first for line, _, first in self.starts}
        if self.trimmed:
            known |= {label - at + first for _, at, first in self.starts}
        behind_alike = {first for _, at, first in self.starts if at == label}
        return known | behind_alike if len(behind_alike) == 1 else known

    @cached_property
    def trimmed(self) -> bool:
        """Whether no line of the page ends with an empty cell."""
        return not any(line.folded.endswith(("\t", "|", "| ")) for line in self.lines)


def headed(
    tokens: Sequence[Token], columns: Sequence[tuple[int, str]], orders: Iterable[Sequence[str]]
) -> dict[int, int]:
    """Return the cell of the first column by the number of a line's cells, where all headers agree on it.

    `columns` are the places of the headers among the tokens, with the columns that they name; `orders` those
    in which rows have their columns. A header that a tool repeats in each cell of a merged one counts once.
    """
    place_of = {column: place for order in orders for place, column in enumerate(order)}
    starts: dict[int, list[int]] = {}
    for at, column in columns:
        before = tokens[at - 1] if at else None
        is_repeated = before is not None and (before.text, before.line) == (tokens[at].text, tokens[at].line)
        if column in place_of and not is_repeated:
            starts.setdefault(tokens[at].cells, []).append(tokens[at].cell - place_of[column])
    return {cells: min(of) for cells, of in starts.items() if len(of) > len(set(of)) == 1}


def gaps_of(rows: Iterable[tuple[Sequence[Token], int]]) -> frozenset[Shape]:
    """Return the shapes of full rows, of the widths given with them, that all have the same cells empty.

    Such cells are no columns: merged cells of the page leave them. None is told where a row of the table
    holds a number too many (a Word grid's stray zero): then the last one of a full row may be such a one.
    """
    cells: dict[Shape, list[tuple[int, ...]]] = {}
    for filled, width in rows:
        if len(filled) > width:
            return frozenset()
        if len(filled) == width > 1 and filled[0].cells > 1 and filled[0].line == filled[-1].line:
            cells.setdefault(shape_of(filled), []).append(tuple(token.cell for token in filled))
    return frozenset(shape for shape, found in cells.items() if len(found) > 1 and len(set(found)) == 1)


def shape_of(filled: Sequence[Token]) -> Shape:
    """Return the shape of a row's numbers on one line."""
    return filled[0].cells, filled[0].cell, filled[-1].cell
