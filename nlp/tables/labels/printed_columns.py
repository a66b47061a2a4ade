"""Finds the order in which a page prints a table's columns, by the headers above its rows."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterator, Sequence
from itertools import chain, groupby
from statistics import mode

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Column, Row, Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import SHORT, WHOLE, alike_name, is_piece
from nlp.tables.labels.header_orders import (
    ColumnHeader,
    Order,
    column_header,
    columns_named,
    contradicts_form,
    is_turned,
    orders_in_run,
    orders_meant,
)
from nlp.tables.labels.headers import Header
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.labels.row_orders import are_out_of_order, fitting_orders, likeliest
from nlp.tables.labels.side_by_side import orders_of_one, side_by_side
from nlp.tables.on_lines import lines_of
from nlp.tables.page.runs import CELL_KINDS, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.text.cells import COMPARING, ROW_NUMBERS

_WHOLE_NAMES = 2
"""A line of headers with so many whole names of columns is not torn."""
ANY_ORDER: Order = ()
"""Stands for whatever order, where headers are none of the form's and name none that fits the numbers."""
_EXTRA = "extra_"
"""What the id of a column begins with that the form does not have."""

_RowBelow = tuple[RowMatch, list[Token]]
"""A row's label and its numbers."""


class PrintedTable(Struct, frozen=True):
    """A table of the form as a page prints it.

    The rows of `table` have their columns in the page's order, columns that the form lacks included.
    `other_orders` are those in which the columns of a row may stand, where the headers leave it open; each
    is as long as the row, or `ANY_ORDER`.
    """

    table: Table
    other_orders: dict[str, tuple[Order, ...]] = {}


def printed_table(
    tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon, year: int | None = None
) -> PrintedTable:
    """Return a table with the columns of its rows in the order in which the headers above them stand.

    `year` is the report's. A header that is clipped, or that names no
    columns, says nothing: the form's order stands.
    """
    table = lexicon.table
    headers = list(_headers(tokens, matches, lexicon))
    if not headers:
        return PrintedTable(table)
    orders: dict[str, Order] = {}
    other_orders: dict[str, tuple[Order, ...]] = {}
    rows_below = _numbers(tokens, matches)
    for header, below in _by_header(headers, rows_below):
        of_columns = column_header(header)
        if _is_as_in_form(of_columns, [table.row[match.row] for match, _ in below]):
            continue
        numbers = {match.row: printed for match, printed in below}
        beside = side_by_side(of_columns.lines, tokens, lexicon, year)
        if beside:
            orders_beside = list(orders_of_one(beside, tokens, lexicon, year))
            orders_of_row = dict.fromkeys(numbers, orders_beside) if orders_beside else {}
        else:
            by_height = _is_parted(header, matches.groups)
            cell_by_cell = not by_height and _are_stacked(below, tokens)
            orders_of_row = _orders_of_rows(of_columns, numbers, table, cell_by_cell, by_height)
        for row, (first, *others) in orders_of_row.items():
            orders[row] = first
            if others:
                other_orders[row] = tuple(others)
    return PrintedTable(_reordered(table, orders), other_orders)


def _is_as_in_form(header: ColumnHeader, rows: Sequence[Row]) -> bool:
    """Return whether a header names the columns of all rows below it as the form has them, and no more.

    So do most headers.
    """
    line = header.whole[-1] if header.whole else header.texts
    named = tuple(text.column for text in line)
    has_strangers = not all(text.columns for text in header.texts)
    return not has_strangers and all(row.columns == named for row in rows)


