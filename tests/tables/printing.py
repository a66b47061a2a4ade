"""Whole reports whose cells a test fills: as pages of a site, Markdown, Word documents and workbooks."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import cache
from io import BytesIO
from itertools import groupby
from typing import NamedTuple

import openpyxl
from openpyxl.utils import get_column_letter as letter

from nlp.form import form as forms
from nlp.form.printed import printed_cells
from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.model import Cell, Report
from tests.hostile.making import cell, docx, paragraph, table

TITLE = "青禾县水务局2023年政府信息公开工作年度报告"
CHAPTERS = {
    "disclosure": "二、主动公开政府信息情况",
    "requests": "三、收到和处理政府信息公开申请情况",
    "review_litigation": "四、政府信息公开行政复议、行政诉讼情况",
}
BEHIND = ("五、存在的主要问题及改进情况", "无。", "六、其他需要报告的事项", "无。")
BEFORE = (TITLE, "一、总体情况", "本年度工作有序开展。")


class Box(NamedTuple):
    """A cell as it is printed: its place in the grid, how many rows and columns it spans, what it holds."""

    row: int
    column: int
    down: int
    across: int
    text: str


def boxes(table_id: str, filled: Mapping[str, str], merged: Collection[str]) -> list[list[Box]]:
    """Return the rows of a table of the form.

    `filled` says what stands in cells, by `row.column`; 0 stands in all others. The cells `merged` reach into
    the row below, in place of the cell there.
    """
    form = forms.named("2021").table(table_id)
    printed = printed_cells(form, [row.id for row in form.rows if not row.optional])
    names = {(one.row, one.column): ".".join(one.cell) for one in printed if one.cell}
    swallowed = {(row + 1, column) for (row, column), name in names.items() if name in merged}
    kept = []
    for one in printed:
        name = names.get((one.row, one.column), "")
        if (one.row, one.column) not in swallowed:
            down = 2 if name in merged else one.down
            text = filled.get(name, "0") if name else one.text
            kept.append(Box(one.row, one.column, down, one.across, text))
    return [list(row) for _, row in groupby(kept, key=lambda box: box.row)]


def html(filled: Mapping[str, str], merged: Collection[str] = (), head: str = "") -> bytes:
    """Return a report as a page of a site; cells are filled with markup."""
    written = [f"<p>{text}</p>" for text in BEFORE]
    for table_id, title in CHAPTERS.items():
        written.append(f"<p>{title}</p><table border=1>")
        for row in boxes(table_id, filled, merged):
            cells = (f"<td rowspan={one.down} colspan={one.across}>{one.text}</td>" for one in row)
            written.append(f"<tr>{''.join(cells)}</tr>")
        written.append("</table>")
    written += [f"<p>{text}</p>" for text in BEHIND]
    return f"<html><head>{head}</head><body>{''.join(written)}</body></html>".encode()


def markdown(filled: Mapping[str, str]) -> bytes:
    """Return a report as Markdown with pipes; a cell over several columns or rows is written in each."""
    written = [*BEFORE]
    for table_id, title in CHAPTERS.items():
        rows = boxes(table_id, filled, ())
        covering = {
            (one.row + down, one.column + across): one.text
            for one in (box for row in rows for box in row)
            for down in range(one.down)
            for across in range(one.across)
        }
        width = 1 + max(column for _, column in covering)
        lines = [
            f"| {' | '.join(covering[n, column] for column in range(width))} |" for n in range(len(rows))
        ]
        written += [title, "", lines[0], "|" + " --- |" * width, *lines[1:], ""]
    return "\n".join([*written, *BEHIND]).encode()


def word(filled: Mapping[str, str], merged: Collection[str] = ()) -> bytes:
    """Return a report as a Word document; line feeds in cells begin paragraphs."""
    body = [paragraph(text) for text in BEFORE]
    for table_id, title in CHAPTERS.items():
        rows = boxes(table_id, filled, merged)
        begun = {(one.row, one.column): one for row in rows for one in row}
        covering = {
            (row, one.column): one for one in begun.values() for row in range(one.row, one.row + one.down)
        }
        written = []
        for row_number in range(len(rows)):
            places = sorted(place for place in covering if place[0] == row_number)
            written.append([_word_cell(covering[place], place[0]) for place in places])
        body += [paragraph(title), table(written)]
    body += [paragraph(text) for text in BEHIND]
    return docx("".join(body))


def _word_cell(box: Box, row: int) -> str:
    """Return a cell of a row; in the rows below its first it is an empty one that goes on."""
    settings = f'<w:gridSpan w:val="{box.across}"/>'
    if box.down > 1:
        settings += '<w:vMerge w:val="restart"/>' if box.row == row else "<w:vMerge/>"
    text = box.text if box.row == row else ""
    return cell(text, settings).replace("\n", "</w:t></w:r></w:p><w:p><w:r><w:t>")


def workbook(filled: Mapping[str, str], merged: Collection[str] = ()) -> bytes:
    """Return a report as a workbook."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for text in BEFORE:
        sheet.append([text])
    for table_id, title in CHAPTERS.items():
        sheet.append([title])
        top = sheet.max_row + 1
        for one in (box for row in boxes(table_id, filled, merged) for box in row):
            first, left = top + one.row, letter(one.column + 1)
            sheet[f"{left}{first}"] = int(one.text) if one.text.isdecimal() else one.text
            if one.down > 1 or one.across > 1:
                right = letter(one.column + one.across)
                sheet.merge_cells(f"{left}{first}:{right}{first + one.down - 1}")
    for text in BEHIND:
        sheet.append([text])
    file = BytesIO()
    made.save(file)
    return file.getvalue()


@cache
def _reader() -> Reader:
    return Reader()


def read(content: bytes) -> Report:
    """Return the record of a report."""
    return _reader().read(BytesInput("report", content=content))


def cell_of(report: Report, name: str) -> Cell:
    """Return a cell of a record by its `row.column`."""
    row, column = name.split(".")
    return next(rows[row][column] for rows in report.tables.values() if row in rows)


def reviews(report: Report) -> list[str]:
    """Return the codes of the reasons why a person should look at a record."""
    return [review.code for review in report.review]
