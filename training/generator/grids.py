"""The tables of a report as a Word table holds them: cells over rows and columns, some merged."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from random import Random

from nlp.form.form import Column, Form, Row, Table
from nlp.resources import knowledge
from nlp.text.cells import MONEY
from nlp.text.enumerators import shape
from training.generator.printing import Figure, Figures
from training.generator.worlds import TRAINING, World


@dataclass(frozen=True)
class TableBox:
    """A cell of a printed table, label or value, which may be merged over several rows and columns.

    `row` and `column` (from 0) are where it begins, `down` and `across` how many rows and columns it covers.
    A value has its `figure`, and in `cell` the ids of its row and its column in the form.
    """

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
    """A printed table: its id, its cells in reading order, widths of its columns in Chinese characters."""

    table: str
    boxes: tuple[TableBox, ...]
    widths: tuple[int, ...]

    @cached_property
    def rows(self) -> int:
        """The number of rows."""
        return 1 + max(box.row for box in self.boxes)

    @cached_property
    def header(self) -> int:
        """The number of rows above the first value."""
        return min((box.row for box in self.boxes if box.figure), default=0)

    def in_rows(self) -> Iterator[list[TableBox]]:
        """Yield the cells that begin in each row."""
        for row in range(self.rows):
            yield [box for box in self.boxes if box.row == row]


@dataclass(frozen=True)
class Spelling:
    """How a document writes the form's labels: other spellings by table and official label."""

    labels: Mapping[tuple[str, str], str]

    def of(self, table: str, item: Row | Column) -> str:
        """Return the label of a row or column as this document writes it."""
        return self.labels.get((table, item.label), item.label)


ENUMERATOR = re.compile(shape("label", "generated"))
FRAGMENTS = ("商业", "企业")
"""Halves of a wrapped label, listed as spellings so that they are found; no document writes one alone."""


def spelling(form: Form, rng: Random, world: World = TRAINING) -> Spelling:
    """Draw a document's spellings: mostly the official ones, at times one or many others of its world."""
    share = rng.choice([0, 0, 0, 0.03, 0.1, 0.4])
    labels = {}
    for table in form.tables:
        items: tuple[Row | Column, ...] = (*table.rows, *table.columns)
        for item in items:
            others = _other_spellings(item, world)
            if others and rng.random() < share:
                labels[table.id, item.label] = _numbered_like(item.label, rng.choice(others))
    return Spelling(labels)


def _other_spellings(item: Row | Column, world: World) -> Sequence[str]:
    """Return the other spellings of a label: those of the form's file, or of the world's own."""
    if world == TRAINING:
        return [label for label in item.also if label not in FRAGMENTS]
    return world.file("spellings")["labels"].get(item.label, ())  # type: ignore[attr-defined, no-any-return]


def _numbered_like(official: str, other: str) -> str:
    """Return another spelling with the enumerator of the official one, unless it has its own."""
    number = ENUMERATOR.match(official)
    if number is None or ENUMERATOR.match(other):
        return other
    return number.group() + other


RowFigures = Mapping[str, Mapping[str, Figure]]
"""The figures of one table: row id, column id."""


def grids(form: Form, figures: Figures, spelt: Spelling, rng: Random) -> list[Grid]:
    """Return the printed tables of a report in the order of the form."""
    makers = {"disclosure": _disclosure, "requests": _requests, "review_litigation": _review}
    made = []
    for table in form.tables:
        if table.id in figures:
            make = makers[table.id]
            made.append(make(table, figures[table.id], spelt, rng))
    return made


DISCLOSURE_COLUMNS = 3
"""The number of value columns in the table of disclosure; items with fewer columns have wider cells."""


def _disclosure(table: Table, figures: RowFigures, spelt: Spelling, rng: Random) -> Grid:
    """第二十条 item by item: a line for the item, a line of column names, a line a row."""
    boxes: list[TableBox] = []
    next_row = 0
    for group in table.groups:
        rows = [row for row in table.rows if row.group == group and row.id in figures]
        if not rows:
            continue
        boxes.append(TableBox(group, next_row, 0, across=1 + DISCLOSURE_COLUMNS))
        names_row = next_row + 1
        boxes.append(TableBox("信息内容", names_row, 0))
        for start, across, column in _spread(rows[0].columns):
            name = spelt.of(table.id, table.column[column])
            name = _with_unit(name, column, [figures[row.id][column].text for row in rows], rng)
            boxes.append(TableBox(name, names_row, start, across=across))
        for row_number, row in enumerate(rows, next_row + 2):
            boxes.append(TableBox(spelt.of(table.id, row), row_number, 0))
            for start, across, column in _spread(row.columns):
                figure = figures[row.id][column]
                boxes.append(_value_box((row.id, column), figure, row_number, start, across))
        next_row += 2 + len(rows)
    return Grid(table.id, tuple(boxes), (rng.choice([9, 11, 13]), 8, 8, 8))


