"""Rebuilds the tables of a page from its labelled lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Form, Row
from nlp.form.labels.lexicon import lexicon
from nlp.form.sums import adds_up, total_holds
from nlp.record.model import Number, Span, TableCells, Tables
from nlp.record.model import Row as Cells
from nlp.tables.cell_writer import CellWriter, differing, doubting_total, missing, untold, without_totals
from nlp.tables.columns.column_assignment import Slot, fill
from nlp.tables.columns.displaced import astray, is_overprinted
from nlp.tables.columns.grid import Grid, gaps_of, grid, padding_of
from nlp.tables.edition import edition
from nlp.tables.evidence import Evidence, gather
from nlp.tables.labels.printed_columns import Order, in_form_order, printed_table
from nlp.tables.labels.printed_groups import printed_row
from nlp.tables.labels.reordered_labels import between
from nlp.tables.labels.row_matches import Anchor, Anchors, find
from nlp.tables.layouts import single_row as one_row
from nlp.tables.layouts import unsegmented as unparted
from nlp.tables.layouts.beside import alongside, doubting_order, lines_of_numbers, runs_between_labels
from nlp.tables.layouts.blocks import boxed
from nlp.tables.layouts.label_blocks import blocks
from nlp.tables.layouts.rows import following
from nlp.tables.layouts.stretches import pieces
from nlp.tables.layouts.under_headers import headed
from nlp.tables.page import regions
from nlp.tables.page.blank_marks import blanks_of
from nlp.tables.page.number_behind_heading import with_number_behind_heading
from nlp.tables.page.regions import Region
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.page.units import units_told
from nlp.tables.reading import FILLINGS, Placement, Run, best_of, numbers_in, texts
from nlp.tables.solver.digit_cuts import ANY, WORDS, Blanks
from nlp.text.lines import Line

_TOO_LONG = 2_000
"""A table of more tokens than this is no table of the form: only the linear layout is tried."""
_NEARBY = ("alongside", "blocks")
"""Layouts that give rows what stands near them."""
_PIECEMEAL = ("boxes", "pieces")
"""Layouts that put rows together from what stands apart."""
_UNPROVEN = 0.96
"""The same, for numbers off their label's line on a scrambled page, in a table without sums."""
_BETTER = 1.0
"""From this cost of the rows on, columns under their own headers are a better reading of a table (二)."""
_EMPTY = 0.5
"""What a confidence is multiplied by where no row has a number: they may stand elsewhere on the page."""
_LOST = 4
"""From so many numbers without a row and rows without numbers on, a table without sums has no rows."""
_MISSPELT = 0.9
"""What a confidence is multiplied by where the row's label was recognised by likeness alone."""


class Setting(Struct, frozen=True):
    """How a page's tool sets tables, as far as those read before tell (三 first: its sums do).

    `by_columns`: pieces of several rows come column by column. `blanks`: how a glued page prints
    blank cells.
    """

    by_columns: bool = False
    blanks: Blanks = WORDS


class Assembly(Struct, frozen=True):
    """The tables of a page, the form they follow, the evidence for each table."""

    form: Form | None
    tables: Tables = {}
    evidence: dict[str, Evidence] = {}


def assemble(
    lines: Sequence[Line], labels: Sequence[str | None], spans: Mapping[str, Span], year: int | None
) -> Assembly:
    """Return the filled tables of a page.

    `labels` are the lines' labels (None for blank ones), `spans` the chapters of the tables by table id.
    """
    found = regions.find(lines, labels, spans)
    form = edition((region.tokens for region in found.values()), year)
    if form is None:
        return Assembly(None)
    found = with_number_behind_heading(form, found, lines)
    tables, evidence = {}, {}
    setting = Setting(blanks=blanks_of(form, found))
    for table in sorted(form.tables, key=lambda table: not table.down):
        filler = _Filler(form, found, table.id, lines, setting)
        tables[table.id], evidence[table.id] = filler.fill()
        setting = filler.setting_seen(evidence[table.id])
    order = [table.id for table in form.tables]
    return Assembly(form, {id: tables[id] for id in order}, {id: evidence[id] for id in order})


