"""Rebuilds the tables of a page from its labelled lines."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from msgspec import structs

from nlp.forms import Column, Form, Row, Table
from nlp.lines import Line
from nlp.report import MISSING, Cell, Number, Span, TableCells, Tables
from nlp.tables import one_row, regions
from nlp.tables.anchors import Anchor, Anchors, find
from nlp.tables.blocks import blocks
from nlp.tables.filling import Grid, Slot, fill, grid, total_holds
from nlp.tables.lexicon import lexicon
from nlp.tables.pieces import pieces
from nlp.tables.placing import (
    Placement,
    Run,
    alongside,
    best_of,
    following,
    lines_of_numbers,
    runs_between_labels,
)
from nlp.tables.regions import Region
from nlp.tables.tokens import Token
from nlp.tables.values import number

_UNIT = re.compile("亿元|万元|元")
_SPLIT_DIGITS = re.compile(r"\d\s+\d")
_SPLIT = 0.85
"""What white space between the digits of a number leaves of its confidence."""
_LOST = 0.85
"""What is left of the confidence in a blank total behind numbers."""
_DOUBTFUL = 0.4
_WHOLE = 4
"""From so many columns' labels on a line shows their order."""
_TOO_LONG = 5_000
"""A table of more tokens than this is no table of the form: only the linear layout is tried."""
_MISSPELT = 0.9
"""What a confidence is multiplied by where the row's label was recognised by likeness alone."""


_UNTOLD = Cell(None, None, "ambiguous", None, None, _DOUBTFUL, [])
"""A cell of a table whose numbers stand apart from their rows."""


@dataclass(frozen=True)
class Evidence:
    """What speaks for and against the reading of a table."""

    layout: str = "none"
    orphans: tuple[Token, ...] = ()
    unknown: tuple[Token, ...] = ()
    in_order: bool = True
    columns_in_order: bool = True
    repeated: tuple[str, ...] = ()
    without_numbers: tuple[str, ...] = ()


@dataclass(frozen=True)
class Assembly:
    """The tables of a page, the form they follow, the evidence for each table."""

    form: Form | None
    tables: Tables = field(default_factory=dict)
    evidence: dict[str, Evidence] = field(default_factory=dict)


def assemble(
    lines: Sequence[Line], labels: Sequence[str | None], spans: Mapping[str, Span], year: int | None
) -> Assembly:
    """Return the filled tables of a page.

    `labels` are the lines' labels (None for blank ones), `spans` the chapters of the tables by table id.
    """
    found = regions.find(lines, labels, spans)
    form = regions.edition(found.values(), year)
    if form is None:
        return Assembly(None)
    tables, evidence = {}, {}
    by_columns: bool | None = None
    for table in sorted(form.tables, key=lambda table: not table.down):
        region = found.get(table.id, Region(table.id, []))
        filler = _Filler(form, table, region, lines, by_columns)
        tables[table.id], evidence[table.id] = filler.fill()
        by_columns = filler.by_columns
    order = [table.id for table in form.tables]
    return Assembly(form, {id: tables[id] for id in order}, {id: evidence[id] for id in order})


