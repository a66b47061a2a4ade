"""Reads tables whose numbers a tool gave in another order, through the search for bands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.form.form import Form, Table
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.form.labels.normalised import key
from nlp.tables.labels.headers import columns_in
from nlp.tables.labels.row_matches import LabelMatches, match_labels
from nlp.tables.page.cell_values import number
from nlp.tables.page.regions import Region
from nlp.tables.page.runs import CELL_KINDS, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.solver.mixing import Job, Piece, Shared, margin_of, share
from nlp.tables.solver.solution import Cell, Solution
from nlp.tables.solver.solve import solve
from nlp.tables.solver.stream import Gap, Number, Stream
from nlp.text.lines import Line

_LEAST_LABELLED = 6
"""Where so many numbers stand next behind labels of rows, rows are printed one after the other."""


class BandReading(Struct, frozen=True):
    """What the search tells of one table.

    `told` are the tokens of the cells that are certain, `candidates` those that the other cells may have,
    likeliest first; `price` is the cost of the best filling in nats, `solution` all that the search found.
    """

    table: str
    told: dict[Cell, Token]
    candidates: dict[Cell, tuple[Token, ...]]
    price: float
    solution: Solution


def band_readings(form: Form, regions: Mapping[str, Region], lines: Sequence[Line]) -> dict[str, BandReading]:
    """Return what the search tells of each table of a page that has sums, by the ids of the tables.

    Tables of which it tells nothing, for their numbers are too few or too many, are left out.
    """
    page = _Page(form, regions, lines)
    jobs = [page.job(table) for table in form.tables if table.across and table.id in regions]
    large = next((job for job in jobs if job.table.down), None)
    small = next((job for job in jobs if job.table.one_row), None)
    if large and small and page.are_mixed(large, small):
        pieces = [
            Piece(page.numbers(of.table.id, large.table), page.numbers(of.table.id, small.table))
            for of in (large, small)
        ]
        if ways := share(large, small, *pieces):
            return {job.table.id: page.agreed(job, ways, at) for at, job in enumerate((large, small))}
    found = {}
    for job in jobs:
        stream = Stream(page.numbers(job.table.id, job.table))
        solution = solve(stream, job.table, job.rows)
        if solution is not None:
            found[job.table.id] = page.reading(job, stream, solution)
    return found


class _Page:
    """The regions of a page, and its numbers by their ids: their places among `tokens`."""

    def __init__(self, form: Form, regions: Mapping[str, Region], lines: Sequence[Line]) -> None:
        self.form, self.regions, self.lines = form, regions, lines
        self.tokens: list[Token] = []
        self.ids: dict[str, range] = {}
        for table, region in regions.items():
            filled = numbers_of(region.tokens)
            self.ids[table] = range(len(self.tokens), len(self.tokens) + len(filled))
            self.tokens += filled

    def job(self, table: Table) -> Job:
        """Return a table with the rows that the page prints."""
        matches = match_labels(self.regions[table.id].tokens, lexicon(self.form.edition, table.id))
        return Job(table, rows_printed(table, matches, len(self.ids[table.id])))

    def are_mixed(self, large: Job, small: Job) -> bool:
        """Tell whether one of two tables lacks numbers that the other has too many of."""
        one = len(self.ids[large.table.id]) - large.cells
        two = len(self.ids[small.table.id]) - small.cells
        return (one < 0 <= one + two) or (two < 0 <= one + two)

    def numbers(self, region: str, table: Table) -> Sequence[Number]:
        """Return the numbers of a region, with the labels before them as those of a table."""
        known = lexicon(self.form.edition, table.id)
        tokens = self.regions[region].tokens
        found = stream_of(tokens, match_labels(tokens, known), known, self.lines).numbers
        return [replace(number, id=id) for number, id in zip(found, self.ids[region], strict=True)]

    def reading(self, job: Job, stream: Stream, solution: Solution) -> BandReading:
        """Return a solution with the tokens of its cells."""
        certain, candidates = {}, {}
        for cell, reading in solution.cells.items():
            if reading.told:
                certain[cell] = self.tokens[stream.numbers[reading.best].id]
            else:
                places = [choice.place for choice in reading.choices if choice.place >= 0]
                candidates[cell] = tuple(self.tokens[stream.numbers[place].id] for place in places)
        return BandReading(job.table.id, certain, candidates, solution.price, solution)

    def agreed(self, job: Job, ways: Sequence[Shared], at: int) -> BandReading:
        """Return what all ways to share the numbers within the margin of the best agree on."""
        best, *others = [self.reading(job, way.streams[at], way.solutions[at]) for way in margin_of(ways)]
        certain, candidates = dict(best.told), dict(best.candidates)
        for other in others:
            for cell, token in best.told.items():
                if cell not in other.told or other.told[cell].text != token.text:
                    certain.pop(cell, None)
                    rest = (other.told[cell],) if cell in other.told else other.candidates[cell]
                    candidates[cell] = (*candidates.get(cell, (token,)), *rest)
        return replace(best, told=certain, candidates=candidates)


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
    return fewer if numbers == width * len(fewer) else rows


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
