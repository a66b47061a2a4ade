"""Puts fewer numbers than columns where they stand: by cells, by lines, or by their place on a line."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property

from msgspec import Struct

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, in_turn
from nlp.tables.columns.grid import Grid
from nlp.tables.page.runs import Run, numbers_of
from nlp.tables.page.tokens import Kind, Token

_NEXT = 2
"""So many lines on at most stands the next cell where each has a line: one may be blank between them."""


Holds = Callable[[Sequence[Token | None]], bool | None]
"""Tells whether a row's own sum holds; None where the row has none, or not all its numbers."""


class RowNumbers(Struct, frozen=True, dict=True):
    """A row: its label's last token, the tokens of its cells, how many columns it has.

    `grid` tells where the values of the table's full rows stand, `holds` whether the row's own sum does.
    """

    label: Token
    run: Run
    width: int
    grid: Grid
    holds: Holds

    @cached_property
    def printed(self) -> list[Token]:
        """The values and placeholders among its tokens."""
        return numbers_of(self.run)

    @property
    def is_plain(self) -> bool:
        """Whether all its cells are numbers, as many as columns, side by side on the line of its label.

        On a delimited line each has the cell next to the one before.
        """
        label, run = self.label, self.run
        step = 1 if label.cells > 1 else 0
        if len(run) != self.width or self.width == 1 or run[0].cell < label.cell + step:
            return False
        cell = run[0].cell
        for token in run:
            if token.line != label.line or token.cell != cell or token.kind is Kind.EMPTY:
                return False
            cell += step
        return True

    @property
    def lines(self) -> set[int]:
        """The lines on which its values and placeholders stand."""
        return {token.line for token in self.printed}

    @property
    def blanks(self) -> list[Token]:
        """The empty cells on these lines."""
        lines = self.lines
        return [token for token in self.run if token.kind is Kind.EMPTY and token.line in lines]

    def without(self, token: Token) -> RowNumbers:
        """Return the row without one of its tokens."""
        return self.with_run([other for other in self.run if other is not token])

    def with_run(self, run: Sequence[Token]) -> RowNumbers:
        """Return the row with other tokens for its cells."""
        return RowNumbers(self.label, tuple(run), self.width, self.grid, self.holds)


def by_cells(row: RowNumbers) -> list[Candidate] | None:
    """Place by the cells of the one delimited line that holds the row's numbers, or else its blanks."""
    lines = row.lines or {row.label.line}
    if len(lines) != 1:
        return None
    label_cell = row.label.cell if row.label.line in lines else -1
    line = [token for token in row.run if token.line in lines and token.cells > 1]
    if not line or _blanks_are_gone([token for token in line if token.cell > label_cell], row.width):
        return None
    start = _first_cell(row, line, label_cell)
    if start is None:
        return None
    token_in = {token.cell: token for token in line}
    if len(token_in) < len(line):  # a cell of two numbers is none of the table's
        return None
    cells = range(start, start + row.width)
    if any(token.cell not in cells for token in numbers_of(line)):
        return None
    return in_turn(map(token_in.get, cells), Way.BY_CELLS)


def _blanks_are_gone(line: Sequence[Token], width: int) -> bool:
    """Return whether a line of too few numbers has no empty cells to make up for them.

    A scraper that joins the texts of a page leaves blank cells out; the cells that are left say nothing.
    """
    printed = len(numbers_of(line))
    return printed > 0 and (printed == len(line) or len(line) < width - 1)


def _first_cell(row: RowNumbers, line: Sequence[Token], label_cell: int) -> int | None:
    """Return the cell of the first column: as full rows have it, else where cells are just enough.

    Full rows that contradict each other tell nothing: a blank cell may be the rest of a merged label.
    """
    start = row.grid.start(line[0].cells, label_cell)
    if start is not None:
        return start
    behind_label = [token for token in line if token.cell > label_cell]
    if len(behind_label) == row.width and not row.grid.starts:
        return behind_label[0].cell
    return None


def by_lines(row: RowNumbers) -> list[Candidate] | None:
    """Place one cell a line where blank cells are lines of their own, up to the first real gap."""
    cells: list[Token] = []
    for token in row.run:
        if cells and token.line - cells[-1].line > _NEXT:
            break
        cells.append(token)
    lines = {token.line for token in cells}
    if len(cells) != row.width or len(lines) != row.width:
        return None
    return in_turn(cells, Way.BY_LINES)


def by_position(row: RowNumbers) -> list[Candidate] | None:
    """Place the numbers of one line laid out with spaces where the full rows next to it have theirs.

    None where other digits stand on the line: one may be a number that something sticks to (`0年`).
    """
    printed = row.printed
    if len(row.lines) != 1 or printed[0].cells > 0:
        return None
    lines = row.grid.lines
    start = row.label.end if row.label.line == printed[0].line else 0
    behind_label = lines[printed[0].line - 1].folded[start:]
    if _digits(behind_label) != sum(_digits(token.text) for token in printed):
        return None
    columns = row.grid.positions.columns(printed, lines)
    if columns is None:
        return None
    token_in = dict(zip(columns, printed, strict=True))
    return in_turn(map(token_in.get, range(row.width)), Way.BY_POSITION)


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))
