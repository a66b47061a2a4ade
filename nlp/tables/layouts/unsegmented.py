"""Fills the rows of a page on which nothing parts a row's cells: `规章0140`."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from msgspec import Struct, structs

from nlp.form.form import Table
from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import OPEN, Candidate, value_of
from nlp.tables.page.runs import Run, numbers_of
from nlp.tables.page.tokens import Kind, Token
from nlp.tables.reading import Reading
from nlp.tables.solver.column_sums import balanced
from nlp.tables.solver.digit_cuts import ANY, Blanks, CellSpan, DigitString, Segmentation
from nlp.tables.table_page import TablePage
from nlp.text.cell_text import LONGEST_NUMBER

_WIDE = 7
"""From so many digits on a number that stands alone in a wide row is no count."""
_MOST_CUTS = 2_000
"""A string that can be cut in more ways is told by its columns' cells alone."""


class DigitRow(Struct, frozen=True):
    """A row's string, the ways to cut it, whether another way may lack, whether they are sure."""

    token: Token
    digit_string: DigitString
    cuts: list[Segmentation]
    way: Way = Way.CUT
    doubtful: bool = False
    proven: bool = False


def string_rows(page: TablePage, reading: Reading, table: Table) -> dict[str, list[Candidate]]:
    """Return the candidates of the rows that are one string of digits, or whose digits may be in such a one.

    A string that cannot be cut leaves its row open, and with it the rows that have no number: it may hold
    theirs.
    """
    unsegmented = page.region.unsegmented
    found = strings(page.tokens, reading, table, unsegmented)
    cut = segmented_rows(table, found, page.page.blanks if unsegmented else ANY)
    rows = {}
    for id in found:
        may_be_lost = reading.surplus > 0 and not reading.runs[id]
        is_open = may_be_lost or id in reading.alternatives or id not in cut
        rows[id] = [OPEN] * len(table.row[id].columns) if is_open else cut[id]
    empty = [id for id, run in reading.runs.items() if run == ()]
    if empty and _is_run_uncut(reading, found, cut):
        rows.update({id: [OPEN] * len(table.row[id].columns) for id in empty})
    return rows


def _is_run_uncut(reading: Reading, found: Container[str], cut: Container[str]) -> bool:
    """Return whether a row has digits that are not just its own cells: those of other rows as well."""
    for id, run in reading.runs.items():
        if run and id not in cut:
            is_too_long = any(len(token.text) > LONGEST_NUMBER for token in run)
            if is_too_long or id in found:
                return True
    return False


def string_of(label: Token, run: Run) -> Token | None:
    """Return the one token that a row's cells are, an empty one where nothing stands behind the label.

    None where white space or lines part them.
    """
    filled = numbers_of(run)
    end = label.end
    for token in filled:
        if token.line != label.line or token.start != end or token.cells > 0:
            return None
        end = token.end
    text = "".join(token.text for token in filled)
    if len(text) != end - label.end:  # a hole is within
        return None
    return Token(Kind.VALUE, label.line, label.end, end, text)


def strings(tokens: Sequence[Token], read: Reading, table: Table, unsegmented: bool) -> dict[str, Token]:
    """Return the strings of the rows that are one; of any page's, the numbers that are a whole row's."""
    found = {}
    for row, run in read.runs.items():
        width = len(table.row[row].columns)
        label = tokens[read.matches[row].last]
        token = string_of(label, run) if unsegmented else None
        if token is None and width > 1:
            token = _whole(label, run, width)
        if token is not None:
            found[row] = token
    return found


def _whole(label: Token, run: Run, width: int) -> Token | None:
    """Return the one number of a row if it sticks to the label, or has more digits than a count has."""
    if not run or run[0].cells >= 0:
        return None
    filled = numbers_of(run)
    if len(filled) != 1 or filled[0].kind is not Kind.VALUE:
        return None
    sticks = filled[0].line == label.line and filled[0].start == label.end
    return filled[0] if sticks or len(filled[0].text) >= max(width, _WIDE) else None


