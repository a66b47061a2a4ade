"""Puts more numbers than columns into a row's columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, agreed, in_doubt, in_turn
from nlp.tables.columns.placing import RowNumbers
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run, texts
from nlp.tables.page.tokens import Kind, Token, are_split, one_of


def too_many(row: RowNumbers) -> list[Candidate]:
    """Assign more numbers than columns."""
    printed, width = row.printed, row.width
    rows_padded = [numbers for _, numbers in row.grid.filled if _is_padded(numbers, width)]
    if _is_padded(printed, width) and len(rows_padded) > 1:
        return in_turn(printed[:width], Way.AS_MANY)
    last_texts = {token.text for token in printed[width - 1 :]}
    may_be_merged = row.holds(printed[:width]) is not False
    if row.grid.repeating and len(last_texts) == 1 and may_be_merged:
        return in_turn(printed[:width], Way.MERGED)
    if width > 1 and _is_whole(row):
        return _with_rest_of_last(row)
    if width > 1 and len(printed) == width + 1:
        return _one_too_many(row)
    return [Candidate.any_of(printed)] * width


def _is_padded(row: Sequence[Token], width: int) -> bool:
    """Return whether a row has all its numbers, and behind them nothing but marks of blank cells."""
    kinds = [token.kind for token in row]
    return kinds[:width] == [Kind.VALUE] * width and set(kinds[width:]) == {Kind.PLACEHOLDER}


def _with_rest_of_last(row: RowNumbers) -> list[Candidate]:
    """Assign the numbers of the label's line; the last may go on with the digits alone on the next line.

    The row's sum tells that it does not.
    """
    printed, width = row.printed, row.width
    candidates = in_turn(printed[:width], Way.ON_ITS_LINE)
    last, below = printed[width - 1], printed[width]
    if below.line == row.label.line + 1 and not row.holds(printed[:width]):
        candidates[-1] = Candidate.any_of((last, one_of(last, below)))
    return candidates


def _is_whole(row: RowNumbers) -> bool:
    """Return whether a row is whole on its label's line, and what follows are pages' numbers.

    Each of these stands alone on its line.
    """
    lines = [token.line for token in row.printed]
    own, behind = lines[: row.width], lines[row.width :]
    each_apart = {row.label.line, *behind}
    return set(own) == {row.label.line} and len(each_apart) == 1 + len(behind)


def _one_too_many(row: RowNumbers) -> list[Candidate]:
    """Leave one of the numbers out, or join two that were one (`1 06`): as the row's sum has it.

    Zeros alone add up as well, and no other number with them; it may be what another row lacks. The mark of a
    blank cell is no more one too many than a 0 is. A number that is left out, but for a stray 0 (0件), may be
    a digit of the one beside it as well, in a row whose sum is wrong; less likely where other rows have one
    too many, too.
    """
    printed = row.printed
    without_one = reversed(list(combinations(printed, len(printed) - 1)))
    with_two_joined = _with_two_joined(printed)
    by_text = {tuple(texts(reading)): reading for reading in (*without_one, *with_two_joined)}
    different = list(by_text.values())
    if len(different) == 1:
        return agreed(different, Way.ONE_TOO_MANY)
    holding = [reading for reading in different if row.holds(reading)]
    if holding:
        used = set().union(*holding)
        left_out = [token for token in printed if count(token) != 0 and not _is_in_any(token, used)]
        torn = [reading for reading in with_two_joined if left_out and left_out[0] not in reading]
        candidates = agreed([*holding, *torn], Way.BY_SUM)
        if left_out and not row.grid.is_crowded(row.label):
            return in_doubt(candidates)
        return candidates
    zeros = [reading for reading in different if _is_of_zeros(reading)]
    if zeros:
        return agreed(zeros, Way.ZEROS)
    return agreed(different, Way.EACH_WAY)


def _is_of_zeros(reading: Sequence[Token]) -> bool:
    """Return whether a reading has zeros, and marks of blank cells at most."""
    return all(count(token) == 0 or token.kind is Kind.PLACEHOLDER for token in reading)


def _is_in_any(token: Token, others: Iterable[Token]) -> bool:
    """Return whether a token is one of others, or a piece of one."""
    return any(one.line == token.line and one.start <= token.start < one.end for one in others)


def _with_two_joined(printed: list[Token]) -> list[Run]:
    readings: list[Run] = []
    for n, (one, two) in enumerate(pairwise(printed)):
        if are_split(one, two):
            readings.append((*printed[:n], one_of(one, two), *printed[n + 2 :]))
    return readings
