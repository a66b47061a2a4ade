"""The rows of given tables that hold values: each cell under a header, beside a label."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.form.labels.index import owner
from nlp.form.labels.lexicon import Lexicon
from nlp.tables.given.grid import Grid, GridCell
from nlp.tables.labels.row_matches import row_named
from nlp.tables.page.tokens import Kind
from nlp.text.cells import ROW_NUMBERS

Name = tuple[str, str]
"""The ids of the row and of the column that headers name; the row's is empty where it is named beside."""
FOREIGN: Name = ("", "")
"""Stands for the name of a header that the form does not have."""
ROW_NUMBER: Name = ("", "row number")
"""Stands for the name of a column that counts the rows."""
_NOT_OF_FORM = frozenset([FOREIGN, ROW_NUMBER])


class Headers(Struct, frozen=True):
    """The headers over the rows of a grid.

    `names` are those of the headers from the left, `by_place` those over each column of the grid. `left` is
    the first column of the grid under a header that the form has; `is_whole` tells that no cell is missing
    among the headers, the last of which ends before the column `end`.
    """

    names: list[Name]
    by_place: dict[int, Name]
    left: int
    end: int
    is_whole: bool

    def over(self, cell: GridCell) -> set[Name]:
        """Return the names of the headers that stand over a cell."""
        return {self.by_place[place] for place in cell.places if place in self.by_place}


class DataRow(Struct, frozen=True):
    """A row of a given table below its headers.

    - `labels`: the cells with its label, from the left; those of groups may be among them.
    - `cells`: these and all others but the row's number and the `foreign` ones, under headers that the form
      does not have.
    - `by_name`: the cells under each header of the form; None where there are no headers, or cells and
      headers contradict each other.
    """

    labels: Sequence[GridCell]
    cells: Sequence[GridCell]
    by_name: dict[Name, list[GridCell]] | None = None
    foreign: Sequence[GridCell] = ()

    @property
    def numbers(self) -> list[str]:
        """The numbers and placeholders in its cells, as they are printed."""
        return [token.text for cell in self.cells for token in cell.numbers]


def row_of(row: DataRow, lexicon: Lexicon) -> str | None:
    """Return the id of the row that a data row's whole label names; None for none."""
    if not row.labels:
        return None
    return row_named(row.labels[-1].text, lexicon)


def data_rows(grid: Grid, lexicon: Lexicon) -> Iterator[DataRow]:
    """Yield the rows of a grid that belong to a table of the form, from the top."""
    headers: Headers | None = None
    header_rows: list[int] = []
    is_inside = False
    for n in range(len(grid.covering)):
        cells = grid.beginning(n)
        texts = [cell for cell in cells if not cell.is_empty]
        if _is_header(texts, headers, lexicon):
            header_rows.append(n)
            continue
        if header_rows:
            headers = _headers_of(grid, header_rows, lexicon)
            header_rows = []
            is_inside = True
        if _is_title(texts, lexicon):
            continue
        row = _data_row(grid, n, headers)
        is_inside = _is_inside(row.labels or texts, is_inside, lexicon)
        if is_inside:
            yield row


def _is_header(texts: Sequence[GridCell], headers: Headers | None, lexicon: Lexicon) -> bool:
    """Return whether most texts of a row are labels of the table's header, and none is a number."""
    left = headers.left if headers else 0
    if not all(cell.is_label for cell in texts) or all(cell.end_column <= left for cell in texts):
        return False
    one_row = lexicon.table.one_row
    above = lexicon.headers | lexicon.groups if one_row else lexicon.headers
    known = 0
    for cell in texts:
        is_column = cell.names_column(lexicon) is not None
        is_row = row_named(cell.text, lexicon) is not None
        if is_row and not one_row and (not is_column or cell.enumerator):
            return False
        known += is_row or is_column or cell.key in above
    return known > 0 and 2 * known >= len(texts)


def _headers_of(grid: Grid, rows: Sequence[int], lexicon: Lexicon) -> Headers:
    """Return the headers of consecutive rows: for each column of the grid the lowest text."""
    names: list[Name] = []
    by_place: dict[int, Name] = {}
    naming_rows: set[int] = set()
    before = None
    texts_over = grid.texts_over(rows)
    for place in sorted(texts_over):
        texts = texts_over[place]
        name = _name(texts, lexicon)
        if name is None:
            before = None
            continue
        by_place[place] = name
        if name not in _NOT_OF_FORM:
            naming_rows.add(texts[0].row)
            if texts[0] is not before:
                names.append(name)
        before = texts[0]
    end = max(map(grid.end_of, rows))
    left = min((place for place, name in by_place.items() if name not in _NOT_OF_FORM), default=0)
    is_whole = all(grid.is_whole(row, left, end) for row in naming_rows)
    return Headers(names, by_place, left, end, is_whole)


def _name(texts: Sequence[GridCell], lexicon: Lexicon) -> Name | None:
    """Return what texts above each other, the lowest first, name; None where they head rows' labels."""
    if texts[0].key in ROW_NUMBERS:
        return ROW_NUMBER
    column = texts[0].names_column(lexicon)
    if column is None:
        return None if texts[0].key in lexicon.headers else FOREIGN
    if not lexicon.table.one_row:
        return "", column
    rows_above = [row_named(text.text, lexicon) for text in texts if text is not texts[0]]
    return next(filter(None, rows_above), ""), column


def _is_title(texts: Sequence[GridCell], lexicon: Lexicon) -> bool:
    """Return whether a row holds nothing but the label of a group."""
    return len(texts) == 1 and texts[0].key in lexicon.groups


def _is_inside(labels: Sequence[GridCell], was_inside: bool, lexicon: Lexicon) -> bool:
    """Return whether a row with some labels belongs to the table: another's may follow, or go before."""
    last = labels[-1].text if labels else ""
    if row_named(last, lexicon) is None and owner(last) not in (None, lexicon.table.id):
        return False
    return was_inside or any(row_named(cell.text, lexicon) for cell in labels)


def _data_row(grid: Grid, n: int, headers: Headers | None) -> DataRow:
    """Return a row with its cells under the headers of their columns."""
    cells = grid.beginning(n)
    if headers is None or not headers.names:
        return DataRow([cell for cell in cells if cell.is_label], cells)
    by_name: dict[Name, list[GridCell]] = {}
    labels = []
    foreign = []
    row_numbers = []
    fits = headers.is_whole and grid.is_whole(n, headers.left, headers.end)
    for cell in grid.covering[n]:
        begins_here = cell.row == n
        over = headers.over(cell)
        names = over - _NOT_OF_FORM
        if over == {ROW_NUMBER}:
            row_numbers.append(cell)
        elif cell.is_label and cell.column < headers.left:
            labels += [cell] if begins_here else []
        elif begins_here and len(names) == 1:
            by_name.setdefault(names.pop(), []).append(cell)
        elif begins_here and over == {FOREIGN}:
            foreign.append(cell)
        elif names or any(token.kind is Kind.VALUE for token in cell.numbers):
            fits = False
    fits = fits and sorted(by_name) == sorted(headers.names)
    others = [cell for cell in cells if cell not in (*foreign, *row_numbers)]
    return DataRow(labels, others, by_name if fits else None, foreign)