def segmented_rows(table: Table, found: Mapping[str, Token], blanks: Blanks) -> dict[str, list[Candidate]]:
    """Return the candidates of rows that are strings; `blanks`: how the page prints blank cells.

    A row is cut as its sum has it, then as the sums of the columns have it; what is left open is ambiguous.
    """
    rows = {id: _row(table, id, token, blanks) for id, token in found.items()}
    is_proven = all(row.proven for row in rows.values())
    if table.across and blanks.traceless and not is_proven:  # any total may be blank as well
        rows = {id: structs.replace(row, doubtful=True) for id, row in rows.items()}
    elif table.down:
        rows = _balanced(table, rows)
    return {id: _candidates(row) for id, row in rows.items() if row.digit_string.count()}


def _balanced(table: Table, rows: Mapping[str, DigitRow]) -> dict[str, DigitRow]:
    """Return rows cut as the sums of the columns have it.

    Where these do not hold a row is in doubt, unless blank cells that leave no trace were proposals as well.
    """
    proven = {id for id, row in rows.items() if row.proven}
    balance = balanced(table, {id: row.cuts for id, row in rows.items()}, proven)
    found = {}
    for id, row in rows.items():
        sure = balance.holds or row.digit_string.blanks.traceless or row.digit_string.count() == 1
        found[id] = structs.replace(row, cuts=balance.rows[id], doubtful=row.doubtful or not sure)
    return found


def _row(table: Table, id: str, token: Token, blanks: Blanks) -> DigitRow:
    columns = tuple(table.column[column] for column in table.row[id].columns)
    digit_string, other = DigitString(token.text, columns, blanks), DigitString(token.text, columns, ANY)
    if not digit_string.count():
        digit_string = other
    total = _total_place(table, id)
    if total is not None and (cuts := digit_string.holding(total)):
        return DigitRow(token, digit_string, cuts, Way.CUT_BY_SUM, proven=True)
    cuts = digit_string.cuts() if digit_string.count() <= _MOST_CUTS else []
    if total is not None and cuts:
        cuts = list(dict.fromkeys([*cuts, *other.holding(total)]))
    may_be_blank = not token.text or other.count() > digit_string.count()
    way = Way.CUT if len(columns) > 1 else Way.AS_MANY
    return DigitRow(token, digit_string, cuts, way, may_be_blank, proven=len(cuts) == 1)


def _total_place(table: Table, row: str) -> int | None:
    """Return the place of the total among a row's columns; None where the page does not print all columns."""
    columns = table.row[row].columns
    return columns.index(table.total) if table.total and {*columns} >= {*table.column} else None


def _candidates(row: DigitRow) -> list[Candidate]:
    columns = zip(*row.cuts, strict=True) if row.cuts else row.digit_string.options()
    return candidates_of(row.token, columns, row.way, row.doubtful)


def candidates_of(
    string: Token, columns: Iterable[Iterable[CellSpan]], way: Way, doubtful: bool = False
) -> list[Candidate]:
    """Return the candidates of cells, given the pieces of their string that each may be."""
    return [_candidate(string, pieces, way, doubtful) for pieces in columns]


def _candidate(string: Token, pieces: Iterable[CellSpan], way: Way, doubtful: bool) -> Candidate:
    """Return the candidate of a cell: ambiguous where the pieces that it may be have different texts."""
    different: dict[str | None, CellSpan] = {}
    for piece in pieces:
        text = string.text[piece.start : piece.stop] if piece.value is not None else None
        different.setdefault(text, piece)
    tokens = [_token(string, piece) for piece in different.values()]
    if len(tokens) == 1:
        return Candidate.of(tokens[0], way, doubtful)
    return Candidate.any_of(map(value_of, tokens))


def _token(string: Token, piece: CellSpan) -> Token | None:
    """Return the token of a cell; None where it leaves no trace."""
    if piece.start == piece.end:
        return None
    start, end = string.start + piece.start, string.start + piece.stop
    kind = Kind.PLACEHOLDER if piece.value is None else Kind.VALUE
    return structs.replace(
        string, kind=kind, start=start, end=end, text=string.text[piece.start : piece.stop]
    )
