"""The rows of given tables that hold values, each with its label and with its cells by their headers."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.form import form as forms
from nlp.form.labels.index import owners
from nlp.form.labels.lexicon import Lexicon
from nlp.form.labels.normalised import key
from nlp.tables.given.grid import Grid, GridCell
from nlp.tables.given.headers import FOREIGN, Header, column_named, headers_of
from nlp.tables.labels.row_matches import row_named
from nlp.tables.page.tokens import Token


class DataRow(Struct, frozen=True):
    """A row of a given table below its headers.

    - `labels`: the cells with its label, from the left; those of groups may be among them.
    - `by_column`: the cells under the header of each column; None where cells and headers contradict each
      other. `in_order`: its cells without any header above them.
    - `foreign`: the numbers under headers that the form does not have.
    - `numbers`: all other numbers and placeholders.
    """

    labels: tuple[GridCell, ...]
    by_column: dict[str, list[GridCell]] | None
    in_order: tuple[GridCell, ...] = ()
    foreign: tuple[Token, ...] = ()
    numbers: tuple[Token, ...] = ()

    @property
    def label(self) -> str:
        """The text of its label, that of the last of its cells with words."""
        return self.labels[-1].text if self.labels else ""

    @property
    def key(self) -> str:
        """The normalised form of its label."""
        return key(self.label)

    @property
    def label_token(self) -> Token | None:
        """The first piece of its label on the page."""
        return self.labels[-1].tokens[0] if self.labels and self.labels[-1].tokens else None

    def name(self, lexicon: Lexicon) -> str | None:
        """Return the id of the row that its whole label names; None for none."""
        if not self.labels:
            return None
        last = self.labels[-1]
        is_of_several_rows = last.row_span > 1 and last.key in lexicon.groups
        if is_of_several_rows:
            return None
        row = row_named(last.text, lexicon)
        if row is None and len(self.labels) > 1:
            row = row_named("".join(cell.text for cell in self.labels[-2:]), lexicon)
        return row

    def columns_of(self, row: forms.Row) -> dict[str, GridCell] | None:
        """Return the cell of each column of the form's row; None where they do not fit."""
        if self.by_column is None:
            return None
        if self.in_order:
            if len(self.in_order) != len(row.columns):
                return None
            return dict(zip(row.columns, self.in_order, strict=True))
        columns = {}
        for column, cells in self.by_column.items():
            filled_cells = [cell for cell in cells if not cell.is_empty]
            if column in row.columns:
                if len(filled_cells) > 1:
                    return None
                columns[column] = (filled_cells or cells)[0]
            elif filled_cells:
                return None
        return columns


class DataRows(Struct, frozen=True):
    """The data rows of a table of the form, and a label of each column that was found."""

    rows: list[DataRow]
    headers: dict[str, Token]


def data_rows(grids: Sequence[Grid], lexicon: Lexicon) -> DataRows:
    """Return the data rows of the tables that hold labels of a table of the form, in their order."""
    found = DataRows([], {})
    inherited: list[str] = []
    for grid in grids:
        if grid.is_own:
            table_pass = _Pass(grid, lexicon, inherited)
            table_pass.run()
            found.rows.extend(table_pass.rows)
            for header in table_pass.named_headers:
                if header.cell.tokens:
                    found.headers.setdefault(header.column, header.cell.tokens[0])
            inherited = table_pass.order() or inherited
    return found


