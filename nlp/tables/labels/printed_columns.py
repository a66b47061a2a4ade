"""Finds the order in which a page prints a table's columns, by the headers above its rows."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Mapping, Sequence
from itertools import groupby
from statistics import mode

from msgspec import Struct
from msgspec.structs import replace
from rapidfuzz.fuzz import ratio

from nlp.form.form import Column, Row, Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.sums import adds_up
from nlp.record.model import MISSING, Number, TableCells
from nlp.tables.labels.headers import PIECE, Header
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.page.runs import CELL_KINDS, numbers_of
from nlp.tables.page.tokens import Kind, Token

Order = tuple[str | None, ...]
"""Columns from left to right: their ids, None for a column that the form does not have."""
Value = Callable[[Token], Number | None]

_EXTRA = "extra_"
"""What the id of a column begins with that the form does not have."""
_COMPARING = ("上年", "上一年", "去年", "同期", "同比")
"""Words of columns that compare a year with the one before."""
_ALIKE = 60.0
"""The least similarity, of 100, at which a header names the one column that those beside it do not."""


class PrintedTable(Struct, frozen=True):
    """A table of the form as a page prints it.

    The rows of `table` have their columns in the page's order, columns that the form lacks included.
    `other_orders` are those in which the columns of a row may stand, where the headers leave it open; each
    is as long as the row.
    """

    table: Table
    other_orders: dict[str, tuple[Order, ...]] = {}


def printed_table(
    tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon, value: Value
) -> PrintedTable:
    """Return a table with the columns of its rows in the order in which the headers above them stand.

    `value` is the number of a token. A header that is clipped, or that names no columns, says nothing: the
    form's order stands.
    """
    table = lexicon.table
    in_rows = not table.one_row or is_in_rows(tokens, matches, table)
    headers = list(_headers(tokens, matches, lexicon)) if in_rows else []
    orders: dict[str, list[Order]] = {}
    for header, rows in _by_header(headers, matches.rows):
        numbers = {match.row: _numbers(tokens, matches, match) for match in rows}
        cell_by_cell = all(_stand_alone(printed) for printed in numbers.values())
        cell_by_cell = cell_by_cell and not _is_parted(header, matches.groups)
        candidates = list(_candidates(header, table, cell_by_cell))
        usual = _usual(numbers, table)
        for row in numbers:
            fitting = _fitting(candidates, table, table.row[row], usual[len(table.row[row].columns)])
            likeliest = _likeliest(fitting, numbers, table, value)
            of_form = table.row[row].columns
            may_be_of_form = of_form in likeliest and not _is_turned(header, table)
            orders[row] = [of_form] if may_be_of_form else likeliest
            if table.total is None and _has_more_columns(header):
                orders[row] = [*orders[row], *_not_among(orders[row], fitting)]
    first = {row: fitting[0] for row, fitting in orders.items()}
    others = {row: tuple(fitting[1:]) for row, fitting in orders.items() if fitting[1:]}
    return PrintedTable(_reordered(table, first), others)


def is_in_rows(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> bool:
    """Return whether the rows of a table stand below each other, each label before just its cells."""
    width = len(table.columns)
    rows = matches.rows
    return len(rows) > 1 and all(width in _cells_beside(tokens, matches, match) for match in rows)


def _cells_beside(tokens: Sequence[Token], matches: LabelMatches, match: RowMatch) -> set[int]:
    """Return how many cells stand behind a row's label: those with numbers, and all on its line."""
    on_line = [token for token in tokens[match.last + 1 :] if token.line == tokens[match.last].line]
    has_words = any(token.kind is Kind.TEXT for token in on_line)
    return {len(_numbers(tokens, matches, match)), 0 if has_words else len(on_line)}


def in_form_order(rows: TableCells, table: Table) -> TableCells:
    """Return the cells of a printed table in the order of the form; those not printed are missing."""
    lacking = [row.id for row in table.rows if row.id not in rows and not row.optional]
    return {
        row: {column: rows.get(row, {}).get(column, MISSING) for column in table.row[row].columns}
        for row in (*rows, *lacking)
    }


