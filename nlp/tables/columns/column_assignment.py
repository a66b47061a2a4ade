"""Puts a row's numbers into its columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import combinations, pairwise

from nlp.tables.circumstances import Way
from nlp.tables.columns.candidates import (
    OPEN,
    Candidate,
    agreed,
    are_zeros,
    differing,
    in_doubt,
    in_turn,
    tokens_of,
)
from nlp.tables.columns.grid import Grid, shape_of
from nlp.tables.columns.label_cells import beside_label_cell, is_in_label_cell
from nlp.tables.columns.placing import Holds, RowNumbers, by_cells, by_lines, by_position
from nlp.tables.page.cell_values import count
from nlp.tables.page.runs import Run, texts
from nlp.tables.page.tokens import Kind, Token, are_split, joined, one_of


def assign_columns(label: Token, run: Run, width: int, grid: Grid, holds: Holds) -> list[Candidate]:
    """Return a candidate for each of a row's columns.

    As many numbers as columns fill them in order. One too many is cut where that leaves the same
    row, or the one whose sum holds (a Word grid's stray zero). Fewer are placed by the cells of a
    delimited line, or by where they stand if the row's sum holds; else what each is cannot be told.
    """
    row = RowNumbers(label, run, width, grid, holds)
    printed = row.printed
    if printed and is_in_label_cell(row):
        return beside_label_cell(row)
    whole = joined(printed)
    if len(whole) < len(printed):
        candidates = _split(row, whole)
        if candidates:
            return candidates
    if len(printed) == width:
        return _as_many(row)
    if len(printed) > width:
        return _too_many(row)
    if not printed:
        return by_cells(row) or _empty_row(row)
    return _too_few(row)


def _too_many(row: RowNumbers) -> list[Candidate]:
    """Assign more numbers than columns."""
    printed, width = row.printed, row.width
    rows_padded = [numbers for _, numbers in row.grid.filled if _is_padded(numbers, width)]
    if _is_padded(printed, width) and len(rows_padded) > 1:
        return in_turn(printed[:width], Way.AS_MANY)
    last_texts = {token.text for token in printed[width - 1 :]}
    may_be_merged = row.holds(printed[:width]) is not False
    if row.grid.repeating and len(last_texts) == 1 and may_be_merged:
        return in_turn(printed[:width], Way.MERGED)
    if width > 1 and _is_whole(row):
        return _with_rest_of_last(row)
    if width > 1 and len(printed) == width + 1:
        has_more_columns = (row.label.cells, row.label.cell) in row.grid.crowded
        return _one_too_many(printed, row.holds, has_more_columns)
    return _unplaced(row)


def _is_padded(row: Sequence[Token], width: int) -> bool:
    """Return whether a row has all its numbers, and behind them nothing but marks of blank cells."""
    kinds = [token.kind for token in row]
    return kinds[:width] == [Kind.VALUE] * width and set(kinds[width:]) == {Kind.PLACEHOLDER}


def _with_rest_of_last(row: RowNumbers) -> list[Candidate]:
    """Assign the numbers of the label's line; the last may go on with the digits alone on the next line.

    The row's sum tells that it does not.
    """
    printed, width = row.printed, row.width
    candidates = in_turn(printed[:width], Way.ON_ITS_LINE)
    last, below = printed[width - 1], printed[width]
    if below.line == row.label.line + 1 and not row.holds(printed[:width]):
        candidates[-1] = Candidate.any_of((last, one_of(last, below)))
    return candidates


def _too_few(row: RowNumbers) -> list[Candidate]:
    """Assign fewer numbers than columns.

    Blank cells say which are blank, unless the row's sum is broken: two numbers may have become one
    (`153915499`). A number's place on the line says it only if the sum holds, or all numbers are zero.
    """
    placed = by_cells(row) or by_lines(row)
    if placed:
        return in_doubt(placed) if row.holds(tokens_of(placed)) is False else placed
    placed = by_position(row)
    if placed:
        return placed if are_zeros(row.printed) or row.holds(tokens_of(placed)) else in_doubt(placed)
    return _unplaced(row)


def _empty_row(row: RowNumbers) -> list[Candidate]:
    """Return blank cells: surely blank if the line of the label has cells."""
    has_cells = row.label.cells > 1 or bool(row.run)
    return [Candidate(None, Way.EMPTY_CELLS if has_cells else Way.NO_CELLS)] * row.width


def _is_whole(row: RowNumbers) -> bool:
    """Return whether a row is whole on its label's line, and what follows are pages' numbers.

    Each of these stands alone on its line.
    """
    lines = [token.line for token in row.printed]
    own, behind = lines[: row.width], lines[row.width :]
    each_apart = {row.label.line, *behind}
    return set(own) == {row.label.line} and len(each_apart) == 1 + len(behind)


def _split(row: RowNumbers, whole: list[Token]) -> list[Candidate] | None:
    """Assign a row some of whose cells hold two numbers: one that is split, or a cell for two columns.

    `whole` are its numbers with those of a cell joined. The row's own sum tells which it is; where it does
    not, such a cell may hold any of them. None where joining them does not give the row its numbers, or the
    cells to place them by.
    """
    printed, width, holds = row.printed, row.width, row.holds
    if len(whole) == width:
        if holds(whole):
            return in_turn(whole, Way.BY_SUM)
        return [_either(Candidate.of(token, Way.JOINED), printed) for token in whole]
    blanks = row.blanks
    if len(whole) > width or not blanks:
        return None
    candidates = by_cells(row.with_run([*whole, *blanks]))
    if candidates and holds(tokens_of(candidates)):
        return candidates
    if len(printed) != width:
        return None
    as_many = in_turn(printed, Way.BY_SUM)
    return as_many if holds(printed) else differing(candidates or [OPEN] * width, as_many)


def _either(candidate: Candidate, printed: Sequence[Token]) -> Candidate:
    """Return the candidate of a cell that holds a number, or two of which each, or both as one, may be it.

    A piece that begins with a nought (`1 06`) is no number of its own.
    """
    token = candidate.token
    if token is None or token in printed:
        return candidate
    pieces = [one for one in printed if one.line == token.line and one.cell == token.cell]
    if any(len(one.text) > 1 and one.text[0] == "0" for one in pieces):
        return candidate
    return Candidate.any_of((token, *pieces))


def _as_many(row: RowNumbers) -> list[Candidate]:
    """Assign a row's numbers in order; doubt them where one stands apart, or the line is crowded."""
    if _are_below(row) and not row.holds(row.printed):
        return [Candidate.any_of((token, None)) for token in row.printed]
    blanks = row.blanks
    if blanks and len(row.lines) == 2 and row.printed[-1].line != row.printed[-2].line:
        return _with_one_below(row)
    if blanks and (placed := _without_cell_beyond(row)):
        return placed
    crowded = (row.label.cells, row.label.cell) in row.grid.crowded
    if not _has_blank_within(row):
        return in_turn(row.printed, Way.AS_MANY, crowded)
    filled = in_turn(row.printed, Way.AS_MANY, doubtful=True)
    without_last = by_cells(row.with_run([token for token in row.run if token is not row.printed[-1]]))
    return differing(filled, without_last) if without_last else filled


def _are_below(row: RowNumbers) -> bool:
    """Return whether a row's numbers may be those of pages: each has a line to itself, below the row's own.

    The row's line has delimited cells, all of them blank, or other rows have their numbers beside their
    labels. An amount with a point is no number of a page.
    """
    lines = row.grid.lines
    if any(token.line <= row.label.line or token.cells >= 0 for token in row.printed):
        return False
    if any(lines[token.line - 1].folded.strip() != token.text for token in row.printed):
        return False
    has_blank_cells = any(token.line == row.label.line for token in row.run)
    has_points = any("." in token.text for token in row.printed)
    return has_blank_cells or (row.grid.beside and not has_points)


def _without_cell_beyond(row: RowNumbers) -> list[Candidate] | None:
    """Place a row by its cells where its last one is none of its own, beyond its columns.

    It is a blank cell's mark (占比: -), or says once more what stands in the cell before, which spans both.
    """
    last = row.printed[-1]
    start = row.grid.start(last.cells, row.label.cell)
    if start is None or last.cell < start + row.width:
        return None
    before = row.printed[-2] if len(row.printed) > 1 else None
    is_repeated = before is not None and (before.text, before.cell) == (last.text, last.cell - 1)
    is_repeated = is_repeated and row.grid.repeating
    if last.kind is not Kind.PLACEHOLDER and not is_repeated:
        return None
    return by_cells(row.with_run([token for token in row.run if token is not last]))


def _has_blank_within(row: RowNumbers) -> bool:
    """Return whether one cell among the numbers of a line is empty, and may be a blank column.

    Then the last number is a stray one. It is none where the row's sum holds, or rows alike have the same
    cell empty.
    """
    printed = row.printed
    if len(row.lines) > 1 or printed[-1].cell - printed[0].cell != row.width:
        return False
    return not row.holds(printed) and shape_of(printed) not in row.grid.gapped


def _with_one_below(row: RowNumbers) -> list[Candidate]:
    """Assign a row that has one blank cell and a number below it: that cell's, if the row's sum says so."""
    below = row.printed[-1]
    candidates = by_cells(row.with_run([token for token in row.run if token.line != below.line]))
    if candidates is None:
        return _unplaced(row)
    blank = Candidate(None, Way.BELOW, doubtful=True)
    with_blank = [one if one.token else blank for one in candidates]
    with_below = [Candidate.of(below, Way.BELOW) if one is blank else one for one in with_blank]
    return with_below if row.holds(tokens_of(with_below)) else with_blank


def _one_too_many(printed: list[Token], holds: Holds, has_more_columns: bool) -> list[Candidate]:
    """Leave one of the numbers out, or join two that were one (`1 06`): as the row's sum has it.

    Zeros alone add up as well, and no other number with them; it may be what another row lacks. The mark of a
    blank cell is no more one too many than a 0 is. A number that is left out, but for a stray 0 (0件), may be
    a digit of the one beside it as well, in a row whose sum is wrong; less likely in a table that
    `has_more_columns`: other rows have one too many, too.
    """
    without_one = reversed(list(combinations(printed, len(printed) - 1)))
    with_two_joined = _with_two_joined(printed)
    by_text = {tuple(texts(reading)): reading for reading in (*without_one, *with_two_joined)}
    different = list(by_text.values())
    if len(different) == 1:
        return agreed(different, Way.ONE_TOO_MANY)
    holding = [reading for reading in different if holds(reading)]
    if holding:
        used = set().union(*holding)
        left_out = [token for token in printed if count(token) != 0 and not _is_in_any(token, used)]
        torn = [reading for reading in with_two_joined if left_out and left_out[0] not in reading]
        candidates = agreed([*holding, *torn], Way.BY_SUM)
        return in_doubt(candidates) if left_out and not has_more_columns else candidates
    zeros = [reading for reading in different if _is_of_zeros(reading)]
    if zeros:
        return agreed(zeros, Way.ZEROS)
    return agreed(different, Way.EACH_WAY)


def _is_of_zeros(reading: Sequence[Token]) -> bool:
    """Return whether a reading has zeros, and marks of blank cells at most."""
    return all(count(token) == 0 or token.kind is Kind.PLACEHOLDER for token in reading)


def _is_in_any(token: Token, others: Iterable[Token]) -> bool:
    """Return whether a token is one of others, or a piece of one."""
    return any(one.line == token.line and one.start <= token.start < one.end for one in others)


def _with_two_joined(printed: list[Token]) -> list[Run]:
    readings: list[Run] = []
    for n, (one, two) in enumerate(pairwise(printed)):
        if are_split(one, two):
            readings.append((*printed[:n], one_of(one, two), *printed[n + 2 :]))
    return readings


def _unplaced(row: RowNumbers) -> list[Candidate]:
    """Return ambiguous candidates, each with the tokens that may stand there.

    Fewer numbers than columns keep their order; the readings whose sum holds go first.
    """
    printed, width = row.printed, row.width
    if len(printed) > width:
        return [Candidate.any_of(printed)] * width
    readings: list[Sequence[Token | None]] = []
    for columns in combinations(range(width), len(printed)):
        token_in = dict(zip(columns, printed, strict=True))
        readings.append([token_in.get(column) for column in range(width)])
    if printed[0].cells < 0:
        holding = [reading for reading in readings if row.holds(reading)]
        if holding:
            return agreed(holding, Way.BY_SUM)
    return agreed(readings, Way.EACH_WAY)
