"""Fills the table that is one row of values under its groups' headers (四)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec.structs import replace

from nlp.form.form import Table
from nlp.form.labels.lexicon import Lexicon
from nlp.form.sums import adds_up, total_holds
from nlp.record.model import Number
from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import Candidate, in_turn, value_of
from nlp.tables.labels.column_names import columns_in
from nlp.tables.layouts.torn_row import columns_of_values, runs, torn
from nlp.tables.layouts.unsegmented import candidates_of
from nlp.tables.on_lines import lines_of
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import CELL_KINDS, before_numbers, labels_of, numbers_of, texts
from nlp.tables.page.tokens import Kind, Token, joined
from nlp.tables.reading import Manner, Reading
from nlp.tables.solver.digit_cuts import ANY, Blanks, CellSpan, DigitString
from nlp.tables.table_page import TablePage

Order = list[int]


def propose(page: TablePage) -> Iterator[Reading]:
    """Yield the reading of a table whose values stand in one row under its groups' headers.

    The numbers before its first label are other tables', where all its own follow, and those beside texts
    below its whole row are theirs. Where nobody can tell the order of its columns each of its numbers may
    stand in each cell.
    """
    table = page.table
    if page.in_rows:
        return
    first = _first_label(page)
    printed = _without_repeats(page, len(table.rows) * len(table.columns))
    end = _end_of_whole_row(printed, len(table.rows) * len(table.columns))
    tokens = printed[first:end]
    candidates: list[Candidate] | None
    if page.is_order_known:
        rows = [match.row for match in page.matches.rows]
        of_form = replace(page.lexicon.table, rows=table.rows)
        candidates = read_single_row(tokens, page.lexicon, of_form, rows, page.page.blanks)
    else:
        values = tuple(numbers_of(tokens))
        any_of_them = Candidate.any_of((*values, None))
        candidates = [any_of_them] * (len(table.rows) * len(table.columns))
    if candidates is None:
        return
    following = iter(candidates)
    cells = {row.id: {column: next(following) for column in row.columns} for row in table.rows}
    before = tuple(numbers_of(printed[:first]))
    below = tuple(numbers_of(printed[end:]))
    yield Reading("single_row", Manner.BY_CELL, {}, {}, before, of_unknown_labels=below, cells=cells)


def _without_repeats(page: TablePage, count: int) -> Sequence[Token]:
    """Return a page's tokens without lines of just the values of a table that one above has as well.

    Nothing but labels of the form stands between them: a site has the table again for telephones.
    """
    lines = list(lines_of(page.tokens))
    whole = [line for line in lines if _are_values(line, count)]
    if len(whole) < 2 or not page.is_order_known:
        return page.tokens
    strange = [page.tokens[at].line for at in page.matches.unknown]
    repeats: set[int] = set()
    for line in whole[1:]:
        is_alone = not any(whole[0][0].line < unknown < line[0].line for unknown in strange)
        if is_alone and texts(tuple(line)) == texts(tuple(whole[0])):
            repeats.add(line[0].line)
    return [token for token in page.tokens if token.line not in repeats]


def _end_of_whole_row(tokens: Sequence[Token], count: int) -> int:
    """Return the place behind the line of just the values of a table, where others have texts before them.

    There another table begins, or a note. It is the end of the tokens where no line holds just so many
    values, and where a number below stands without a text on its line.
    """
    lines = list(lines_of(tokens))
    whole = [n for n, line in enumerate(lines, 1) if _are_values(line, count)]
    if len(whole) != 1:
        return len(tokens)
    end = whole[0]
    with_numbers = [line for line in lines[end:] if numbers_of(line)]
    are_others = all(line[0].kind is Kind.TEXT for line in with_numbers)
    return sum(map(len, lines[:end])) if with_numbers and are_others else len(tokens)


def _are_values(line: Sequence[Token], count: int) -> bool:
    """Return whether a line holds just so many values, and no text."""
    return len(numbers_of(line)) == count and not labels_of(line)


def _first_label(page: TablePage) -> int:
    """Return the place of a table's first label, behind which all its numbers stand; 0 if they do not."""
    first = page.matches.rows[0].first if page.matches.rows else 0
    behind = len(numbers_of(page.tokens[first:]))
    has_all = behind >= len(page.table.rows) * len(page.table.columns)
    return first if has_all else 0


def read_single_row(
    tokens: Sequence[Token],
    lexicon: Lexicon,
    table: Table,
    rows: Sequence[str],
    blanks: Blanks,
) -> list[Candidate] | None:
    """Return a candidate for each cell, row after row; None where nothing of the table is found.

    Where all its headers stand, but no number, its cells are blank, as far as one can see.
    Values in one run stand in the order of the form, however their headers and the page's other tables are
    set, or with the totals behind the parts: the sums tell, then the order of the headers; where neither
    does the cells in question are ambiguous. Among labels each stands under its own (pdfminer turns them
    around); groups are told apart only where their labels, `rows`, stand in the order of the form.
    `table` has the rows that the page has, `blanks` tells how a blank cell is printed where nothing parts the
    cells.
    """
    width, groups = len(table.columns), len(table.rows)
    cells = _cells(tokens, width * groups)
    if not any(cell.kind in CELL_KINDS for cell in cells):
        is_blank = (blanks.traceless and tokens) or _headers_in_order(tokens, lexicon, table)
        return [Candidate(None, Way.UNFILLED)] * (width * groups) if is_blank else None
    if len(cells) == 1 and (candidates := _cut(cells[0], table, blanks)):
        return candidates
    if len(cells) != width * groups or _is_joined_wrongly(cells, tokens, table):
        return _uncertain(cells, width * groups)
    if cells[0].line == cells[-1].line:
        return in_turn(cells, Way.ON_ONE_LINE)
    read = list(map(value_of, cells))
    apart = [n for n, run in enumerate(runs(tokens)) if run[0].kind in CELL_KINDS for _ in run]
    if apart[0] != apart[-1]:
        if len(apart) != len(cells):
            return _uncertain(cells, width * groups)
        named = list(rows) == [row.id for row in table.rows]
        return torn(read, columns_of_values(tokens, lexicon), apart, table, named)
    in_order = _headers_in_order(tokens, lexicon, table)
    return list(_chosen(read, _totals_behind(table), table, in_order))


