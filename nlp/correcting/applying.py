"""Gives the record of a report with what people decided about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from msgspec import UNSET, UnsetType
from msgspec.structs import replace

from nlp.agencies.agencies import agency_of
from nlp.agencies.own import Own
from nlp.checking.derived import derived
from nlp.checking.recognised import without_blame
from nlp.checking.sums import assess
from nlp.claims.assessing import assessed, findings
from nlp.correcting import cells, items, sections
from nlp.correcting.fields import FACTS, parsed
from nlp.correcting.reasons import remaining
from nlp.form.form import Form
from nlp.form.names import form_of
from nlp.record.claims import Derived
from nlp.record.corrections import Correction, Decision
from nlp.record.model import SCHEMA, AsRead, Check, Report, Source, Tables

_PROSE = ("sections", "problems", "improvements")


def applied(report: Report, decisions: Mapping[str, Correction], own: Own | None = None) -> Report:
    """Return the record of a report with the corrections of it that count, by their fields.

    `own` is the user's file of agencies, for a record whose agency is told anew.

    A record that has corrections already is taken as it was read: those that are not among `decisions` are
    taken back. So it is the same whether corrections come at once or one by one. Corrections of another
    reading stand where their place is still there, and are put up for review.

    >>> from nlp.record.model import Source
    >>> report = Report(source=Source("a.txt", "a.txt", "ab" * 32, "text/plain", "utf-8", 0, 1), year=2021)
    >>> correction = Correction(id=report.id, field="year", read=2021, value=2022, by="Li")
    >>> corrected = applied(report, {"year": correction})
    >>> corrected.year, corrected.read.year, corrected.corrections[0].by
    (2022, 2021, 'Li')
    >>> applied(corrected, {}).year
    2021
    """
    read = as_read(report)
    if not decisions or report.error is not UNSET:
        return read
    stale: list[str] = []
    facts = _facts(read, decisions, stale)
    form = form_of(facts.get("form", read.form))
    tables, added_rows = _tables(read, form, decisions, stale)
    prose = _prose(read, decisions, stale)
    claims = assessed(read.claims, tables)
    checks = [*_checks(form, read, tables), *findings(claims, tables)]
    if "organization" in facts or "year" in facts:
        facts["agency"] = agency_of(replace(read, **facts, **prose), own)
    corrected = replace(
        read,
        schema=SCHEMA,
        **facts,
        **prose,
        tables=tables,
        checks=checks,
        claims=claims,
        derived=_derived(form, tables),
        corrections=[_decision(correction, stale) for correction in decisions.values()],
        made_with=UNSET,
        read=replace(_changed(read, {**facts, **prose}, added_rows), tables=_other_tables(read, form)),
    )
    return replace(corrected, review=remaining(read.review, corrected, decisions, stale))


def retold(report: Report, own: Own | None) -> Report:
    """Return the record of a report as it was read, with its agency told anew by the user's file."""
    read = as_read(report)
    return replace(read, agency=agency_of(read, own))


def as_read(report: Report) -> Report:
    """Return the record of a report without any correction."""
    if report.read is UNSET:
        return report
    read = report.read
    names = (name for name in AsRead.__struct_fields__ if name not in ("review", "added_rows", "tables"))
    facts = {name: getattr(read, name) for name in names if getattr(read, name) is not UNSET}
    tables = cells.as_read(report.tables, read.added_rows) if read.tables is UNSET else read.tables
    form = form_of(facts.get("form", report.form))
    claims = assessed(report.claims, tables)
    return replace(
        report,
        **facts,
        tables=tables,
        checks=[*_sums(form, tables, report.source), *findings(claims, tables)],
        claims=claims,
        derived=_derived(form, tables),
        review=read.review,
        corrections=UNSET,
        made_with=UNSET,
        read=UNSET,
    )


def _facts(read: Report, decisions: Mapping[str, Correction], stale: list[str]) -> dict[str, Any]:
    """Return what people decided about the agency, the year and the form, as fields of a record."""
    facts: dict[str, Any] = {}
    for fact in FACTS:
        correction = decisions.get(fact)
        if correction is None or correction.state == "disputed":
            continue
        now = getattr(read, fact)
        value = correction.read if correction.state == "confirmed" else correction.value
        if correction.read is not UNSET and correction.read != now and value != now:
            stale.append(fact)
        facts[fact] = value
        if fact != "form":
            facts[f"{fact}_confidence"] = 1.0
            facts[f"{fact}_span"] = getattr(read, f"{fact}_span") if value == now else None
    return facts


