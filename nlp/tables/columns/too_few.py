"""Puts fewer numbers than columns into a row's columns."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, agreed, are_zeros, in_doubt, tokens_of
from nlp.tables.columns.placing import RowNumbers, by_cells, by_lines, by_position
from nlp.tables.page.tokens import Token


def too_few(row: RowNumbers) -> list[Candidate]:
    """Assign fewer numbers than columns.

    Blank cells say which are blank, unless the row's sum is broken and two numbers may have become one
    (`153915499`). A number's place on the line says it only if the sum holds, or all numbers are zero.
    """
    placed = by_cells(row) or by_lines(row)
    if placed:
        may_be_joined = any(len(token.text) > 1 for token in row.printed)
        is_broken = row.holds(tokens_of(placed)) is False
        return in_doubt(placed) if may_be_joined and is_broken else placed
    placed = by_position(row)
    if placed:
        return placed if are_zeros(row.printed) or row.holds(tokens_of(placed)) else in_doubt(placed)
    return unplaced(row)


def unplaced(row: RowNumbers) -> list[Candidate]:
    """Return candidates, ambiguous where the ways to place a row's numbers in their order differ.

    These are the ways in which its sum holds, where there are such and no delimiters part the cells.
    """
    readings: list[Sequence[Token | None]] = []
    for columns in combinations(range(row.width), len(row.printed)):
        token_in = dict(zip(columns, row.printed, strict=True))
        readings.append([token_in.get(column) for column in range(row.width)])
    if row.printed[0].cells < 0:
        holding = [reading for reading in readings if row.holds(reading)]
        if holding:
            return agreed(holding, Way.BY_SUM)
    return agreed(readings, Way.EACH_WAY)
