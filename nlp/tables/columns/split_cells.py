"""Puts the numbers of a row into its columns where some of its cells hold two numbers."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import OPEN, Candidate, differing, in_turn, tokens_of
from nlp.tables.columns.placing import RowNumbers, by_cells
from nlp.tables.page.tokens import Token, joined


def with_cells_joined(row: RowNumbers) -> list[Candidate] | None:
    """Assign a row some of whose cells hold two numbers: one that is split, or a cell for two columns.

    The row's own sum tells which it is; where it does not, such a cell may hold any of them. None where no
    cell holds two, or joining them does not give the row its numbers, or the cells to place them by.
    """
    printed, width, holds = row.printed, row.width, row.holds
    whole = joined(printed)
    if len(whole) == len(printed):
        return None
    if len(whole) == width:
        if holds(whole):
            return in_turn(whole, Way.BY_SUM)
        return [_either(Candidate.of(token, Way.JOINED), printed) for token in whole]
    blanks = row.blanks
    if len(whole) > width or not blanks:
        return None
    candidates = by_cells(row.with_run([*whole, *blanks]))
    if candidates and holds(tokens_of(candidates)):
        return candidates
    if len(printed) != width:
        return None
    as_many = in_turn(printed, Way.BY_SUM)
    return as_many if holds(printed) else differing(candidates or [OPEN] * width, as_many)


def _either(candidate: Candidate, printed: Sequence[Token]) -> Candidate:
    """Return the candidate of a cell that holds a number, or two of which each, or both as one, may be it.

    A piece that begins with a nought (`1 06`) is no number of its own.
    """
    token = candidate.token
    if token is None or token in printed:
        return candidate
    pieces = [one for one in printed if one.line == token.line and one.cell == token.cell]
    if any(len(one.text) > 1 and one.text[0] == "0" for one in pieces):
        return candidate
    return Candidate.any_of((token, *pieces))
