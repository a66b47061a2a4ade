"""The record of one report, which is what this package returns and writes: types, states, ids."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import UNSET, Struct, UnsetType
from msgspec.structs import force_setattr

from nlp.record.agencies import Agency
from nlp.record.claims import Claim, Derived
from nlp.record.corrections import Decision

SCHEMA = "nianbao.report/2"
"""The name and version of this format; every record holds it in `schema`."""

READABLE = ("nianbao.report/1", SCHEMA)
"""The formats that are read: a record of an earlier one lacks what was added since."""

_ID_DIGITS = 16

CHAPTERS = (
    "overview",
    "disclosure",
    "requests",
    "review_litigation",
    "problems_and_improvements",
    "other_matters",
)
"""The kinds of the six chapters that the notice asks for, in its order."""

OnPage = Literal["printed", "blank", "missing", "ambiguous"]
"""What a page has in the place of a cell.

- `printed`: the document prints a number here.
- `blank`: the document has the cell, and it holds nothing or a placeholder (`/`, `-`, `无` …).
- `missing`: the form has the cell, the document does not: its row or its whole table is absent.
- `ambiguous`: the document has numbers that may belong here, but not which one can be told.
"""

State = Literal[OnPage, "corrected", "confirmed"]
"""What is known of a cell: what was read on the page, or that a person decided it.

- `corrected`: a person says that the page has something else than was read.
- `confirmed`: a person says that the page has what was read.
"""

Outcome = Literal["holds", "broken", "not_assessable"]
"""Whether a sum's two sides are equal; `not_assessable` where a cell of it has no value."""

Blame = Literal["source", "extraction", "undecided"]
"""Whose error a broken sum is.

- `source`: the cells are read with certainty, the agency's own numbers disagree.
- `extraction`: the document was misread.
- `undecided`: either.
"""

LineLabel = Literal["heading", "table_row", "numeric_cell", "narrative", "furniture"]
"""What a line is.

- `heading`: only a title or the heading of a chapter or part.
- `table_row`: a line of a table with label text, with or without numbers; parts of headers and labels too.
- `numeric_cell`: a line of a table that holds values only.
- `narrative`: running text, also with a heading in front of it on the same line.
- `furniture`: page numbers, menus and buttons of a web site, residue of a tool, lines of cell borders only.
"""
TABLE_LABELS: tuple[LineLabel, ...] = ("table_row", "numeric_cell")
"""The labels of the lines of a table."""

Number = int | float
"""A value in the unit of the form: an integer where the form counts, 万元 for money."""

Span = tuple[int, int]
"""A pair of positions: of characters, as in a slice, the end excluded; of lines, from 1, both included."""


class Source(Struct, frozen=True):
    """The file that a record was read from, and the text that was decoded from it.

    The decoded text is the file's own text for plain text, and what the reader made of it for every other
    format. All spans and line numbers of a record refer to it.
    """

    name: str
    """The file's name without its folder; `stdin` for standard input."""
    path: str
    """The path as the user gave it, or below the folder that the user gave; `-` for standard input."""
    sha256: str
    """The SHA-256 of the file's bytes in hexadecimal digits; empty where they could not be read."""
    media_type: str
    """The kind of file by its content, such as `application/pdf`."""
    encoding: str | None
    """The character encoding of a text; None for formats that do not leave it open (PDF, DOCX)."""
    replaced_characters: int
    """How many characters of the decoded text are U+FFFD because they could not be decoded."""
    lines: int
    """The number of lines of the decoded text, split at line feeds."""
    ocr: str | UnsetType = UNSET
    """What recognised text in pictures of pages (OCR), with its version; unset where nothing did."""


class Place(Struct, frozen=True, gc=False):
    """Where something stands in a document without pages; all numbers count from 1.

    Word documents have it as `table`, `row` and `column`, or as `paragraph`; workbooks as `sheet` and `cell`.
    """

    table: int | UnsetType = UNSET
    """The table among those of the document; a table that only lays out a page is none."""
    row: int | UnsetType = UNSET
    """The row of that table, rows without text counted."""
    column: int | UnsetType = UNSET
    """The column of that table; merged cells count as all the columns that they cover."""
    paragraph: int | UnsetType = UNSET
    """The paragraph outside of tables, without empty ones; a line break begins another one."""
    sheet: str | UnsetType = UNSET
    """The name of the sheet."""
    cell: str | UnsetType = UNSET
    """The address of the cell on that sheet: `B5`."""

    @property
    def text(self) -> str:
        """The place in words.

        >>> Place(table=2, row=5, column=3).text, Place(paragraph=7).text, Place(sheet="表一", cell="B5").text
        ('table 2 row 5 column 3', 'paragraph 7', '表一!B5')
        """
        if self.sheet is not UNSET:
            return f"{self.sheet}!{self.cell}"
        if self.paragraph is not UNSET:
            return f"paragraph {self.paragraph}"
        return f"table {self.table} row {self.row} column {self.column}"


