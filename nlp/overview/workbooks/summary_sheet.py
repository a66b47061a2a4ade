"""Fills the summary: a row an agency and a year, its state, how many findings, what is to be done."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from msgspec import Struct

from nlp.collection.choosing import Standing
from nlp.overview.gathering import Gathered
from nlp.overview.words import known
from nlp.overview.workbooks.agency_sheet import AgencyReports
from nlp.overview.workbooks.looks import SUMMARY_WIDTHS
from nlp.overview.workbooks.matters import KINDS
from nlp.overview.workbooks.sheet import Shown, write
from nlp.writers.xlsx_looks import height

Link = Callable[[int], str | None]
"""Returns where the sheet of an agency is, as a link; None where it has none."""
_TOP = 3
"""The row of the heads, from 0."""


class Line(Struct, frozen=True):
    """A row: an agency, a year, its state, how many matters of each kind, how many cells, what to do."""

    agency: int
    year: int
    state: str
    counts: list[int]
    cells: int
    to_do: str


def lines(gathered: Gathered, sheets: dict[int, AgencyReports]) -> list[Line]:
    """Return the rows of agencies and years that have a report, by agency and year."""
    collection, choice = gathered.collection, gathered.choice
    found = [_line(gathered, int(report), sheets) for report in gathered.choice.counted()]
    undecided: dict[tuple[int, int], list[str]] = {}
    for report in np.flatnonzero(choice.standing == Standing.UNDECIDED).tolist():
        place = int(choice.agency_of[report]), int(collection.years[report])
        undecided.setdefault(place, []).append(collection.paths[report])
    words = known("workbook")
    for (agency, year), paths in undecided.items():
        to_do = words["do_choose"].format(paths=words["between"].join(paths))
        found.append(Line(agency, year, words["state_undecided"], [0] * len(KINDS), 0, to_do))
    return sorted(
        found,
        key=lambda line: (
            choice.agencies[line.agency].code or "~",
            choice.agencies[line.agency].name,
            line.year,
        ),
    )


def _line(gathered: Gathered, report: int, sheets: dict[int, AgencyReports]) -> Line:
    agency = int(gathered.choice.agency_of[report])
    sheet = sheets.get(agency)
    matters = sheet.matters.get(report, []) if sheet else []
    counted = Counter(matter.kind for matter in matters)
    cells = len({cell for matter in matters for cell in matter.cells})
    review_cells = len({cell for matter in matters if matter.kind == "review" for cell in matter.cells})
    words = known("workbook")
    to_do = [
        words[f"do_{kind}"].format(count=counted[kind])
        for kind in KINDS
        if kind != "review" and counted[kind]
    ]
    if review_cells:
        to_do.append(words["do_review"].format(count=review_cells))
    elif counted["review"]:
        to_do.append(words["do_look"].format(count=counted["review"]))
    return Line(
        agency,
        int(gathered.collection.years[report]),
        _state(gathered, report, counted),
        [counted[kind] for kind in KINDS],
        cells,
        words["do_between"].join(to_do),
    )


def _state(gathered: Gathered, report: int, counted: Counter[Any]) -> str:
    words: dict[str, str] = known("workbook")
    if sum(counted.values()) > counted["review"]:
        return words["state_matters"]
    if counted["review"]:
        return words["state_review"]
    is_checked = bool(gathered.collection.count("holds")[report])
    return words["state_none" if is_checked else "state_nothing_checked"]


def fill(
    worksheet: Any, formats: dict[str, Any], gathered: Gathered, rows: list[Line], date: str, link: Link
) -> None:
    """Fill the sheet."""
    words = known("workbook")
    for column, wide in enumerate(SUMMARY_WIDTHS):
        worksheet.set_column(column, column, wide)
    write(worksheet, 0, 0, words["summary_title"], formats["title"])
    worksheet.set_row(0, 28)
    facts = words["summary_facts"].format(
        agencies=len({row.agency for row in rows}),
        reports=int((gathered.choice.standing == Standing.COUNTED).sum()),
        with_matters=len({row.agency for row in rows if any(row.counts) or row.cells}),
        date=date,
    )
    write(worksheet, 1, 0, facts, None)
    for column, head in enumerate(words["summary_heads"]):
        write(worksheet, _TOP, column, head, formats["head"])
    worksheet.set_row(_TOP, 32)
    for n, row in enumerate(rows, _TOP + 1):
        _row(worksheet, formats, gathered, n, row, link)
    last = len(words["summary_heads"]) - 1
    worksheet.autofilter(_TOP, 0, max(_TOP + 1, _TOP + len(rows)), last)
    worksheet.freeze_panes(_TOP + 1, 1)
    worksheet.set_landscape()
    worksheet.set_paper(9)  # A4
    worksheet.fit_to_pages(1, 0)
    worksheet.repeat_rows(_TOP)
    worksheet.set_footer("&L&A&R&P / &N")


def _row(worksheet: Any, formats: dict[str, Any], gathered: Gathered, n: int, row: Line, link: Link) -> None:
    agency = gathered.choice.agencies[row.agency]
    place = "".join(part for part in agency.place if part)
    texts: tuple[Shown, ...] = (agency.name, place, row.year, row.state)
    for column, value in enumerate((*texts, *row.counts, row.cells)):
        write(worksheet, n, column, value, formats["text" if isinstance(value, str) else "number"])
    write(worksheet, n, len(texts) + len(row.counts) + 1, row.to_do, formats["text"])
    target = link(row.agency)
    column = len(texts) + len(row.counts) + 2
    if target is None:
        write(worksheet, n, column, None, formats["text"])
    else:
        worksheet.write_url(n, column, target, formats["link"], known("workbook")["open"])
    fitted = [(agency.name, SUMMARY_WIDTHS[0]), (place, SUMMARY_WIDTHS[1]), (row.to_do, SUMMARY_WIDTHS[-2])]
    worksheet.set_row(n, height(fitted) + 2)


def agencies_with_matters(gathered: Gathered, has: Callable[[Gathered, int], bool]) -> Iterator[int]:
    """Yield the agencies of which any report that counts has something to explain, by code and name."""
    agencies: set[int] = set()
    for report in gathered.choice.counted().tolist():
        if has(gathered, report):
            agencies.add(int(gathered.choice.agency_of[report]))
    yield from sorted(
        agencies, key=lambda n: (gathered.choice.agencies[n].code or "~", gathered.choice.agencies[n].name)
    )