class _Filler:
    """Fills one table from its region's tokens.

    `by_columns` is how the page's tool sets pieces of several rows, learnt where sums tell (三 first).
    """

    def __init__(
        self, form: Form, table: Table, region: Region, lines: Sequence[Line], by_columns: bool | None
    ) -> None:
        self.by_columns = by_columns
        self.table = table
        self.lines = lines
        self.tokens = region.tokens
        self.lexicon = lexicon(form.edition, table.id)
        self.anchors = find(self.tokens, self.lexicon)
        self.units = self._header_units()

    def fill(self) -> tuple[TableCells, Evidence]:
        if self.table.one_row and (slots := self._one_row()) is not None:
            return self._in_one_row(slots), self._evidence("one_row", ())
        placement = self._placement()
        cells = self._in_rows(placement)
        doubtful = tuple(row for row, run in placement.runs.items() if not run)
        return cells, self._evidence(placement.layout, placement.orphans, doubtful)

    def _placement(self) -> Placement:
        """Return the best reading: rows kept together first, scattered ones where that fails."""
        tokens, anchors, table = self.tokens, self.anchors, self.table
        together = following(tokens, anchors, table)
        if together.cost == 0 or len(tokens) > _TOO_LONG:
            return together
        vectors = lines_of_numbers(tokens, table), runs_between_labels(tokens)
        best = best_of([together, *(alongside(tokens, anchors, table, runs) for runs in vectors)])
        if table.down and best.surplus and (read := pieces(tokens, anchors, table, self._count)):
            self.by_columns = read.by_columns
            return read
        return best if table.down else best_of([best, blocks(tokens, anchors, table, self.by_columns)])

    def _count(self, token: Token | None) -> Number | None:
        return self._value(token, self.table.columns[0])

    def _one_row(self) -> list[Slot] | None:
        """Return the slots of values in one row, unless each group is printed as a row of its own."""
        placement = following(self.tokens, self.anchors, self.table)
        if placement.cost == 0 and len(placement.runs) == len(self.table.rows):
            return None
        return one_row.fill(self.tokens, self.lexicon, self._count)

    def _in_one_row(self, slots: list[Slot]) -> TableCells:
        width = len(self.table.columns)
        rows = enumerate(self.table.rows)
        return {row.id: self._row(row, slots[n * width : (n + 1) * width], 1.0) for n, row in rows}

    def _in_rows(self, placement: Placement) -> TableCells:
        by_width = self._grids(placement)
        rows = {
            row.id: self._row_of(row, placement, by_width)
            for row in self.table.rows
            if row.id in placement.runs or not row.optional
        }
        return _doubting_blank_totals(rows) if self.table.across else rows

    def _grids(self, placement: Placement) -> dict[int, Grid]:
        rows: dict[int, list[tuple[Token, Run]]] = {}
        for id, run in placement.runs.items():
            label = self.tokens[placement.anchors[id].last]
            rows.setdefault(len(self.table.row[id].columns), []).append((label, run))
        return {width: grid(pairs, width, self.lines, self._repeats()) for width, pairs in rows.items()}

    def _repeats(self) -> bool:
        """Tell whether the page's tool fills every column of a merged cell, as it does a group's label."""
        labels = [self.tokens[at] for at in self.anchors.groups]
        return any(one.line == two.line and one.text == two.text for one, two in pairwise(labels))

    def _row_of(self, row: Row, placement: Placement, grids: dict[int, Grid]) -> dict[str, Cell]:
        if row.id not in placement.runs:
            return dict.fromkeys(row.columns, MISSING)
        anchor, run = placement.anchors[row.id], placement.runs[row.id]
        apart = placement.scattered and not placement.on_one_line(row.id, self.tokens)
        if apart or (placement.surplus and not run):
            return dict.fromkeys(row.columns, _UNTOLD)
        slots = self._slots(row, anchor, run, grids)
        for other in placement.doubts.get(row.id, ()):
            slots = _differing(slots, self._slots(row, anchor, other, grids))
        spelling = 1.0 if anchor.similarity == 1.0 else anchor.similarity * _MISSPELT
        return self._row(row, slots, placement.sureness * spelling)

    def _slots(self, row: Row, anchor: Anchor, run: Run, grids: dict[int, Grid]) -> list[Slot]:
        width = len(row.columns)
        return fill(self.tokens[anchor.last], run, width, grids[width], lambda read: self._holds(row, read))

    def _holds(self, row: Row, read: Sequence[Token | None]) -> bool | None:
        if not self.table.across:
            return None
        columns = [self.table.column[id] for id in row.columns]
        return total_holds([self._value(token, col) for token, col in zip(read, columns, strict=True)])

    def _row(self, row: Row, slots: list[Slot], factor: float) -> dict[str, Cell]:
        columns = (self.table.column[id] for id in row.columns)
        return {
            column.id: self._cell(slot, column, factor) for column, slot in zip(columns, slots, strict=True)
        }

    def _cell(self, slot: Slot, column: Column, factor: float) -> Cell:
        if slot.others:
            candidates = list(dict.fromkeys(self._value(token, column) for token in slot.others))
            return Cell(None, None, "ambiguous", None, None, _DOUBTFUL, candidates)
        if slot.token is None:
            return Cell(None, None, "blank", None, None, round(slot.sureness * factor, 3))
        token, value = slot.token, self._value(slot.token, column)
        line = self.lines[token.line - 1]
        span = (line.start + token.start, line.start + token.end)
        text = line.raw[token.start : token.end]
        if value is None:
            return Cell(None, text, "ambiguous", token.line, span, _DOUBTFUL, [])
        split = _SPLIT if _SPLIT_DIGITS.search(text) else 1.0
        return Cell(value, text, "printed", token.line, span, round(slot.sureness * factor * split, 3))

    def _value(self, token: Token | None, column: Column) -> Number | None:
        return None if token is None else number(token.text, column, self.units.get(column.id))

    def _header_units(self) -> dict[str, str]:
        """Return the unit that a column's own header prints: （单位：元） where the form has 万元."""
        units = {}
        for at, id in self.anchors.columns:
            found = _UNIT.search(self.tokens[at].text)
            if found:
                units[id] = found.group()
        return units

    def _evidence(
        self, layout: str, orphans: tuple[Token, ...], without_numbers: tuple[str, ...] = ()
    ) -> Evidence:
        return Evidence(
            layout,
            orphans,
            tuple(self.tokens[at] for at in self.anchors.unknown),
            _in_order(self.anchors, self.table),
            self._columns_in_order(),
            _repeated(self.anchors),
            without_numbers,
        )

    def _columns_in_order(self) -> bool:
        """Tell whether the headers on each line stand in the order of the form (a group a line, in 四).

        A line of fewer labels is a piece of a broken header, from which no order can be told.
        """
        order = {column.id: n for n, column in enumerate(self.table.columns)}
        by_line: dict[int, list[int]] = {}
        for at, id in self.anchors.columns:
            by_line.setdefault(self.tokens[at].line, []).append(order[id])
        lines = [line for line in by_line.values() if len(set(line)) >= _WHOLE]
        if self.table.one_row:
            lines = [line for line in lines if len(line) % len(order) == 0]
        return all(_rising(line, len(order)) for line in lines)


