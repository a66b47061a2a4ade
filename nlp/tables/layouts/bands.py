"""Reads tables whose numbers a tool gave in another order, through the search for bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Form, Table
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.column_names import columns_in
from nlp.tables.labels.row_matches import LabelMatches, match_labels
from nlp.tables.page.cell_values import number
from nlp.tables.page.regions import Region
from nlp.tables.page.runs import CELL_KINDS, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.page.tokens import tokens as tokens_of
from nlp.tables.solver.frame import frame
from nlp.tables.solver.solution import Cell, Solution
from nlp.tables.solver.solve import solve, solve_both
from nlp.tables.solver.stream import Gap, Number, Stream
from nlp.text.lines import Line

_LEAST_LABELLED = 6
"""Where so many numbers stand next behind labels of rows, rows are printed one after the other."""


class BandReading(Struct, frozen=True):
    """What the search tells of one table: `told` are the tokens of the cells that are certain."""

    table: str
    told: dict[Cell, Token]
    solution: Solution


class _Job(Struct, frozen=True):
    """A table with the rows that the page prints of it."""

    table: Table
    rows: Sequence[str]

    @property
    def cells(self) -> int:
        return len(self.rows) * len(self.table.columns)


def band_readings(form: Form, regions: Mapping[str, Region], lines: Sequence[Line]) -> dict[str, BandReading]:
    """Return what the search tells of each table of a page that has sums, by the ids of the tables.

    Tables of which it tells nothing, for their numbers are too few or too many, are left out.
    """
    page = _Page(form, regions, lines)
    jobs = [page.job(table) for table in form.tables if table.across and table.id in regions]
    large = next((job for job in jobs if job.table.down), None)
    small = next((job for job in jobs if job.table.one_row), None)
    found: dict[str, BandReading] = {}
    if large and small and not (page.has_just(large) and page.has_just(small)):
        found = page.readings_of_both(large, small)
        jobs = [job for job in jobs if job is small and page.has_just(small) and not found]
    for job in jobs:
        reading = page.reading(job)
        if reading is not None:
            found.setdefault(job.table.id, reading)
    return found


class _Page:
    """The regions of a page with the numbers of its tables."""

    def __init__(self, form: Form, regions: Mapping[str, Region], lines: Sequence[Line]) -> None:
        self.form, self.regions, self.lines = form, regions, lines

    def job(self, table: Table) -> _Job:
        """Return a table with the rows that the page prints."""
        tokens = self.regions[table.id].tokens
        matches = match_labels(tokens, lexicon(self.form.edition, table.id))
        return _Job(table, rows_printed(table, matches, len(numbers_of(tokens))))

    def has_just(self, job: _Job) -> bool:
        """Tell whether the region of a table has as many numbers as the table has cells."""
        return len(numbers_of(self.regions[job.table.id].tokens)) == job.cells

    def stream(self, tokens: Sequence[Token], table: Table) -> Stream:
        """Return the numbers among some tokens, with the labels before them as those of a table."""
        known = lexicon(self.form.edition, table.id)
        return stream_of(tokens, match_labels(tokens, known), known, self.lines)

    def reading(self, job: _Job) -> BandReading | None:
        """Return what the numbers in the region of a table tell of it."""
        tokens = self.regions[job.table.id].tokens
        solution = solve(self.stream(tokens, job.table), job.table, job.rows)
        return None if solution is None else _reading(job, tokens, solution)

    def readings_of_both(self, large: _Job, small: _Job) -> dict[str, BandReading]:
        """Return what the numbers of the regions of two tables, and those behind the last, tell of both."""
        tokens = self._pooled(large.cells + small.cells, large.table.id, small.table.id)
        streams = [self.stream(tokens, job.table) for job in (large, small)]
        for blank in (False, True):
            frames = [frame(job.table, job.rows, without_totals=blank) for job in (large, small)]
            if solutions := solve_both(streams[0], streams[1], frames[0], frames[1]):
                break
        jobs = (large, small)[: len(solutions)]
        found = zip(jobs, solutions, strict=True)
        return {job.table.id: _reading(job, tokens, solution) for job, solution in found}

    def _pooled(self, cells: int, *tables: str) -> list[Token]:
        """Return the tokens of some tables in page order, if cells lack numbers with those of other lines.

        A tool may set boxes of a page's tables behind the heading of the chapter that follows them: these are
        lines of nothing but numbers that no table was read from.
        """
        pooled = [token for table in tables for token in self.regions[table].tokens]
        if pooled and len(numbers_of(pooled)) < cells:
            read = {token.line for region in self.regions.values() for token in region.tokens}
            for line in self.lines[min(token.line for token in pooled) :]:
                found = [] if line.n in read else tokens_of(line)
                if len(numbers_of(found)) == len(found):
                    pooled += found
        return sorted(pooled, key=lambda token: (token.line, token.start))


def _reading(job: _Job, tokens: Sequence[Token], solution: Solution) -> BandReading:
    """Return a solution with the tokens of its cells."""
    numbers = numbers_of(tokens)
    told = {cell: numbers[place] for cell, place in solution.told().items()}
    return BandReading(job.table.id, told, solution)


def rows_printed(table: Table, matches: LabelMatches, numbers: int) -> list[str]:
    """Return the rows of a table that a page prints, in the order of the form.

    An optional row is printed in place of those that it stands for where the page names it alone.
    """
    named = {match.row for match in matches.rows}
    rows = [row.id for row in table.rows if not row.optional]
    for row in table.rows:
        if row.optional and row.id in named and not named.intersection(row.stands_for):
            at = rows.index(row.stands_for[0])
            rows = [other for other in rows if other not in row.stands_for]
            rows.insert(at, row.id)
    width = len(table.columns)
    if numbers >= width * len(rows):
        return rows
    fewer = [row for row in rows if row in named]
    return fewer if fewer and numbers == width * len(fewer) else rows


def stream_of(
    tokens: Sequence[Token], matches: LabelMatches, known: Lexicon, lines: Sequence[Line]
) -> Stream:
    """Return the stream of a table's numbers, with the labels that stand next before each."""
    row_ends = {match.last: match.row for match in matches.rows}
    of_rows = {at for match in matches.rows for at in range(match.first, match.last + 1)}
    numbers: list[Number] = []
    texts: list[int] = []
    before: Token | None = None
    for at, token in enumerate(tokens):
        if token.kind is Kind.TEXT:
            texts.append(at)
        elif token.kind in CELL_KINDS:
            named = [row_ends[text] for text in texts if text in row_ends]
            headers = columns_named([tokens[text].text for text in texts if text not in of_rows], known)
            numbers.append(
                Number(
                    _count(token, known),
                    _gap(before, token, [tokens[text] for text in texts]),
                    before is not None and any("\f" in line.raw for line in lines[before.line : token.line]),
                    tuple(named) if len(named) == 1 else (),
                    bool(texts) and tokens[texts[-1]].line == token.line,
                    headers,
                )
            )
            texts, before = [], token
    return Stream(_with_blank_lines_told(numbers))


