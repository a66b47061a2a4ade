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
from training.stress.rerendering import Manuscript
from training.stress.stress import read
from training.stress.striking import CLEAN, struck

TABLE = "requests"
Rows = dict[str, dict[str, Figure]]


@dataclass(frozen=True)
class Moved:
    """What became of a page with two rows or columns moved: whether each number followed its label.

    `codes` are the reviews that the page in order does not have.
    """

    what: str
    right: bool
    codes: frozenset[str]


def moved(right: Right, seed: int = 1) -> Iterator[Moved]:
    """Move two rows, then two columns; a report has room where they hold different numbers."""
    rng = Random(f"{seed}/{right.manuscript.name}/moved")
    rows = right.manuscript.figures.get(TABLE, {})
    if pairs := _rows(right, rows):
        one, other = rng.choice(pairs)
        swapped = {**rows, one.id: rows[other.id], other.id: rows[one.id]}
        yield _read("two rows of a group", right, swapped, (one, other))
    if columns := _columns(right, rows):
        yield _columns_moved(right, rows, *rng.choice(columns))


def _rows(right: Right, rows: Rows) -> list[tuple[Row, Row]]:
    there = [row for row in right.manuscript.form.table(TABLE).rows if row.id in rows]
    pairs = ((one, other) for one, other in combinations(there, 2) if one.group == other.group)
    return [(one, other) for one, other in pairs if _numbers(rows, one) != _numbers(rows, other)]


def _columns(right: Right, rows: Rows) -> list[tuple[Column, Column]]:
    table = right.manuscript.form.table(TABLE)
    parts = [table.column[id] for id in table.parts]
    return [
        (one, other)
        for one, other in combinations(parts, 2)
        if any(cells[one.id].value != cells[other.id].value for cells in rows.values())
    ]


def _columns_moved(right: Right, rows: Rows, one: Column, other: Column) -> Moved:
    swapped = {
        row: {**cells, one.id: cells[other.id], other.id: cells[one.id]} for row, cells in rows.items()
    }
    return _read("two columns", right, swapped, (one, other))


def _numbers(rows: Rows, row: Row) -> list[object]:
    return [figure.value for figure in rows[row.id].values()]


def _read(what: str, right: Right, rows: Rows, pair: Sequence[Row] | Sequence[Column]) -> Moved:
    one, other = pair
    labels = {(TABLE, one.label): other.label, (TABLE, other.label): one.label}
    written = right.manuscript
    page = _text(replace(written, figures={**written.figures, TABLE: rows}, labels=labels))
    gold = struck(written, CLEAN, 1)
    known = {(reason.code, tuple(reason.cells)) for reason in right.reviews}
    found = [reason for reason in review(findings(page)) if (reason.code, tuple(reason.cells)) not in known]
    told = msgspec.convert(gold.gold if gold else {}, Record)
    cells = judged(told, read(written.name, page))
    return Moved(what, all(cell.right for cell in cells), frozenset(reason.code for reason in found))


def _text(written: Manuscript) -> str:
    page = struck(written, CLEAN, 1)
    return page.text if page else ""


def moved_table(results: Sequence[Moved]) -> Table:
    """Return a row for each: how often numbers followed their labels, how often a person was asked."""
    rows = [["moved", "pages", "read right", "to be reviewed", "wrong and not to be reviewed", "reviews"]]
    for what in dict.fromkeys(one.what for one in results):
        some = [one for one in results if one.what == what]
        codes = sorted({code for one in some for code in one.codes})
        silent = sum(not one.right and not one.codes for one in some)
        right, asked = share_of(one.right for one in some), share_of(bool(one.codes) for one in some)
        rows.append([what, str(len(some)), count_of(right), count_of(asked), str(silent), ", ".join(codes)])
    return rows