def _reordered(table: Table, orders: dict[str, Order]) -> Table:
    """Return a table whose rows have their columns in the given orders."""
    named = {}
    for row, order in orders.items():
        named[row] = tuple(column or f"{_EXTRA}{place}" for place, column in enumerate(order))
    if all(columns == table.row[row].columns for row, columns in named.items()):
        return table
    rows = tuple(replace(row, columns=named.get(row.id, row.columns)) for row in table.rows)
    return with_columns(replace(table, rows=rows))


def with_columns(table: Table) -> Table:
    """Return a table whose columns are those of its rows: in their order, where all rows have the same."""
    orders = {row.columns for row in table.rows}
    printed = dict.fromkeys(id for order in orders for id in order)
    if len(orders) > 1:
        printed = dict.fromkeys([*table.column, *printed])
    return replace(table, columns=tuple(table.column.get(id) or Column(id, "") for id in printed))


def _stand_alone(numbers: Sequence[Token]) -> bool:
    """Return whether each of a row's numbers has a line of its own."""
    return len({token.line for token in numbers}) == len(numbers)


def _is_parted(header: Sequence[Header], groups: Sequence[int]) -> bool:
    """Return whether the name of a group of rows stands between the names of columns.

    It stands above all of them, so what is behind it was not written cell by cell.
    """
    named = [text.place for text in header if text.column]
    return any(named[0] < place < named[-1] for place in groups)


def _usual(numbers: dict[str, list[Token]], table: Table) -> dict[int, int]:
    """Return how many numbers most rows of each width have that have any."""
    counts: dict[int, list[int]] = {}
    for row, printed in numbers.items():
        of_width = counts.setdefault(len(table.row[row].columns), [])
        if printed:
            of_width.append(len(printed))
    return {width: mode(of_width) if of_width else 0 for width, of_width in counts.items()}


def _by_header(
    headers: Sequence[list[Header]], rows: Sequence[RowMatch]
) -> Iterator[tuple[list[Header], list[RowMatch]]]:
    """Yield each header with the rows below it; rows above the first header are under the first, too."""
    starts = [header[0].place for header in headers]
    for n, header in enumerate(headers):
        first = starts[n] if n else -1
        end = starts[n + 1] if n + 1 < len(headers) else None
        below = [row for row in rows if row.first > first and (end is None or row.first < end)]
        if below:
            yield header, below


def _headers(tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon) -> Iterator[list[Header]]:
    """Yield the headers of a table from the top: texts between its rows, some of which name columns."""
    walls = [at for at, token in enumerate(tokens) if token.kind in CELL_KINDS]
    walls = sorted([*walls, *(match.first for match in matches.rows)])
    of_rows = matches.row_at
    texts = [header for header in matches.headers if header.place not in of_rows]
    for _, together in groupby(texts, key=lambda header: bisect_left(walls, header.place)):
        header = list(together)
        if any(text.column for text in header):
            yield _with_alike(header, lexicon)


def _with_alike(header: Sequence[Header], lexicon: Lexicon) -> list[Header]:
    """Return a header whose strange texts name the columns that it lacks, where one is much like theirs."""
    named = {text.column for text in header}
    lacking = {label: column for label, column in lexicon.whole_columns.items() if column not in named}
    columns = [_alike(text, lacking) for text in header]
    return [
        replace(text, column=column) if column and columns.count(column) == 1 else text
        for text, column in zip(header, columns, strict=True)
    ]


def _alike(text: Header, columns: Mapping[str, str]) -> str | None:
    """Return the one column, by its labels, that a text is much like which names none."""
    if text.column or text.over:
        return None
    alike = {column for label, column in columns.items() if ratio(text.label, label) >= _ALIKE}
    return alike.pop() if len(alike) == 1 else None


def _numbers(tokens: Sequence[Token], matches: LabelMatches, match: RowMatch) -> list[Token]:
    """Return the numbers between a row's label and the next label of a row."""
    end = min((other.first for other in matches.rows if other.first > match.first), default=len(tokens))
    return numbers_of(tokens[match.first : end])


