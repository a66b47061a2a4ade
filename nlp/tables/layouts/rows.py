"""The layout in which each label is followed by its numbers."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from nlp.form.form import Row, Table
from nlp.form.labels.normalised import key, parts
from nlp.tables.labels.row_matches import LabelMatches, RowMatch
from nlp.tables.page.runs import CELL_KINDS, Run, cells_of, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Manner, Reading, reading_of
from nlp.tables.table_page import TablePage

_SHORTEST_LABEL = 3
"""A text of fewer characters on a line of its own may be a piece of a label."""


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading that gives each row the numbers behind its label."""
    yield following(page.tokens, page.matches, page.table)


def following(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> Reading:
    """Give each row the numbers from its label on to the next label: rows on lines, one cell a line.

    Numbers behind a group's or a column's label, or on the line of a label that is none of the form's,
    are not the row's before it, unless they stand between the halves of a wrapped label, or are those
    that the row lacks in the columns so labelled. A row of whose label only a part was found may have them.
    """
    unknown = sorted(unknown_labels(tokens, matches, table))
    columns = dict(matches.columns)
    walls = sorted({*matches.groups, *unknown})
    barriers = sorted({*walls, *columns})
    unassigned = cells_of(tokens[: matches.rows[0].first if matches.rows else None])
    of_unknown_labels: list[Token] = []
    pairs: list[tuple[RowMatch, Run]] = []
    alternatives: dict[str, list[Run]] = {}
    for match, end in matches.stretches(len(tokens)):
        row = table.row[match.row]
        stop = _first_from(match.last + 1, barriers, end)
        if stop in columns:
            wall = _first_from(match.last + 1, walls, end)
            stop = _behind_headers(tokens[:wall], match.first, stop, row, columns)
        run = tuple(cells_of(tokens[match.first : stop]))
        pairs.append((match, run))
        unknown_label = _first_from(stop, unknown, end)
        unassigned += cells_of(tokens[stop:unknown_label])
        of_unknown_labels += cells_of(tokens[unknown_label:end])
        if match.similarity < 1.0 and not numbers_of(run):
            beyond_label = numbers_of(tokens[stop:end])
            if len(beyond_label) == len(row.columns):
                alternatives[row.id] = [tuple(beyond_label)]
    return reading_of("rows", Manner.BEHIND, pairs, table, unassigned, of_unknown_labels, alternatives)


def _first_from(start: int, places: Sequence[int], end: int) -> int:
    """Return the first of some places, in their order, from `start` on; `end` where none is before it."""
    at = bisect_left(places, start)
    return min(places[at], end) if at < len(places) else end


def labels_by_form(matches: LabelMatches, table: Table) -> list[RowMatch]:
    """Return the label of each row that a page names, in the order of the form."""
    label_of = {match.row: match for match in matches.rows}
    return [label_of[row.id] for row in table.rows if row.id in label_of]


def is_of_another_row(reading: Reading, page: TablePage) -> bool:
    """Return whether a reading gives a row a number that stands on another row's line."""
    rows_on: dict[int, set[str]] = {}
    for match in page.matches.rows:
        rows_on.setdefault(page.tokens[match.last].line, set()).add(match.row)
    for row, run in reading.runs.items():
        for token in numbers_of(run):
            if row not in rows_on.get(token.line, {row}):
                return True
    return False


def unknown_labels(tokens: Sequence[Token], matches: LabelMatches, table: Table) -> list[int]:
    """Return the places of the texts that are labels which the form does not have: numbers follow them."""
    whole = {header.place for header in matches.headers if header.column}
    if not table.down:  # its labels are short, and seldom torn
        whole |= _behind_whole_labels(tokens, matches)
    return [at for at in matches.unknown if _is_label(tokens, at, at in whole)]


def _behind_whole_labels(tokens: Sequence[Token], matches: LabelMatches) -> set[int]:
    """Return the places of the texts that follow a row's label or a column's, blank cells between at most."""
    ends = {match.last for match in matches.rows} | {place for place, _ in matches.columns}
    printed = [at for at, token in enumerate(tokens) if token.kind is not Kind.EMPTY]
    return {at for before, at in pairwise(printed) if before in ends and tokens[at].kind is Kind.TEXT}


def _behind_headers(
    tokens: Sequence[Token], first: int, stop: int, row: Row, columns: Mapping[int, str]
) -> int:
    """Return where a row ends of which some numbers stand behind the headers of their columns.

    Such a header stands alone, before its own number or earlier ones of the row, in the order of the form
    (pdftotext: a box begins with its column's header). `stop` where the numbers are not just the row's.
    """
    width = len(row.columns)
    count = len(numbers_of(tokens[first:stop]))
    for at in range(stop, len(tokens)):
        if tokens[at].kind in CELL_KINDS:
            count += 1
        elif at in columns:
            place = row.columns.index(columns[at]) if columns[at] in row.columns else -1
            if count == width or place < count or at - 1 in columns:
                return at if count == width else stop
    return len(tokens) if count == width > 1 else stop


def _is_label(tokens: Sequence[Token], at: int, is_whole: bool) -> bool:
    """Return whether a number follows a text, on its line or, where the text is as long as a label, below.

    Below also for a text that `is_whole`: it stands behind a whole label, or names a column. Empty cells of
    its line may stand between them, or another one. A remark in brackets is no label.
    """
    label = tokens[at]
    is_remark = label.text.startswith("(") and not parts(label.text)[0]
    if is_remark:
        return False
    behind = at + 1
    while behind < len(tokens) and tokens[behind].kind is Kind.EMPTY and tokens[behind].line == label.line:
        behind += 1
    following = [token for token in tokens[behind : behind + 2] if token.kind is not Kind.EMPTY]
    if not following or following[0].kind not in CELL_KINDS:
        return False
    return is_whole or len(key(label.text)) >= _SHORTEST_LABEL or following[0].line == label.line
