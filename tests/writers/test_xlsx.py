"""The workbook: a sheet a table, headers in sight, texts as text, Excel's limits told."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from nlp.record.model import Cell, Problem, Report, Section, Source
from nlp.writers import jsonl, xlsx
from nlp.writers.exporting import exporting
from nlp.writers.formats import Choices, destination
from nlp.writers.remarks import Remarks
from nlp.writers.rows import rows
from nlp.writers.tables import named, tables
from nlp.writers.xlsx_texts import LONGEST_TEXT

ALL, SOME = Choices(), Choices(("reports", "items", "sections"))
SOURCE = Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1)


def workbook(path: Path, *records: Report, choices: Choices = SOME) -> tuple[openpyxl.Workbook, list[str]]:
    remarks = Remarks()
    with exporting(destination(str(path / "out.xlsx")), choices, remarks) as sink:
        for record in records:
            sink.write(jsonl.line(record))
    with closing(openpyxl.load_workbook(path / "out.xlsx")) as book:
        return book, remarks.sentences()


def column(sheet: Any, name: str) -> list[Any]:
    """Return the cells of a column below its header."""
    at = [cell.value for cell in sheet[1]].index(name)
    return [row[at] for row in sheet.iter_rows(min_row=2)]


def problem(text: str) -> Report:
    return Report(source=SOURCE, year=2022, problems=[Problem(text, (1, 1), (0, 1))])


def test_a_sheet_has_its_header_and_who_and_when_in_sight_and_filters(tmp_path: Path) -> None:
    book, _ = workbook(tmp_path, problem("a"), problem("b"), choices=ALL)
    assert book.sheetnames == [table.id for table in tables()]
    for table in tables():
        sheet = book[table.id]
        assert sheet.freeze_panes in ("E2", "B2")
        assert sheet.auto_filter.ref == sheet.dimensions
        assert sheet.max_column == len(table.columns)
        assert all(cell.font.bold for cell in sheet[1])
    assert book["reports"].freeze_panes == "E2"


def test_headers_and_sheets_can_be_chinese(tmp_path: Path) -> None:
    book, _ = workbook(tmp_path, problem("a"), choices=Choices(headers="zh"))
    assert book.sheetnames == [table.zh for table in tables()]
    assert [cell.value for cell in book["问题与措施"][1]] == named("items").headers("zh")
    assert [cell.value for cell in book["报告"][1]] == named("reports").headers("zh")


def test_the_dictionary_is_a_sheet(tmp_path: Path) -> None:
    book, _ = workbook(tmp_path, problem("a"), choices=Choices(tables=("items", "dictionary")))
    assert book.sheetnames == ["items", "dictionary"]
    assert book["dictionary"].max_row - 1 == sum(len(table.columns) for table in tables())


@pytest.mark.parametrize(
    "text", ["=1+1", "2023", "-2", "http://example.org", "TRUE", "  a  ", "a\nb", "a\r\nb", "<&>"]
)
def test_text_is_text_in_excel_and_stays_so_when_it_is_edited(tmp_path: Path, text: str) -> None:
    book, said = workbook(tmp_path, problem(text))
    (cell,) = column(book["items"], "text")
    assert (cell.value, cell.data_type, cell.number_format, cell.hyperlink) == (text, "s", "@", None)
    assert said == []


def test_numbers_are_numbers(tmp_path: Path) -> None:
    book, _ = workbook(tmp_path, problem("a"))
    (year,), (review,) = (column(book["reports"], name) for name in ("year", "needs_review"))
    assert (year.value, year.data_type, review.value, review.data_type) == (2022, "n", False, "b")


def test_a_number_of_too_many_digits_is_text_and_told(tmp_path: Path) -> None:
    cell = Cell(10**17, "1" + "0" * 17, "printed", 1, (0, 18), 0.9)
    record = Report(source=SOURCE, tables={"requests": {"total": {"total": cell}}})
    book, said = workbook(tmp_path, record)
    (found,) = column(book["reports"], "requests__total__total")
    assert (found.value, found.data_type) == (str(10**17), "s")
    assert "Numbers of more digits than Excel computes with, written as text: 1" in " ".join(said)


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("字" * LONGEST_TEXT, LONGEST_TEXT),
        ("字" * (LONGEST_TEXT + 1), None),
        ("\U0001f600" * LONGEST_TEXT, None),
    ],
)
def test_a_text_that_is_too_long_for_excel_is_cut_where_it_says_so(
    tmp_path: Path, text: str, kept: int | None
) -> None:
    book, said = workbook(
        tmp_path, Report(source=SOURCE, sections=[Section("overview", "", 1, (1, 1), text)])
    )
    (cell,) = column(book["sections"], "text")
    if kept:
        assert (cell.value, said) == (text, [])
        return
    assert len(cell.value.encode("utf-16-le")) // 2 <= LONGEST_TEXT
    assert cell.value.startswith(text[:10_000])
    assert cell.value.endswith("characters cut）")
    assert said == [
        "Texts longer than the 32,767 characters of an Excel cell, cut: 1 (first: sections, record 1)."
    ]


def test_characters_that_xml_forbids_are_told(tmp_path: Path) -> None:
    book, said = workbook(tmp_path, problem("a\x01b_x0041_"))
    assert column(book["items"], "text")[0].value == "a_x0001_b_x005F_x0041_"
    assert said[0].startswith("Texts with characters that XLSX cannot hold")


def test_a_table_that_is_too_long_for_a_sheet_goes_on_in_the_next(tmp_path: Path) -> None:
    remarks, table = Remarks(), named("items")
    with xlsx.writing(tmp_path / "out.xlsx", [table], "en", remarks, most_rows=4) as add:
        for n in range(1, 9):
            add(table, rows(problem(f"no. {n}"), n)["items"])
    with closing(openpyxl.load_workbook(tmp_path / "out.xlsx")) as book:
        assert [(sheet.title, sheet.max_row) for sheet in book] == [
            ("items", 4),
            ("items 2", 4),
            ("items 3", 3),
        ]
        assert [cell.value for sheet in book for cell in column(sheet, "text")] == [
            f"no. {n}" for n in range(1, 9)
        ]
        assert book["items 3"].auto_filter.ref == book["items 3"].dimensions
    assert remarks.sentences() == ["Further sheets, as one of Excel has 4 rows: 2 (first: items 2)."]
