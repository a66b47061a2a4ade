"""Tables written a cell a line, as a Word file or a web page gives them when its rows are lost."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random

from training.generator.cells import Slot, filled, full, with_breaks
from training.generator.grids import Grid
from training.generator.page import Page, PageLine, line

Writer = Callable[[Grid], Page]


@dataclass(frozen=True)
class _Habit:
    """What stands before and after each cell, and how many blank lines follow cells and rows."""

    lead: str
    tail: str
    after_cell: int
    after_row: int
    empty: bool
    broken: bool


def one_a_line(rng: Random) -> Writer:
    """One cell a line: with a leading tab or not, blank lines between rows, between cells, or none."""
    habit = _Habit(
        lead=rng.choice(["", "", "\t", "\t", "  "]),
        tail=rng.choice(["", "", " "]),
        after_cell=rng.choice([0, 0, 0, 1]),
        after_row=rng.choice([0, 1, 1, 2]),
        empty=rng.random() < 0.6,
        broken=rng.random() < 0.4,
    )
    return lambda grid: _written(with_breaks(grid, "\n", rng) if habit.broken else grid, habit, rng)


def _written(grid: Grid, habit: _Habit, rng: Random) -> Page:
    row = full(downwards=True, sideways=False) if habit.empty else filled
    page: Page = []
    for n in range(grid.rows):
        for slot in row(grid, n):
            page += _lines(slot, habit, grid.table, rng.random() < 0.1)
            page += _blank(habit.after_cell, grid.table)
        page += _blank(habit.after_row, grid.table)
    return page


def _lines(slot: Slot, habit: _Habit, table: str, trailing: bool) -> Page:
    """Write a cell; only its first line has what leads, a few have a space after."""
    text, value = slot
    label = "numeric_cell" if value else "table_row"
    tail = habit.tail if trailing or habit.lead == "" else ""
    return [
        line((habit.lead if i == 0 else "") + part + tail, label, table, table)
        for i, part in enumerate(text.split("\n"))
    ]


def _blank(count: int, table: str) -> list[PageLine]:
    return [line("", "", table, table)] * count