def _with_blank_lines_told(numbers: Sequence[Number]) -> list[Number]:
    """Return numbers with what a blank line between two of them is on this page, where that can be told."""
    told: dict[Gap, Gap] = {}
    if Stream(numbers).is_boxed():
        told = {Gap.LINE_END: Gap.IN_BOX, Gap.BLANK_LINE: Gap.BOX_END}
    elif sum(bool(number.rows) for number in numbers) >= _LEAST_LABELLED:
        told = {Gap.BLANK_LINE: Gap.CELL_END}
    return [replace(number, gap=told.get(number.gap, number.gap)) for number in numbers]


def _count(token: Token, known: Lexicon) -> int | None:
    """Return the count that a token is; None for the mark of a blank cell."""
    value = number(token.text, known.table.columns[0]) if token.kind is Kind.VALUE else None
    return None if value is None else int(value)


def _gap(before: Token | None, token: Token, texts: Sequence[Token]) -> Gap:
    if texts:
        return Gap.LABEL_BESIDE if texts[-1].line == token.line else Gap.LABEL
    if before is None or token.line - before.line > 1:
        return Gap.BLANK_LINE
    return Gap.LINE_END if token.line > before.line else Gap.SAME_LINE


def columns_named(texts: Sequence[str], known: Lexicon) -> tuple[str, ...]:
    """Return the columns whose headers stand among some texts, in their order."""
    headers = [text for text in texts if known.is_header(key(text))]
    return tuple(dict.fromkeys(column for text in headers for column in columns_in(text, known)))
