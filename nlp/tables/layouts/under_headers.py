"""The layout in which numbers stand under the headers of their columns, apart from the rows' labels (二)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby, pairwise, product

from msgspec import Struct

from nlp.form.form import Row
from nlp.form.labels.lexicon import Lexicon
from nlp.tables.labels.column_names import SHORT
from nlp.tables.labels.row_matches import LabelMatches
from nlp.tables.layouts.rows import is_of_another_row, labels_by_form, unknown_labels
from nlp.tables.page.runs import CELL_KINDS, Run, texts
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.table_page import TablePage

CellId = tuple[str, str]


class _Header(Struct, frozen=True):
    """A column's label, its place among the tokens, and the rows of its section."""

    at: int
    column: str
    rows: list[Row]


class _Under(Struct, frozen=True):
    """Numbers, the headers above them up to the numbers before, and the row named last before each number."""

    headers: list[_Header]
    numbers: list[Token]
    labels: list[str]


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of numbers under their headers, where no row takes another's.

    Nor where a row that the form does not have is among them: its numbers would be taken for another's.
    """
    if page.table.down or page.headers == "moved":
        return
    if unknown_labels(page.tokens, page.matches, page.table):
        return
    reading = headed(page.tokens, page.matches, page.lexicon)
    if reading is not None and not is_of_another_row(reading, page):
        yield reading


def headed(tokens: Sequence[Token], matches: LabelMatches, lexicon: Lexicon) -> Reading | None:
    """Give each column of a section its numbers; None unless every cell of the page's rows has just one.

    A section is the rows of one group: 行政处罚 and 行政强制. Where its columns' headers stand together
    above the numbers of several rows, one box with all of them has these row by row. Of columns in boxes
    of their own nobody knows the order (pdfminer): all ways are kept.
    """
    table = lexicon.table
    labels = labels_by_form(matches, table)
    rows = [table.row[label.row] for label in labels]
    sections = [list(of_group) for _, of_group in groupby(rows, key=lambda row: row.group)]
    columns = [(one.place, one.column) for one in matches.headers if one.column and one.fit >= SHORT]
    headers = _headers(columns, sections)
    if headers is None:
        return None
    cells: dict[CellId, Token] = {}
    others: list[dict[CellId, Token]] = []
    for under in _unders(tokens, headers, {match.first: match.row for match in matches.rows}):
        ways = [dict(zip(way, under.numbers, strict=True)) for way in _ways(tokens, under)]
        if not ways:
            return None
        cells |= ways[0]
        others += ways[1:]
    if set(cells) != {(row.id, column) for row in rows for column in row.columns}:
        return None
    pairs = [(label, _run(cells, row)) for label, row in zip(labels, rows, strict=True)]
    alternatives: dict[str, list[Run]] = {}
    for other in others:
        for row, (_, run) in zip(rows, pairs, strict=True):
            other_run = _run(cells | other, row)
            if texts(other_run) != texts(run):
                alternatives.setdefault(row.id, []).append(other_run)
    return reading_of("under_headers", Manner.UNDER_HEADERS, pairs, table, alternatives=alternatives)


def _headers(columns: Iterable[tuple[int, str]], sections: Sequence[list[Row]]) -> list[_Header] | None:
    """Return the headers, a column's first one in the first section that has it; None where some are lost."""
    seen: Counter[str] = Counter()
    found = []
    for at, column in columns:
        having = [rows for rows in sections if column in rows[0].columns]
        if seen[column] == len(having):
            return None
        found.append(_Header(at, column, having[seen[column]]))
        seen[column] += 1
    wanted = Counter(column for rows in sections for column in rows[0].columns)
    return found if seen == wanted else None


def _unders(tokens: Sequence[Token], headers: Sequence[_Header], row_at: dict[int, str]) -> Iterator[_Under]:
    """Yield the headers with their numbers in page order."""
    by_place = {at: list(those) for at, those in groupby(headers, key=lambda header: header.at)}
    under = _Under([], [], [])
    label = ""
    for at, token in enumerate(tokens):
        label = row_at.get(at, label)
        if at in by_place:
            if under.numbers:
                yield under
                under, label = _Under([], [], []), ""
            under.headers.extend(by_place[at])
        elif token.kind in CELL_KINDS:
            under.numbers.append(token)
            under.labels.append(label)
    yield under


def _ways(tokens: Sequence[Token], under: _Under) -> list[list[CellId]]:
    """Return the ways to share numbers out among cells, the likeliest first; none where they do not fit."""
    headers, numbers = under.headers, under.numbers
    if not headers or any(header.rows is not headers[0].rows for header in headers):
        return []
    rows = [row.id for row in headers[0].rows]
    columns = [header.column for header in headers]
    if len(numbers) != len(rows) * len(columns):
        return []
    orders = _orders(under)
    named = [(row, len(list(labels))) for row, labels in groupby(under.labels)]
    if sorted(named) == sorted((row, len(columns)) for row in rows):
        return [list(product([row for row, _ in named], order)) for order in orders]
    by_rows = [list(product(rows, order)) for order in orders]
    sizes = _block_sizes(numbers)
    one_block = len(sizes) == 1 and numbers[0].line - tokens[headers[-1].at].line <= 1
    a_row_a_block = sizes == [len(columns)] * len(rows) and len(columns) != len(rows)
    if len(columns) == 1 or one_block or a_row_a_block:
        return by_rows
    rotations = [columns[shift:] + columns[:shift] for shift in range(len(columns))]
    by_columns = [_by_columns(rows, order) for order in rotations]
    a_column_a_block = sizes == [len(rows)] * len(columns)
    if a_column_a_block and len(rows) not in (1, len(columns)):
        return by_columns
    if len(sizes) == len(numbers):  # each number stands apart
        by_rows += [list(product(rows, order)) for order in rotations]
    return [*by_rows, *by_columns]


def _by_columns(rows: Sequence[str], columns: Sequence[str]) -> list[CellId]:
    return [(row, column) for column in columns for row in rows]


def _orders(under: _Under) -> list[list[str]]:
    """Return the orders in which a row's numbers may stand: the form's, and that of the headers above them.

    Headers of several lines may begin out of order. Numbers that share a line go from left to right.
    """
    page = [header.column for header in under.headers]
    form = [column for column in under.headers[0].rows[0].columns if column in page]
    lines = {number.line for number in under.numbers}
    share_lines = len(lines) < len(under.numbers)
    return [form] if form == page or share_lines else [form, page]


def _block_sizes(numbers: Sequence[Token]) -> list[int]:
    """Return how many of some numbers stand in each box."""
    sizes = [1]
    for one, two in pairwise(numbers):
        if two.line - one.line > 1:
            sizes.append(0)
        sizes[-1] += 1
    return sizes


def _run(cells: dict[CellId, Token], row: Row) -> Run:
    return tuple(cells[row.id, column] for column in row.columns)
