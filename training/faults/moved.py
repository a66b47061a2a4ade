"""Rows and columns that a page prints in each other's place, labels and all."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from random import Random

import msgspec

from nlp.checking.review import review
from nlp.form.form import Column, Row
from training.faults.trial import Right, findings
from training.generator.printing import Figure
from training.scoring.cells import judged
from training.scoring.gold import Record
from training.scoring.metrics import share_of
from training.scoring.tabulated import Table
from training.scoring.words import count_of
from training.stress.noisy_pages import CLEAN, noisy_page
from training.stress.stress import read

TABLE = "requests"
RowFigures = dict[str, dict[str, Figure]]
"""The figures of the table of requests: row id, column id."""


@dataclass(frozen=True)
class Moved:
    """A page with two rows or columns moved.

    `what` was moved, `right` says whether each number followed its label into the record, and `codes` are the
    reviews that the page in order does not have.
    """

    what: str
    right: bool
    codes: frozenset[str]


def moved(right: Right, seed: int = 1) -> Iterator[Moved]:
    """Move two rows, then two columns, of the table of requests; those that hold the same are left alone."""
    rng = Random(f"{seed}/{right.manuscript.name}/moved")
    figures = right.manuscript.figures.get(TABLE, {})
    row_pairs = _different_rows(right, figures)
    if row_pairs:
        first_row, second_row = rng.choice(row_pairs)
        swapped = {**figures, first_row.id: figures[second_row.id], second_row.id: figures[first_row.id]}
        yield _read("two rows of a group", right, swapped, first_row, second_row)
    column_pairs = _different_columns(right, figures)
    if column_pairs:
        first, second = rng.choice(column_pairs)
        swapped = {}
        for row, cells in figures.items():
            swapped[row] = {**cells, first.id: cells[second.id], second.id: cells[first.id]}
        yield _read("two columns", right, swapped, first, second)


def _different_rows(right: Right, figures: RowFigures) -> list[tuple[Row, Row]]:
    """Return the pairs of rows of one group that hold different numbers."""
    rows = [row for row in right.manuscript.form.table(TABLE).rows if row.id in figures]
    values = {row.id: [figure.value for figure in figures[row.id].values()] for row in rows}
    pairs = []
    for first, second in combinations(rows, 2):
        if first.group == second.group and values[first.id] != values[second.id]:
            pairs.append((first, second))
    return pairs


def _different_columns(right: Right, figures: RowFigures) -> list[tuple[Column, Column]]:
    """Return the pairs of columns, but for the total, that hold different numbers."""
    table = right.manuscript.form.table(TABLE)
    columns = [table.column[id] for id in table.parts]
    pairs = []
    for first, second in combinations(columns, 2):
        if any(cells[first.id].value != cells[second.id].value for cells in figures.values()):
            pairs.append((first, second))
    return pairs


def _read(what: str, right: Right, swapped: RowFigures, first: Row | Column, second: Row | Column) -> Moved:
    """Print the numbers and the labels of two rows or columns in each other's place, and read the page."""
    manuscript = right.manuscript
    labels = {(TABLE, first.label): second.label, (TABLE, second.label): first.label}
    figures = {**manuscript.figures, TABLE: swapped}
    moved_page = noisy_page(replace(manuscript, figures=figures, labels=labels), CLEAN, 1)
    text = moved_page.text if moved_page else ""
    page_in_order = noisy_page(manuscript, CLEAN, 1)
    gold = msgspec.convert(page_in_order.gold if page_in_order else {}, Record)
    cells = judged(gold, read(manuscript.name, text))
    known = {(reason.code, tuple(reason.cells)) for reason in right.reviews}
    codes = set()
    for reason in review(findings(text)):
        if (reason.code, tuple(reason.cells)) not in known:
            codes.add(reason.code)
    return Moved(what, all(cell.right for cell in cells), frozenset(codes))


def moved_table(results: Sequence[Moved]) -> Table:
    """Return a row for each: how often numbers followed their labels, how often a person was asked."""
    rows = [["moved", "pages", "read right", "to be reviewed", "wrong and not to be reviewed", "reviews"]]
    for what in dict.fromkeys(result.what for result in results):
        of_this = [result for result in results if result.what == what]
        right = share_of(result.right for result in of_this)
        reviewed = share_of(bool(result.codes) for result in of_this)
        silent = sum(not result.right and not result.codes for result in of_this)
        codes = sorted({code for result in of_this for code in result.codes})
        rows.append(
            [what, str(len(of_this)), count_of(right), count_of(reviewed), str(silent), ", ".join(codes)]
        )
    return rows
