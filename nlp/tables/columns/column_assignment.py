"""Puts a row's numbers into its columns."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from itertools import combinations, pairwise

from msgspec import Struct, structs

from nlp.form.labels.index import openings_like_placeholders
from nlp.tables.columns.grid import Grid, shape_of
from nlp.tables.page.tokens import Kind, Token, joined
from nlp.tables.reading import FILLINGS, Run

Holds = Callable[[Sequence[Token | None]], bool | None]
"""Tells whether a row's own sum holds; None where the row has none, or not all its numbers."""
_CERTAIN, _POSITION, _LINES, _CUT, _PLACED, _STRAY, _GUESS = 0.999, 0.99, 0.97, 0.95, 0.92, 0.85, 0.4


class Slot(Struct, frozen=True, gc=False):
    """A cell's token: None where it is blank; `others` are the readings where it cannot be told.

    `mark` is the placeholder that a blank cell prints.
    """

    token: Token | None
    sureness: float
    others: tuple[Token | None, ...] = ()
    mark: Token | None = None

    @classmethod
    def of(cls, token: Token | None, sureness: float) -> Slot:
        """Return the slot of what stands in a cell: a value, a placeholder, or nothing."""
        if token is None or token.kind is Kind.VALUE:
            return cls(token, sureness)
        return cls(None, sureness, mark=token if token.kind is Kind.PLACEHOLDER else None)


def fill(label: Token, run: Run, width: int, grid: Grid, holds: Holds) -> list[Slot]:
    """Return a slot for each of a row's columns.

    As many numbers as columns fill them in order. One too many is cut where that leaves the same
    row, or the one whose sum holds (a Word grid's stray zero). Fewer are placed by the cells of a
    delimited line, or by where they stand if the row's sum holds; else what each is cannot be told.
    """
    filled = [token for token in run if token.kind in FILLINGS]
    whole = joined(filled)
    if len(whole) < len(filled) and (slots := _split(label, run, whole, filled, width, grid, holds)):
        return slots
    if len(filled) == width:
        return _as_many(label, run, filled, width, grid, holds)
    if len(filled) > width and grid.repeating and len({token.text for token in filled[width - 1 :]}) == 1:
        return [Slot.of(token, _POSITION) for token in filled[:width]]
    if width > 1 and len(filled) > width and _is_whole(label, filled, width):
        slots = [Slot.of(token, _CERTAIN) for token in filled[:width]]
        if filled[width].line == label.line + 1 and not holds(filled[:width]):
            last, below = filled[width - 1 : width + 1]
            slots[-1] = Slot(None, _GUESS, (last, structs.replace(last, text=last.text + below.text)))
        return slots
    if len(filled) == width + 1 and width > 1 and _is_of_group(label, filled[0]):
        return [Slot.of(token, _POSITION) for token in filled[1:]]
    if len(filled) == width + 1 and width > 1:
        return _one_too_many(filled, holds)
    if len(filled) > width:
        return _unplaced(filled, width)
    if not filled:
        return _by_cells(label, run, width, grid) or [Slot(None, _empty_row(label, run))] * width
    if placed := _by_cells(label, run, width, grid) or _by_lines(run, width):
        return _doubted(placed, holds)
    if placed := _by_position(label, filled, width, grid):
        proven = holds([slot.token for slot in placed]) or not any(token.text.strip("0") for token in filled)
        return placed if proven else _in_doubt(placed)
    return _unplaced(filled, width, holds)


def _is_whole(label: Token, filled: list[Token], width: int) -> bool:
    """Tell whether a row is whole on its label's line: what is alone on a line behind is a page's number."""
    lines = [token.line for token in filled]
    return lines[:width] == [label.line] * width and len(set(lines[width - 1 :])) == len(lines) - width + 1


def _doubted(slots: list[Slot], holds: Holds) -> list[Slot]:
    """Doubt a row with blank cells whose sum is broken: two numbers may have become one (`153915499`)."""
    return _in_doubt(slots) if holds([slot.token for slot in slots]) is False else slots


def _in_doubt(slots: list[Slot]) -> list[Slot]:
    return [structs.replace(slot, sureness=min(slot.sureness, _STRAY)) for slot in slots]


