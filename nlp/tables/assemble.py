"""Rebuilds the tables of a page from its labelled lines."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Form
from nlp.form.labels.lexicon import lexicon
from nlp.reading.document import GivenTable
from nlp.record.model import Number, Span, TableCells, Tables
from nlp.tables.blank_marks import blanks_of
from nlp.tables.cell_writer import CellWriter, FilledRow
from nlp.tables.circumstances import Headers, Setting
from nlp.tables.columns.candidates import Candidate
from nlp.tables.edition import edition
from nlp.tables.evidence import Evidence, gather
from nlp.tables.given.cells import given_cells
from nlp.tables.labels.printed_columns import in_form_order, printed_table
from nlp.tables.labels.printed_groups import printed_row
from nlp.tables.labels.reordered_labels import with_reordered_labels
from nlp.tables.labels.row_matches import LabelMatches, match_labels
from nlp.tables.last_word import with_given_cells
from nlp.tables.layouts import single_row
from nlp.tables.layouts.beside import alongside, lines_of_numbers, runs_between_labels
from nlp.tables.layouts.blocks import read_text_blocks
from nlp.tables.layouts.label_blocks import read_label_blocks
from nlp.tables.layouts.rows import following
from nlp.tables.layouts.stretches import pieces
from nlp.tables.layouts.under_headers import headed
from nlp.tables.number_behind_heading import with_displaced_number
from nlp.tables.page import regions
from nlp.tables.page.regions import Region
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.page.units import units_of
from nlp.tables.reading import CELL_KINDS, Reading, best_of
from nlp.tables.reading_writer import PageOfTable, ReadingWriter
from nlp.tables.scrambled import with_scrambled_cells
from nlp.tables.solver.digit_cuts import Blanks
from nlp.text.cell_text import LONGEST_NUMBER
from nlp.text.lines import Line

_TOO_LONG = 2_000
"""A table of more tokens than this is no table of the form: only the linear layout is tried."""
_BETTER = 1.0
"""From this cost of the rows on, columns under their own headers are a better reading of a table (二)."""


class Assembly(Struct, frozen=True):
    """The tables of a page, the form they follow, the evidence for each table."""

    form: Form | None
    tables: Tables = {}
    evidence: dict[str, Evidence] = {}


def assemble(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    spans: Mapping[str, Span],
    year: int | None,
    given: Sequence[GivenTable] = (),
) -> Assembly:
    """Return the filled tables of a page.

    `labels` are the lines' labels (None for blank ones), `spans` the chapters of the tables by table id,
    `given` the tables whose cells the file itself tells.
    """
    found = regions.find_regions(lines, labels, spans)
    form = edition((region.tokens for region in found.values()), year)
    if form is None:
        return Assembly(None)
    found = with_displaced_number(form, found, lines)
    tables: Tables = {}
    evidence: dict[str, Evidence] = {}
    blanks = blanks_of(form, found)
    whole = dict(found)
    for table in sorted(form.tables, key=lambda table: not table.down):
        reader = _TableReader(form, found, table.id, lines, blanks)
        tables[table.id], evidence[table.id] = reader.read(given)
    tables = with_scrambled_cells(form, tables, whole, lines)
    order = [table.id for table in form.tables]
    return Assembly(form, {id: tables[id] for id in order}, {id: evidence[id] for id in order})


class _TableReader:
    """Fills one table from its region's tokens."""

    def __init__(
        self,
        form: Form,
        regions: dict[str, Region],
        table: str,
        lines: Sequence[Line],
        blanks: Blanks,
    ) -> None:
        region = regions.get(table, Region(table))
        self.form, self.regions = form, regions
        self.lines = lines
        self.tokens = region.tokens
        self.elsewhere, self.unsegmented = len(region.elsewhere), region.unsegmented
        self.blanks = blanks
        self.lexicon = lexicon(form.edition, table)
        self.matches = self._matched(self.tokens)
        self.printed = printed_table(self.tokens, self.matches, self.lexicon, _count)
        self.table = self.printed.table
        self.is_order_known = True
        if self.table.one_row:
            printed = printed_row(self.tokens, self.lexicon)
            self.is_order_known = printed is not None
            self.table = printed or self.table
        labels = {match.row: match.last for match in self.matches.rows}
        units = units_of(self.table, self.tokens, labels, lines)
        self.writer = CellWriter(self.table, lines, units, self._headers())
        self.proposals: list[Reading] = []

    def read(self, given: Sequence[GivenTable]) -> tuple[TableCells, Evidence]:
        """Return the cells of the table, in the order of the form, and the evidence for them."""
        rows, evidence = self._read_as_printed()
        rows = in_form_order(rows, self.lexicon.table)
        reading = given_cells(given, self.lines, self.lexicon.table, self.lexicon) if given else None
        return with_given_cells(rows, evidence, reading, self.lexicon.table, self.writer)

    def _read_as_printed(self) -> tuple[TableCells, Evidence]:
        """Return the cells of the table in the page's order, columns of the page's own among them."""
        candidates = self._one_row() if self.table.one_row else None
        if candidates is not None:
            before = self._tokens_before_labels()
            unassigned = tuple(token for token in before if token.kind in CELL_KINDS)
            return self._cells_of_one_row(candidates), replace(self._evidence(None), unassigned=unassigned)
        reading = self._best_reading()
        page = PageOfTable(
            self.tokens,
            self.lines,
            self.matches,
            self.regions,
            self.unsegmented,
            self.blanks,
            self.printed.other_orders,
        )
        behind_labels = self.proposals[0].runs
        writer = ReadingWriter(self.table, page, reading, behind_labels, self.writer)
        rows = writer.cells()
        return rows, replace(self._evidence(reading), without_unit=tuple(self.writer.without_unit))

    def _headers(self) -> Headers:
        """Return whether the page prints headers, and whether its columns stand in another order."""
        form_table = self.lexicon.table
        if [*self.table.column] != [*form_table.column] or [*self.table.row] != [*form_table.row]:
            return "moved"
        return "in order" if self.matches.columns else "none"

    def _matched(self, tokens: Sequence[Token]) -> LabelMatches:
        """Return the labels of the form that stand among some tokens."""
        return with_reordered_labels(tokens, match_labels(tokens, self.lexicon), self.lexicon)

    def _evidence(self, reading: Reading | None) -> Evidence:
        read = (self.tokens, self.matches, self.table, reading, self.proposals)
        return gather(*read, self.elsewhere, self.lines)

    def _best_reading(self) -> Reading:
        """Return the best reading: rows kept together first, scattered ones where that fails."""
        first = following(self.tokens, self.matches, self.table)
        self.proposals = [first]
        if first.cost == 0 or len(self.tokens) > _TOO_LONG or self.unsegmented:
            return first
        best = self._beside_labels()
        if self.table.down:
            return self._scattered(best) or best
        return self._without_sums(best)

    def _beside_labels(self) -> Reading:
        """Return the best reading with lines of numbers beside their labels."""
        by_lines = lines_of_numbers(self.tokens, self.table)
        by_labels = runs_between_labels(self.tokens)
        vectors = [by_lines] if by_lines == by_labels else [by_lines, by_labels]
        for runs in vectors:
            self.proposals.append(alongside(self.tokens, self.matches, self.table, runs))
        return best_of(self.proposals)

    def _without_sums(self, best: Reading) -> Reading:
        """Return the best reading of a table without sums, whose columns or labels may stand apart (二)."""
        if best.cost >= _BETTER:
            under_headers = headed(self.tokens, self.matches, self.lexicon)
            if under_headers is not None and not self._takes_anothers(under_headers):
                self.proposals.append(under_headers)
                return under_headers
        in_blocks = read_label_blocks(self.tokens, self.matches, self.table)
        if not self._takes_anothers(in_blocks):
            self.proposals.append(in_blocks)
        return best_of(self.proposals)

    def _takes_anothers(self, reading: Reading) -> bool:
        """Return whether a reading gives a row a number of another label.

        Such a number stands on the other label's line, or behind a label that the form does not have.
        """
        rows_on: dict[int, set[str]] = {}
        for match in self.matches.rows:
            rows_on.setdefault(self.tokens[match.last].line, set()).add(match.row)
        of_unknown_labels = {(token.line, token.start) for token in self.proposals[0].of_unknown_labels}
        for row, run in reading.runs.items():
            for token in run:
                if token.kind not in CELL_KINDS:
                    continue
                if row not in rows_on.get(token.line, {row}):
                    return True
                if (token.line, token.start) in of_unknown_labels:
                    return True
        return False

    def _scattered(self, best: Reading) -> Reading | None:
        """Return the reading of numbers in blocks or pieces; None where the rows were kept together."""
        if best.surplus or best.alternatives or best.cost > len(best.runs):
            in_blocks = self._in_text_blocks()
            if in_blocks is not None:
                self.proposals.append(in_blocks)
                return in_blocks
        if best.surplus:
            in_pieces = pieces(self.tokens, self.matches, self.table, self.writer.count)
            if in_pieces is not None:
                self.proposals.append(in_pieces)
                return in_pieces
        return None

    def _in_text_blocks(self) -> Reading | None:
        """Return the reading in boxes, some of which may hold the numbers of the table of one row (四)."""
        others = [
            lexicon(self.form.edition, table.id) for table in self.form.tables if table.id != self.table.id
        ]
        own = read_text_blocks(self.tokens, self.matches, self.lexicon, others, self.writer.count)
        if own is not None:
            reading, left_over = own
            if not left_over:
                return reading
        mixed = next((table.id for table in self.form.tables if table.one_row), "")
        if mixed not in self.regions:
            return None
        tokens = sorted(
            [*self.tokens, *self.regions[mixed].tokens], key=lambda token: (token.line, token.start)
        )
        matches = self._matched(tokens)
        both = read_text_blocks(tokens, matches, self.lexicon, others, self.writer.count)
        if both is None:
            return None
        self.tokens, self.matches = tokens, matches
        reading, left_over = both
        kept = {id(token) for token in left_over}
        rest = [token for token in tokens if token.kind is Kind.TEXT or id(token) in kept]
        self.regions[mixed] = replace(self.regions[mixed], tokens=rest)
        return reading

    def _one_row(self) -> list[Candidate] | None:
        """Return the candidates of values in one row, unless each group is printed as a row of its own."""
        reading = following(self.tokens, self.matches, self.table)
        if reading.cost == 0 and len(reading.runs) == len(self.table.rows):
            return None
        rows = [match.row for match in self.matches.rows]
        tokens = self.tokens[len(self._tokens_before_labels()) :]
        if not self.is_order_known:
            values = tuple(token for token in tokens if token.kind in CELL_KINDS)
            any_of_them = Candidate.any_of((*values, None))
            return [any_of_them] * (len(self.table.rows) * len(self.table.columns))
        return single_row.read_single_row(tokens, self.lexicon, self.writer.count, rows, self.blanks)

    def _tokens_before_labels(self) -> Sequence[Token]:
        """Return the tokens before the one row's first label, other tables', where all its numbers follow."""
        first = self.matches.rows[0].first if self.matches.rows else 0
        behind = sum(token.kind in CELL_KINDS for token in self.tokens[first:])
        return self.tokens[:first] if behind >= len(self.table.rows) * len(self.table.columns) else ()

    def _cells_of_one_row(self, candidates: list[Candidate]) -> TableCells:
        width = len(self.table.columns)
        setting = Setting("one row")
        filled = []
        for n, row in enumerate(self.table.rows):
            filled.append(FilledRow(row, candidates[n * width : (n + 1) * width], setting))
        return self.writer.rows(filled)


def _count(token: Token) -> Number | None:
    """Return the number of a token of digits alone; None for other tokens."""
    if token.text.isdecimal() and len(token.text) <= LONGEST_NUMBER:
        return int(token.text)
    return None
