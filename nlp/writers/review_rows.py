"""Fills in the table of reviews: each reason with the file and the place that a person turns to."""

from __future__ import annotations

from msgspec import UNSET

from nlp.auditing.reasons import reason
from nlp.form.names import cell_name, form_of
from nlp.record.model import Cell, Report, Review
from nlp.writers.tables import Row, Value


def review_columns(report: Report, review: Review) -> Row:
    """Return the columns of a reason behind its position: from its code to the name of its first cell."""
    form = form_of(report.form)
    return (
        review.code,
        review.message,
        review.cells or None,
        None if review.table is UNSET else review.table,
        reason(form, review),
        report.source.name,
        report.source.path,
        *_place(report, review),
        cell_name(form, review.cells[0]) if review.cells else None,
    )


def _place(report: Report, review: Review) -> tuple[Value, Value]:
    """Return the page and the line of the first cell of a reason that stands on the page."""
    for id in review.cells:
        cell = _cell(report, id)
        if cell is not None and cell.line is not None:
            return (None if cell.page is UNSET else cell.page), cell.line
    return None, None


def _cell(report: Report, id: str) -> Cell | None:
    """Return a cell as it was read; None where the record has no such cell."""
    try:
        return report.cell(id).as_read
    except (KeyError, ValueError):
        return None
