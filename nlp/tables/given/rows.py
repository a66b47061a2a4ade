"""The rows of given tables that hold values, each with its label and with its cells by their headers."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from msgspec import Struct

from nlp.form import form as forms
from nlp.form.labels.index import owner
from nlp.form.labels.lexicon import Lexicon
from nlp.tables.given.grid import Grid, GridCell
from nlp.tables.given.headers import FOREIGN, Headers, headers_of
from nlp.tables.labels.row_matches import row_named


class DataRow(Struct, frozen=True):
    """A row of a given table below its headers.

    - `labels`: the cells with its label, from the left; those of groups may be among them.
    - `cells`: these and all others but the `foreign` ones, under headers that the form does not have.
    - `by_column`: the cells under the header of each column; None where there are no headers, or cells and
      headers contradict each other.
    """

    labels: Sequence[GridCell]
    cells: Sequence[GridCell]
    by_column: dict[str, list[GridCell]] | None = None
    foreign: Sequence[GridCell] = ()

    @property
    def numbers(self) -> list[str]:
        """The numbers and placeholders in its cells, as they are printed."""
        return [token.text for cell in self.cells for token in cell.numbers]

    def name(self, lexicon: Lexicon) -> str | None:
        """Return the id of the row that its whole label names; None for none."""
        if not self.labels:
            return None
        last = self.labels[-1]
        is_of_several_rows = last.row_span > 1 and last.key in lexicon.groups
        if is_of_several_rows:
            return None
        row = row_named(last.text, lexicon)
        if row is None:
            row = row_named("".join(cell.text for cell in self.labels[-2:]), lexicon)
        return row

    def columns_of(self, row: forms.Row) -> dict[str, GridCell] | None:
        """Return the cell of each column of the form's row; None where they do not fit."""
        if self.by_column is None:
            return None
        columns = {}
        for column, cells in self.by_column.items():
            filled_cells = [cell for cell in cells if not cell.is_empty]
            most = 1 if column in row.columns else 0
            if len(filled_cells) > most:
                return None
            if column in row.columns:
                columns[column] = (filled_cells or cells)[0]
        return columns


def data_rows(grids: Iterable[Grid], lexicon: Lexicon) -> list[DataRow]:
    """Return the data rows of the tables that hold labels of a table of the form, in their order."""
    rows: list[DataRow] = []
    for grid in grids:
        rows += _RowReader(grid, lexicon).read()
    return rows


class _RowReader:
    """Reads the rows of a given table from the top."""

    def __init__(self, grid: Grid, lexicon: Lexicon) -> None:
        self.grid = grid
        self.lexicon = lexicon
        self.headers: Headers | None = None
        self.is_inside = False

    def read(self) -> Iterator[DataRow]:
        """Yield the data rows."""
        header_rows: list[int] = []
        for n in range(len(self.grid.covering)):
            cells = self.grid.beginning(n)
            if self._is_header(cells):
                header_rows.append(n)
            elif any(not cell.is_empty for cell in cells):
                if header_rows:
                    self.headers = headers_of(self.grid, header_rows, self.lexicon)
                    self.is_inside = True
                header_rows = []
                if not self._is_title(cells):
                    row = self._row(n, cells)
                    self._look_inside(row)
                    if self.is_inside:
                        yield row

    def _is_header(self, cells: Sequence[GridCell]) -> bool:
        """Return whether most texts of a row are labels of the table's header, and none is a number."""
        texts = [cell for cell in cells if not cell.is_empty]
        left = self.headers.left or 0 if self.headers else 0
        if not all(cell.is_label for cell in texts) or all(cell.end_column <= left for cell in texts):
            return False
        known = 0
        for cell in texts:
            is_column = cell.names_column(self.lexicon) is not None
            is_row = row_named(cell.text, self.lexicon) is not None
            if is_row and (not is_column or cell.enumerator):
                return False
            known += is_column or cell.key in self.lexicon.headers
        return known > 0 and 2 * known >= len(texts)

    def _is_title(self, cells: Sequence[GridCell]) -> bool:
        """Return whether a row holds nothing but the label of a group."""
        texts = [cell for cell in cells if not cell.is_empty]
        is_group = len(texts) == 1 and texts[0].key in self.lexicon.groups
        return is_group and row_named(texts[0].text, self.lexicon) is None

    def _look_inside(self, row: DataRow) -> None:
        """Note whether a row belongs to the table: another's labels may follow, or go before."""
        if any(row_named(cell.text, self.lexicon) for cell in row.labels):
            self.is_inside = True
        last = row.labels[-1].text if row.labels else ""
        if row_named(last, self.lexicon) is None and owner(last) not in (None, self.lexicon.table.id):
            self.is_inside = False

    def _row(self, n: int, cells: Sequence[GridCell]) -> DataRow:
        """Return a row with its cells under the headers of their columns."""
        headers = self.headers
        if headers is None or headers.left is None:
            first = min((cell.column for cell in cells if cell.numbers), default=self.grid.end_of(n))
            labels = [cell for cell in cells if cell.is_label and cell.column < first]
            return DataRow(labels, cells)
        by_column: dict[str, list[GridCell]] = {}
        labels = []
        foreign = []
        fits = headers.is_whole and self.grid.is_whole(n, headers.left, headers.end)
        for cell in self.grid.covering[n]:
            begins_here = cell.row == n
            over = headers.over(cell)
            columns = over - {FOREIGN}
            if cell.is_label and cell.column < headers.left:
                labels += [cell] if begins_here else []
            elif begins_here and len(columns) == 1:
                by_column.setdefault(columns.pop(), []).append(cell)
            elif begins_here and over == {FOREIGN}:
                foreign.append(cell)
            elif columns or cell.numbers:
                fits = False
        named = [column for column in headers.columns if column != FOREIGN]
        fits = fits and sorted(by_column) == sorted(named)
        others = [cell for cell in cells if cell not in foreign]
        return DataRow(labels, others, by_column if fits else None, foreign)
