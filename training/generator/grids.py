"""The tables of a report as a Word table holds them: boxes over rows and columns, some merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from random import Random

from nlp.form.form import Column, Form, Row, Table
from nlp.text.enumerators import shape
from training.generator.printing import Figure, Figures


@dataclass(frozen=True)
class Box:
    """A cell of the printed table; `figure` where the form has a value there."""

    text: str
    row: int
    column: int
    down: int = 1
    across: int = 1
    figure: Figure | None = None
    cell: tuple[str, str] | None = None

    @property
    def is_value(self) -> bool:
        """Whether a line with nothing else is a line of values: a remark makes it text."""
        return self.figure is not None and "（" not in self.text


@dataclass(frozen=True)
class Grid:
    """A printed table: boxes in reading order, widths of its columns in Chinese characters."""

    table: str
    boxes: tuple[Box, ...]
    widths: tuple[int, ...]

    @cached_property
    def rows(self) -> int:
        return 1 + max(box.row for box in self.boxes)

    @cached_property
    def header(self) -> int:
        """How many rows stand above the first value."""
        return min((box.row for box in self.boxes if box.figure), default=0)

    def in_rows(self) -> Iterator[list[Box]]:
        """Yield the boxes that begin in each row."""
        for row in range(self.rows):
            yield [box for box in self.boxes if box.row == row]


@dataclass(frozen=True)
class Spelling:
    """How a document writes the form's labels."""

    labels: Mapping[tuple[str, str], str]

    def of(self, table: str, item: Row | Column) -> str:
        """Return the label of a row or column as this document writes it."""
        return self.labels.get((table, item.label), item.label)


ENUMERATOR = re.compile(shape("label", "generated"))
FRAGMENTS = ("商业", "企业")
"""Halves of a wrapped label, listed as spellings so that they are found; no document writes one alone."""


def spelling(form: Form, rng: Random) -> Spelling:
    """Choose a document's spellings: mostly the official ones, at times one or many others."""
    share = rng.choice([0, 0, 0, 0.03, 0.1, 0.4])
    labels = {}
    for table in form.tables:
        items: tuple[Row | Column, ...] = (*table.rows, *table.columns)
        for item in items:
            others = [label for label in item.also if label not in FRAGMENTS]
            if others and rng.random() < share:
                labels[table.id, item.label] = _numbered_like(item.label, rng.choice(others))
    return Spelling(labels)


def _numbered_like(official: str, other: str) -> str:
    """Give another spelling the enumerator of the official one."""
    number = ENUMERATOR.match(official)
    return other if number is None or ENUMERATOR.match(other) else number.group() + other


def grids(form: Form, figures: Figures, spelt: Spelling, rng: Random) -> list[Grid]:
    """Return the printed tables of a report in the order of the form."""
    makers = {"disclosure": _disclosure, "requests": _requests, "review_litigation": _review}
    return [makers[t.id](t, figures[t.id], spelt, rng) for t in form.tables if t.id in figures]


def _value(table: Table, row: str, column: str, figure: Figure, at: tuple[int, int], across: int = 1) -> Box:
    return Box(figure.text, *at, across=across, figure=figure, cell=(row, column))


def _disclosure(
    table: Table, figures: Mapping[str, Mapping[str, Figure]], spelt: Spelling, rng: Random
) -> Grid:
    """第二十条 item by item: a line for the item, a line of column names, a line a row."""
    boxes: list[Box] = []
    at = 0
    for group in table.groups:
        rows = [row for row in table.rows if row.group == group and row.id in figures]
        if not rows:
            continue
        boxes.append(Box(group, at, 0, across=4))
        boxes.extend(_column_names(table, rows[0], spelt, at + 1))
        for i, row in enumerate(rows, at + 2):
            boxes.append(Box(spelt.of(table.id, row), i, 0))
            for start, across, column in _spread(row.columns):
                figure = figures[row.id][column]
                boxes.append(_value(table, row.id, column, figure, (i, start), across))
        at += 2 + len(rows)
    return Grid(table.id, tuple(boxes), (rng.choice([9, 11, 13]), 8, 8, 8))