WITHOUT_UNIT = 0.02
"""The share of amounts that no page says the unit of."""


def _with_unit(name: str, column: str, texts: Sequence[str], rng: Random) -> str:
    """Return the name of a column of amounts with its unit, where neither it nor a figure has one."""
    has_unit = any(unit in text for unit in MONEY for text in (name, *texts))
    if column != "amount" or has_unit or rng.random() < WITHOUT_UNIT:
        return name
    notes: list[str] = knowledge("phrases/figures")["unit_notes"]
    return name + rng.choice(notes)


def _value_box(cell: tuple[str, str], figure: Figure, row: int, column: int, across: int = 1) -> TableBox:
    return TableBox(figure.text, row, column, across=across, figure=figure, cell=cell)


def _spread(columns: Sequence[str]) -> Iterator[tuple[int, int, str]]:
    """Yield (first column, number of columns, column id) for one to three columns; the last fills the row."""
    for start, column in enumerate(columns, 1):
        is_last = start == len(columns)
        across = 1 + DISCLOSURE_COLUMNS - start if is_last else 1
        yield start, across, column


def _requests(table: Table, figures: RowFigures, spelt: Spelling, rng: Random) -> Grid:
    """Three columns of labels (chapter, group, row), seven of values, three header rows."""
    boxes = list(_applicants(table, spelt, early_total=rng.random() < 0.15))
    rows = [row for row in table.rows if row.id in figures]
    for row_number, row in enumerate(rows, 3):
        boxes.extend(_group_labels(table, rows, row_number - 3))
        label_column = len(_groups_of(table, row))
        boxes.append(TableBox(spelt.of(table.id, row), row_number, label_column, across=3 - label_column))
        for column_number, column in enumerate(row.columns, 3):
            figure = figures[row.id][column]
            boxes.append(_value_box((row.id, column), figure, row_number, column_number))
    label_widths = rng.choice([(3, 6, 14), (2, 5, 10), (1, 5, 16), (4, 7, 18)])
    value_width = rng.choice([2, 3, 3, 4])
    return Grid(table.id, tuple(boxes), (*label_widths, *[value_width] * 7))


def _applicants(table: Table, spelt: Spelling, *, early_total: bool) -> Iterator[TableBox]:
    """Yield the cells of the three header rows; `early_total` sets 总计 beside 申请人情况 in the first."""
    relation, applicants, organizations, *_ = table.headers
    people, *bodies, total = (spelt.of(table.id, column) for column in table.columns)
    yield TableBox(relation, 0, 0, down=3, across=3)
    yield TableBox(applicants, 0, 3, across=6 if early_total else 7)
    if early_total:
        yield TableBox(total, 0, 9, down=3)
    yield TableBox(people, 1, 3, down=2)
    yield TableBox(organizations, 1, 4, across=5)
    if not early_total:
        yield TableBox(total, 1, 9, down=2)
    for column_number, body in enumerate(bodies, 4):
        yield TableBox(body, 2, column_number)


def _groups_of(table: Table, row: Row) -> tuple[str, ...]:
    """Return the groups that a row of the table of requests stands in, outermost first."""
    outermost = table.groups[0]
    if row.group is None:
        return (outermost,) if row.stands_for else ()
    if row.group == outermost:
        return (outermost,)
    return outermost, row.group


def _group_labels(table: Table, rows: list[Row], i: int) -> Iterator[TableBox]:
    """Yield the labels of the groups that begin with row `i`, each merged over the rows of its group."""
    groups_before = _groups_of(table, rows[i - 1]) if i > 0 else ()
    for column, group in enumerate(_groups_of(table, rows[i])):
        if group not in groups_before:
            down = sum(group in _groups_of(table, row) for row in rows)
            yield TableBox(group, i + 3, column, down=down)


def _review(table: Table, figures: RowFigures, spelt: Spelling, rng: Random) -> Grid:
    """One row of fifteen values, five for each row of the form, under three header rows."""
    review, direct, after_review = (spelt.of(table.id, row) for row in table.rows)
    results = [spelt.of(table.id, column) for column in table.columns]
    boxes = [TableBox(review, 0, 0, across=5), TableBox(table.groups[0], 0, 5, across=10)]
    for i, result in enumerate(results):
        boxes.append(TableBox(result, 1, i, down=2))
    boxes.append(TableBox(direct, 1, 5, across=5))
    boxes.append(TableBox(after_review, 1, 10, across=5))
    for i, result in enumerate([*results, *results], 5):
        boxes.append(TableBox(result, 2, i))
    cells = [(row.id, column) for row in table.rows for column in row.columns]
    for i, (row_id, column) in enumerate(cells):
        boxes.append(_value_box((row_id, column), figures[row_id][column], 3, i))
    return Grid(table.id, tuple(boxes), (rng.choice([2, 2, 3, 4]),) * 15)
