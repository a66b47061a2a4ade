"""Tells which of the orders that a header may mean fit the numbers of a row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain

from nlp.form.form import Row, Table
from nlp.form.sums import adds_up
from nlp.tables.labels.header_orders import Order, stand_in_order
from nlp.tables.page.cell_values import count
from nlp.tables.page.tokens import Token


def fitting_orders(candidates: Sequence[Order], table: Table, row: Row, count: int) -> tuple[Order, ...]:
    """Return the orders in which a row may stand where most rows have so many numbers.

    It is the form's where headers say nothing. Where they contradict the row's numbers, it is theirs or the
    form's: which of the two holds cannot be told.
    """
    fitting = chain.from_iterable(_for_row(order, table, row, count) for order in candidates)
    return tuple(dict.fromkeys(fitting)) or (row.columns,)


def likeliest(orders: Sequence[Order], rows: dict[str, list[Token]], table: Table) -> list[Order]:
    """Return the orders under which most rows add up, less those that do not."""
    if len(orders) == 1:
        return list(orders)
    scores = {order: sum(_sum_score(order, numbers, table) for numbers in rows.values()) for order in orders}
    best = max(scores.values())
    return [order for order in orders if scores[order] == best]


def are_out_of_order(candidates: Sequence[Order], row: Row) -> bool:
    """Return whether a header names columns of a row in orders that are all others than the form's."""
    named = [[column for column in order if column is not None] for order in candidates]
    return bool(named) and not any(stand_in_order(columns, row.columns) for columns in named)


def _for_row(order: Order, table: Table, row: Row, count: int) -> Iterator[Order]:
    """Yield the orders of a row's columns that a header allows.

    A header that lacks the total, or columns of which the row has numbers, is clipped. If it keeps the form's
    order, so do the numbers; if not, they may stand in the form's order or in any that keeps the header's.
    One that has a name for each number, strange ones among them, is believed.
    """
    named = tuple(column for column in order if column in row.columns)
    whole = tuple(column if column in row.columns else None for column in order)
    is_clipped = len(named) < len(row.columns)
    if is_clipped and count == len(whole) and _are_elsewhere(whole, row):
        yield whole
        return
    is_believed = count in (len(whole), len(named)) and _are_enough(named, table, row)
    if is_clipped and not is_believed:
        yield row.columns
        yield from _with_lost_columns(named, row)
        return
    yield whole if count == len(whole) else named
    with_strangers = tuple(column for column in order if column in (None, *row.columns))
    if count < len(with_strangers) and table.total is None:
        yield with_strangers


def _with_lost_columns(named: Order, row: Row) -> Iterator[Order]:
    """Yield a row's columns in the order in which some are named, the others behind and before them."""
    if named == tuple(column for column in row.columns if column in named):
        return
    lost = tuple(column for column in row.columns if column not in named)
    yield (*named, *lost)
    yield (*lost, *named)


def _are_elsewhere(order: Order, row: Row) -> bool:
    """Return whether columns that a header names, one for each number, stand elsewhere than in the form."""
    places = {column: place for place, column in enumerate(row.columns)}
    return any(places[column] != place for place, column in enumerate(order) if column is not None)


def _are_enough(named: Sequence[str], table: Table, row: Row) -> bool:
    """Return whether a header that lacks columns may be whole: it has most, and the total or all others."""
    if table.total in (None, *named):
        return len(named) > len(row.columns) / 2
    return len(named) == len(row.columns) - 1


def _sum_score(order: Order, numbers: Sequence[Token], table: Table) -> int:
    """Return 1 where a row's numbers in an order keep the sums of the form, -1 where not.

    It is 0 for numbers that are all 0, that are not as many as the columns, or whose total has no column.
    """
    columns = [column or "" for column in order]
    if len(numbers) != len(order) or table.total not in columns:
        return 0
    values = [count(token) or 0 for token in numbers]
    of_form = [amount for column, amount in zip(columns, values, strict=True) if column]
    if not any(of_form):
        return 0
    return 1 if adds_up(table.sums_of(columns), values) else -1
