"""The record of one report: the data model is the API."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import UNSET, Struct, UnsetType

SCHEMA = "nianbao.report/1"

CHAPTERS = (
    "overview",
    "disclosure",
    "requests",
    "review_litigation",
    "problems_and_improvements",
    "other_matters",
)
"""The kinds of the six chapters that the notice asks for, in its order."""

State = Literal["printed", "blank", "missing", "ambiguous"]
Outcome = Literal["holds", "broken", "not_assessable"]
Blame = Literal["source", "extraction", "undecided"]
LineLabel = Literal["heading", "table_row", "numeric_cell", "narrative", "furniture"]
Number = int | float
Span = tuple[int, int]


class Source(Struct, frozen=True):
    """Where a record comes from; `text = bytes.decode(encoding)` is what every span points into."""

    name: str
    path: str
    sha256: str
    media_type: str
    encoding: str | None
    replaced_characters: int
    lines: int


class Cell(Struct, frozen=True, gc=False):
    """One value of the form: `value` is None unless `state` is `printed`.

    `text` is the token as printed, a blank cell's placeholder too, `decoded_text[span[0]:span[1]]`; `value`
    is its number in the form's unit. `candidates` lists the readings of an `ambiguous` cell, in one order
    for all its cells. `page` (from 1) and `box` (left, bottom, right, top in PDF points) tell where a PDF
    prints it.
    """

    value: Number | None
    text: str | None
    state: State
    line: int | None
    span: Span | None
    confidence: float
    candidates: list[Number | None] | UnsetType = UNSET
    page: int | UnsetType = UNSET
    box: tuple[float, float, float, float] | UnsetType = UNSET


MISSING = Cell(None, None, "missing", None, None, 0.0)

Row = dict[str, Cell]
TableCells = dict[str, Row]
Tables = dict[str, TableCells]


class Section(Struct, frozen=True, gc=False):
    """A chapter or a part of one: title as printed, lines 1-based and inclusive, paragraphs joined."""

    kind: str
    title: str
    level: int
    lines: Span
    text: str
    sections: list[Section] = []


class Problem(Struct, frozen=True, gc=False):
    """One problem that the report names: enumerator and closing punctuation off."""

    text: str
    lines: Span
    span: Span


class Improvement(Struct, frozen=True, gc=False):
    """One measure; `answers` are positions in `problems` where the text itself pairs them.

    `of_last_year` is true where it was taken against a problem of the year before the report's, and absent
    otherwise.
    """

    text: str
    lines: Span
    span: Span
    answers: list[int] = []
    of_last_year: bool | UnsetType = UNSET


class Check(Struct, frozen=True, gc=False):
    """One sum of the form, assessed on the printed values (`left` = `right`)."""

    id: str
    rule: str
    left: Number | None
    right: Number | None
    outcome: Outcome
    blame: Blame | None
    cells: list[str]


class Review(Struct, frozen=True):
    """One reason why a person should look at this record."""

    code: str
    message: str
    cells: list[str] = []


class Model(Struct, frozen=True):
    """The line classifier that read the page."""

    name: str
    version: str
    sha256: str


class LabelledLine(Struct, frozen=True, gc=False):
    """The label of line `n` (1-based) and its probability."""

    n: int
    label: LineLabel
    confidence: float


class Failure(Struct, frozen=True):
    """Why a document yielded no report."""

    code: str
    message: str


class Report(Struct, frozen=True, kw_only=True):
    """One document, read: CONTRACT.md's record, field by field."""

    schema: str = SCHEMA
    source: Source
    organization: str | None = None
    year: int | None = None
    form: str | None = None
    tables: Tables = {}
    sections: list[Section] = []
    problems: list[Problem] = []
    improvements: list[Improvement] = []
    checks: list[Check] = []
    review: list[Review] = []
    model: Model | None = None
    lines: list[LabelledLine] | UnsetType = UNSET
    error: Failure | UnsetType = UNSET

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Yield every cell with its id, `table.row.column`, in the order of the form."""
        for table, rows in self.tables.items():
            for row, columns in rows.items():
                for column, cell in columns.items():
                    yield f"{table}.{row}.{column}", cell

    def cell(self, id: str) -> Cell:
        """Return the cell `table.row.column`; KeyError where the document's form has no such cell."""
        table, row, column = id.split(".")
        return self.tables[table][row][column]