class Cell(Struct, frozen=True, gc=False):
    """One cell of a table: its value, where the document prints it, how certain it is."""

    value: Number | None
    """The number in the form's unit; None, never 0, where none is printed or it cannot be told."""
    text: str | None
    """What is printed: the number with its unit, or a blank cell's placeholder. None where nothing is.

    None in a corrected cell as well, with its line and span: `read` has the place.
    """
    state: State
    """Whether the value is printed, blank, missing or ambiguous, or was decided by a person."""
    line: int | None
    """The line of the decoded text, from 1, that holds `text`; None where `text` is None."""
    span: Span | None
    """The characters of `text`: `decoded_text[span[0]:span[1]] == text`. None where `text` is None."""
    confidence: float
    """The probability, 0 to 1, that what is told is right; 0 where nothing is: missing, ambiguous cells.

    1 where a person decided it.
    """
    candidates: list[Number | None] | UnsetType = UNSET
    """The possible values of an ambiguous cell; None among them means blank, an empty list that none is told.

    The cells of one table list them in one order: their first candidates are one reading of the table.
    Unset for every other state.
    """
    page: int | UnsetType = UNSET
    """The page, from 1, that prints the cell. Unset for formats without pages, and where `text` is None."""
    box: tuple[float, float, float, float] | UnsetType = UNSET
    """The left, bottom, right and top edge of `text` on `page`; unset where `page` is.

    In PDF points (1/72 inch) from the lower left corner of the page, turned so that its text is upright.
    """
    decided: OnPage | UnsetType = UNSET
    """What the page has by the word of a person; unset unless `state` is `corrected` or `confirmed`."""
    read: Cell | UnsetType = UNSET
    """The cell as it was read, with its place; unset unless a person decided it."""
    at: Place | UnsetType = UNSET
    """Where `text` stands in a Word document or a workbook; unset for others, and where `text` is None."""

    @property
    def on_page(self) -> OnPage:
        """What the page has here, as a person decided it, or else as it was read."""
        if self.decided is not UNSET:
            return self.decided
        if self.state == "corrected" or self.state == "confirmed":
            return "blank" if self.value is None else "printed"
        return self.state

    @property
    def as_read(self) -> Cell:
        """The cell as it was read, whatever a person decided."""
        return self if self.read is UNSET else self.read


MISSING = Cell(None, None, "missing", None, None, 0.0)
"""The cell that the form has and the document does not."""

Row = dict[str, Cell]
"""The cells of a row by the ids of their columns."""
TableCells = dict[str, Row]
"""The rows of a table by their ids."""
Tables = dict[str, TableCells]
"""The tables of a report by their ids: `disclosure`, `requests`, `review_litigation`."""


class Section(Struct, frozen=True, gc=False):
    """A chapter of a report, or a part of one."""

    kind: str
    """What it is about.

    A chapter is one of CHAPTERS, or `preface` for the text before the first. A part of `overview` is
    `proactive_disclosure`, `disclosure_on_request`, `information_management`, `platforms`, `oversight` or
    `other`.
    """
    title: str
    """The title as printed, with its enumerator; empty for a preface and where the heading is lost."""
    level: int
    """1 for a chapter, 2 for its parts, and so on."""
    lines: Span
    """The first and the last line of the decoded text, from 1, both included."""
    text: str
    """The running text, a paragraph a line, that of the parts included; without title, tables, furniture."""
    sections: list[Section] = []
    """The parts in their order; empty where it has none."""


class Problem(Struct, frozen=True, gc=False):
    """One problem that the report names in its chapter on problems and improvements."""

    text: str
    """The problem without its enumerator and closing punctuation, wrapped lines joined."""
    lines: Span | None
    """The first and the last line of the decoded text, from 1, both included.

    None where a person wrote the text without saying where it stands.
    """
    span: Span | None
    """The characters of the decoded text from which `text` was taken, line breaks included.

    None where `lines` is.
    """


