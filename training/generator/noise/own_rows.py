"""Noise in the labels and rows of a table: remarks, rows of the agency's own, torn headers, lost numbers."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from nlp.resources import knowledge
from training.generator.grids import Grid, TableBox
from training.generator.noise.damage import Damage
from training.generator.noise.rows import random_row_label
from training.generator.noise.torn_tables import in_reading_order, with_row_inserted
from training.generator.printing import Figure


def label_remark(grid: Grid, rng: Random) -> Grid:
    """Print a remark in brackets behind the label of a row: `规章（县级无此项）`."""
    label = random_row_label(grid, rng)
    if label is None:
        return grid
    remark = rng.choice(knowledge("phrases/figures")["label_remarks"])
    boxes = [replace(box, text=box.text + remark) if box == label else box for box in grid.boxes]
    return replace(grid, boxes=tuple(boxes))


def own_row(grid: Grid, rng: Random) -> Grid:
    """Print a row that the form does not have below another one, with numbers of its own."""
    label = random_row_label(grid, rng)
    if label is None:
        return grid
    names = knowledge("phrases/figures")["own_rows"][grid.table]
    boxes = list(with_row_inserted(grid, label.row).boxes)
    boxes.append(replace(label, text=rng.choice(names), row=label.row + 1))
    for box in grid.boxes:
        if box.figure and box.row == label.row:
            text = str(rng.choice([0, 0, 1, 3, 12, 186]))
            boxes.append(replace(box, row=label.row + 1, text=text, figure=Figure(None, text), cell=None))
    return in_reading_order(grid, boxes)


def clipped_header(grid: Grid, rng: Random) -> Grid:
    """Lose the end or the beginning of a column's name: `公益组织`, `法律服`."""
    names = [box for box in grid.boxes if _is_column_name(box, grid)]
    if not names:
        return grid
    name = rng.choice(names)
    text = name.text[2:] if rng.random() < 0.5 else name.text[:-2]
    boxes = [replace(box, text=text) if box == name else box for box in grid.boxes]
    return replace(grid, boxes=tuple(boxes))


def _is_column_name(box: TableBox, grid: Grid) -> bool:
    return not box.figure and 0 < box.row < grid.header and len(box.text) > 5 and grid.table == "requests"


def numbers_lost(grid: Grid, rng: Random) -> Grid:
    """Lose the cells with the numbers of one row; what they held is not on the page."""
    label = random_row_label(grid, rng)
    if label is None:
        return grid
    boxes = [box for box in grid.boxes if not (box.figure and box.row == label.row)]
    return replace(grid, boxes=tuple(boxes))


DAMAGES: tuple[Damage[Grid], ...] = (
    Damage("43_label_remark", label_remark, on_screen=0.03, on_paper=0.02),
    Damage("44_own_row", own_row, on_screen=0.02, on_paper=0.01),
    Damage("57_clipped_header", clipped_header, on_screen=0.02, on_paper=0.01),
    Damage("63_numbers_lost", numbers_lost, on_screen=0.01),
)
