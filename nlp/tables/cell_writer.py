"""Turns the tokens of a table's candidates into the cells of its record."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence, Set

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Column, Row, Table
from nlp.form.sums import Equation
from nlp.record.model import MISSING, Cell, Number, Span, TableCells
from nlp.tables.circumstances import Circumstances, Headers, Proof, Setting, Way
from nlp.tables.columns.candidates import Candidate
from nlp.tables.page.cell_values import WHOLE_MONEY, is_of_money, number
from nlp.tables.page.tokens import Token
from nlp.tables.page.units import CONTRADICTED, THE_FORMS, UNKNOWN
from nlp.tables.table_page import Page
from nlp.text.cell_text import read_cell
from nlp.text.cells import LARGEST_UNASKED

_SPLIT_DIGITS = re.compile(r"\d\s+\d")
_LEADING_ZERO = re.compile(r"[+-]?0\d")
_PROOFS: tuple[Proof, ...] = ("none", "zeros", "holds", "broken")
"""What a sum says, the more telling the later."""
_ZEROS, _HOLDS, _BROKEN = 1, 2, 3


class FilledRow(Struct, frozen=True):
    """A row of the form, the candidates of its columns, and how it was read."""

    row: Row
    candidates: Sequence[Candidate]
    setting: Setting


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
        return None if token is None else number(token.text, column, self.units.get((row, column.id), ""))

    def rows(self, filled: Sequence[FilledRow]) -> TableCells:
        """Return the cells of some rows, each as sure as its circumstances and its sums make it."""
        values = [self._values(row) for row in filled]
        unknown = [_unknown(row.candidates, of_row) for row, of_row in zip(filled, values, strict=True)]
        sums_of = {columns: self.table.sums_of(columns) for columns in {row.row.columns for row in filled}}
        down = self._down(filled, values, unknown)
        cells: TableCells = {}
        for n, row in enumerate(filled):
            across = proofs(sums_of[row.row.columns], values[n], unknown[n])
            cells[row.row.id] = self._row(row, values[n], across, down[n])
        return cells

    def _values(self, filled: FilledRow) -> list[Number | None]:
        values = []
        for candidate, id in zip(filled.candidates, filled.row.columns, strict=True):
            values.append(self.value(candidate.token, filled.row.id, self.table.column[id]))
        return values

    def _down(
        self,
        filled: Sequence[FilledRow],
        values: Sequence[Sequence[Number | None]],
        unknown: Sequence[Set[int]],
    ) -> list[list[Proof]]:
        """Return for each row what the sums down the table say of its cells.

        They say nothing of a column that some of the printed rows lack.
        """
        down: list[list[Proof]] = [["none"] * len(row) for row in values]
        printed = [n for n, row in enumerate(filled) if not _is_absent(row)]
        if not self.table.down or not printed:
            return down
        equations = self.table.sums_down([filled[n].row.id for n in printed])
        orders = [filled[n].row.columns for n in printed]
        for id in self.table.column:
            if not all(id in order for order in orders):
                continue
            places = [order.index(id) for order in orders]
            column = [values[n][place] for n, place in zip(printed, places, strict=True)]
            unknown_rows = {
                at for at, (n, place) in enumerate(zip(printed, places, strict=True)) if place in unknown[n]
            }
            of_column = proofs(equations, column, unknown_rows)
            for n, place, proof in zip(printed, places, of_column, strict=True):
                down[n][place] = proof
        return down

    def _row(
        self,
        filled: FilledRow,
        values: Sequence[Number | None],
        across: Sequence[Proof],
        down: Sequence[Proof],
    ) -> dict[str, Cell]:
        """Return the cells of a row by their columns; `across` and `down` are what sums say of each."""
        cells = {}
        for place, id in enumerate(filled.row.columns):
            candidate = filled.candidates[place]
            known = Circumstances(
                filled.setting,
                candidate.way,
                "blank",
                across[place],
                down[place],
                self.headers,
                candidate.doubtful,
            )
            cells[id] = self._cell(candidate, values[place], filled.row.id, self.table.column[id], known)
        return cells

    def _cell(
        self, candidate: Candidate, value: Number | None, row: str, column: Column, known: Circumstances
    ) -> Cell:
        """Return the cell of a candidate; `known` are its circumstances, were it blank without a mark."""
        if candidate.way is Way.ABSENT:
            return MISSING
        if candidate.way is Way.OPEN:
            options = [self.value(token, row, column) for token in candidate.alternatives]
            return ambiguous(list(dict.fromkeys(options)))
        token = candidate.token
        if token is None:
            return self._blank(candidate.mark, known)
        text, line, span = self._place(token)
        if value is None:
            return Cell(None, text, "ambiguous", line, span, 0.0, [])
        unit = self._unit(token, value, row, column) if column.unit else THE_FORMS
        if unit == CONTRADICTED:
            return Cell(None, text, "ambiguous", line, span, 0.0, [value])
        if unit == UNKNOWN:
            self.without_unit.append(column.id)
        content = "number" if value else "zero"
        torn = _is_torn(text, token)
        circumstances = replace(known, content=content, torn=torn, unitless=unit == UNKNOWN)
        return Cell(value, text, "printed", line, span, self.confidence_of(circumstances))

    def _unit(self, token: Token, value: Number, row: str, column: Column) -> str:
        """Return the unit of an amount of money, THE_FORMS for 0 and where it has its own."""
        if not value or read_cell(token.text).unit:
            return THE_FORMS
        unit = self.units.get((row, column.id), "")
        if unit not in WHOLE_MONEY and is_of_money(token.text):
            return CONTRADICTED
        if unit == THE_FORMS and value >= LARGEST_UNASKED:
            return UNKNOWN
        return unit

    def _blank(self, mark: Token | None, known: Circumstances) -> Cell:
        """Return a blank cell: with the placeholder that it prints, where it prints one."""
        if mark is None:
            return Cell(None, None, "blank", None, None, self.confidence_of(known))
        sure = self.confidence_of(replace(known, content="placeholder"))
        text, line, span = self._place(mark)
        return Cell(None, text, "blank", line, span, sure)

    def _place(self, token: Token) -> tuple[str, int, Span]:
        """Return a token as printed, its line, and its span in the text."""
        line = self.lines[token.line - 1]
        span = (line.start + token.start, line.start + token.end)
        return line.raw[token.start : token.end], token.line, span


def _is_torn(text: str, token: Token) -> bool:
    """Return whether a token, printed as `text`, has white space between its digits, or a 0 before them."""
    if len(text) == 1 or (text.isdecimal() and token.text[0] != "0"):
        return False
    return bool(_SPLIT_DIGITS.search(text) or _LEADING_ZERO.match(token.text))


def _is_absent(filled: FilledRow) -> bool:
    return all(candidate.way is Way.ABSENT for candidate in filled.candidates)


def _unknown(candidates: Sequence[Candidate], values: Sequence[Number | None]) -> set[int]:
    """Return the places of cells over which no sum can be told: open ones, and tokens that are no number."""
    places = set()
    for place, (candidate, value) in enumerate(zip(candidates, values, strict=True)):
        if candidate.way is Way.OPEN or (candidate.token is not None and value is None):
            places.add(place)
    return places


def ambiguous(values: list[Number | None]) -> Cell:
    """Return a cell that may hold any of some values: it tells none."""
    return Cell(None, None, "ambiguous", None, None, 0.0, values)


def proofs(
    equations: Sequence[Equation], values: Sequence[Number | None], unknown: Set[int] = frozenset()
) -> list[Proof]:
    """Return for each value what the sums over it say: a broken one says more than one that holds.

    `unknown` are the places of values that are not known. A sum with one of these, or without its total,
    says nothing, and one of zeros says little.

    >>> proofs([Equation((2,), (0, 1))], [1, 2, 3]), proofs([Equation((2,), (0, 1))], [0, None, 0])
    (['holds', 'holds', 'holds'], ['zeros', 'zeros', 'zeros'])
    """
    verdicts = [0] * len(values)
    for equation in equations:
        places = (*equation.left, *equation.right)
        if not equation.has_total(values) or not unknown.isdisjoint(places):
            continue
        verdict = _ZEROS
        if any(values[place] for place in places):
            verdict = _HOLDS if equation.holds(values) else _BROKEN
        for place in places:
            if verdict > verdicts[place]:
                verdicts[place] = verdict
    return [_PROOFS[verdict] for verdict in verdicts]