def _split(
    label: Token, run: Run, whole: list[Token], filled: list[Token], width: int, grid: Grid, holds: Holds
) -> list[Slot] | None:
    """Fill a row some of whose cells hold two numbers: one that is split, or a cell for two columns.

    The row's own sum tells. None where joining them does not give the row its numbers, or the cells to
    place them by.
    """
    if len(whole) == width:
        return [Slot.of(token, _CUT if holds(whole) else _STRAY) for token in whole]
    lines = {token.line for token in filled}
    blank = [token for token in run if token.kind is Kind.EMPTY and token.line in lines]
    if len(whole) > width or not blank:
        return None
    slots = _by_cells(label, (*whole, *blank), width, grid)
    if slots and holds([slot.token for slot in slots]):
        return slots
    if len(filled) < width:
        return _unplaced(filled, width, holds)
    if len(filled) > width:
        return slots
    if holds(filled):
        return [Slot.of(token, _CUT) for token in filled]
    return [
        slot if slot.token == token else Slot(None, _GUESS, (slot.token, _valued(token)))
        for slot, token in zip(slots or [Slot(None, _GUESS)] * width, filled, strict=True)
    ]


def _as_many(label: Token, run: Run, filled: list[Token], width: int, grid: Grid, holds: Holds) -> list[Slot]:
    """Fill a row's columns in order; doubt it where a number stands apart, or its line is crowded.

    One empty cell among the numbers may be a blank column, and the last number a stray one, unless the
    row's sum holds or rows alike have the same cell empty.
    """
    lines = {token.line for token in filled}
    empty = [token for token in run if token.kind is Kind.EMPTY and token.cells > 1 and token.line in lines]
    if len(lines) == 2 and empty and filled[-1].line != filled[-2].line:
        return _with_one_below(label, run, filled, width, grid, holds)
    blank_within = len(lines) == 1 and width > 1 and filled[-1].cell - filled[0].cell == width
    blank_within = blank_within and not holds(filled) and shape_of(filled) not in grid.gapped
    apart = _is_apart(label, filled, holds) or _is_astride(label, filled)
    crowded = blank_within or (label.cells, label.cell) in grid.crowded or apart
    return [Slot.of(token, _STRAY if crowded else _CERTAIN) for token in filled]


def _is_apart(label: Token, filled: list[Token], holds: Holds) -> bool:
    """Tell whether the last of a line's numbers is alone on the next, and no sum says that it is theirs.

    It may be the number of a page below a row whose total is blank.
    """
    last = filled[-1]
    before = {token.line for token in filled[:-1]}
    return before == {label.line} != {last.line} and last.text.strip("0") != "" and holds(filled) is not True


def _is_astride(label: Token, filled: list[Token]) -> bool:
    """Tell whether numbers stand before their label on its line: then their order may be lost as well.

    Numbers that are all alike have none to lose.
    """
    before = any(token.line == label.line and token.start < label.start for token in filled)
    return before and len({token.text for token in filled}) > 1


def _with_one_below(
    label: Token, run: Run, filled: list[Token], width: int, grid: Grid, holds: Holds
) -> list[Slot]:
    """Fill a row that has one blank cell and a number below it: that cell's, if the row's sum says so."""
    below = filled[-1]
    slots = _by_cells(label, tuple(token for token in run if token.line != below.line), width, grid)
    if slots is None:
        return _unplaced(filled, width)
    with_below = [slot if slot.token else Slot.of(below, _PLACED) for slot in slots]
    if holds([slot.token for slot in with_below]):
        return with_below
    return [slot if slot.token else Slot(None, _STRAY) for slot in slots]


def _valued(token: Token | None) -> Token | None:
    """Return a token that prints a value, None for a placeholder."""
    return token if token is not None and token.kind is Kind.VALUE else None


def _empty_row(label: Token, run: Run) -> float:
    return _POSITION if label.cells > 1 or run else _GUESS


def _is_of_group(label: Token, first: Token) -> bool:
    """Tell whether a row's numbers stand behind a piece of its group's upright label: 无 of 无法提供."""
    behind_label = first.line == label.line and first.start >= label.start
    return first.text in openings_like_placeholders() and not behind_label


def _one_too_many(filled: list[Token], holds: Holds) -> list[Slot]:
    """Leave one of the numbers out, or join two that were one (`1 06`): as the row's sum has it.

    Zeros alone add up as well, and no other number with them; it may be what another row lacks.
    """
    cuts = [filled[:n] + filled[n + 1 :] for n in range(len(filled))]
    joined = [
        [*filled[:n], _joined(one, two), *filled[n + 2 :]]
        for n, (one, two) in enumerate(pairwise(filled))
        if _may_join(one, two)
    ]
    readings = list({tuple(token.text for token in reading): reading for reading in cuts + joined}.values())
    if len(readings) == 1:
        return agreed(readings, _CERTAIN)
    if holding := [reading for reading in readings if holds(reading)]:
        return agreed(holding, _CUT)
    zeros = [reading for reading in readings if {token.text for token in reading} == {"0"}]
    return agreed(zeros or readings, _STRAY if zeros else _GUESS)