class _Filler:
    """Fills one table from its region's tokens."""

    def __init__(
        self,
        form: Form,
        regions: dict[str, Region],
        table: str,
        lines: Sequence[Line],
        setting: Setting,
    ) -> None:
        region = regions.get(table, Region(table))
        self.form, self.regions = form, regions
        self.lines = lines
        self.tokens = region.tokens
        self.elsewhere, self.glued = len(region.elsewhere), region.glued
        self.setting = setting
        self.lexicon = lexicon(form.edition, table)
        self.anchors = between(self.tokens, find(self.tokens, self.lexicon), self.lexicon)
        self.printed = printed_table(self.tokens, self.anchors, self.lexicon, _count)
        self.table = self.printed.table
        self.order_told = True
        if self.table.one_row:
            printed = printed_row(self.tokens, self.lexicon)
            self.order_told = printed is not None
            self.table = printed or self.table
        places = {anchor.row: anchor.last for anchor in self.anchors.rows}
        self.writer = CellWriter(self.table, lines, units_told(self.table, self.tokens, places, lines))
        self.weighed: list[Placement] = []

    def fill(self) -> tuple[TableCells, Evidence]:
        rows, evidence = self._filled()
        return in_form_order(rows, self.lexicon.table), evidence

    def _filled(self) -> tuple[TableCells, Evidence]:
        if self.table.one_row and (slots := self._one_row()) is not None:
            strays = tuple(token for token in self._before() if token.kind in FILLINGS)
            return self._in_one_row(slots), replace(self._evidence(None), orphans=strays)
        placement = self._placement()
        rows = self._in_rows(placement)
        evidence = self._evidence(placement)
        return rows, replace(
            evidence, strange=placement.strange, without_unit=tuple(self.writer.without_unit)
        )

    def setting_seen(self, evidence: Evidence) -> Setting:
        """Return how the page's tool sets tables, now that this one is read too."""
        placement = evidence.placement
        by_columns = self.setting.by_columns or (placement is not None and placement.by_columns)
        return replace(self.setting, by_columns=by_columns)

    def _evidence(self, placement: Placement | None) -> Evidence:
        read = (self.tokens, self.anchors, self.table, placement, self.weighed)
        return gather(*read, self.elsewhere, self.lines)

    def _placement(self) -> Placement:
        """Return the best reading: rows kept together first, scattered ones where that fails."""
        tokens, anchors, table = self.tokens, self.anchors, self.table
        self.weighed = [following(tokens, anchors, table)]
        if self.weighed[0].cost == 0 or len(tokens) > _TOO_LONG or self.glued:
            return self.weighed[0]
        by_lines, between_labels = lines_of_numbers(tokens, table), runs_between_labels(tokens)
        for vectors in (by_lines,) if by_lines == between_labels else (by_lines, between_labels):
            paired = alongside(tokens, anchors, table, vectors)
            self.weighed.append(doubting_order(paired, tokens, anchors, table, vectors))
        best = best_of(self.weighed)
        if not table.down:
            read = headed(tokens, anchors, self.lexicon) if best.cost >= _BETTER else None
            if read is not None and not _takes_anothers(read, self.weighed[0].strange, tokens, anchors):
                self.weighed.append(read)
                return read
            read = blocks(tokens, anchors, table, self.setting.by_columns)
            if not _takes_anothers(read, self.weighed[0].strange, tokens, anchors):
                self.weighed.append(read)
            return best_of(self.weighed)
        if best.whole(table):
            return best
        if (best.surplus or best.doubts or best.cost > len(best.runs)) and (read := self._boxed()):
            self.weighed.append(read)
            return read
        if best.surplus and (read := pieces(tokens, anchors, table, self.writer.count)):
            self.weighed.append(read)
            return read
        return best

    def _boxed(self) -> Placement | None:
        """Return the reading in boxes, some of which may hold the numbers of the table of one row (四)."""
        others = [
            lexicon(self.form.edition, table.id) for table in self.form.tables if table is not self.table
        ]
        found = boxed(self.tokens, self.anchors, self.lexicon, others, self.writer.count)
        if found and not found[1]:
            return found[0]
        mixed = next((table.id for table in self.form.tables if table.one_row), "")
        if mixed not in self.regions:
            return None
        tokens = sorted(
            [*self.tokens, *self.regions[mixed].tokens], key=lambda token: (token.line, token.start)
        )
        anchors = between(tokens, find(tokens, self.lexicon), self.lexicon)
        found = boxed(tokens, anchors, self.lexicon, others, self.writer.count)
        if found is None:
            return None
        self.tokens, self.anchors = tokens, anchors
        rest = [token for token in tokens if token.kind is Kind.TEXT or any(token is one for one in found[1])]
        self.regions[mixed] = replace(self.regions[mixed], tokens=rest)
        return found[0]

    def _one_row(self) -> list[Slot] | None:
        """Return the slots of values in one row, unless each group is printed as a row of its own."""
        placement = following(self.tokens, self.anchors, self.table)
        if placement.cost == 0 and len(placement.runs) == len(self.table.rows):
            return None
        rows = [anchor.row for anchor in self.anchors.rows]
        tokens = self.tokens[len(self._before()) :]
        if not self.order_told:
            values = tuple(token for token in tokens if token.kind in FILLINGS)
            return [Slot(None, 0.4, (*values, None))] * (len(self.table.rows) * len(self.table.columns))
        return one_row.fill(tokens, self.lexicon, self.writer.count, rows, self.setting.blanks)

    def _before(self) -> Sequence[Token]:
        """Return the tokens before the one row's first label, other tables', where all its numbers follow."""
        first = self.anchors.rows[0].first if self.anchors.rows else 0
        behind = sum(token.kind in FILLINGS for token in self.tokens[first:])
        return self.tokens[:first] if behind >= len(self.table.rows) * len(self.table.columns) else ()

    def _in_one_row(self, slots: list[Slot]) -> TableCells:
        width = len(self.table.columns)
        rows = enumerate(self.table.rows)
        return {row.id: self.writer.row(row, slots[n * width : (n + 1) * width]) for n, row in rows}

    def _in_rows(self, placement: Placement) -> TableCells:
        grids = self._grids(placement)
        lost = not placement.settled and bool(self.table.down) and self._astray(placement)
        strings = unparted.strings(self.tokens, placement, self.table, self.glued)
        unparted_rows = unparted.fill(self.table, strings, self.setting.blanks if self.glued else ANY)
        rows = {
            row.id: self._string(row, placement, unparted_rows)
            if row.id in strings
            else self._row(row, placement, grids, lost)
            for row in self.table.rows
            if row.id in placement.runs or not row.optional
        }
        total = self.table.total
        lacking = without_totals(total, rows) if total else []
        if total and lacking and (self._is_one_too_many(placement) or self._is_number_unread()):
            rows |= {row: doubting_total(total, rows[row]) for row in lacking}
        return rows

    def _astray(self, placement: Placement) -> bool:
        return astray(placement, self.table, self.writer.count)

    def _is_one_too_many(self, placement: Placement) -> bool:
        """Tell whether a number is left over, or a row has more than its columns."""
        runs = placement.runs.items()
        crowded = any(numbers_in(run) > len(self.table.row[row].columns) for row, run in runs)
        return crowded or bool(placement.orphans)

    def _is_number_unread(self) -> bool:
        """Tell whether a number stands alone on a line that no table was read from: a page's, or a value."""
        read = {token.line for region in self.regions.values() for token in region.tokens}
        return any(line.plain.isdecimal() and line.n not in read for line in self.lines)

    def _grids(self, placement: Placement) -> dict[int, Grid]:
        rows: dict[int, list[tuple[Token, Run]]] = {}
        for id, run in placement.runs.items():
            label = self.tokens[placement.anchors[id].last]
            rows.setdefault(len(self.table.row[id].columns), []).append((label, run))
        every = [(label, run, width) for width, pairs in rows.items() for label, run in pairs]
        shared = self._repeats(), padding_of(every), gaps_of(every)
        return {width: grid(pairs, width, self.lines, *shared) for width, pairs in rows.items()}

    def _repeats(self) -> bool:
        """Tell whether the page's tool fills every column of a merged cell, as it does a group's label."""
        labels = [self.tokens[at] for at in self.anchors.groups]
        return any(one.line == two.line and one.text == two.text for one, two in pairwise(labels))

    def _row(self, row: Row, placement: Placement, grids: dict[int, Grid], lost: bool) -> Cells:
        if row.id not in placement.runs:
            return missing(row)
        anchor, run = placement.anchors[row.id], placement.runs[row.id]
        if not run and self._is_cut_behind(anchor):
            return missing(row)
        if is_overprinted(run) or not (placement.settled or self._is_told(row, placement, lost)):
            return untold(row)
        label = self.tokens[anchor.last]
        slots = self._slots(row, label, run, grids)
        for other in placement.doubts.get(row.id, ()):
            slots = differing(slots, self._slots(row, label, other, grids))
        for order in self.printed.others.get(row.id, ()):
            slots = differing(slots, _in_order(slots, order, row.columns))
        spelling = self._spelling(anchor, row)
        scrambled = self.setting.by_columns and not placement.on_one_line(row.id, self.tokens)
        unproven = _UNPROVEN if scrambled and not self.table.down else 1.0
        empty = _EMPTY if not any(placement.runs.values()) else 1.0
        return self.writer.row(row, slots, placement.sureness * spelling * unproven * empty)

    def _is_cut_behind(self, anchor: Anchor) -> bool:
        """Return whether the page ends behind a label."""
        if anchor.last != len(self.tokens) - 1:
            return False
        return all(line.blank for line in self.lines[self.tokens[anchor.last].line :])

    def _is_told(self, row: Row, placement: Placement, lost: bool) -> bool:
        """Tell whether a row has its own numbers, where not all have theirs behind their labels."""
        if self._is_regular(placement) and numbers_in(placement.runs[row.id]) == len(row.columns):
            return True
        on_line = placement.on_one_line(row.id, self.tokens)
        apart = not on_line and (self._scattered(placement) or self._strays(row, placement))
        return not apart and not self._is_lost(row, placement, lost or placement.surplus > 0)

    def _is_regular(self, placement: Placement) -> bool:
        """Return whether most rows have just their numbers behind their labels, each row of the form once."""
        runs = placement.runs.items()
        whole = sum(numbers_in(run) == len(self.table.row[row].columns) for row, run in runs)
        return placement.layout == "following" and bool(self.table.across) and whole > len(runs) * 0.7

    def _is_lost(self, row: Row, placement: Placement, lost: bool) -> bool:
        """Tell whether a row off its label's line lacks numbers that others have, or has some of theirs.

        One on its line may lack those that no row has, on the lines beside it, where no sum tells: a cell
        of several lines.
        """
        filled = [token for token in placement.runs[row.id] if token.kind in FILLINGS]
        if placement.on_one_line(row.id, self.tokens):
            line = self.tokens[placement.anchors[row.id].last].line
            too_many = (token for id, run in placement.runs.items() for token in self._overflow(id, run))
            beside = any(abs(token.line - line) == 1 for token in (*placement.orphans, *too_many))
            return beside and not self.table.down and len(filled) < len(row.columns)
        if len(filled) == len(row.columns):
            values = [self.writer.count(token) or 0 for token in filled]
            pieced = lost or placement.layout in _PIECEMEAL
            return pieced and not adds_up(self.table.sums_of(row.columns), values)
        return lost and len(placement.runs[row.id]) < len(row.columns)

    def _overflow(self, row: str, run: Run) -> list[Token]:
        """Return the numbers behind a row's label that it has no column for."""
        numbers = [token for token in run if token.kind in FILLINGS]
        return numbers[len(self.table.row[row].columns) :]

    def _string(self, row: Row, placement: Placement, filled: Mapping[str, list[Slot]]) -> Cells:
        """Return the cells of a row that nothing parts."""
        empty = placement.surplus and not placement.runs[row.id]
        if empty or row.id not in filled or row.id in placement.doubts:
            return untold(row)
        anchor = placement.anchors[row.id]
        return self.writer.row(row, filled[row.id], placement.sureness * self._spelling(anchor, row))

    def _spelling(self, anchor: Anchor, row: Row) -> float:
        """Return what its label's spelling leaves of the confidence in a row."""
        return 1.0 if anchor.similarity == 1.0 or self._in_turn(row) else anchor.similarity * _MISSPELT

    def _scattered(self, placement: Placement) -> bool:
        """Tell whether rows that do not share a line with their numbers are no rows."""
        if placement.scattered or self.table.down or not placement.surplus:
            return placement.scattered
        return placement.surplus + sum(not numbers_in(run) for run in placement.runs.values()) >= _LOST

    def _strays(self, row: Row, placement: Placement) -> bool:
        """Tell whether a row's numbers stand anywhere near it, in a table whose rows do not all fit.

        Those behind its own label, up to the next one, are its own, and so is a whole line of them. A row
        without numbers may have lost them to others that took theirs from anywhere; where no row has any, nor
        an empty cell, they are not here (四 may be left blank).
        """
        if not any(placement.runs.values()):
            return not self.table.one_row and (bool(placement.orphans) or self._is_number_unread())
        run = placement.runs[row.id]
        on_a_line = len({token.line for token in run}) == 1 and numbers_in(run) == len(row.columns) > 1
        if placement.layout not in _NEARBY or on_a_line:
            return False
        behind = self.weighed[0].runs
        near = {id for id, run in placement.runs.items() if texts(run) != texts(behind.get(id, ()))}
        counts = ((numbers_in(run), len(self.table.row[id].columns)) for id, run in placement.runs.items())
        fits = not placement.surplus and all(count == width for count, width in counts)
        return not fits and bool(row.id in near if numbers_in(run) else near)

    def _in_turn(self, row: Row) -> bool:
        """Tell whether a row stands between those that stand around it in the form: then no other fits."""
        named = [anchor.row for anchor in self.anchors.rows]
        known = [one.id for one in self.table.rows if one is row or not one.optional]
        return _around(row.id, named) == _around(row.id, known)

    def _slots(self, row: Row, label: Token, run: Run, grids: dict[int, Grid]) -> list[Slot]:
        width = len(row.columns)
        return fill(label, run, width, grids[width], lambda read: self._holds(row, read))

    def _holds(self, row: Row, read: Sequence[Token | None]) -> bool | None:
        columns = (self.table.column[id] for id in row.columns)
        values = [self.writer.value(token, column) for token, column in zip(read, columns, strict=True)]
        return total_holds(self.table.sums_of(row.columns), values)


