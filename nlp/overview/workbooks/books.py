"""Writes the workbooks: one with a sheet an agency, or a folder with a workbook an agency and a summary."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path
from typing import Any

import xlsxwriter
from msgspec import json

from nlp.overview.gathering import Gathered
from nlp.overview.words import known
from nlp.overview.workbooks import agency_sheet, summary_sheet
from nlp.overview.workbooks.agency_sheet import AgencyReports
from nlp.overview.workbooks.details import Detail, Key, details
from nlp.overview.workbooks.matters import has_matters, key_of, matters
from nlp.overview.workbooks.names import file_name, sheet_names
from nlp.overview.workbooks.sheet import Kept, Sheet, formats
from nlp.overview.workbooks.summary_sheet import Line
from nlp.reading.xlsx.in_folders import WRITER
from nlp.writers.output import keep

ENDING = ".xlsx"
MOST_SHEETS = 200
"""How many agencies one workbook has sheets for; more need a folder."""
FORMAT = "nianbao.overview/1"
"""The first cell of the hidden sheet, by which a workbook is recognised."""
HIDDEN = "_nianbao"
_PIECE = 30_000
"""How many characters a cell of a workbook surely holds."""


class TooMany(Exception):
    """There are more agencies than one workbook has sheets for; the message says what to do."""


def write(
    path: str,
    gathered: Gathered,
    files: Sequence[str],
    date: str,
    step: Callable[[int], None] = lambda _: None,
) -> int:
    """Write what agencies have to explain, and return how many of them there are.

    A path that ends in .xlsx is one workbook, any other a folder. The records are read once more from their
    files. Raises TooMany, Unwritable.
    """
    agencies = list(summary_sheet.agencies_with_matters(gathered, has_matters))
    is_one = Path(path).suffix.lower() == ENDING
    if is_one and len(agencies) > MOST_SHEETS:
        raise TooMany(
            f"{len(agencies)} agencies have something to explain, one workbook has sheets for {MOST_SHEETS}: "
            "name a folder (without .xlsx), which gets a workbook an agency."
        )
    sheets = _sheets(gathered, agencies, files, step)
    rows = summary_sheet.lines(gathered, sheets)
    if is_one:
        keep(Path(path), _one_book(gathered, sheets, rows, date))
    else:
        _folder(Path(path), gathered, sheets, rows, date)
    return len(agencies)


def _sheets(
    gathered: Gathered, agencies: Sequence[int], files: Sequence[str], step: Callable[[int], None]
) -> dict[int, AgencyReports]:
    """Return what the sheets of agencies hold, their reports the latest first."""
    reports: dict[int, list[int]] = {agency: [] for agency in agencies}
    for report in gathered.choice.counted().tolist():
        agency = int(gathered.choice.agency_of[report])
        if agency in reports:
            reports[agency].insert(0, report)
    keys = {
        report: key_of(gathered, report)
        for of_agency in reports.values()
        for report in of_agency
        if gathered.notes.broken[report] or gathered.collection.reviews[report]
    }
    found = details(files, keys.values(), step)
    return {
        agency: _agency(gathered, agency, of_agency, keys, found) for agency, of_agency in reports.items()
    }


def _agency(
    gathered: Gathered, agency: int, reports: list[int], keys: Mapping[int, Key], found: Mapping[Key, Detail]
) -> AgencyReports:
    ours = {report: found[keys[report]] for report in reports if report in keys and keys[report] in found}
    told = {report: matters(gathered, report, ours.get(report)) for report in reports}
    return AgencyReports(agency, reports, told, ours)


def _one_book(gathered: Gathered, sheets: dict[int, AgencyReports], rows: list[Line], date: str) -> bytes:
    summary = known("workbook")["summary"]
    names = sheet_names((_name(gathered, agency) for agency in sheets), (summary, HIDDEN))
    name_of = dict(zip(sheets, names, strict=True))
    with _book() as (book, content):
        worksheet, looks = book.add_worksheet(summary), formats(book)
        quoted = {agency: name.replace("'", "''") for agency, name in name_of.items()}
        summary_sheet.fill(
            worksheet,
            looks,
            gathered,
            rows,
            date,
            lambda agency: f"internal:'{quoted[agency]}'!A1" if agency in quoted else None,
        )
        kept: list[Kept] = []
        for agency, reports in sheets.items():
            kept += _agency_sheet(book, looks, gathered, reports, name_of[agency], date)
        _hide(book, kept)
    return content.getvalue()


def _folder(
    folder: Path, gathered: Gathered, sheets: dict[int, AgencyReports], rows: list[Line], date: str
) -> None:
    """Write a workbook for each agency, in folders of provinces and cities, and the summary beside them."""
    used: dict[Path, set[str]] = {}
    summary = known("workbook")["summary"]
    used[Path()] = {summary.lower()}
    links: dict[int, str] = {}
    for agency, reports in sheets.items():
        told = gathered.choice.agencies[agency].place
        place = Path(*(file_name(part, set()) for part in told[:2] if part))
        name = file_name(_name(gathered, agency), used.setdefault(place, set()))
        links[agency] = (place / f"{name}{ENDING}").as_posix()
        with _book() as (book, content):
            (sheet_name,) = sheet_names([_name(gathered, agency)], (HIDDEN,))
            _hide(book, _agency_sheet(book, formats(book), gathered, reports, sheet_name, date))
        keep(folder / links[agency], content.getvalue())
    with _book() as (book, content):
        worksheet = book.add_worksheet(summary)
        summary_sheet.fill(
            worksheet,
            formats(book),
            gathered,
            rows,
            date,
            lambda agency: f"external:{links[agency]}" if agency in links else None,
        )
        _hide(book, [])
    keep(folder / f"{summary}{ENDING}", content.getvalue())


def _name(gathered: Gathered, agency: int) -> str:
    return gathered.choice.agencies[agency].name


def _agency_sheet(
    book: Any, looks: dict[str, Any], gathered: Gathered, reports: AgencyReports, name: str, date: str
) -> Iterable[Kept]:
    sheet = Sheet(name, book.add_worksheet(name), looks)
    agency_sheet.fill(sheet, gathered, reports, date)
    return sheet.kept.values()


@contextmanager
def _book() -> Iterator[tuple[Any, BytesIO]]:
    content = BytesIO()
    options = {
        "in_memory": True,
        "strings_to_formulas": False,
        "strings_to_urls": False,
        "max_url_length": 255,
    }
    with xlsxwriter.Workbook(content, options) as book:
        book.set_properties({"author": WRITER})
        yield book, content


def _hide(book: Any, kept: Iterable[Kept]) -> None:
    """Write the hidden sheet, by which a workbook is read back."""
    sheet = book.add_worksheet(HIDDEN)
    sheet.write_string(0, 0, FORMAT)
    for row, of_report in enumerate(kept, 1):
        content = json.encode(of_report).decode()
        for n in range(0, len(content), _PIECE):
            sheet.write_string(row, n // _PIECE, content[n : n + _PIECE])
    sheet.hide()