def _candidates(header: Sequence[Header], table: Table, cell_by_cell: bool) -> Iterator[Order]:
    """Yield the orders of columns that a header may mean; none where it says nothing of their order.

    What stands on one line stands from left to right. Lines do not tell what is to the left of what: the
    names of an upper level stand in the middle of their cells, above, beside or below a lower level's.
    Where every name and every number has a line of its own, a tool wrote them cell by cell, the upper level
    first. Lines that name no column, as a table's caption, are none of the header.
    """
    lines = [line for line in _lines(header) if any(text.column or text.over for text in line)]
    named = [text.column for text in header if text.column]
    if max(map(len, lines)) == 1:
        if cell_by_cell and len(set(named)) == len(named):
            yield from _in_one_run(header, table)
        return
    whole = [line for line in lines if {text.column for text in line} >= set(named)]
    if whole:
        each_once = [next(same) for _, same in groupby(whole[-1], key=_meaning)]
        yield from _in_one_run(each_once, table)
        if any(text.column and text.fit <= PIECE for text in whole[-1]):  # its second line may be on this one
            yield tuple(column.id for column in table.columns)
    elif not all(_keeps_order(line, table) for line in lines):
        yield from _of_levels(lines, table)
    elif len(set(named)) < len(table.columns):
        yield tuple(column.id for column in table.columns if column.id in named)


def _lines(header: Sequence[Header]) -> list[list[Header]]:
    """Return the texts of each line of a header."""
    return [list(line) for _, line in groupby(header, key=lambda text: text.line)]


def _is_turned(header: Sequence[Header], table: Table) -> bool:
    """Return whether a line of a header of several levels names columns in another order than the form's."""
    lines = _lines(header)
    named = {text.column for text in header if text.column}
    if any({text.column for text in line} >= named for line in lines):
        return False
    return not all(_keeps_order(line, table) for line in lines)


def _keeps_order(line: Sequence[Header], table: Table) -> bool:
    """Return whether the columns that a line names stand in the order of the form."""
    places = [place for text in line for place in _places(text, table)]
    return places == sorted(places)


def _places(text: Header, table: Table) -> list[int]:
    """Return the places in the form of the columns that a text names or stands over."""
    order = [column.id for column in table.columns]
    return [order.index(column) for column in (*text.over, *([text.column] if text.column else []))]


def _of_levels(lines: Sequence[Sequence[Header]], table: Table) -> Iterator[Order]:
    """Yield the order of a header of two levels, a line each; several orders where none can be told."""
    upper = [line for line in lines if len(line) > 1 and any(text.over for text in line)]
    lower = [line for line in lines if line not in upper and len(line) > 1]
    if len(upper) == len(lower) == 1:
        yield tuple(_expanded([*upper[0], *lower[0]]))
        return
    yield tuple(text.column for line in lines for text in line if not text.over)
    yield _with_lines_turned(lines, table)
    yield tuple(column.id for column in table.columns)


def _with_lines_turned(lines: Sequence[Sequence[Header]], table: Table) -> Order:
    """Return the order of the form, the columns that a line names in another order in that of the line."""
    order: list[str | None] = [column.id for column in table.columns]
    for line in lines:
        named = [text.column for text in line if text.column]
        places = sorted(order.index(column) for column in named)
        for place, column in zip(places, named, strict=True):
            order[place] = column
    return tuple(order)


def _meaning(text: Header) -> tuple[str | None, tuple[str, ...]]:
    return text.column, text.over


def _in_one_run(header: Sequence[Header], table: Table) -> Iterator[Order]:
    """Yield the orders that names may mean which a tool wrote one after the other, an upper level first.

    A name that stands over all others (申请人情况) may stand over the total as well, or beside it; names
    that stand over others may come first, all of them, where a tool goes by height.
    """
    most = max((len(over.columns) for over in table.over), default=0)
    yield tuple(_expanded([text for text in header if not text.over or len(text.over) < most]))
    yield tuple(_expanded(header))
    yield tuple(text.column for text in header if not text.over)
    if any(text.over for text in header):
        return
    inner = {column for over in table.over for column in over.columns if len(over.columns) < most}
    of_form = [column.id for column in table.columns]
    named = [text.column for text in header if text.column]
    by_height = sorted(named, key=lambda column: (column in inner, of_form.index(column)))
    if named == by_height and not inner.isdisjoint(named):
        yield tuple(column for column in of_form if column in named)