class _Pass:
    """One pass over the rows of a given table, from the top."""

    def __init__(self, grid: Grid, lexicon: Lexicon, inherited: list[str]) -> None:
        self.grid = grid
        self.lexicon = lexicon
        self.inherited = inherited
        self.headers: list[Header] | None = None
        self.width = 0
        self.headers_are_whole = True
        self.named_headers: list[Header] = []
        self.rows: list[DataRow] = []
        self.has_unknown_header = False
        self.is_inside = False

    def run(self) -> None:
        """Collect the data rows under their headers."""
        header_rows: list[int] = []
        for n in range(len(self.grid.covering)):
            cells = self.grid.beginning(n)
            if self._is_header(cells):
                header_rows.append(n)
                self.is_inside = True
                continue
            if header_rows and all(cell.is_empty for cell in cells):
                continue
            if header_rows:
                self._take_headers(header_rows)
                header_rows = []
            if self._is_title(cells):
                continue
            self._data(n, cells)
        if header_rows:
            self._take_headers(header_rows)

    def _take_headers(self, rows: Sequence[int]) -> None:
        """Have the headers of some rows hold for the rows below."""
        self.headers = headers_of(self.grid, rows, self.lexicon)
        self.named_headers += [header for header in self.headers if header.column]
        self.width = max(map(self.grid.end_of, rows))
        naming_rows = {header.cell.row for header in self.headers if header.column}
        self.headers_are_whole = all(self.grid.is_whole(row, self.left, self.width) for row in naming_rows)

    def order(self) -> list[str]:
        """Return the columns of the last headers from the left, for a table that goes on on the next page."""
        columns = []
        headers = self.headers or []
        first = min((header.first for header in headers if header.column), default=0)
        for header in headers:
            if header.first >= first:
                columns.append(header.column)
        return columns

    def _is_header(self, cells: Sequence[GridCell]) -> bool:
        """Return whether most texts of a row are labels of the table's header, and none is a number."""
        known = 0
        texts = 0
        for cell in cells:
            if cell.is_empty:
                continue
            if not cell.is_label:
                return False
            texts += 1
            is_column = column_named(cell, self.lexicon) is not None
            names_row = row_named(cell.text, self.lexicon) is not None
            if names_row and (not is_column or cell.enumerator):
                return False
            if is_column or cell.key in self.lexicon.headers:
                known += 1
        is_among_labels = all(cell.is_empty or cell.end_column <= self.left for cell in cells)
        return known > 0 and 2 * known >= texts and not is_among_labels

    @property
    def left(self) -> int:
        """The first column of the grid that has a header of the form; 0 where none has."""
        return min((header.first for header in self.headers or [] if header.column), default=0)

    def _is_title(self, cells: Sequence[GridCell]) -> bool:
        """Return whether a row holds nothing but the label of a group, or no text at all."""
        filled_cells = [cell for cell in cells if not cell.is_empty]
        if not filled_cells:
            return not cells or self.headers is None
        is_group = len(filled_cells) == 1 and filled_cells[0].key in self.lexicon.groups
        return is_group and row_named(filled_cells[0].text, self.lexicon) is None

    def _data(self, n: int, cells: list[GridCell]) -> None:
        headers = self.headers
        left = min((header.first for header in headers or [] if header.column), default=None)
        if left is None:
            left = min((cell.column for cell in cells if cell.numbers), default=1 << 30)
        labels = tuple(cell for cell in cells if cell.is_label and cell.column < left)
        if self._is_of_other_table(labels):
            self.is_inside = False
            return
        if any(row_named(cell.text, self.lexicon) for cell in labels):
            self.is_inside = True
        if not self.is_inside:
            is_unknown_header = len(labels) > 1 and not any(cell.numbers for cell in cells)
            self.has_unknown_header = self.has_unknown_header or is_unknown_header
            if not (n == 0 and self.inherited):
                return
        row = self._under_headers(n, cells, labels, left) if headers else self._in_order(cells, labels)
        self.rows.append(row)

    def _is_of_other_table(self, labels: Sequence[GridCell]) -> bool:
        if not labels or row_named(labels[-1].text, self.lexicon) is not None:
            return False
        last = labels[-1]
        owner = owners().get(last.key) or owners().get(last.enumerator + last.key)
        return owner is not None and owner != self.lexicon.table.id

    def _in_order(self, cells: Sequence[GridCell], labels: tuple[GridCell, ...]) -> DataRow:
        """Return a row without headers above it.

        The headers of the table before count, where the row has as many cells as they are.
        """
        end_of_labels = labels[-1].end_column if labels else 0
        values = tuple(cell for cell in cells if not cell.is_label and cell.column >= end_of_labels)
        numbers = _numbers(cells)
        fits = not self.has_unknown_header and bool(values)
        if any(cell.is_label and cell.column >= end_of_labels for cell in cells):
            fits = False
        if not fits:
            return DataRow(labels, None, numbers=numbers)
        if not self.inherited:
            return DataRow(labels, {}, in_order=values, numbers=numbers)
        if len(values) != len(self.inherited) or _has_twice(self.inherited):
            return DataRow(labels, None, numbers=numbers)
        by_column: dict[str, list[GridCell]] = {}
        foreign: list[Token] = []
        for column, cell in zip(self.inherited, values, strict=True):
            if column == FOREIGN:
                foreign += cell.numbers
            else:
                by_column[column] = [cell]
        return DataRow(labels, by_column, (), tuple(foreign), _without(numbers, foreign))

    def _under_headers(
        self, n: int, cells: Sequence[GridCell], labels: tuple[GridCell, ...], left: int
    ) -> DataRow:
        """Return a row with its cells under the headers of their columns."""
        headers = self.headers or []
        numbers = _numbers(cells)
        named = [header for header in headers if header.column]
        by_column: dict[str, list[GridCell]] = {}
        foreign: list[Token] = []
        fits = self.headers_are_whole and self.grid.is_whole(n, left, self.width)
        fits = fits and not _has_twice([header.column for header in named])
        for cell in self.grid.covering[n]:
            if cell in labels or (cell.is_label and cell.column < left):
                continue
            over = [header for header in headers if cell.overlaps(header.first, header.end)]
            columns = {header.column for header in over if header.column}
            if len(columns) == 1 and cell.row == n:
                by_column.setdefault(columns.pop(), []).append(cell)
            elif columns:
                fits = False
            elif cell.row == n and over and all(header.column == FOREIGN for header in over):
                foreign += cell.numbers
            elif cell.numbers:
                fits = False
        if any(header.column not in by_column for header in named):
            fits = False
        return DataRow(labels, by_column if fits else None, (), tuple(foreign), _without(numbers, foreign))


def _numbers(cells: Sequence[GridCell]) -> tuple[Token, ...]:
    return tuple(token for cell in cells for token in cell.numbers)


def _without(tokens: Sequence[Token], left_out: Sequence[Token]) -> tuple[Token, ...]:
    return tuple(token for token in tokens if token not in left_out)


def _has_twice(columns: Sequence[str]) -> bool:
    named = [column for column in columns if column != FOREIGN]
    return len(set(named)) < len(named)
