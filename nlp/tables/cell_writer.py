"""Turns the tokens of a table's candidates into the cells of its record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import Struct

from nlp.form.form import Column, Row, Table
from nlp.record.model import MISSING, Cell, Number, Span, TableCells
from nlp.record.model import Row as Cells
from nlp.tables.circumstances import Circumstances, Content, Headers, Proof, Setting, Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.page.cell_values import number
from nlp.tables.page.tokens import Token
from nlp.tables.page.units import CONTRADICTED, THE_FORMS, UNKNOWN
from nlp.tables.proofs import proofs
from nlp.tables.table_page import Page
from nlp.text.cell_text import read_cell
from nlp.text.cells import LARGEST_UNASKED

_SPLIT_DIGITS = re.compile(r"\d\s+\d")
_LEADING_ZERO = re.compile(r"[+-]?0\d")


class FilledRow(Struct, frozen=True):
    """A row of the form, the candidates of its columns, and how it was read."""

    row: Row
    candidates: Sequence[Candidate]
    setting: Setting


class _Place(Struct, frozen=True, gc=False):
    """Where a cell belongs: its row and column, how the row was read, and what the sums over it say."""

    row: str
    column: Column
    setting: Setting
    headers: Headers
    across: Proof
    down: Proof


class CellWriter:
    """Writes the cells of one table of one page."""

    def __init__(
        self,
        table: Table,
        page: Page,
        units: Mapping[tuple[str, str], str],
        headers: Headers = "in order",
    ) -> None:
        self.confidence_of = page.judge.confidences.of
        self.table = table
        self.headers = headers
        self.without_unit: list[str] = []
        self.lines = page.lines
        self.units = units

    def value(self, token: Token | None, row: str, column: Column) -> Number | None:
        """Return the number of a token of a row in its column's unit."""
        return None if token is None else number(token.text, column, self.units.get((row, column.id)))

    def rows(self, filled: Sequence[FilledRow]) -> TableCells:
        """Return the cells of some rows, each as sure as its circumstances and its sums make it."""
        values = [self._values(row) for row in filled]
        down = self._down(filled, values)
        cells: TableCells = {}
        for row, of_row, proofs_down in zip(filled, values, down, strict=True):
            equations = self.table.sums_of(row.row.columns) if self.table.across else ()
            across = proofs(equations, of_row, _unknown(row.candidates, of_row))
            cells[row.row.id] = self._row(row, of_row, across, proofs_down)
        return cells

    def _values(self, filled: FilledRow) -> list[Number | None]:
        columns = [self.table.column[id] for id in filled.row.columns]
        pairs = zip(filled.candidates, columns, strict=True)
        return [self.value(candidate.token, filled.row.id, column) for candidate, column in pairs]

    def _down(self, filled: Sequence[FilledRow], values: Sequence[list[Number | None]]) -> list[list[Proof]]:
        """Return for each row what the sums down the table say of its cells."""
        verdicts: list[list[Proof]] = [["none"] * len(row.candidates) for row in filled]
        if not self.table.down:
            return verdicts
        printed = [n for n, row in enumerate(filled) if not _is_absent(row)]
        equations = self.table.sums_down([filled[n].row.id for n in printed])
        width = min([len(filled[n].candidates) for n in printed], default=0)
        for column in range(width):
            of_column = [values[n][column] for n in printed]
            candidates = [filled[n].candidates[column] for n in printed]
            verdicts_down = proofs(equations, of_column, _unknown(candidates, of_column))
            for n, verdict in zip(printed, verdicts_down, strict=True):
                verdicts[n][column] = verdict
        return verdicts

    def _row(
        self,
        filled: FilledRow,
        values: Sequence[Number | None],
        across: Sequence[Proof],
        down: Sequence[Proof],
    ) -> Cells:
        cells: Cells = {}
        for n, id in enumerate(filled.row.columns):
            column = self.table.column[id]
            place = _Place(filled.row.id, column, filled.setting, self.headers, across[n], down[n])
            cells[id] = self._cell(filled.candidates[n], values[n], place)
        return cells

    def _cell(self, candidate: Candidate, value: Number | None, place: _Place) -> Cell:
        if candidate.way is Way.ABSENT:
            return MISSING
        if candidate.way is Way.OPEN:
            options = [self.value(token, place.row, place.column) for token in candidate.alternatives]
            return ambiguous(list(dict.fromkeys(options)))
        token = candidate.token
        if token is None:
            return self._blank(candidate, place)
        text, line, span = self._place(token)
        unit = self.units.get((place.row, place.column.id))
        lacks_unit = bool(value and place.column.unit) and not read_cell(token.text).unit
        if value is None:
            return Cell(None, text, "ambiguous", line, span, 0.0, [])
        if lacks_unit and unit == CONTRADICTED:
            return Cell(None, text, "ambiguous", line, span, 0.0, [value])
        unitless = lacks_unit and (unit == UNKNOWN or (unit == THE_FORMS and value >= LARGEST_UNASKED))
        if unitless:
            self.without_unit.append(place.column.id)
        is_torn = len(text) > 1 and bool(_SPLIT_DIGITS.search(text) or _LEADING_ZERO.match(token.text))
        circumstances = _circumstances(candidate, "number" if value else "zero", place, is_torn, unitless)
        return Cell(value, text, "printed", line, span, self.confidence_of(circumstances))

    def _blank(self, candidate: Candidate, place: _Place) -> Cell:
        """Return a blank cell: with the placeholder that it prints, where it prints one."""
        if candidate.mark is None:
            sure = self.confidence_of(_circumstances(candidate, "blank", place))
            return Cell(None, None, "blank", None, None, sure)
        text, line, span = self._place(candidate.mark)
        sure = self.confidence_of(_circumstances(candidate, "placeholder", place))
        return Cell(None, text, "blank", line, span, sure)

    def _place(self, token: Token) -> tuple[str, int, Span]:
        """Return a token as printed, its line, and its span in the text."""
        line = self.lines[token.line - 1]
        span = (line.start + token.start, line.start + token.end)
        return line.raw[token.start : token.end], token.line, span


def _circumstances(
    candidate: Candidate, content: Content, place: _Place, is_torn: bool = False, unitless: bool = False
) -> Circumstances:
    return Circumstances(
        place.setting,
        candidate.way,
        content,
        place.across,
        place.down,
        place.headers,
        candidate.doubtful,
        is_torn,
        unitless,
    )


def _is_absent(filled: FilledRow) -> bool:
    return all(candidate.way is Way.ABSENT for candidate in filled.candidates)


def _is_unknown(candidate: Candidate, value: Number | None) -> bool:
    """Return whether no sum can be told over a cell: it is open, or its token is no number."""
    return candidate.way is Way.OPEN or (candidate.token is not None and value is None)


def _unknown(candidates: Sequence[Candidate], values: Sequence[Number | None]) -> set[int]:
    pairs = zip(candidates, values, strict=True)
    return {place for place, pair in enumerate(pairs) if _is_unknown(*pair)}


def ambiguous(values: list[Number | None]) -> Cell:
    """Return a cell that may hold any of some values: it tells none."""
    return Cell(None, None, "ambiguous", None, None, 0.0, values)
