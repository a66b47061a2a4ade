"""Doubts the order of a row in which a cell of several lines is torn by the cells beside it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nlp.tables.page.runs import CELL_KINDS, Run
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Reading


def with_interleaved_cells_doubted(reading: Reading, tokens: Sequence[Token]) -> Reading:
    """Return a reading that leaves open where such a cell stands among the cells of its row.

    A text that was taken off a page line by line has the first line of a cell of two lines above the cells
    of one line beside it, whichever column it is in: `行政处罚 8（其中联合发文4`, `0 0`, `件）` may be
    8, 0, 0 or 0, 0, 8. `tokens` are those of the table; a cell from another table's region is left as it is.
    """
    place_of = {token: place for place, token in enumerate(tokens)}
    alternatives = {row: list(runs) for row, runs in reading.alternatives.items()}
    for row, run in reading.runs.items():
        for token in run:
            if token in place_of and _is_torn(place_of[token], run, tokens):
                alternatives.setdefault(row, []).extend(_elsewhere(token, run))
    return replace(reading, alternatives=alternatives)


def _is_torn(place: int, run: Run, tokens: Sequence[Token]) -> bool:
    """Return whether a remark begins behind the number at a place and ends behind others of the row."""
    token = tokens[place]
    if token.cell >= 0 or token.kind not in CELL_KINDS or place + 1 == len(tokens):
        return False
    remark = tokens[place + 1]
    if remark.line != token.line or not _is_opened(remark):
        return False
    for at in range(place + 2, len(tokens)):
        other = tokens[at]
        if other.kind is Kind.TEXT:
            has_others_between = at > place + 2
            return has_others_between and other.text.endswith(")") and not _is_opened(other)
        if other not in run or other.line == token.line:
            return False
    return False


def _is_opened(token: Token) -> bool:
    return token.kind is Kind.TEXT and token.text.count("(") > token.text.count(")")


def _elsewhere(token: Token, run: Run) -> Iterator[Run]:
    """Yield the row with a cell of it in every other place."""
    rest = [other for other in run if other is not token]
    for place in range(len(run)):
        if run[place] is not token:
            yield (*rest[:place], token, *rest[place:])
