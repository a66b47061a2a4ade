"""Doubts a number that may go on on the next line, and the row that seems to have what stands there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import NamedTuple

from msgspec.structs import replace

from nlp.tables.on_lines import is_all_of_its_line
from nlp.tables.page.tokens import Kind, Token, one_of
from nlp.tables.reading import Reading
from nlp.text.lines import Line


class CutNumber(NamedTuple):
    """Two lines of digits below each other, which may be one number that the end of a line cut."""

    number: Token
    rest: Token


def cut_numbers(tokens: Sequence[Token], lines: Sequence[Line]) -> list[CutNumber]:
    """Return each two of a table's counts that stand below each other, all of their lines.

    A number that begins with 0 is whole.
    """
    cut = []
    for number, rest in pairwise(tokens):
        are_values = number.kind is Kind.VALUE and rest.kind is Kind.VALUE and rest.line == number.line + 1
        if not are_values or number.text[0] == "0":
            continue
        are_counts = number.text.isdecimal() and rest.text.isdecimal()
        if are_counts and is_all_of_its_line(number, lines) and is_all_of_its_line(rest, lines):
            cut.append(CutNumber(number, rest))
    return cut


def with_cut_numbers_doubted(reading: Reading, cut: Sequence[CutNumber], tokens: Sequence[Token]) -> Reading:
    """Return a reading that leaves two rows open of which one has its number below its label, one above it.

    `行政处罚`, `10`, `0`, `行政强制`: 10 and 0, or 100 and a blank cell.
    """
    row_of = {token: row for row, run in reading.runs.items() for token in run}
    alternatives = dict(reading.alternatives)
    for number, rest in cut:
        row, other = row_of.get(number), row_of.get(rest)
        if row is None or other is None or row == other:
            continue
        is_below = tokens[reading.matches[row].last].line < number.line
        is_above = tokens[reading.matches[other].first].line > rest.line
        if is_below and is_above:
            run, of_other = reading.runs[row], reading.runs[other]
            joined = tuple(one_of(token, rest) if token is number else token for token in run)
            without = tuple(token for token in of_other if token is not rest)
            alternatives[row] = [*alternatives.get(row, ()), joined]
            alternatives[other] = [*alternatives.get(other, ()), without]
    return replace(reading, alternatives=alternatives)
