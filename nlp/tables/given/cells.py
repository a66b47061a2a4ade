"""Reads a table of the form from the cells that the file gives: labels name rows, headers name columns."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import Struct

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon
from nlp.reading.document import GivenTable
from nlp.tables.given.grid import GridCell, grids
from nlp.tables.given.one_row import values_of_one_row
from nlp.tables.given.rows import DataRow, data_rows
from nlp.tables.given.torn import with_torn_rows_joined
from nlp.tables.page.tokens import Kind, Token
from nlp.text.lines import Line


class GivenLabel(Struct, frozen=True, gc=False):
    """The label of a row: its text on the page, and how similar it is to the form's, from 0 to 1."""

    token: Token
    similarity: float


class GivenReading(Struct, frozen=True):
    """What the given cells of a document say about one table of the form.

    - `cells`: by row id and column id a token of a line of the document: a number, a placeholder, or an
      empty one for a blank cell. A cell that is not among them was not read.
    - `labels`: the labels of the rows that were found, by their ids; none for a table of one row.
    - `headers`: the labels of the columns that were found, by their ids.
    - `foreign`: numbers beside labels, or under headers, that the form does not have.
    - `unplaced`: numbers of rows that contradict their headers or each other, or have no label.
    - `complete`: whether every number is explained. Where the form lacks a label or header of the page and
      the page one of the form, one may be the other's misspelling, and this is False.
    """

    table: str
    cells: dict[tuple[str, str], Token]
    labels: dict[str, GivenLabel]
    headers: dict[str, Token]
    foreign: tuple[Token, ...]
    unplaced: tuple[Token, ...]
    complete: bool


def given_cells(
    tables: Sequence[GivenTable], lines: Sequence[Line], table: forms.Table, lexicon: Lexicon
) -> GivenReading | None:
    """Return what the given tables of a document say about a table of the form; None where they say nothing.

    `lines` are those of the document. Nothing is guessed: a row whose cells and headers do not fit is left
    out as a whole. Of tables that do not belong to the form, rows with labels of the form are read as well;
    who knows the table's chapter gives the tables of that chapter alone.
    """
    document_grids = [with_torn_rows_joined(grid, lexicon) for grid in grids(tables, lines, table.id)]
    if table.one_row:
        values = values_of_one_row(document_grids, lexicon)
        if values is None:
            return None
        foreign, unplaced = tuple(values.foreign), tuple(values.unplaced)
        complete = bool(values.cells) and not unplaced and not (foreign and _lacks(values.cells, table))
        return GivenReading(table.id, values.cells, {}, values.headers, foreign, unplaced, complete)
    rows = data_rows(document_grids, lexicon)
    if not rows.rows:
        return None
    return _Placing(table, lexicon, rows.headers).reading(rows.rows)


def _lacks(cells: dict[tuple[str, str], Token], table: forms.Table) -> bool:
    """Return whether a row of the form is not among the cells, or not with all of its columns."""
    printed = {row for row, _ in cells}
    for row in table.rows:
        is_replaced = any(row.id in table.row[other].stands_for for other in printed)
        if row.id not in printed:
            if not (row.optional or row.may_be_left_out or is_replaced):
                return True
        elif any((row.id, column) not in cells for column in row.columns):
            return True
    return False


class _Placing:
    """Gives the cells of data rows to the rows of a table of the form."""

    def __init__(self, table: forms.Table, lexicon: Lexicon, headers: dict[str, Token]) -> None:
        self.table = table
        self.lexicon = lexicon
        self.headers = headers
        self.cells: dict[tuple[str, str], Token] = {}
        self.labels: dict[str, GivenLabel] = {}
        self.foreign: list[Token] = []
        self.unplaced: list[Token] = []
        self.is_contradictory = False

    def reading(self, rows: Sequence[DataRow]) -> GivenReading | None:
        """Return the reading of data rows in the order of the page; None where they name no row."""
        names = self._names(rows)
        of_row: dict[str, list[tuple[DataRow, float]]] = {}
        for row, name in zip(rows, names, strict=True):
            self.foreign += row.foreign
            if name is not None:
                of_row.setdefault(name[0], []).append((row, name[1]))
            elif row.label:
                self.foreign += row.numbers
            else:
                self.unplaced += row.numbers
        for row_id, named in of_row.items():
            self._place(row_id, named)
        if not of_row:
            return None
        complete = bool(self.cells) and not self.unplaced and not self.is_contradictory
        if self.foreign and _lacks(self.cells, self.table):
            complete = False
        return GivenReading(
            self.table.id,
            self.cells,
            self.labels,
            self.headers,
            tuple(self.foreign),
            tuple(self.unplaced),
            complete,
        )

    def _names(self, rows: Sequence[DataRow]) -> list[tuple[str, float] | None]:
        """Return for each row the id of the form's row that its label names, and the similarity.

        A misspelt label names a row that no other label names, where the rows around it are those that
        stand around it in the form.
        """
        exact = [row.name(self.lexicon) for row in rows]
        names = [None if name is None else (name, 1.0) for name in exact]
        similar = []
        for row, name in zip(rows, exact, strict=True):
            match = self.lexicon.row(row.key) if name is None and row.key else None
            similar.append(None if match is None or match.row in exact else match)
        candidates = [match.row for match in similar if match is not None]
        order = {row.id: place for place, row in enumerate(self.table.rows)}
        for n, match in enumerate(similar):
            if match is None or candidates.count(match.row) > 1:
                continue
            before = [order[name] for name in exact[:n] if name is not None]
            behind = [order[name] for name in exact[n + 1 :] if name is not None]
            is_behind = not before or before[-1] < order[match.row]
            is_before = not behind or order[match.row] < behind[0]
            if is_behind and is_before:
                names[n] = (match.row, match.similarity)
        return names

    def _place(self, row_id: str, named: list[tuple[DataRow, float]]) -> None:
        """Take the cells of the rows that a label names; of several all but one must be blank, or equal."""
        with_numbers = [(row, similarity) for row, similarity in named if row.numbers]
        texts = {tuple(token.text for token in row.numbers) for row, _ in with_numbers}
        row, similarity = (with_numbers or named)[0]
        if row.label_token is not None:
            self.labels[row_id] = GivenLabel(row.label_token, similarity)
        columns = row.columns_of(self.table.row[row_id])
        if len(texts) > 1 or columns is None:
            self.is_contradictory = True
            for other, _ in named:
                self.unplaced += other.numbers
            return
        for column, cell in columns.items():
            token = _readable(cell)
            if token is None:
                self.unplaced += cell.numbers
                self.is_contradictory = True
            else:
                self.cells[row_id, column] = token


def _readable(cell: GridCell) -> Token | None:
    """Return the number, placeholder or blank of a cell; None where it holds words or several numbers."""
    token = cell.filling
    if token is None or token.kind not in (Kind.VALUE, Kind.PLACEHOLDER, Kind.EMPTY):
        return None
    return token