def _differing(slots: list[Slot], others: list[Slot]) -> list[Slot]:
    """Return slots that are ambiguous wherever two readings put different texts."""
    merged = []
    for one, two in zip(slots, others, strict=True):
        options = {slot.token.text if slot.token else None: slot.token for slot in (one, two)}
        for token in (*one.others, *two.others):
            options.setdefault(token.text if token else None, token)
        merged.append(one if len(options) == 1 else Slot(None, _DOUBTFUL, tuple(options.values())))
    return merged


def _doubting_blank_totals(rows: TableCells) -> TableCells:
    """Return rows in which a blank total behind numbers is doubtful, where other rows' totals are printed.

    A total may stand on a line of its own, far from its row (a PDF made into Markdown).
    """
    if not any(cells["total"].state == "printed" for cells in rows.values()):
        return rows
    return {row: _with_doubtful_total(cells) for row, cells in rows.items()}


def _with_doubtful_total(cells: dict[str, Cell]) -> dict[str, Cell]:
    total = cells["total"]
    if total.state != "blank" or not any(cell.value for cell in cells.values()):
        return cells
    return {**cells, "total": structs.replace(total, confidence=total.confidence * _LOST)}


def _in_order(anchors: Anchors, table: Table) -> bool:
    """Tell whether the rows' labels stand in the order of the form, each once."""
    order = {row.id: n for n, row in enumerate(table.rows)}
    printed = [order[anchor.row] for anchor in anchors.rows if not table.row[anchor.row].optional]
    return all(one < two for one, two in pairwise(printed))


def _rising(places: list[int], width: int) -> bool:
    """Tell whether places rise; they may begin anew once all columns of a group are through."""
    steps = pairwise(places)
    return all(one < two or (one == width - 1 and two == 0) for one, two in steps)


def _repeated(anchors: Anchors) -> tuple[str, ...]:
    times = Counter(anchor.row for anchor in anchors.rows)
    return tuple(row for row, count in times.items() if count > 1)