def _expanded(items: Sequence[Header]) -> Iterator[str | None]:
    """Yield columns from left to right: those under a name that stands over several take its place."""
    left = list(items)
    while left:
        text = left.pop(0)
        under = [other for other in left if _is_under(other, text)]
        left = [other for other in left if other not in under]
        if text.over:
            yield from _expanded(under)
        else:
            yield text.column


def _is_under(text: Header, upper: Header) -> bool:
    """Return whether the column or columns of one header text are among those that another stands over."""
    if text.over:
        return set(text.over) < set(upper.over)
    return text.column in upper.over


def _fitting(candidates: Sequence[Order], table: Table, row: Row, count: int) -> list[Order]:
    """Return the orders in which a row may stand where most rows have so many numbers.

    It is the form's where headers say nothing. Where they contradict the row's numbers, it is theirs or the
    form's: which of the two holds cannot be told.
    """
    if not candidates:
        return [row.columns]
    fitting: dict[Order, None] = {}
    for order in candidates:
        fitting |= dict.fromkeys(_for_row(order, table, row, count))
    return list(fitting)


def _for_row(order: Order, table: Table, row: Row, count: int) -> Iterator[Order]:
    """Yield the orders of a row's columns that a header allows.

    A header that lacks the total, or columns of which the row has numbers, is clipped. If it keeps the form's
    order, so do the numbers; if not, they may stand in the form's order or in any that keeps the header's.
    """
    named = tuple(column for column in order if column in row.columns)
    whole = tuple(column if column in row.columns else None for column in order)
    is_clipped = len(named) < len(row.columns)
    if not is_clipped or (count in (len(whole), len(named)) and _are_enough(named, table, row)):
        yield whole if count == len(whole) else named
        with_strangers = tuple(column for column in order if column is None or column in row.columns)
        if count < len(with_strangers) and table.total is None:
            yield with_strangers
    else:
        yield row.columns
        if named != tuple(column for column in row.columns if column in named):
            lost = tuple(column for column in row.columns if column not in named)
            yield (*named, *lost)
            yield (*lost, *named)


def _are_enough(named: Sequence[str], table: Table, row: Row) -> bool:
    """Return whether a header that lacks columns may be whole: it has most, and the total or all others."""
    if table.total in (None, *named):
        return len(named) > len(row.columns) / 2
    return len(named) == len(row.columns) - 1


def _likeliest(
    orders: Sequence[Order], rows: dict[str, list[Token]], table: Table, value: Value
) -> list[Order]:
    """Return the orders under which most rows add up, less those that do not."""
    if len(orders) == 1:
        return list(orders)
    scores = [sum(_sum_score(order, numbers, table, value) for numbers in rows.values()) for order in orders]
    return [order for order, score in zip(orders, scores, strict=True) if score == max(scores)]


def _not_among(orders: Sequence[Order], others: Sequence[Order]) -> list[Order]:
    """Return the others with columns that no form has which are not among some orders."""
    return [order for order in others if None in order and order not in orders]


def _has_more_columns(header: Sequence[Header]) -> bool:
    """Return whether a header names a column that no form has, beside another or of the year before.

    Such a column (去年同期) may hold the number of a row whose own cell is blank.
    """
    lines = {text.line for text in header if text.column}
    for text in header:
        if text.column is None and not text.over and not text.label.isdecimal():
            is_beside = sum(other.line == text.line for other in header) > 1 and text.line in lines
            if is_beside or any(word in text.label for word in _COMPARING):
                return True
    return False


def _sum_score(order: Order, numbers: Sequence[Token], table: Table, value: Value) -> int:
    """Return 1 where a row's numbers in an order keep the sums of the form, -1 where not.

    It is 0 for numbers that are all 0, that are not as many as the columns, or whose total has no column.
    """
    columns = [column or "" for column in order]
    if len(numbers) != len(order) or table.total not in columns:
        return 0
    values = [value(token) or 0 for token in numbers]
    if not any(amount for column, amount in zip(columns, values, strict=True) if column):
        return 0
    return 1 if adds_up(table.sums_of(columns), values) else -1