def _column_names(table: Table, row: Row, spelt: Spelling, at: int) -> Iterator[Box]:
    yield Box("信息内容", at, 0)
    for start, across, column in _spread(row.columns):
        yield Box(spelt.of(table.id, table.column[column]), at, start, across=across)


def _spread(columns: tuple[str, ...]) -> Iterator[tuple[int, int, str]]:
    """Lay one, two or three columns over three: yield (start, width, column)."""
    start = 1
    for i, column in enumerate(columns):
        across = 4 - start if i == len(columns) - 1 else 1
        yield start, across, column
        start += across


def _requests(
    table: Table, figures: Mapping[str, Mapping[str, Figure]], spelt: Spelling, rng: Random
) -> Grid:
    """Three columns of labels (chapter, group, row), seven of values."""
    boxes = list(_applicants(table, spelt, rng.random() < 0.15))
    rows = [row for row in table.rows if row.id in figures]
    for at, row in enumerate(rows, 3):
        boxes.extend(_groups(table, rows, at - 3))
        first = _depth(table, row)
        boxes.append(Box(spelt.of(table.id, row), at, first, across=3 - first))
        for i, column in enumerate(row.columns, 3):
            boxes.append(_value(table, row.id, column, figures[row.id][column], (at, i)))
    labels = rng.choice([(3, 6, 14), (2, 5, 10), (1, 5, 16), (4, 7, 18)])
    return Grid(table.id, tuple(boxes), (*labels, *[rng.choice([2, 3, 3, 4])] * 7))


def _applicants(table: Table, spelt: Spelling, early_total: bool) -> Iterator[Box]:
    """Yield the three header rows; some print 总计 beside 申请人情况."""
    relation, applicants, organizations, *_ = table.headers
    people, *bodies, total = (spelt.of(table.id, column) for column in table.columns)
    yield Box(relation, 0, 0, down=3, across=3)
    yield Box(applicants, 0, 3, across=6 if early_total else 7)
    if early_total:
        yield Box(total, 0, 9, down=3)
    yield Box(people, 1, 3, down=2)
    yield Box(organizations, 1, 4, across=5)
    if not early_total:
        yield Box(total, 1, 9, down=2)
    for i, body in enumerate(bodies, 4):
        yield Box(body, 2, i)


def _chain(table: Table, row: Row) -> tuple[str, ...]:
    """Return the groups that a row stands in, outermost first."""
    outermost = table.groups[0]
    if row.group is None:
        return (outermost,) if row.stands_for else ()
    return (outermost,) if row.group == outermost else (outermost, row.group)


def _depth(table: Table, row: Row) -> int:
    return len(_chain(table, row))


def _groups(table: Table, rows: list[Row], i: int) -> Iterator[Box]:
    """Yield the group labels that begin with row `i`, each merged over its rows."""
    above = _chain(table, rows[i - 1]) if i else ()
    for depth, group in enumerate(_chain(table, rows[i])):
        if group not in above:
            down = sum(group in _chain(table, row) for row in rows)
            yield Box(group, i + 3, depth, down=down)


def _review(table: Table, figures: Mapping[str, Mapping[str, Figure]], spelt: Spelling, rng: Random) -> Grid:
    """One row of fifteen values under three header rows."""
    review, direct, after = (spelt.of(table.id, row) for row in table.rows)
    boxes = [Box(review, 0, 0, across=5), Box(table.groups[0], 0, 5, across=10)]
    boxes += [Box(spelt.of(table.id, c), 1, i, down=2) for i, c in enumerate(table.columns)]
    boxes += [Box(direct, 1, 5, across=5), Box(after, 1, 10, across=5)]
    boxes += [Box(spelt.of(table.id, table.columns[i % 5]), 2, i + 5) for i in range(10)]
    ids = [(row.id, column) for row in table.rows for column in row.columns]
    boxes += [_value(table, *id, figures[id[0]][id[1]], (3, i)) for i, id in enumerate(ids)]
    return Grid(table.id, tuple(boxes), (rng.choice([2, 2, 3, 4]),) * 15)