class Improvement(Struct, frozen=True, gc=False):
    """One measure that the report names in its chapter on problems and improvements."""

    text: str
    """The measure without its enumerator and closing punctuation, wrapped lines joined."""
    lines: Span | None
    """The first and the last line of the decoded text, from 1, both included.

    None where a person wrote the text without saying where it stands.
    """
    span: Span | None
    """The characters of the decoded text from which `text` was taken, line breaks included.

    None where `lines` is.
    """
    answers: list[int] = []
    """The positions, from 0, in `Report.problems` that the text itself pairs it with; empty for none."""
    of_last_year: bool | UnsetType = UNSET
    """True where it answers a problem of the year before the report's; unset otherwise."""


class Check(Struct, frozen=True, gc=False):
    """One sum of the form, `left` = `right`, assessed on the values of the record.

    Or a number of the prose, `left`, that differs from the tables, `right`: its id is `claims.`, its kind
    and its position in `Report.claims`.
    """

    id: str
    """The table, the sum, and the row or column it is over: `requests.row_total.new_received`."""
    rule: str
    """The sum in terms of row or column ids: `total = natural_person + … + other_organization`."""
    left: Number | None
    """What the left side adds up to; None where a cell of it has no value."""
    right: Number | None
    """What the right side adds up to; None where a cell of it has no value."""
    outcome: Outcome
    """Whether the sum holds."""
    blame: Blame | None
    """Whose error a broken sum is; None for the other outcomes."""
    cells: list[str]
    """The ids, `table.row.column`, of the cells of both sides."""

    @property
    def is_sum(self) -> bool:
        """Whether it is a sum of the form; else it is a number of the prose that differs from the tables."""
        return not self.id.startswith(CLAIM_CHECKS)


CLAIM_CHECKS = "claims."
"""What the ids of checks begin with that hold a number of the prose against the tables."""


class Review(Struct, frozen=True):
    """One reason why a person should look at a record before it is used."""

    code: str
    """The reason for programs, such as `cells_ambiguous`."""
    message: str
    """The reason for people, one sentence or more."""
    cells: list[str] = []
    """The ids, `table.row.column`, of the cells that it is about; empty where it is about the document."""
    table: str | UnsetType = UNSET
    """The id of the table that it is about; unset where it is about several or the document."""


class Model(Struct, frozen=True):
    """The line model that labelled the lines of a document."""

    name: str
    """The model's name."""
    version: str
    """The model's version."""
    sha256: str
    """The SHA-256 of its manifest, which holds that of its arrays, in hexadecimal digits."""


class LabelledLine(Struct, frozen=True, gc=False):
    """The label of one line of the decoded text."""

    n: int
    """The line's number, from 1."""
    label: LineLabel
    """What the line is."""
    confidence: float
    """The model's probability of this label, 0 to 1, rounded to four places."""


class Failure(Struct, frozen=True):
    """The reason why a document gave no report."""

    code: str
    """The reason for programs, such as `no_text_layer`."""
    message: str
    """The reason for people, and what they can do."""


class AsRead(Struct, frozen=True, kw_only=True):
    """What was read, where a person decided otherwise; cells have theirs in `Cell.read`.

    A field is unset where the record has what was read.
    """

    review: list[Review] = []
    """Every reason to look at the record as it was read."""
    form: str | UnsetType | None = UNSET
    """The edition of the form; None where none was told: then the tables were empty."""
    tables: Tables | UnsetType = UNSET
    """The tables, where they were those of another edition of the form."""
    organization: str | UnsetType | None = UNSET
    """The agency."""
    organization_confidence: float | UnsetType = UNSET
    """The probability that this was the agency."""
    organization_span: Span | UnsetType | None = UNSET
    """Where its name was taken from."""
    agency: Agency | UnsetType | None = UNSET
    """Which agency that was."""
    year: int | UnsetType | None = UNSET
    """The year."""
    year_confidence: float | UnsetType = UNSET
    """The probability that this was the year."""
    year_span: Span | UnsetType | None = UNSET
    """Where it was taken from."""
    sections: list[Section] | UnsetType = UNSET
    """The chapters."""
    problems: list[Problem] | UnsetType = UNSET
    """The problems."""
    improvements: list[Improvement] | UnsetType = UNSET
    """The measures."""
    added_rows: list[str] = []
    """The optional rows, `table.row`, that no one read and a person added."""