def _orders_of_rows(
    header: ColumnHeader,
    numbers: dict[str, list[Token]],
    table: Table,
    cell_by_cell: bool,
    by_height: bool,
) -> dict[str, list[Order]]:
    """Return the orders in which the numbers of each row below a header may stand, the likeliest first.

    `cell_by_cell` and `by_height` tell how a tool wrote names that have lines of their own; names that go by
    height do not contradict the form.
    """
    contradicts = not (cell_by_cell or by_height) and contradicts_form(header, table)
    if contradicts:
        told = [order for order in orders_in_run(header.texts, table) if len(set(order)) == len(order)]
        told.append(tuple(table.column))
    else:
        told = list(orders_meant(header, table, cell_by_cell))
    turned = contradicts or is_turned(header, table)
    has_more = table.total is None and _has_more_columns(header.texts)
    usual = _usual(numbers, table)
    in_columns: dict[tuple[str, ...], list[Row]] = {}
    for id in numbers:
        in_columns.setdefault(table.row[id].columns, []).append(table.row[id])
    orders: dict[str, list[Order]] = {}
    for columns, rows in in_columns.items():
        fitting = fitting_orders(told, table, rows[0], usual[len(columns)])
        best = likeliest(fitting, numbers, table)
        if columns in best and not (turned or are_out_of_order(told, rows[0])):
            best = [columns]
        if has_more:  # one of them may have the number of a blank cell
            best = [*best, *(order for order in fitting if None in order and order not in best)]
        if contradicts and len(fitting) == 1:
            best = [*best, ANY_ORDER]
        orders |= {row.id: best for row in rows}
    return {id: orders[id] for id in numbers}


