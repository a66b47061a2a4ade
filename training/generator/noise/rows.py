"""Finds the rows of a generated table that a damage can change."""

from __future__ import annotations

from random import Random

from training.generator.grids import Grid, TableBox

HEADER_ROWS = 3
"""The number of rows with column names above the values in the tables of requests and of review."""
ROW_LABEL_COLUMN = 2
"""The column (from 0) in the table of requests that holds the labels of rows within a group."""


def random_row_label(grid: Grid, rng: Random) -> TableBox | None:
    """Draw the label of a row that has values; None in the table of review, whose row has no label."""
    if grid.table == "review_litigation":
        return None
    rows_with_values = {box.row for box in grid.boxes if box.figure}
    labels = []
    for box in grid.boxes:
        if not box.figure and box.row in rows_with_values and box.down == 1:
            labels.append(box)
    return rng.choice(labels)


def zero_rows(grid: Grid) -> list[int]:
    """Return the rows below the header in which every value is printed as 0."""
    texts: dict[int, set[str]] = {}
    for box in grid.boxes:
        if box.figure and box.row >= HEADER_ROWS:
            texts.setdefault(box.row, set()).add(box.text)
    return sorted(row for row, printed in texts.items() if printed == {"0"})