def report_id(sha256: str, number: int = 1) -> str:
    """Return the id of a report: the first 16 digits of its file's SHA-256.

    The second report of a file has `-2` behind them, and so on. Empty where the file could not be read.

    >>> report_id("ab" * 32), report_id("ab" * 32, 2)
    ('abababababababab', 'abababababababab-2')
    """
    first_digits = sha256[:_ID_DIGITS]
    return f"{first_digits}-{number}" if first_digits and number > 1 else first_digits


class Report(Struct, frozen=True, kw_only=True):
    """One document, read: what it says, where it says it, and what a person should look at.

    Values are as printed: none is changed to make a sum hold. An empty `review` means that the record may
    be used without a person looking at it.
    """

    schema: str = SCHEMA
    """The name and version of this format."""
    id: str = ""
    """The report's own id, the same in every run: see `report_id`. Empty where the file could not be read."""
    source: Source
    """The file and its decoded text."""
    organization: str | None = None
    """The agency that reports, as printed; None where neither title nor text names it."""
    organization_confidence: float = 0.0
    """The probability that this is the agency; 0 where none is told."""
    organization_span: Span | None = None
    """Where the name was taken from; None where it is not told, or not taken from the text."""
    agency: Agency | None = None
    """Which agency that is, in every year and spelling; None where `organization` is, and in old records."""
    year: int | None = None
    """The year that the report is about; None where neither title nor text says it."""
    year_confidence: float = 0.0
    """The probability that this is the year; 0 where none is told."""
    year_span: Span | None = None
    """Where the year was taken from; None where it is not told, or not taken from the text."""
    form: str | None = None
    """The edition of the official form, such as `2021`; None where neither labels nor year tell it."""
    tables: Tables = {}
    """Every table, row and column of the edition, whether printed or not; empty where `form` is None.

    Optional rows, such as `other` in the edition of 2021, are there only where they are printed.
    """
    sections: list[Section] = []
    """The chapters in the order of the document; empty where none was found."""
    problems: list[Problem] = []
    """The problems that it names, in its order."""
    improvements: list[Improvement] = []
    """The measures that it names, in its order."""
    checks: list[Check] = []
    """Every sum of the form over `tables`, in the form's order, then every claim that surely differs."""
    claims: list[Claim] = []
    """The numbers of the prose that speak of what the tables count, in the order of the text."""
    derived: list[Derived] = []
    """The totals that the page left blank and that the form's sums give, in the form's order."""
    review: list[Review] = []
    """Every reason why a person should look at the record."""
    model: Model | None = None
    """The line model that was used; None where nothing could be read."""
    made_with: str | UnsetType = UNSET
    """The seal of all that a batch makes its records with: version, models, options, corrections.

    Two records of one file with one seal are the same. Unset in a record that no batch made.
    """
    lines: list[LabelledLine] | UnsetType = UNSET
    """The label of every line that is not blank; unset unless it was asked for."""
    corrections: list[Decision] | UnsetType = UNSET
    """What people decided about the record; unset where no one did."""
    read: AsRead | UnsetType = UNSET
    """What was read, where people decided otherwise; unset where no one decided anything."""
    error: Failure | UnsetType = UNSET
    """Why nothing could be read; unset for every document that was read."""

    def __post_init__(self) -> None:
        """Give the id to a report that is made without one, or was written before there were ids."""
        if not self.id:
            force_setattr(self, "id", report_id(self.source.sha256))

    def cells(self) -> Iterator[tuple[str, Cell]]:
        """Yield the id, `table.row.column`, and the cell of every cell, in the order of the form."""
        for table, rows in self.tables.items():
            for row, columns in rows.items():
                for column, cell in columns.items():
                    yield f"{table}.{row}.{column}", cell

    @property
    def sums(self) -> list[Check]:
        """The checks that are sums of the form."""
        return [check for check in self.checks if check.is_sum]

    def cell(self, id: str) -> Cell:
        """Return the cell with the id `table.row.column`; raises KeyError where the record has none."""
        table, row, column = id.split(".")
        return self.tables[table][row][column]