def is_in_rows(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> bool:
    """Return whether the rows of a table stand below each other, each label before just its cells."""
    width = len(table.columns)
    beside = [_cells_beside(tokens, match, numbers) for match, numbers in _numbers(tokens, matches)]
    return len(beside) > 1 and all(width in counts for counts in beside)


def _cells_beside(tokens: Sequence[Token], match: RowMatch, numbers: Sequence[Token]) -> set[int]:
    """Return how many cells stand behind a row's label: those with its numbers, and all on its line."""
    on_line = [token for token in tokens[match.last + 1 :] if token.line == tokens[match.last].line]
    has_words = any(token.kind is Kind.TEXT for token in on_line)
    return {len(numbers), 0 if has_words else len(on_line)}


def _reordered(table: Table, orders: dict[str, Order]) -> Table:
    """Return a table whose rows have their columns in the given orders."""
    if all(order == table.row[row].columns for row, order in orders.items()):
        return table
    rows = []
    for row in table.rows:
        order = orders.get(row.id, row.columns)
        columns = tuple(column or f"{_EXTRA}{place}" for place, column in enumerate(order))
        rows.append(replace(row, columns=columns))
    return with_columns(replace(table, rows=tuple(rows)))


def with_columns(table: Table) -> Table:
    """Return a table whose columns are those of its rows: in their order, where all rows have the same."""
    orders = {row.columns for row in table.rows}
    printed = dict.fromkeys(chain.from_iterable(orders))
    if len(orders) > 1:
        printed = dict.fromkeys([*table.column, *printed])
    return replace(table, columns=tuple(table.column.get(id, Column(id, "")) for id in printed))


def _are_stacked(rows: Sequence[_RowBelow], tokens: Sequence[Token]) -> bool:
    """Return whether each row's label has a line of its own, and so has each of its numbers."""
    for match, numbers in rows:
        lines = {tokens[match.last].line, *(token.line for token in numbers)}
        if len(lines) <= len(numbers):
            return False
    return True


def _is_parted(header: Sequence[Header], groups: Sequence[int]) -> bool:
    """Return whether the name of a group of rows stands between the names of columns.

    It stands above all of them, so what is behind it was not written cell by cell.
    """
    named = [text.place for text in header if text.column]
    return bisect_right(groups, named[0]) < bisect_left(groups, named[-1])


def _usual(numbers: dict[str, list[Token]], table: Table) -> dict[int, int]:
    """Return how many numbers most rows of each width have that have any."""
    counts: dict[int, list[int]] = {}
    for row, printed in numbers.items():
        counts.setdefault(len(table.row[row].columns), []).append(len(printed))
    return {width: mode([count for count in of_width if count] or [0]) for width, of_width in counts.items()}


def _by_header(
    headers: Sequence[list[Header]], rows: Sequence[_RowBelow]
) -> Iterator[tuple[list[Header], list[_RowBelow]]]:
    """Yield each header with the rows below it; rows above the first are under it, too."""
    starts = [header[0].place for header in headers]
    by_header = groupby(rows, key=lambda row: max(0, bisect_left(starts, row[0].first) - 1))
    for place, below in by_header:
        yield headers[place], list(below)


def _headers(tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon) -> Iterator[list[Header]]:
    """Yield the headers of a table from the top: texts between its rows, some of which name columns."""
    of_rows = matches.row_at
    walls = [at for at, token in enumerate(tokens) if at in of_rows or token.kind in CELL_KINDS]
    label_cells = {(tokens[at].cell, tokens[at].cells) for at in of_rows if tokens[at].cells > 1}
    texts = [header for header in matches.headers if header.place not in of_rows]
    for _, together in groupby(texts, key=lambda header: bisect_left(walls, header.place)):
        header = list(together)
        if any(text.column for text in header):
            named = _with_alike(_with_pieces(header, tokens, of_rows, lexicon), lexicon)
            own = [text for text in named if text.label not in ROW_NUMBERS]
            yield [text for text in own if not _is_over_labels(text, tokens, label_cells)]


def _is_over_labels(header: Header, tokens: Sequence[Token], label_cells: Container[tuple[int, int]]) -> bool:
    """Return whether a text that names no column stands in the cells of the rows' labels: 事项, 类别."""
    token = tokens[header.place]
    return not header.columns and (token.cell, token.cells) in label_cells


def _with_pieces(
    header: Sequence[Header], tokens: Sequence[Token], of_rows: Container[int], lexicon: Lexicon
) -> list[Header]:
    """Return a header with the texts that are parts of headers, where those beside them are whole.

    Such a line is not torn: 其他组织 beside 商业企业, 科研机构 and 法律服务机构 is no rest of a longer label.
    """
    found = list(header)
    lines = list(lines_of(header))
    is_cell_by_cell = max(map(len, lines)) == 1
    for line in [header] if is_cell_by_cell else lines:
        if sum(text.fit == WHOLE for text in line) < _WHOLE_NAMES:
            continue
        known = {text.place for text in line}
        for place in range(max(0, line[0].place - 1), min(len(tokens), line[-1].place + 2)):
            token = tokens[place]
            is_beside = token.kind is Kind.TEXT and (is_cell_by_cell or token.line == line[0].line)
            if is_beside and place not in known and place not in of_rows and is_piece(token.text, lexicon):
                found.append(Header(key(token.text), place=place, line=token.line))
    return sorted(found, key=lambda text: text.place)


def _with_alike(header: Sequence[Header], lexicon: Lexicon) -> list[Header]:
    """Return a header whose strange texts name the columns that it lacks, where one is much like theirs."""
    named = columns_named(header)
    lacking = {*lexicon.table.column}.difference(named)
    columns = [None if text.columns else alike_name(text.label, lacking, lexicon) for text in header]
    with_alike = [
        replace(text, column=column, fit=SHORT) if column and columns.count(column) == 1 else text
        for text, column in zip(header, columns, strict=True)
    ]
    return [text for text in with_alike if text.columns or not is_piece(text.label, lexicon)]


def _numbers(tokens: Sequence[Token], matches: LabelMatches) -> list[_RowBelow]:
    """Return each row with the numbers between its label and the next label of a row."""
    return [(match, numbers_of(tokens[match.first : end])) for match, end in matches.stretches(len(tokens))]


def _has_more_columns(header: Sequence[Header]) -> bool:
    """Return whether a header names a column that no form has, beside another or of the year before.

    Such a column (去年同期) may hold the number of a row whose own cell is blank.
    """
    for line in lines_of(header):
        strangers = [text.label for text in line if not text.columns and not text.label.isdecimal()]
        is_of_year_before = any(word in "\n".join(strangers) for word in COMPARING)
        if strangers and (is_of_year_before or columns_named(line)):
            return True
    return False
