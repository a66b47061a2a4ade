"""Leaves open the rows whose numbers stand in front of their columns: a tool lost the blank cells between."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

from nlp.form.form import Table
from nlp.tables.columns.candidates import Candidate
from nlp.tables.columns.displaced import is_row, is_several
from nlp.tables.page.cell_values import count
from nlp.tables.page.tokens import Token


def with_shifted_rows_open(
    rows: Mapping[str, Sequence[Candidate]], table: Table
) -> Mapping[str, Sequence[Candidate]]:
    """Return the candidates of rows, those without a total open where the totals stand in other columns.

    Such a row's last number is what the others come to, though its total is blank; or its only number has a
    digit for each column. Where half of the rows without a total are so, none of them is told. Where most
    rows have their totals, one is open as well whose last number may be its total, a number before it lost:
    not where the sums of the columns hold as its numbers stand.
    """
    total = _place_of_total(rows, table)
    if total is None:
        return rows
    lacking: dict[str, Sequence[Candidate]] = {}
    for id, candidates in rows.items():
        if candidates[total].is_blank and _tokens(candidates):
            lacking[id] = candidates
    numbers = [_tokens(candidates) for candidates in lacking.values()]
    if not any(count(token) for token in chain.from_iterable(numbers)):
        return rows
    if table.one_row:
        numbers = [list(chain.from_iterable(map(_tokens, rows.values())))]
    shifted = [tokens for tokens in numbers if _is_shifted(tokens, table)]
    if shifted and 2 * len(shifted) >= _telling(numbers):
        return {**rows, **_opened(rows if table.one_row else lacking)}
    if 2 * _telling(map(_tokens, lacking.values())) < _telling(map(_tokens, rows.values())):
        may_lack = {id: candidates for id, candidates in lacking.items() if _may_have_lost_one(candidates)}
        if may_lack and not _columns_add_up(rows, table):
            return {**rows, **_opened(may_lack)}
    return rows


def _place_of_total(rows: Iterable[str], table: Table) -> int | None:
    """Return the place of the total among the columns of all rows; None where they have none at an end."""
    columns = {table.row[id].columns for id in rows}
    if len(columns) != 1 or table.total_end is None or table.total is None:
        return None
    (of_rows,) = columns
    return of_rows.index(table.total) if table.total in of_rows else None


def _tokens(candidates: Sequence[Candidate]) -> list[Token]:
    return [candidate.token for candidate in candidates if candidate.token is not None]


def _telling(rows: Iterable[Sequence[Token]]) -> int:
    """Count the rows that have more than one number that is not 0."""
    telling = 0
    for tokens in rows:
        telling += sum(bool(count(token)) for token in tokens) > 1
    return telling


def _is_shifted(tokens: Sequence[Token], table: Table) -> bool:
    """Return whether numbers are those of a row, or of several, with a total each, or one that was many."""
    if len(tokens) == 1:
        return len(tokens[0].text) >= len(table.columns) and tokens[0].text.isdecimal()
    values = [count(token) or 0 for token in tokens]
    end = table.total_end or 0
    return is_row(values, end) or is_several(values, end)


def _may_have_lost_one(candidates: Sequence[Candidate]) -> bool:
    """Return whether the last number of a row may be its total: all cells before it are printed, none behind.

    Then it is no less than the others together.
    """
    tokens = _tokens(candidates)
    *values, last = [count(token) or 0 for token in tokens]
    are_first = all(candidate.token is not None for candidate in candidates[: len(tokens)])
    return are_first and bool(values) and last > 0 and last >= sum(values)


def _columns_add_up(rows: Mapping[str, Sequence[Candidate]], table: Table) -> bool:
    """Return whether the sums of all columns but the total's hold, in a table of all the form's rows.

    Then no number stands in a column before its own: both columns' sums would be broken.
    """
    printed = [id for id, candidates in rows.items() if _tokens(candidates)]
    lacking = {row.id for row in table.rows if not row.optional}.difference(printed)
    if lacking or not table.down:
        return False
    (columns,) = {table.row[id].columns for id in rows}
    equations = table.sums_down(printed)
    for place, column in enumerate(columns):
        values = [count(rows[id][place].token) or 0 for id in printed]
        if column != table.total and not all(equation.holds(values) for equation in equations):
            return False
    return True


def _opened(rows: Mapping[str, Sequence[Candidate]]) -> dict[str, list[Candidate]]:
    """Return candidates of rows each of which may hold any of its numbers, or none."""
    opened = {}
    for id, candidates in rows.items():
        opened[id] = [Candidate.any_of((*_tokens(candidates), None))] * len(candidates)
    return opened
