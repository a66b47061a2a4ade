"""Records made for tests of what compares them: tables with the values that a test names."""

from __future__ import annotations

from collections.abc import Mapping
from hashlib import sha256

from nlp.form.form import for_year
from nlp.record.model import Cell, Number, Report, Review, Section, Source, Tables

BLANK = "blank"
"""Given as a value: the page has the cell, and it holds nothing."""


def record(
    agency: str = "甲县气象局",
    year: int = 2023,
    values: Mapping[str, Number | str | None] | None = None,
    *,
    name: str | None = None,
    text: str = "",
    review: tuple[str, ...] = (),
    doubtful: tuple[str, ...] = (),
    default: Number | None = 0,
) -> Report:
    """Return a record whose cells are `default` but for `values`; None is a cell that is missing."""
    form = for_year(year)
    assert form is not None
    given = dict(values or {})
    tables: Tables = {}
    for table in form.tables:
        for row in table.rows:
            if row.optional and not any(f"{table.id}.{row.id}.{column}" in given for column in row.columns):
                continue
            cells = tables.setdefault(table.id, {}).setdefault(row.id, {})
            for column in row.columns:
                id = f"{table.id}.{row.id}.{column}"
                cells[column] = _cell(given.pop(id, default), 0.5 if id in doubtful else 1.0)
    assert not given, f"the form has no {list(given)}"
    name = name or f"{agency}{year}.txt"
    path = f"in/{name}"
    digest = sha256(repr((name, year, values, text)).encode()).hexdigest()
    return Report(
        source=Source(name, path, digest, "text/plain", "utf-8", 0, 100),
        organization=agency,
        organization_confidence=1.0,
        year=year,
        year_confidence=1.0,
        form=form.edition,
        tables=tables,
        sections=[Section("overview", "一、总体情况", 1, (1, 2), text)] if text else [],
        review=[Review(code, "") for code in review],
    )


def _cell(value: Number | str | None, confidence: float) -> Cell:
    if value is None:
        return Cell(None, None, "missing", None, None, 0.0)
    if isinstance(value, str):
        return Cell(None, "/", "blank", 7, (0, 1), confidence)
    return Cell(value, str(value), "printed", 7, (0, 1), confidence)
