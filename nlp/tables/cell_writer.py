"""Turns the tokens of a table's candidates into the cells of its record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from msgspec import structs

from nlp.form.form import Column, Row, Table
from nlp.record.model import MISSING, Cell, Number, Span, TableCells
from nlp.record.model import Row as Cells
from nlp.tables.columns.candidates import Candidate
from nlp.tables.page.cell_values import number
from nlp.tables.page.tokens import Token
from nlp.tables.page.units import CONTRADICTED, UNKNOWN
from nlp.text.cell_text import read_cell
from nlp.text.lines import Line

_SPLIT_DIGITS = re.compile(r"\d\s+\d")
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_SPLIT = 0.85
"""What white space between the digits of a number, or a 0 before them, leaves of its confidence."""
_LOST = 0.85
"""What is left of the confidence in a blank total behind numbers."""
_DOUBTFUL = 0.4
_AMBIGUOUS = Cell(None, None, "ambiguous", None, None, _DOUBTFUL, [])
"""A cell of a table whose numbers stand apart from their rows."""


class CellWriter:
    """Writes the cells of one table of one page."""

    def __init__(self, table: Table, lines: Sequence[Line], units: Mapping[str, str]) -> None:
        self.table = table
        self.without_unit: list[str] = []
        self.lines = lines
        self.units = units

    def value(self, token: Token | None, column: Column) -> Number | None:
        """Return the number of a token in its column's unit."""
        return None if token is None else number(token.text, column, self.units.get(column.id))

    def count(self, token: Token | None) -> Number | None:
        """Return the number of a token in a table all of whose columns count the same things."""
        return self.value(token, self.table.columns[0])

    def row(self, row: Row, candidates: Sequence[Candidate], factor: float = 1.0) -> Cells:
        """Return a row's cells; `factor` is what its label and the layout leave of their confidence."""
        columns = self.table.column
        return {
            id: self.cell(candidate, columns[id], factor)
            for id, candidate in zip(row.columns, candidates, strict=True)
        }

    def cell(self, candidate: Candidate, column: Column, factor: float = 1.0) -> Cell:
        """Return one cell of a column, which need not be one that the page prints in its table."""
        if candidate.alternatives:
            values = list(dict.fromkeys(self.value(token, column) for token in candidate.alternatives))
            return Cell(None, None, "ambiguous", None, None, _DOUBTFUL, values)
        confidence = candidate.confidence * factor
        if candidate.token is None:
            return self._blank(candidate.mark, round(confidence, 3))
        value = self.value(candidate.token, column)
        text, line, span = self._place(candidate.token)
        if value and column.unit and not read_cell(candidate.token.text).unit:
            unit = self.units.get(column.id)
            if unit == CONTRADICTED:
                return Cell(None, text, "ambiguous", line, span, _DOUBTFUL, [value])
            if unit == UNKNOWN:
                self.without_unit.append(column.id)
        if value is None:
            return Cell(None, text, "ambiguous", line, span, _DOUBTFUL, [])
        if len(text) > 1 and (_SPLIT_DIGITS.search(text) or _LEADING_ZERO.match(candidate.token.text)):
            confidence *= _SPLIT
        return Cell(value, text, "printed", line, span, round(confidence, 3))

    def _blank(self, mark: Token | None, confidence: float) -> Cell:
        """Return a blank cell: with the placeholder that it prints, where it prints one."""
        if mark is None:
            return Cell(None, None, "blank", None, None, confidence)
        text, line, span = self._place(mark)
        return Cell(None, text, "blank", line, span, confidence)

    def _place(self, token: Token) -> tuple[str, int, Span]:
        """Return a token as printed, its line, and its span in the text."""
        line = self.lines[token.line - 1]
        span = (line.start + token.start, line.start + token.end)
        return line.raw[token.start : token.end], token.line, span


def missing_row(row: Row) -> Cells:
    """Return the cells of a row that the page does not have."""
    return dict.fromkeys(row.columns, MISSING)


def ambiguous_row(row: Row) -> Cells:
    """Return the cells of a row whose numbers cannot be told among others."""
    return dict.fromkeys(row.columns, _AMBIGUOUS)


def differing(candidates: Sequence[Candidate], others: Sequence[Candidate]) -> list[Candidate]:
    """Return candidates that are ambiguous wherever two readings put different texts."""
    merged = []
    for one, two in zip(candidates, others, strict=True):
        options = {
            candidate.token.text if candidate.token else None: candidate.token for candidate in (one, two)
        }
        for token in (*one.alternatives, *two.alternatives):
            options.setdefault(token.text if token else None, token)
        merged.append(one if len(options) == 1 else Candidate(None, _DOUBTFUL, tuple(options.values())))
    return merged


def without_totals(total: str, rows: TableCells) -> list[str]:
    """Return the rows with a blank total behind numbers, where other rows' totals are printed.

    A total may stand on a line of its own, far from its row (a PDF made into Markdown), and look like the
    number of a page.
    """
    if not all(total in cells for cells in rows.values()):
        return []
    blank = [row for row, cells in rows.items() if cells[total].state == "blank"]
    if not any(cells[total].state == "printed" for cells in rows.values()):
        return []
    return [row for row in blank if any(cell.value for cell in rows[row].values())]


def doubting_total(total: str, cells: Cells) -> Cells:
    """Return a row's cells with the blank total, the column `total`, in doubt."""
    confidence = round(cells[total].confidence * _LOST, 3)
    return {**cells, total: structs.replace(cells[total], confidence=confidence)}