def _takes_anothers(
    read: Placement, strange: Sequence[Token], tokens: Sequence[Token], anchors: Anchors
) -> bool:
    """Return whether a reading gives a row numbers of another label: on its line, or `strange` ones."""
    owners: dict[int, set[str]] = {}
    for anchor in anchors.rows:
        owners.setdefault(tokens[anchor.last].line, set()).add(anchor.row)
    others = {(token.line, token.start) for token in strange}
    for row, run in read.runs.items():
        for token in run:
            if token.kind in FILLINGS:
                on_line = owners.get(token.line, {row})
                if row not in on_line or (token.line, token.start) in others:
                    return True
    return False


def _count(token: Token) -> Number | None:
    return int(token.text) if token.text.isdecimal() and len(token.text) < 16 else None


def _in_order(slots: Sequence[Slot], order: Order, columns: Sequence[str]) -> list[Slot]:
    """Return the slots of some columns as they would be if they stood in another order."""
    if len(order) != len(slots):
        return [Slot(None, 0.4, tuple(slot.token for slot in slots))] * len(slots)
    at = dict(zip(order, slots, strict=True))
    return [at.get(column, slot) for column, slot in zip(columns, slots, strict=True)]


def _around(row: str, rows: Sequence[str]) -> Sequence[str]:
    """Return a row with its neighbours."""
    at = rows.index(row)
    return rows[max(0, at - 1) : at + 2]