def _may_join(one: Token, two: Token) -> bool:
    digits = one.text.isdecimal() and two.text.isdecimal()
    return digits and one.line == two.line and one.cell == two.cell and one.text[0] != "0"


def _joined(one: Token, two: Token) -> Token:
    return structs.replace(one, end=two.end, text=one.text + two.text)


def agreed(readings: Sequence[Sequence[Token | None]], sureness: float) -> list[Slot]:
    """Return the slots of several readings: ambiguous where their texts differ."""
    slots = []
    for column in zip(*readings, strict=True):
        different = {token.text if token else None: token for token in map(_valued, column)}
        options = tuple(different.values())
        slots.append(Slot(options[0], sureness) if len(options) == 1 else Slot(None, _GUESS, options))
    return slots


def _by_cells(label: Token, run: Run, width: int, grid: Grid) -> list[Slot] | None:
    """Place by the cells of the one delimited line that holds the row's numbers, or its blanks."""
    lines = {token.line for token in run if token.kind in FILLINGS} or {label.line}
    line = [token for token in run if token.line in lines and token.cells > 1]
    if len(lines) != 1 or not line or _blanks_are_gone(line, width, grid):
        return None
    start = _first_cell(label, line, width, grid)
    if start is None:
        return None
    at = {token.cell: token for token in line}
    if len(at) < len(line):  # a cell of two numbers is none of the table's
        return None
    if any(token.kind in FILLINGS and not start <= token.cell < start + width for token in line):
        return None
    return [Slot.of(at.get(cell), _POSITION) for cell in range(start, start + width)]


def _blanks_are_gone(line: list[Token], width: int, grid: Grid) -> bool:
    """Tell whether a line of too few numbers has no empty cells to make up for them.

    A scraper that joins the texts of a page leaves blank cells out; the cells that are left say nothing.
    """
    filled = sum(token.kind in FILLINGS for token in line)
    blank = len(line) - filled - grid.padding
    return bool(filled) and (blank < 1 or filled + blank < width - 1)


def _first_cell(label: Token, line: list[Token], width: int, grid: Grid) -> int | None:
    """Return the cell of the first column: as in rows alike, else where the cells are just enough."""
    on_line = label.line == line[0].line
    label_cell = label.cell if on_line else -1
    start = grid.start(line[0].cells, label_cell)
    if start is not None:
        return start
    after = [token for token in line if token.cell > label_cell]
    return after[0].cell if len(after) == width else None


def _by_lines(run: Run, width: int) -> list[Slot] | None:
    """Place one cell a line where blank cells are lines of their own, up to the first real gap."""
    cells: list[Token] = []
    for token in run:
        if cells and token.line - cells[-1].line > 2:
            break
        cells.append(token)
    if len(cells) != width or len({token.line for token in cells}) != width:
        return None
    return [Slot.of(token, _LINES) for token in cells]


def _by_position(label: Token, filled: list[Token], width: int, grid: Grid) -> list[Slot] | None:
    """Place the numbers of one line laid out with spaces where the full rows next to it have theirs.

    None where other digits stand on the line: one may be a number that something sticks to (`0年`).
    """
    if not filled or filled[0].cells > 0 or len({token.line for token in filled}) > 1:
        return None
    start = label.end if label.line == filled[0].line else 0
    if _digits(grid.lines[filled[0].line - 1].folded[start:]) != sum(_digits(token.text) for token in filled):
        return None
    columns = grid.positions.columns(filled, grid.lines)
    if columns is None:
        return None
    at = dict(zip(columns, filled, strict=True))
    return [Slot.of(at.get(column), _PLACED) for column in range(width)]


def _digits(text: str) -> int:
    return sum(map(str.isdigit, text))


def _unplaced(filled: list[Token], width: int, holds: Holds | None = None) -> list[Slot]:
    """Return slots that cannot be told, each with the tokens that may stand there.

    Fewer numbers than columns keep their order; those placements whose sum holds go first.
    """
    if len(filled) > width:
        return [Slot(None, _GUESS, tuple(_distinct(filled)))] * width
    readings: list[list[Token | None]] = []
    for columns in combinations(range(width), len(filled)):
        reading: list[Token | None] = [None] * width
        for column, token in zip(columns, filled, strict=True):
            reading[column] = token
        readings.append(reading)
    parted = filled[0].cells < 0
    holding = [reading for reading in readings if parted and holds and holds(reading)]
    return agreed(holding or readings, _CUT if holding else _GUESS)


def _distinct(tokens: list[Token]) -> list[Token]:
    return list({token.text: token for token in tokens}.values())
