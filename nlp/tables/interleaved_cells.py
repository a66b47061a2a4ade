"""Doubts the order of a row in which a cell of several lines is torn by the cells beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from nlp.tables.page.runs import CELL_KINDS, Run, before_texts
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Reading


class TornCell(NamedTuple):
    """A number whose remark goes on behind other numbers, and these."""

    number: Token
    between: Run


def torn_cells(tokens: Sequence[Token]) -> list[TornCell]:
    """Return the numbers of a table whose remark begins behind them and ends behind others, lines below.

    A text that was taken off a page line by line has the first line of a cell of two lines above the cells
    of one line beside it, whichever column it is in: `行政处罚 8（其中联合发文4`, `0 0`, `件）` may be
    8, 0, 0 or 0, 0, 8. Numbers in delimited cells have their column.
    """
    torn = []
    for place, (number, remark) in enumerate(pairwise(tokens)):
        is_number = number.kind in CELL_KINDS and number.cell < 0
        if not is_number or remark.line != number.line or not _is_opened(remark):
            continue
        between = tuple(before_texts(tokens[place + 2 :]))
        end = place + 2 + len(between)
        is_closed = any(token.text.endswith(")") for token in tokens[end : end + 1])
        if between and is_closed:
            torn.append(TornCell(number, between))
    return torn


def with_torn_cells_doubted(reading: Reading, torn: Sequence[TornCell]) -> Reading:
    """Return a reading that leaves open where a torn cell stands among the cells of its row."""
    alternatives = dict(reading.alternatives)
    for number, between in torn:
        for row, run in reading.runs.items():
            if {number, *between} <= set(run):
                alternatives[row] = [*alternatives.get(row, ()), *_elsewhere(number, run)]
    return replace(reading, alternatives=alternatives)


def _is_opened(token: Token) -> bool:
    return token.kind is Kind.TEXT and token.text.count("(") > token.text.count(")")


def _elsewhere(token: Token, run: Run) -> Iterator[Run]:
    """Yield the row with a cell of it in every other place."""
    rest = [other for other in run if other is not token]
    for place in range(len(run)):
        if run[place] is not token:
            yield (*rest[:place], token, *rest[place:])
