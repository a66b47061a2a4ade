"""Noise in the rows of a table: rows torn at the end of a page, shifted numbers, cells too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from nlp.form.form import totals
from training.generator.grids import Grid, TableBox
from training.generator.noise.damage import Damage
from training.generator.noise.rows import HEADER_ROWS, ROW_LABEL_COLUMN, random_row_label, zero_rows
from training.generator.printing import BLANK, Figure


def torn_row(grid: Grid, rng: Random) -> Grid:
    """Tear a row at a page break: its label goes on in a new row, its numbers stay, move there or are lost.

    Converters of Word documents do this; some keep nothing but the total.
    """
    label = random_row_label(grid, rng)
    if label is None or len(label.text) < 5:
        return grid
    cut = rng.randint(3, len(label.text) - 2)
    fate = rng.choice(["stay", "move", "move", "lost", "lost_but_total"])
    first_half = replace(label, text=label.text[:cut], down=1)
    second_half = replace(label, text=label.text[cut:], row=label.row + 1)
    boxes = [first_half, second_half]
    for box in with_row_inserted(grid, label.row).boxes:
        if box.figure and box.row == label.row:
            boxes.append(_after_tearing(box, fate, grid.table))
        elif box != label:
            boxes.append(box)
    return in_reading_order(grid, boxes)


def torn_group(grid: Grid, rng: Random) -> Grid:
    """Tear the label of a group: `三、本年度办理` stands beside its first row, `结果` beside the second."""
    groups = [
        box
        for box in grid.boxes
        if box.row >= HEADER_ROWS and box.column <= ROW_LABEL_COLUMN and box.down > 1 and len(box.text) > 3
    ]
    if not groups:
        return grid
    group = rng.choice(groups)
    cut = rng.randint(2, len(group.text) - 2)
    first_half = replace(group, text=group.text[:cut], down=1)
    second_half = replace(group, text=group.text[cut:], row=group.row + 1, down=group.down - 1)
    fate = rng.choice(["stay", "stay", "lost", "lost_but_total"])
    boxes = []
    for box in grid.boxes:
        if box.figure and box.row == group.row:
            boxes.append(_after_tearing(box, fate, grid.table))
        elif box != group:
            boxes.append(box)
    return in_reading_order(grid, [*boxes, first_half, second_half])


def header_repeated(grid: Grid, rng: Random) -> Grid:
    """Print the header of the table of requests once more at the top of a page.

    A cell that is merged across the page break ends there and goes on as an empty cell below the header.
    """
    if grid.table != "requests":
        return grid
    page_break = rng.randint(HEADER_ROWS + 2, grid.rows - 2)
    boxes: list[TableBox] = []
    for box in grid.boxes:
        bottom = box.row + box.down
        if box.row < HEADER_ROWS:
            boxes.append(replace(box, row=box.row + page_break))
        if box.row >= page_break:
            boxes.append(replace(box, row=box.row + HEADER_ROWS))
            continue
        boxes.append(replace(box, down=min(box.down, page_break - box.row)))
        if bottom > page_break:
            boxes.append(replace(box, text="", row=page_break + HEADER_ROWS, down=bottom - page_break))
    return in_reading_order(grid, boxes)


def numbers_below(grid: Grid, rng: Random) -> Grid:
    """Print the numbers of a row one row below its label; the cells beside the label stay empty."""
    label = random_row_label(grid, rng)
    if label is None:
        return grid
    boxes = []
    for box in with_row_inserted(grid, label.row).boxes:
        if box.figure and box.row == label.row:
            boxes.append(replace(box, row=box.row + 1))
            boxes.append(TableBox("", box.row, box.column))
        else:
            boxes.append(box)
    return in_reading_order(grid, boxes)


def eighth_number(grid: Grid, rng: Random) -> Grid:
    """Print an eighth zero in rows of seven zeros, as converters do that read a merged cell twice."""
    if grid.table != "requests":
        return grid
    labelled_rows = {box.row for box in grid.boxes if box.column == ROW_LABEL_COLUMN}
    beyond_last_column = len(grid.widths)
    extra = []
    for row in zero_rows(grid):
        if row in labelled_rows:
            extra.append(TableBox("0", row, beyond_last_column, figure=Figure(0, "0")))
    wider = replace(grid, widths=(*grid.widths, grid.widths[-1]))
    return in_reading_order(wider, [*grid.boxes, *extra])


def _after_tearing(box: TableBox, fate: str, table: str) -> TableBox:
    """Return a value of a torn row of a table: at its place, one row further down, or blank."""
    if fate == "move":
        return replace(box, row=box.row + 1)
    is_total = box.cell is None or (table, box.cell[1]) in totals()
    if fate == "lost" or (fate == "lost_but_total" and not is_total):
        return replace(box, text="", figure=BLANK)
    return box


def with_row_inserted(grid: Grid, row: int) -> Grid:
    """Insert an empty row after `row`; a cell that is merged across both rows becomes one row taller."""
    boxes = []
    for box in grid.boxes:
        if box.row > row:
            boxes.append(replace(box, row=box.row + 1))
        elif box.row + box.down > row + 1:
            boxes.append(replace(box, down=box.down + 1))
        else:
            boxes.append(box)
    return replace(grid, boxes=tuple(boxes))


def in_reading_order(grid: Grid, boxes: Iterable[TableBox]) -> Grid:
    ordered = sorted(boxes, key=lambda box: (box.row, box.column))
    return replace(grid, boxes=tuple(ordered))


DAMAGES: tuple[Damage[Grid], ...] = (
    Damage("01_torn_row", torn_row, on_screen=0.02, on_paper=0.02),
    Damage("01_torn_group", torn_group, on_screen=0.03),
    Damage("01_header_repeated", header_repeated, on_screen=0.03, on_paper=0.03),
    Damage("02_numbers_below", numbers_below, on_screen=0.02),
    Damage("03_eighth_number", eighth_number, on_screen=0.03),
)
