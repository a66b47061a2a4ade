"""Tells whether the number in a row's label cell is a part of the label, and assigns those behind it."""

from __future__ import annotations

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, in_turn
from nlp.tables.columns.placing import RowNumbers, by_cells, by_lines
from nlp.tables.page.tokens import Kind, Token

_SOME = 2
"""From so many labels on with a number below shows that a page has one cell a line."""


def is_in_label_cell(row: RowNumbers) -> bool:
    """Return whether a row's first number alone stands in its label's cell, where other rows have it behind.

    Behind is in a cell of its own on the line, or on a line below where all other numbers are there, and
    no label goes on. The sum of a row that holds with that number tells that it is the row's own.
    """
    label = row.label
    first, *rest = row.printed
    if not _is_inside(first, label) or (rest and _is_inside(rest[0], label)):
        return False
    if len(row.printed) == row.width and row.holds(row.printed):
        return False
    firsts = [(other, numbers[0]) for other, numbers in row.grid.filled if other is not label]
    if label.cells > 1:
        return any(number.line == other.line and number.cell > other.cell for other, number in firsts)
    if rest:
        firsts.append((label, rest[0]))
    are_behind = all(number.line > other.line or number.cell > other.cell for other, number in firsts)
    return len(firsts) >= _SOME and are_behind and not row.grid.wrapped


def _is_inside(number: Token, label: Token) -> bool:
    return number.line == label.line and number.cell == label.cell


def beside_label_cell(row: RowNumbers) -> list[Candidate]:
    """Assign the numbers of a row whose first one stands in its label's cell.

    The cells behind hold the row's own numbers where these are as many as its columns, blank ones among them
    (`行政处罚32项 | 112 | 1 |`). Where all are blank, or are fewer, nobody can tell.
    """
    first, *rest = row.printed
    if row.width > 1 and len(rest) == row.width:
        return in_turn(rest, Way.AS_MANY)
    if any(token.kind is Kind.VALUE for token in rest):
        own = row.without(first)
        placed = by_cells(own) or by_lines(own)
        if placed:
            return placed
    return [Candidate.any_of((*row.printed, None))] * row.width
