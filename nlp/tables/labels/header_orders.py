"""Tells in which orders the texts of a header may mean the columns of a table to stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from nlp.form.form import Table
from nlp.tables.labels.headers import PIECE, Header

Order = tuple[str | None, ...]
"""Columns from left to right: their ids, None for a column that the form does not have."""


def orders_meant(
    header: Sequence[Header], lines: Sequence[Sequence[Header]], table: Table, cell_by_cell: bool
) -> Iterator[Order]:
    """Yield the orders of columns that a header may mean; none where it says nothing of their order.

    What stands on one line stands from left to right. Lines do not tell what is to the left of what: the
    names of an upper level stand in the middle of their cells, above, beside or below a lower level's.
    Where every name and every number has a line of its own, a tool wrote them cell by cell, the upper level
    first. Lines that name no column, as a table's caption, are none of the header.
    """
    named = columns_named(header)
    if max(map(len, lines)) == 1:
        if cell_by_cell and len(set(named)) == len(named):
            yield from _in_one_run(header, table)
        return
    whole = _whole_lines(lines)
    if whole:
        each_once = [next(same) for _, same in groupby(whole[-1], key=lambda text: text.columns)]
        yield from _in_one_run(each_once, table)
        if _may_go_by_height(whole[-1], table):
            yield tuple(table.column)
    elif is_turned(lines, table):
        yield from _of_levels(lines, table)
    elif len(set(named)) < len(table.columns):
        yield tuple(column for column in table.column if column in named)


def _whole_lines(lines: Sequence[Sequence[Header]]) -> list[Sequence[Header]]:
    """Return the lines of a header that name all its columns."""
    named = set(columns_named(chain.from_iterable(lines)))
    return [line for line in lines if named == set(columns_named(line))]


def _may_go_by_height(line: Sequence[Header], table: Table) -> bool:
    """Return whether a line of headers may be two, given by height: 商业 科研 自然人 其他 总计 企业 机构.

    It holds beginnings of names, and the names that it holds whole stand in the form's order, or by height.
    """
    named = [text for text in line if text.column]
    whole = list(dict.fromkeys(columns_named(text for text in named if text.fit > PIECE)))
    are_in_order = stand_in_order(whole, list(table.column)) or whole == _by_height(whole, table)
    return are_in_order and any(text.fit <= PIECE for text in named)


def is_turned(lines: Sequence[Sequence[Header]], table: Table) -> bool:
    """Return whether a line of a header of several levels names columns in another order than the form's."""
    if _whole_lines(lines):
        return False
    of_form = list(table.column)
    of_lines = [chain.from_iterable(text.columns for text in line) for line in lines]
    return not all(stand_in_order(columns, of_form) for columns in of_lines)


def stand_in_order(labels: Iterable[str], order: Sequence[str]) -> bool:
    """Return whether those labels that are in `order` stand in it; one may stand several times in turn.

    >>> stand_in_order(["a", "a", "x", "c"], "abc"), stand_in_order(["b", "a"], "abc")
    (True, False)
    """
    places = [order.index(label) for label in labels if label in order]
    return places == sorted(places)


def columns_named(texts: Iterable[Header]) -> list[str]:
    """Return the columns that texts name."""
    return [text.column for text in texts if text.column]


def _of_lower_level(texts: Iterable[Header]) -> Order:
    """Return the columns that texts name which stand over none, None for one of another table."""
    return tuple(text.column for text in texts if not text.over)


def _is_upper(texts: Iterable[Header]) -> bool:
    """Return whether some text stands over columns."""
    return any(text.over for text in texts)


def _of_levels(lines: Sequence[Sequence[Header]], table: Table) -> Iterator[Order]:
    """Yield the order of a header of two levels, a line each; several orders where none can be told."""
    levels = sorted((line for line in lines if len(line) > 1), key=_is_upper, reverse=True)
    if list(map(_is_upper, levels)) == [True, False]:
        yield tuple(_expanded(list(chain.from_iterable(levels))))
        return
    yield _of_lower_level(chain.from_iterable(lines))
    yield _with_lines_turned(lines, table)
    yield tuple(table.column)


def _with_lines_turned(lines: Sequence[Sequence[Header]], table: Table) -> Order:
    """Return the order of the form, the columns that a line names in another order in that of the line."""
    order: list[str | None] = list(table.column)
    for line in lines:
        named = columns_named(line)
        places = sorted(map(order.index, named))
        for place, column in zip(places, named, strict=True):
            order[place] = column
    return tuple(order)


def _in_one_run(header: Sequence[Header], table: Table) -> Iterator[Order]:
    """Yield the orders that names may mean which a tool wrote one after the other, an upper level first.

    A name that stands over all others (申请人情况) may stand over the total as well, or beside it; names
    that stand over others may come first, all of them, where a tool goes by height.
    """
    most = max((len(over.columns) for over in table.over), default=1)
    yield tuple(_expanded([text for text in header if len(text.over) < most]))
    yield tuple(_expanded(header))
    yield _of_lower_level(header)
    if _is_upper(header):
        return
    named = columns_named(header)
    if named == _by_height(named, table) and not _inner(table).isdisjoint(named):
        yield tuple(column for column in table.column if column in named)


def _inner(table: Table) -> set[str]:
    """Return the columns of a lower level: those under a name that does not stand over all others."""
    most = max((len(over.columns) for over in table.over), default=1)
    return {column for over in table.over for column in over.columns if len(over.columns) < most}


def _by_height(columns: Iterable[str], table: Table) -> list[str]:
    """Return columns as a tool sets their names that goes by height: those of a lower level last."""
    inner, of_form = _inner(table), list(table.column)
    return sorted(columns, key=lambda column: (column in inner, of_form.index(column)))


def _expanded(items: Sequence[Header]) -> Iterator[str | None]:
    """Yield columns from left to right: those under a name that stands over several take its place."""
    left = list(items)
    while left:
        text = left.pop(0)
        under = [other for other in left if other.is_under(text)]
        left = [other for other in left if other not in under]
        if text.over:
            yield from _expanded(under)
        else:
            yield text.column