def _cells(tokens: Sequence[Token], count: int) -> list[Token]:
    """Return the values' tokens: with the empty ones where a delimited line holds just enough cells."""
    filled = numbers_of(tokens)
    lines = {token.line for token in filled}
    whole = joined(filled)
    if len(whole) < count and len(lines) == 1:
        blank = [token for token in tokens if token.line in lines and token.kind is Kind.EMPTY]
        on_line = sorted([*whole, *blank], key=lambda token: token.cell)
        one_each = len({token.cell for token in on_line}) == len(on_line)
        behind = on_line[count:]
        framed = (behind or len(blank) == 2) and on_line[0].kind is on_line[-1].kind is Kind.EMPTY
        enough = len(on_line) >= count and not numbers_of(behind)
        if one_each and enough and not framed:
            return on_line[:count]
    return whole if len(whole) == count else filled


def _is_joined_wrongly(cells: Sequence[Token], tokens: Sequence[Token], table: Table) -> bool:
    """Tell whether two numbers were read as one in a group whose total does not say so."""
    width = len(table.columns)
    for at, group in enumerate(_groups(cells, table)):
        has_joined = not set(cells[at * width : (at + 1) * width]).issubset(tokens)
        if has_joined and not total_holds(table.sums_across, group):
            return True
    return False


def _cut(token: Token, table: Table, blanks: Blanks) -> list[Candidate] | None:
    """Return the candidates of values that nothing parts, cut by the groups' totals; None where none can be.

    Where no total holds a blank cell may have left no trace, whatever the rest of the page shows.
    """
    columns_in_row = table.columns * len(table.rows)
    string = DigitString(token.text, columns_in_row, blanks)
    if not string.count():
        return None
    if held := _held(string, table):
        return candidates_of(token, held, Way.CUT_BY_SUM)
    columns = string.options()
    if held := _held(DigitString(token.text, columns_in_row, ANY), table):
        columns = [[*one, *other] for one, other in zip(columns, held, strict=True)]
    return candidates_of(token, columns, Way.CUT, doubtful=True)


def _held(string: DigitString, table: Table) -> list[list[CellSpan]]:
    """Return the pieces that each cell may be where the total of every group holds; none where one cannot."""
    if table.total_place is None:
        return []
    groups = string.groups(len(table.columns), table.total_place)
    return [list(column) for cuts in groups for column in zip(*cuts, strict=True)]


def _headers_in_order(tokens: Sequence[Token], lexicon: Lexicon, table: Table) -> bool:
    """Tell whether the headers above the values name every column of every group in turn.

    Read as one string: tools break and glue them (`审结总计`, `总计结果` / `维持`).
    """
    named = columns_in("".join(token.text for token in before_numbers(tokens)), lexicon)
    return named == tuple(lexicon.table.column) * len(table.rows)


def _totals_behind(table: Table) -> Order:
    """Return for each cell of the form its place where the totals of all groups come behind all parts."""
    width = len(table.columns)
    cells = range(width * len(table.rows))
    totals_last = sorted(cells, key=lambda cell: cell % width == table.total_place)
    return list(map(totals_last.index, cells))


def _chosen(
    read: list[Token | None], other: Order, table: Table, headers_in_order: bool
) -> Iterator[Candidate]:
    """Yield each cell's candidate: in the order of the form, or in another in which every sum holds."""
    reordered = [read[at] for at in other]
    lead = _sums(read, table) - _sums(reordered, table)
    for one, two in zip(read, reordered, strict=True):
        if count(one) == count(two):
            yield Candidate(one, Way.ON_LINES)
        elif lead > 0 or (lead == 0 and headers_in_order):
            yield Candidate(one, Way.BY_SUM)
        elif lead < 0 and not _broken(reordered, table):
            yield Candidate(two, Way.BY_SUM)
        else:
            yield Candidate.any_of((one, two))


def _groups(tokens: Sequence[Token | None], table: Table) -> list[list[Number | None]]:
    """Return the values of each group of columns."""
    width = len(table.columns)
    values = list(map(count, tokens))
    return [values[start : start + width] for start in range(0, len(values), width)]


def _sums(tokens: Sequence[Token | None], table: Table) -> int:
    """Count the groups whose total holds, less those where it does not; a blank total is 0."""
    holding = [total_holds(table.sums_across, group) for group in _groups(tokens, table)].count(True)
    return holding - _broken(tokens, table)


def _broken(tokens: Sequence[Token | None], table: Table) -> int:
    """Count the groups whose total does not hold; a blank number is 0."""
    groups = [[number or 0 for number in group] for group in _groups(tokens, table)]
    return [adds_up(table.sums_across, group) for group in groups].count(False)


def _uncertain(cells: list[Token], count: int) -> list[Candidate]:
    """Return candidates that cannot be told; all numbers alike are no help, a blank may be among them."""
    return [Candidate.any_of(cells)] * count
