"""What speaks for and against the reading of a table."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import cache
from itertools import groupby

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Row, Table
from nlp.form.labels.normalised import key, label_key
from nlp.labelling.judgement import Costs
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.page.runs import CELL_KINDS, texts
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Reading
from nlp.tables.table_page import TablePage
from nlp.text.lines import Line

_SHORT = 30
"""A line of fewer characters, or one of cells, that names a row may be that row."""
_CELLS = re.compile(r"[\t|]")


class Evidence(Struct, frozen=True):
    """The reading of a table, all `proposals`, what their faults cost, and what is odd about the page.

    `unassigned` are numbers that belong to no cell,
    `repeated` the rows named more than once, `without_numbers` those that no number stands beside;
    `elsewhere` counts lines outside the table's chapter that look like its own; `left_out` are rows that the
    agency does not print, though the form has them; `of_unknown_labels` are numbers beside labels that the
    form does not have, `without_unit` the columns of amounts whose unit the page does not tell,
    `strange_headers` the headers that name no column of the form where others do not name all, and those that
    say another thing of one; `strange_labels` those of rows that do.
    """

    layout: str = "none"
    unassigned: tuple[Token, ...] = ()
    in_order: bool = True
    columns_in_order: bool = True
    repeated: tuple[str, ...] = ()
    without_numbers: tuple[str, ...] = ()
    elsewhere: int = 0
    left_out: tuple[str, ...] = ()
    tokens: Sequence[Token] = ()
    reading: Reading | None = None
    proposals: tuple[Reading, ...] = ()
    costs: Costs = {}
    of_unknown_labels: tuple[Token, ...] = ()
    without_unit: tuple[str, ...] = ()
    strange_headers: tuple[Token, ...] = ()
    strange_labels: tuple[Token, ...] = ()

    @property
    def labels(self) -> dict[int | None, set[str]]:
        """The rows that each line names, by its number."""
        rows_of: dict[int | None, set[str]] = {}
        matches = self.reading.matches if self.reading else {}
        for row, match in matches.items():
            for at in (match.first, match.last):
                rows_of.setdefault(self.tokens[at].line, set()).add(row)
        return rows_of


def gather(page: TablePage, reading: Reading, proposals: Sequence[Reading]) -> Evidence:
    """Return the evidence for a table that was read as `reading` says, one of the `proposals`."""
    matches = _named_once(page)
    return Evidence(
        reading.layout,
        reading.unassigned,
        _is_read_under_headers(page, reading) or _in_order(page.tokens, matches, page.table),
        page.is_order_known and not page.other_orders,
        _repeated(matches),
        _without_numbers(page.tokens, reading),
        len(page.region.elsewhere),
        _left_out(page.lines, page.matches, page.table, reading),
        page.tokens,
        reading,
        tuple(proposals),
        page.page.judge.costs,
        reading.of_unknown_labels,
        strange_headers=page.strange.texts,
        strange_labels=page.strange.labels,
    )


def _named_once(page: TablePage) -> LabelMatches:
    """Return the labels of a page without those that stand there again and say nothing more.

    A row may be printed twice with the same numbers, as all of a table's are that a site has once for
    telephones, no text between that is none of the form's (下属单位); or its label stands before each of its
    cells, which say their columns.
    """
    stretches = list(page.matches.stretches(len(page.tokens)))
    numbers_behind = [texts(tuple(page.tokens[match.first : end])) for match, end in stretches]
    if page.table.one_row and not page.in_rows:
        return _groups_named_once(page, numbers_behind)
    rows: list[RowMatch] = []
    printed: dict[str, tuple[RowMatch, list[str]]] = {}
    for (match, _), numbers in zip(stretches, numbers_behind, strict=True):
        first, before = printed.setdefault(match.row, (match, []))
        is_same = bool(numbers) and before == numbers and not _is_strange_between(page, first, match)
        goes_on = bool(page.columns_said) and bool(rows) and rows[-1].row == match.row
        if not before:
            printed[match.row] = match, numbers
        if not is_same and not goes_on:
            rows.append(match)
    return replace(page.matches, rows=rows)


def _groups_named_once(page: TablePage, numbers_behind: Sequence[Sequence[str]]) -> LabelMatches:
    """Return the labels over the one row of a table (四), once where the page has all of it several times."""
    matches, width = page.matches.rows, len(page.table.rows)
    times, rest = divmod(len(matches), width)
    if times < 2 or rest or _is_strange_between(page, matches[0], matches[-1]):
        return page.matches
    printed = [(match.row, numbers) for match, numbers in zip(matches, numbers_behind, strict=True)]
    is_same = printed == printed[:width] * times and bool(printed[-1][1])
    return replace(page.matches, rows=matches[:width]) if is_same else page.matches


def _is_strange_between(page: TablePage, first: RowMatch, last: RowMatch) -> bool:
    """Return whether a text that is none of the form's stands between two labels."""
    return any(first.last < at < last.first for at in page.matches.unknown)


def _left_out(
    lines: Sequence[Line], matches: LabelMatches, table: Table, reading: Reading
) -> tuple[str, ...]:
    """Return the rows that may be left out, where no line names one and nothing else is amiss."""
    read = {*reading.runs, *reading.cells}
    rows = [row for row in table.rows if row.may_be_left_out and row.id not in read]
    if not rows or not reading.faults.none or matches.unknown or not read:
        return ()
    of_lines = [key(line.plain) for line in lines if len(line.plain) < _SHORT or _CELLS.search(line.plain)]
    text = "\n".join(of_lines)
    return tuple(row.id for row in rows if not any(name in text for name in _names(row)))


@cache
def _names(row: Row) -> tuple[str, ...]:
    return tuple(map(label_key, row.spellings))


def _without_numbers(tokens: Sequence[Token], reading: Reading) -> tuple[str, ...]:
    """Return the rows that neither a number nor an empty cell stands beside; all, where none has one."""
    empty = not any(token.kind in CELL_KINDS for token in tokens)
    return tuple(row for row, run in reading.runs.items() if empty or not run)


def _in_order(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> bool:
    """Tell whether the rows' labels stand in the order of the form, each once.

    Where rows are groups of columns (四), a label on a line of their headers says nothing: pdftotext joins
    it with what stands beside it, a little higher or lower.
    """
    named = [match for match in matches.rows if not table.row[match.row].optional]
    rows = [match.row for match in named]
    if table.one_row:
        apart = [match.row for match in named if not _is_beside_headers(tokens[match.last].text, table)]
        rows = [row for row, _ in groupby(apart)]  # a merged cell may be printed in each of its columns
    return rows == [row for row in table.row if row in rows]


def _is_read_under_headers(page: TablePage, reading: Reading) -> bool:
    """Return whether each value of a table of one row (四) stands in a given cell under its own headers."""
    return page.table.one_row and reading.layout == "given_cells"


def _is_beside_headers(text: str, table: Table) -> bool:
    """Tell whether a label's line has a column's label, or a piece of one, as well."""
    words = [word for word in text.split() if len(word) > 1]
    labels = "\n".join(["\n".join(column.spellings) for column in table.columns])
    return any(word in labels for word in words)


def _repeated(matches: LabelMatches) -> tuple[str, ...]:
    """Return the rows that are named more than once."""
    times = Counter(match.row for match in matches.rows)
    return tuple(row for row, count in times.items() if count > 1)
