"""What a page says about one table, gathered once for all layouts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Form, Table
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.reading.document import GivenTable
from nlp.tables.circumstances import Headers
from nlp.tables.judge import Judge
from nlp.tables.labels.damaged_order import is_other_order_told
from nlp.tables.labels.header_orders import Order
from nlp.tables.labels.named_cells import NamedCells, Place, named_cells
from nlp.tables.labels.printed_columns import ANY_ORDER, is_in_rows, printed_table
from nlp.tables.labels.printed_groups import printed_row
from nlp.tables.labels.renamed import renamed
from nlp.tables.labels.reordered_labels import with_reordered_labels
from nlp.tables.labels.row_matches import LabelMatches, match_labels
from nlp.tables.labels.strange_headers import StrangeHeaders, strange_headers
from nlp.tables.labels.torn_headers import with_torn_headers_joined
from nlp.tables.page.regions import Region
from nlp.tables.page.stray_numbers import StrayNumbers
from nlp.tables.page.tokens import Token
from nlp.tables.page.units import units_of
from nlp.tables.solver.digit_cuts import Blanks
from nlp.text.lines import Line

_TOO_LONG = 2_000
"""A table of more tokens than this is no table of the form: only the linear layouts are tried."""


class Page(Struct, frozen=True, dict=True):
    """A page of tables: its form, its lines, the regions of its tables by their ids.

    `blanks` tells how a page on which nothing parts the cells prints blank ones; its readings are judged by
    `judge`; `in_table` is the probability of each line that it is a table's; `given` are the tables whose
    cells the file itself tells; `year` is the report's, None where it is not known.
    """

    form: Form
    lines: Sequence[Line]
    regions: Mapping[str, Region]
    blanks: Blanks
    judge: Judge
    in_table: Sequence[float]
    given: Sequence[GivenTable] = ()
    year: int | None = None

    @cached_property
    def strays(self) -> StrayNumbers:
        """What tells which numbers on lines of their own may be none of a table's."""
        beside_rows = {line for region in self.regions.values() for line in region.lines_beside_rows()}
        outside = [*self._unread_lines(), *(self.lines[n - 1] for n in sorted(beside_rows))]
        return StrayNumbers(self.lines, outside, self.year)

    def has_unread_number(self) -> bool:
        """Tell whether a number stands alone on a line that no table was read from: a page's, or a value."""
        return any(line.plain.isdecimal() for line in self._unread_lines())

    def _unread_lines(self) -> list[Line]:
        """Return the lines that no table was read from."""
        read = {token.line for region in self.regions.values() for token in region.tokens}
        return [line for line in self.lines if line.n not in read]


class TablePage(Struct, frozen=True):
    """What a page says about one table: its tokens and the labels among them.

    `table` has its columns, or groups, in the order in which the page prints them (`lexicon.table` in the
    form's); `is_order_known` is False where nobody can tell it. `in_rows`: its rows stand below each other,
    which those of a table of one row do on some pages. `other_orders` are, for a row, other orders in which
    its columns may stand. `units` are those of its cells' numbers, `strange` the headers that
    name none of the form's columns. `columns_said` are the columns that cells say themselves (`自然人：5`),
    by the places of these cells; such names are none of the tokens.
    """

    page: Page
    table: Table
    lexicon: Lexicon
    tokens: Sequence[Token]
    matches: LabelMatches
    units: Mapping[tuple[str, str], str]
    in_rows: bool
    other_orders: Mapping[str, Sequence[Order]] = {}
    is_order_known: bool = True
    strange: StrangeHeaders = StrangeHeaders()
    columns_said: Mapping[Place, str] = {}

    @property
    def region(self) -> Region:
        """The region of the table."""
        return self.page.regions.get(self.table.id, Region(self.table.id))

    @property
    def lines(self) -> Sequence[Line]:
        """All lines of the page."""
        return self.page.lines

    @property
    def is_linear(self) -> bool:
        """Whether rows can only follow each other: nothing parts their cells, or they are far too many."""
        return self.region.unsegmented or len(self.tokens) > _TOO_LONG

    @property
    def headers(self) -> Headers:
        """Whether the page prints headers, and whether its columns or groups stand in another order."""
        of_form = self.lexicon.table
        if [*self.table.column] != [*of_form.column] or [*self.table.row] != [*of_form.row]:
            return "moved"
        return "in order" if self.matches.columns else "none"

    @property
    def may_be_out_of_order(self) -> bool:
        """Whether some columns stand in another order than the form's, or may do so."""
        return self.headers == "moved" or bool(self.other_orders) or not self.is_order_known

    def joined(self, others: Iterable[str]) -> TablePage:
        """Return the page with the tokens of other tables, if any, among its own, by where they stand."""
        others = list(others)
        if not others:
            return self
        regions = [self.page.regions[table] for table in others]
        tokens = [*self.tokens, *(token for region in regions for token in region.tokens)]
        tokens.sort(key=lambda token: (token.line, token.start))
        return replace(self, tokens=tokens, matches=_matches(tokens, self.lexicon))


def table_page(page: Page, table: str) -> TablePage:
    """Return what a page says about a table of its form."""
    known = lexicon(page.form.edition, table)
    all_tokens = with_torn_headers_joined(page.regions.get(table, Region(table)).tokens, known)
    named = named_cells(all_tokens, known) or NamedCells(all_tokens, {}, range(len(all_tokens)))
    tokens = named.tokens
    matches = _matches(tokens, known)
    in_rows = not known.table.one_row or is_in_rows(tokens, matches, known.table)
    columns_printed: Table | None
    orders: Mapping[str, Sequence[Order]] = {}
    if in_rows:
        printed = printed_table(tokens, matches, known, page.year)
        columns_printed, orders = printed.table, printed.other_orders
    else:
        columns_printed = printed_row(tokens, known, [match.row for match in matches.rows])
    is_order_known = columns_printed is not None and (in_rows or _are_in_turn(named.columns, known.table))
    columns_printed = columns_printed or known.table
    is_of_form = columns_printed == known.table and is_order_known and not orders
    if is_of_form and is_other_order_told(tokens, matches, known, in_rows):
        is_order_known = False
        orders = {row.id: (ANY_ORDER,) for row in known.table.rows} if in_rows else {}
    labels = {match.row: (named.kept[match.first], named.kept[match.last]) for match in matches.rows}
    units = units_of(columns_printed, all_tokens, labels, page.lines)
    strange = strange_headers(tokens, matches, known, in_rows, page.year).joined(
        renamed(tokens, matches, known, page.year)
    )
    return TablePage(
        page,
        columns_printed,
        known,
        tokens,
        matches,
        units,
        in_rows,
        orders,
        is_order_known,
        strange,
        named.columns,
    )


def _are_in_turn(columns_said: Mapping[Place, str], table: Table) -> bool:
    """Return whether the cells of a table of one row (四) say all columns of the form in turn, or none."""
    said = [column for _, column in sorted(columns_said.items())]
    width = len(table.columns)
    return said == [*table.column] * (len(said) // width)


def _matches(tokens: Sequence[Token], known: Lexicon) -> LabelMatches:
    """Return the labels of the form that stand among some tokens."""
    return with_reordered_labels(tokens, match_labels(tokens, known), known)
