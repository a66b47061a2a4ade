"""Damages to a table before it is laid out: torn rows, lost numbers, cells too many."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from random import Random

from nlp.form.form import totals
from nlp.resources import knowledge
from training.generator.grids import Box, Grid
from training.generator.printing import Figure

BLANK = Figure(None, "")
HEADER = 3
"""How many rows of names stand above the values of the tables of requests and of review."""


def torn_row(grid: Grid, rng: Random) -> Grid:
    """Tear a row at a page break: its label goes on in a row of its own, its numbers with either half.

    Seen in a converted Word table, where the numbers were lost but for the total.
    """
    label = _some_label(grid, rng)
    if label is None or len(label.text) < 5:
        return grid
    cut = rng.randint(3, len(label.text) - 2)
    fate = rng.choice(["stay", "move", "move", "lost", "lost_but_total"])
    torn = _pushed_down(grid, label.row)
    halves = [
        replace(label, text=label.text[:cut], down=1),
        replace(label, text=label.text[cut:], row=label.row + 1),
    ]
    boxes = [
        box if box.row != label.row or not box.figure else _fated(box, fate, grid.table)
        for box in torn.boxes
        if box != label
    ]
    return _in_order(torn, [*boxes, *halves])


def torn_group(grid: Grid, rng: Random) -> Grid:
    """Tear the label of a group: `三、本年度办理` beside its first row, `结果` beside the second."""
    labels = [box for box in grid.boxes if box.down > 1 and box.column < HEADER <= box.row]
    groups = [box for box in labels if len(box.text) > 3]
    if not groups:
        return grid
    group = rng.choice(groups)
    cut = rng.randint(2, len(group.text) - 2)
    first = replace(group, text=group.text[:cut], down=1)
    rest = replace(group, text=group.text[cut:], row=group.row + 1, down=group.down - 1)
    fate = rng.choice(["stay", "stay", "lost", "lost_but_total"])
    boxes = [
        _fated(box, fate, grid.table) if box.figure and box.row == group.row else box
        for box in grid.boxes
        if box != group
    ]
    return _in_order(grid, [*boxes, first, rest])


def header_repeated(grid: Grid, rng: Random) -> Grid:
    """Print the header once more where a page begins; what is merged over the break ends there."""
    if grid.table != "requests":
        return grid
    at = rng.randint(HEADER + 2, grid.rows - 2)
    header = [replace(box, row=box.row + at) for box in grid.boxes if box.row < HEADER]
    above = [replace(box, down=min(box.down, at - box.row)) for box in grid.boxes if box.row < at]
    below = [replace(box, row=box.row + HEADER) for box in grid.boxes if box.row >= at]
    rests = [
        replace(box, text="", row=at + HEADER, down=box.row + box.down - at)
        for box in grid.boxes
        if box.row < at < box.row + box.down
    ]
    return _in_order(grid, [*above, *header, *rests, *below])


def numbers_below(grid: Grid, rng: Random) -> Grid:
    """Put the numbers of a row on the line after its label, whose own cells stay empty."""
    label = _some_label(grid, rng)
    if label is None:
        return grid
    pushed = _pushed_down(grid, label.row)
    moved = [
        _fated(box, "move", grid.table) if box.figure and box.row == label.row else box
        for box in pushed.boxes
    ]
    empties = [Box("", box.row, box.column) for box in grid.boxes if box.figure and box.row == label.row]
    return _in_order(pushed, [*moved, *empties])


def eighth_number(grid: Grid, rng: Random) -> Grid:
    """Give rows of seven zeros an eighth, as a converter does that reads a merged cell twice."""
    if grid.table != "requests":
        return grid
    width = len(grid.widths)
    rows = [row for row in _zero_rows(grid) if any(b.column == 2 and b.row == row for b in grid.boxes)]
    extra = [Box("0", row, width, figure=Figure(0, "0")) for row in rows]
    return _in_order(replace(grid, widths=(*grid.widths, grid.widths[-1])), [*grid.boxes, *extra])


def _zero_rows(grid: Grid) -> list[int]:
    values = {row: [b for b in grid.boxes if b.row == row and b.figure] for row in range(HEADER, grid.rows)}
    return [row for row, boxes in values.items() if boxes and all(b.text == "0" for b in boxes)]


def digits_in_unit(grid: Grid, rng: Random) -> Grid:
    """Put digits into the note on the unit of fees."""
    label, notes = knowledge("phrases/figures")["fees"], knowledge("phrases/figures")["fees_with_digits"]
    note = rng.choice(notes)
    return replace(
        grid,
        boxes=tuple(
            replace(box, text=note) if not box.figure and box.text.startswith(label) else box
            for box in grid.boxes
        ),
    )


def single_applicant(grid: Grid, rng: Random) -> Grid:
    """Print 总计 of a table of requests only where a row has any request; leave the others blank."""
    if grid.table != "requests":
        return grid
    zero = set(_zero_rows(grid))
    return replace(
        grid,
        boxes=tuple(
            replace(box, text="", figure=BLANK)
            if box.figure and box.cell and (grid.table, box.cell[1]) in totals() and box.row in zero
            else box
            for box in grid.boxes
        ),
    )


def spaced_labels(grid: Grid, rng: Random) -> Grid:
    """Put spaces into words: `总 计`, `三 、本 年 度`."""
    share = rng.choice([0.05, 0.2, 1.0])

    def spaced(text: str) -> str:
        if len(text) == 2 or rng.random() < 0.3:
            return " ".join(text) if len(text) < 9 else text[:4] + " " + text[4:]
        return text

    return replace(
        grid,
        boxes=tuple(
            replace(box, text=spaced(box.text)) if not box.figure and rng.random() < share else box
            for box in grid.boxes
        ),
    )


def dropped_label_characters(grid: Grid, rng: Random) -> Grid:
    """Lose one or two characters of a label: `2.其他法律行政止公开`."""
    label = _some_label(grid, rng)
    if label is None or len(label.text) < 9:
        return grid
    at = rng.randint(3, len(label.text) - 4)
    shorter = replace(label, text=label.text[:at] + label.text[at + rng.choice([1, 1, 2]) :])
    return replace(grid, boxes=tuple(shorter if box == label else box for box in grid.boxes))


def _some_label(grid: Grid, rng: Random) -> Box | None:
    """Choose the label of a row that has values."""
    if grid.table == "review_litigation":
        return None
    rows = {box.row for box in grid.boxes if box.figure}
    labels = [box for box in grid.boxes if not box.figure and box.row in rows and box.down == 1]
    return rng.choice(labels)


def _fated(box: Box, fate: str, table: str) -> Box:
    """Return a value of a torn row of a table: where it stood, one row down, or gone."""
    if fate == "move":
        return replace(box, row=box.row + 1)
    is_part = box.cell is not None and (table, box.cell[1]) not in totals()
    if fate == "lost" or (fate == "lost_but_total" and is_part):
        return replace(box, text="", figure=BLANK)
    return box


def _pushed_down(grid: Grid, row: int) -> Grid:
    """Make room for a row after `row`; what is merged over it grows."""

    def pushed(box: Box) -> Box:
        if box.row > row:
            return replace(box, row=box.row + 1)
        return replace(box, down=box.down + 1) if box.row + box.down > row + 1 else box

    return replace(grid, boxes=tuple(map(pushed, grid.boxes)))


def _in_order(grid: Grid, boxes: Iterable[Box]) -> Grid:
    return replace(grid, boxes=tuple(sorted(boxes, key=lambda box: (box.row, box.column))))
