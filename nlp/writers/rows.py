"""Turns a record into rows of the tables."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from msgspec import UNSET

from nlp.record.agencies import Agency
from nlp.record.claims import Claim, Derived
from nlp.record.corrections import Decision
from nlp.record.model import Cell, Check, Improvement, LabelledLine, Problem, Report, Section
from nlp.writers.review_rows import review_columns
from nlp.writers.tables import CELLS, REPORTS, Row, form_cells

Rows = dict[str, list[Row]]
"""Rows by table; the dictionary, which no record adds to, is not among them."""


def rows(report: Report, number: int) -> Rows:
    """Return the rows of a record by table; `number` is its place among the records, from 1.

    >>> from nlp.record.model import Source
    >>> report = Report(source=Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1), year=2022)
    >>> rows(report, 7)["reports"][0][:6], rows(report, 7)["cells"]
    ((7, '', None, 2022, 'a.txt', 'in/a.txt'), [])
    """
    first_columns = (number, report.id, report.organization, report.year)
    lines: Sequence[LabelledLine] = () if report.lines is UNSET else report.lines
    decisions: Sequence[Decision] = () if report.corrections is UNSET else report.corrections
    return {
        REPORTS: [_report(report, first_columns)],
        CELLS: list(_cells(report, first_columns)),
        "items": [
            *_items("problem", report.problems, first_columns),
            *_items("improvement", report.improvements, first_columns),
        ],
        "checks": [_check(check, first_columns) for check in report.checks],
        "claims": [(*first_columns, n, *_claim(claim)) for n, claim in enumerate(report.claims)],
        "derived": [(*first_columns, *_derived(total)) for total in report.derived],
        "reviews": [
            (*first_columns, n, *review_columns(report, review)) for n, review in enumerate(report.review)
        ],
        "sections": _sections(report.sections, first_columns),
        "lines": [(*first_columns, line.n, line.label, line.confidence) for line in lines],
        "corrections": [(*first_columns, *_decision(decision)) for decision in decisions],
    }


def _report(report: Report, first_columns: Row) -> Row:
    source = report.source
    error: Row = (None, None)
    if report.error is not UNSET:
        error = (report.error.code, report.error.message)
    model: Row = (None, None, None)
    if report.model:
        model = (report.model.name, report.model.version, report.model.sha256)
    values = {id: cell.value for id, cell in report.cells()}
    return (
        *first_columns,
        source.name,
        source.path,
        report.form,
        bool(report.review),
        [review.code for review in report.review] or None,
        sum(check.outcome == "broken" for check in report.sums),
        len(report.problems),
        len(report.improvements),
        *error,
        source.sha256,
        source.media_type,
        source.encoding,
        source.replaced_characters,
        source.lines,
        *model,
        report.schema,
        report.organization_confidence,
        *(report.organization_span or (None, None)),
        report.year_confidence,
        *(report.year_span or (None, None)),
        *_agency(report.agency),
        None if source.ocr is UNSET else source.ocr,
        None if report.made_with is UNSET else report.made_with,
        *map(values.get, form_cells()),
    )


def _agency(agency: Agency | None) -> Row:
    if agency is None:
        return (None,) * 9
    candidates: Row = (None, None)
    if agency.candidates is not UNSET:
        names = [candidate.name for candidate in agency.candidates]
        candidates = (names, [candidate.code for candidate in agency.candidates])
    return (agency.name, *agency.place, agency.code, agency.kind, agency.level, *candidates)


def _cells(report: Report, first_columns: Row) -> Iterator[Row]:
    for table, table_rows in report.tables.items():
        for row, columns in table_rows.items():
            for column, cell in columns.items():
                id = f"{table}.{row}.{column}"
                yield (*first_columns, id, table, row, column, *_cell(cell))


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
        cell.on_page,
        *((None, None) if cell.read is UNSET else (cell.read.state, cell.read.value)),
        None if cell.at is UNSET else cell.at.text,
    )


def _decision(decision: Decision) -> Row:
    stale = None if decision.stale is UNSET else decision.stale
    return (decision.field, decision.state, decision.by, decision.at, decision.note, stale)


def _check(check: Check, first_columns: Row) -> Row:
    sides = (check.left, check.right)
    return (*first_columns, check.id, check.rule, *sides, check.outcome, check.blame, check.cells or None)


def _claim(claim: Claim) -> Row:
    return (
        claim.kind,
        claim.text,
        claim.value,
        claim.unit,
        claim.about,
        claim.outcome,
        claim.confidence,
        claim.wording,
        None if claim.approximate is UNSET else claim.approximate,
        claim.line,
        *claim.span,
        claim.readings or None,
    )


def _derived(total: Derived) -> Row:
    return (total.cell, total.value, total.check, total.rule, total.blanks_as_zero)


def _items(kind: str, items: Sequence[Problem | Improvement], first_columns: Row) -> Iterator[Row]:
    for n, item in enumerate(items):
        answers, of_last_year = None, None
        if isinstance(item, Improvement):
            answers = item.answers or None
            of_last_year = item.of_last_year or None
        lines, span = item.lines or (None, None), item.span or (None, None)
        yield (*first_columns, kind, n, item.text, *lines, *span, answers, of_last_year)


def _sections(sections: Sequence[Section], first_columns: Row) -> list[Row]:
    """Return a row for each section; a chapter comes before its parts, and they before the next chapter."""
    section_rows: list[Row] = []

    def add(section: Section, parent: int | None) -> None:
        position = len(section_rows)
        name = (section.kind, section.title, section.level)
        section_rows.append((*first_columns, position, parent, *name, *section.lines, section.text))
        for part in section.sections:
            add(part, position)

    for section in sections:
        add(section, None)
    return section_rows