def _tables(
    read: Report, form: Form | None, decisions: Mapping[str, Correction], stale: list[str]
) -> tuple[Tables, list[str]]:
    """Return the tables with the corrections of their cells, and the optional rows that these add.

    A correction of a cell that the form of the report does not have is stale.
    """
    tables = dict(read.tables)
    if form is not None and form.edition != read.form:
        tables = _of_form(form, read.tables)
    added_rows: list[str] = []
    for field, correction in decisions.items():
        if parsed(field).kind != "cell" or correction.state == "disputed":
            continue
        table, row, column = parsed(field).name.split(".")
        if form is None or not _has_cell(form, table, row, column):
            stale.append(field)
            continue
        rows = tables.get(table, {})
        if row not in rows:
            rows = cells.with_row(form, table, row, rows)
            added_rows.append(f"{table}.{row}")
        decided = cells.corrected(rows[row][column], correction)
        tables[table] = {**rows, row: {**rows[row], column: decided.cell}}
        if decided.is_stale:
            stale.append(field)
    return tables, added_rows


def _has_cell(form: Form, table: str, row: str, column: str) -> bool:
    form_row = form.table(table).row.get(row)
    return form_row is not None and column in form_row.columns


def _of_form(form: Form, read: Tables) -> Tables:
    """Return the tables of an edition with the cells that were read, as far as it has them."""
    tables = cells.empty_tables(form)
    for table, rows in tables.items():
        for row, columns in rows.items():
            read_row = read.get(table, {}).get(row, {})
            tables[table][row] = {column: read_row.get(column, cell) for column, cell in columns.items()}
    return tables


def _prose(read: Report, decisions: Mapping[str, Correction], stale: list[str]) -> dict[str, Any]:
    """Return the sections, problems and measures with their corrections, those that have any."""
    kinds = {parsed(field).kind for field in decisions}
    prose: dict[str, Any] = {}
    if "section" in kinds:
        corrected_sections = sections.corrected(read.sections, decisions)
        stale += corrected_sections.stale
        prose["sections"] = corrected_sections.sections
    if "list" in kinds or "item" in kinds:
        corrected_items = items.corrected(read.problems, read.improvements, decisions)
        stale += corrected_items.stale
        prose["problems"] = corrected_items.problems
        prose["improvements"] = corrected_items.improvements
    return prose


def _sums(form: Form | None, tables: Tables, source: Source) -> list[Check]:
    """Return the sums of a form on tables; none where there is no form, or not every table of it."""
    if form is None or any(table.id not in tables for table in form.tables):
        return []
    checks = assess(form, tables)
    return checks if source.ocr is UNSET else without_blame(checks, tables)


def _derived(form: Form | None, tables: Tables) -> list[Derived]:
    """Return the blank totals that the sums of a form give; none where there is no form, or no such table."""
    if form is None or any(table.id not in tables for table in form.tables):
        return []
    return derived(form, tables)


def _checks(form: Form | None, read: Report, tables: Tables) -> list[Check]:
    """Return the sums of corrected tables.

    One that held as it was read and no longer does may be a slip of the person's: it is not blamed on the
    agency.
    """
    checks = _sums(form, tables, read.source)
    held = {check.id for check in read.checks if check.outcome == "holds"}
    return [
        replace(check, blame="undecided") if check.outcome == "broken" and check.id in held else check
        for check in checks
    ]


def _decision(correction: Correction, stale: Sequence[str]) -> Decision:
    return Decision(
        field=correction.field,
        state=correction.state,
        by=correction.by,
        at=correction.at,
        note=correction.note,
        stale=True if correction.field in stale else UNSET,
    )


def _other_tables(read: Report, form: Form | None) -> Tables | UnsetType:
    """Return the tables that were read, where a person decided that they follow another edition."""
    edition = None if form is None else form.edition
    return UNSET if edition == read.form else read.tables


def _changed(read: Report, decided: Mapping[str, Any], added_rows: list[str]) -> AsRead:
    """Return what was read of the fields that were decided; the rest is as it was read."""
    fields: dict[str, Any] = {}
    for name, value in decided.items():
        was = getattr(read, name)
        fields[name] = UNSET if was == value else was
    return AsRead(review=read.review, added_rows=added_rows, **fields)
