"""Leaves open the rows whose numbers stand in front of their columns: a tool lost the blank cells between."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

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
    rows have their totals, one is open as well whose last number may be its total, a number before it lost.
    """
    columns, *others = {table.row[id].columns for id in rows} or {()}
    if others or table.total_end is None or table.total not in columns:
        return rows
    total = columns.index(table.total)
    lacking = {id: of_row for id, of_row in rows.items() if of_row[total].is_blank and _tokens(of_row)}
    of_rows = [_tokens(of_row) for of_row in lacking.values()]
    if not any(count(token) for tokens in of_rows for token in tokens):
        return rows
    if table.one_row:
        of_rows = [[token for of_row in rows.values() for token in _tokens(of_row)]]
    telling = [tokens for tokens in of_rows if _are_several(tokens)]
    shifted = [tokens for tokens in of_rows if _is_shifted(tokens, table)]
    opened: Mapping[str, Sequence[Candidate]]
    if shifted and 2 * len(shifted) >= len(telling):
        opened = rows if table.one_row else lacking
    elif 2 * _telling(lacking) < _telling(rows):
        opened = {id: of_row for id, of_row in lacking.items() if _may_have_lost_one(of_row)}
    else:
        return rows
    return {**rows, **{id: _open(of_row) for id, of_row in opened.items()}}


def _tokens(candidates: Sequence[Candidate]) -> list[Token]:
    return [candidate.token for candidate in candidates if candidate.token is not None]


def _telling(rows: Mapping[str, Sequence[Candidate]]) -> int:
    """Count the rows that have more than one number that is not 0."""
    return sum(_are_several(_tokens(of_row)) for of_row in rows.values())


def _are_several(tokens: Sequence[Token]) -> bool:
    """Return whether more than one of some numbers is not 0."""
    return len([token for token in tokens if count(token)]) > 1


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


def _open(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates of a row that may hold any of its numbers, or none."""
    return [Candidate.any_of((*_tokens(candidates), None))] * len(candidates)
