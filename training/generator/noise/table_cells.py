"""Noise in single cells of a table: spaces and lost characters in labels, digits in notes, blank totals."""

from __future__ import annotations

from dataclasses import replace
from random import Random

from nlp.form.form import totals
from nlp.resources import knowledge
from training.generator.grids import Grid
from training.generator.noise.damage import Damage
from training.generator.noise.rows import random_row_label, zero_rows
from training.generator.printing import BLANK


def digits_in_unit(grid: Grid, rng: Random) -> Grid:
    """Print digits in the column name of fees, in its note on the unit."""
    fees = knowledge("phrases/figures")["fees"]
    note = rng.choice(knowledge("phrases/figures")["fees_with_digits"])
    boxes = []
    for box in grid.boxes:
        is_column_name = not box.figure and box.text.startswith(fees)
        boxes.append(replace(box, text=note) if is_column_name else box)
    return replace(grid, boxes=tuple(boxes))


def spaced_labels(grid: Grid, rng: Random) -> Grid:
    """Print spaces between the characters of labels: `总 计`, `三 、本 年 度`."""
    share = rng.choice([0.05, 0.2, 1.0])
    boxes = []
    for box in grid.boxes:
        if box.figure or rng.random() >= share:
            boxes.append(box)
        else:
            boxes.append(replace(box, text=_spaced(box.text, rng)))
    return replace(grid, boxes=tuple(boxes))


def _spaced(label: str, rng: Random) -> str:
    """Space out a label of two characters, and three in ten longer ones; from nine on at one place only."""
    if len(label) != 2 and rng.random() >= 0.3:
        return label
    if len(label) < 9:
        return " ".join(label)
    return label[:4] + " " + label[4:]


def totals_of_zero_rows_left_out(grid: Grid, rng: Random) -> Grid:
    """Leave 总计 blank in the rows of the table of requests that hold zeros only."""
    if grid.table != "requests":
        return grid
    rows = zero_rows(grid)
    boxes = []
    for box in grid.boxes:
        is_total = box.cell is not None and (grid.table, box.cell[1]) in totals()
        if box.figure and is_total and box.row in rows:
            box = replace(box, text="", figure=BLANK)
        boxes.append(box)
    return replace(grid, boxes=tuple(boxes))


def dropped_label_characters(grid: Grid, rng: Random) -> Grid:
    """Lose one or two characters of the label of one row: `2.其他法律行政止公开`."""
    label = random_row_label(grid, rng)
    if label is None or len(label.text) < 9:
        return grid
    start = rng.randint(3, len(label.text) - 4)
    end = start + rng.choice([1, 1, 2])
    shorter = replace(label, text=label.text[:start] + label.text[end:])
    boxes = [shorter if box == label else box for box in grid.boxes]
    return replace(grid, boxes=tuple(boxes))


DAMAGES: tuple[Damage[Grid], ...] = (
    Damage("06_digits_in_unit", digits_in_unit, on_screen=0.08, on_paper=0.08),
    Damage("09_spaced_labels", spaced_labels, on_screen=0.05, on_paper=0.05),
    Damage("22_totals_left_out", totals_of_zero_rows_left_out, on_screen=0.01, on_paper=0.01),
    Damage("26_dropped_label_characters", dropped_label_characters, on_screen=0.03, on_paper=0.03),
)
