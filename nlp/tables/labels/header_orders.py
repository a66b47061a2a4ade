"""Tells in which orders the texts of a header may mean the columns of a table to stand."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from msgspec import Struct

from nlp.form.form import Table
from nlp.tables.labels.column_names import PIECE
from nlp.tables.labels.headers import Header
from nlp.tables.on_lines import lines_of

Order = tuple[str | None, ...]
"""Columns from left to right: their ids, None for a column that the form does not have."""


class ColumnHeader(Struct, frozen=True):
    """The texts of one header, in the order of the page, some of which name columns.

    `lines` are the texts of each line that names any: a table's caption is none of the header. `whole` are
    the lines that name all columns that the header names.
    """

    texts: Sequence[Header]
    lines: Sequence[Sequence[Header]]
    whole: Sequence[Sequence[Header]]

    @property
    def is_stacked(self) -> bool:
        """Whether each name has a line of its own."""
        return max(map(len, self.lines)) == 1


def column_header(texts: Sequence[Header]) -> ColumnHeader:
    """Return the header that some texts are together."""
    lines = [line for line in lines_of(texts) if any(text.columns for text in line)]
    named = set(columns_named(chain.from_iterable(lines)))
    whole = [line for line in lines if named.issubset(columns_named(line))]
    return ColumnHeader(texts, lines, whole)


def orders_meant(header: ColumnHeader, table: Table, cell_by_cell: bool) -> Iterator[Order]:
    """Yield the orders of columns that a header may mean; none where it says nothing of their order.

    What stands on one line stands from left to right. Lines do not tell what is to the left of what: the
    names of an upper level stand in the middle of their cells, above, beside or below a lower level's.
    Where every name and every number has a line of its own, a tool wrote them cell by cell, the upper level
    first.
    """
    named = columns_named(header.texts)
    if header.is_stacked:
        if cell_by_cell and len(set(named)) == len(named):
            yield from orders_in_run(header.texts, table)
    elif header.whole:
        line = header.whole[-1]
        by_name = groupby(line, key=lambda text: text.columns or text.label)
        yield from orders_in_run([next(same) for _, same in by_name], table)
        if _may_be_torn(line, table):  # its second line may be on this one
            yield tuple(table.column)
    elif is_turned(header, table):
        yield from _of_levels(header.lines, table)
    elif len(set(named)) < len(table.columns):
        yield tuple(column for column in table.column if column in named)


def _may_be_torn(line: Sequence[Header], table: Table) -> bool:
    """Return whether a line may be two of the form's header: 商业 科研 社会 其他 企业 机构 公益组织.

    Names that are torn stand a little higher than whole ones; each sort for itself is as the form has it.
    One that is named again is a second half.
    """
    firsts: dict[str, Header] = {}
    for text in line:
        firsts.setdefault(text.column or text.label, text)
    torn = [text for text in firsts.values() if text.over or text.fit <= PIECE]
    whole = [text for text in firsts.values() if text.over or text.fit > PIECE]
    is_torn = any(text.column for text in torn)
    return is_torn and _may_be_forms(torn, table) and _may_be_forms(whole, table)


def contradicts_form(header: ColumnHeader, table: Table) -> bool:
    """Return whether names on several lines, none of them torn, stand as no page of the form has them.

    Where each has a line of its own, a name that stands over others is not before those to the left of it.
    """
    texts = header.texts
    if header.whole or any(text.column and text.fit <= PIECE for text in texts):
        return False
    return not _may_be_forms(texts, table) or (header.is_stacked and _are_uppers_turned(texts, table))


def _are_uppers_turned(header: Sequence[Header], table: Table) -> bool:
    """Return whether a name over a part of the columns is before that of a column left of these."""
    most = max((len(over.columns) for over in table.over), default=0)
    of_form = list(table.column)
    left = len(of_form)
    for text in header:
        if text.over and len(text.over) < most:
            left = min(left, *map(of_form.index, text.over))
        elif text.column and of_form.index(text.column) < left < len(of_form):
            return True
    return False


def _may_be_forms(header: Sequence[Header], table: Table) -> bool:
    """Return whether names may be those of the form's columns in their order, as a tool gives them.

    The names of a level stand from left to right, those of an upper one before a lower one; where the total
    stands among them depends on the height of its cell.
    """
    inner, of_form = _inner(table), list(table.column)
    columns = list(dict.fromkeys(columns_named(header)))
    lower = [column for column in columns if column in inner]
    upper = [column for column in columns if column not in inner and column != table.total]
    if len(columns) > 1 and columns[0] == table.total and not _is_upper(header):
        return False
    if lower and not set(upper).isdisjoint(columns[columns.index(lower[0]) :]):
        return False
    return stand_in_order(lower, of_form) and stand_in_order(upper, of_form)


def is_turned(header: ColumnHeader, table: Table) -> bool:
    """Return whether a line of a header of several levels names columns in another order than the form's."""
    if header.whole:
        return False
    of_form = list(table.column)
    of_lines = [chain.from_iterable(text.columns for text in line) for line in header.lines]
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
    """Yield the order of a header of two levels, a line each; several orders where none can be told.

    A line that names again what others have named is their second half.
    """
    levels: list[Sequence[Header]] = []
    for line in lines:
        known = set(columns_named(chain.from_iterable(levels)))
        if len(line) > 1 and (_is_upper(line) or not known.issuperset(columns_named(line))):
            levels.append(line)
    levels.sort(key=_is_upper, reverse=True)
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


def orders_in_run(header: Sequence[Header], table: Table) -> Iterator[Order]:
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
