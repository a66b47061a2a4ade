"""A record as rows of the tables: everything that it says, each thing in its place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import UNSET, UnsetType

from nlp.record.model import Cell, Improvement, LabelledLine, Problem, Report, Section
from nlp.writers.tables import CELLS, REPORTS, Row, form_cells

Rows = dict[str, list[Row]]
"""Rows by table; the dictionary, which no record adds to, is not among them."""


def rows(report: Report, number: int) -> Rows:
    """Return the rows of a record, `number` being its place among the records, from 1.

    >>> from nlp.record.model import Source
    >>> report = Report(source=Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1), year=2022)
    >>> rows(report, 7)["reports"][0][:5], rows(report, 7)["cells"]
    ((7, None, 2022, 'a.txt', 'in/a.txt'), [])
    """
    whose = (number, report.organization, report.year)
    return {
        REPORTS: [_report(report, whose)],
        CELLS: list(_cells(report, whose)),
        "items": [
            *_items("problem", report.problems, whose),
            *_items("improvement", report.improvements, whose),
        ],
        "checks": [
            (*whose, one.id, one.rule, one.left, one.right, one.outcome, one.blame, one.cells or None)
            for one in report.checks
        ],
        "reviews": [
            (*whose, n, one.code, one.message, one.cells or None) for n, one in enumerate(report.review)
        ],
        "sections": _sections(report.sections, whose),
        "lines": [(number, one.n, one.label, one.confidence) for one in _given(report.lines)],
    }


def _report(report: Report, whose: Row) -> Row:
    source, model = report.source, report.model
    error = None if report.error is UNSET else report.error
    values = {id: cell.value for id, cell in report.cells()}
    return (
        *whose,
        source.name,
        source.path,
        report.form,
        bool(report.review),
        [one.code for one in report.review] or None,
        sum(check.outcome == "broken" for check in report.checks),
        len(report.problems),
        len(report.improvements),
        error and error.code,
        error and error.message,
        source.sha256,
        source.media_type,
        source.encoding,
        source.replaced_characters,
        source.lines,
        *((model.name, model.version, model.sha256) if model else (None, None, None)),
        report.schema,
        *map(values.get, form_cells()),
    )


def _cells(report: Report, whose: Row) -> Iterator[Row]:
    for table, held in report.tables.items():
        for row, columns in held.items():
            for column, cell in columns.items():
                yield (*whose, f"{table}.{row}.{column}", table, row, column, *_cell(cell))


def _cell(cell: Cell) -> Row:
    return (
        cell.state,
        cell.value,
        cell.text,
        cell.confidence,
        cell.line,
        *(cell.span or (None, None)),
        None if cell.page is UNSET else cell.page,
        *((None, None, None, None) if cell.box is UNSET else cell.box),
        None if cell.candidates is UNSET else cell.candidates,
    )


def _items(kind: str, items: Sequence[Problem | Improvement], whose: Row) -> Iterator[Row]:
    for n, item in enumerate(items):
        answers, of_last_year = None, None
        if isinstance(item, Improvement):
            answers = item.answers or None
            of_last_year = item.of_last_year or None
        yield (*whose, kind, n, item.text, *item.lines, *item.span, answers, of_last_year)


def _sections(sections: Sequence[Section], whose: Row) -> list[Row]:
    """A chapter comes before its parts, and those before the next chapter."""
    found: list[Row] = []

    def add(section: Section, parent: int | None) -> None:
        position = len(found)
        name = (section.kind, section.title, section.level)
        found.append((*whose, position, parent, *name, *section.lines, section.text))
        for part in section.sections:
            add(part, position)

    for section in sections:
        add(section, None)
    return found


def _given(many: list[LabelledLine] | UnsetType) -> list[LabelledLine]:
    return [] if many is UNSET else many
