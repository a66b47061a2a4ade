"""Workbooks: what their sheets show, as paragraphs and tables, with the address of each cell."""

from __future__ import annotations

from io import BytesIO
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from openpyxl.cell.rich_text import CellRichText, TextBlock
from openpyxl.cell.text import InlineFont
from openpyxl.styles import Font, PatternFill

from nlp.pipeline import Reader
from nlp.reading.document import DecodedText, Unreadable
from nlp.reading.inputs import BytesInput
from nlp.reading.xlsx.formats import shown
from nlp.reading.xlsx.reading import read
from nlp.text.cells import UNREAD
from tests.hostile.making import zipped


def book(fill: Any) -> bytes:
    """Return a workbook that a function fills, given its first sheet."""
    made = openpyxl.Workbook()
    fill(made.active)
    made.calculation.fullCalcOnLoad = False
    file = BytesIO()
    made.save(file)
    return file.getvalue()


def cells(decoded: DecodedText) -> list[list[list[str]]]:
    return [
        [[decoded.text[cell.start : cell.end] for cell in row] for row in table.rows]
        for table in decoded.tables
    ]


def form(sheet: Any) -> None:
    sheet.title = "附表"
    sheet.append(["某某县某某局2023年政府信息公开工作年度报告"])
    sheet.merge_cells("A1:C1")
    sheet.append([])
    sheet.append(["信息内容", "本年制发件数", "本年废止件数"])
    sheet.append(["规章", 3, 0])
    sheet.append(["行政规范性文件", "1,204", None])
    sheet["C5"].border = openpyxl.styles.Border(bottom=openpyxl.styles.Side("thin"))
    sheet.append([])
    sheet.append(["四、说明\n无。"])


def test_a_sheet_is_paragraphs_and_tables() -> None:
    decoded = read(book(form))
    assert decoded.text.split("\n") == [
        "某某县某某局2023年政府信息公开工作年度报告",
        "信息内容\t本年制发件数\t本年废止件数",
        "规章\t3\t0",
        "行政规范性文件\t1,204\t",
        "四、说明",
        "无。",
    ]
    assert cells(decoded) == [
        [["信息内容", "本年制发件数", "本年废止件数"], ["规章", "3", "0"], ["行政规范性文件", "1,204", ""]]
    ]


def test_each_cell_has_its_address() -> None:
    decoded = read(book(form))
    assert decoded.places is not None
    start = decoded.text.index("1,204")
    place = decoded.places.of((start, start + 5))
    assert place is not None
    assert (place.sheet, place.cell, place.text) == ("附表", "B5", "附表!B5")
    title = decoded.places.of((0, 4))
    assert title is not None
    assert title.cell == "A1"


def test_merged_cells_stand_once() -> None:
    def fill(sheet: Any) -> None:
        for row in (["办理结果", "予以公开", 1], [None, "部分公开", 2], ["合计", None, 3]):
            sheet.append(row)
        sheet.merge_cells("A1:A2")
        sheet.merge_cells("A3:B3")

    decoded = read(book(fill))
    assert decoded.text.split("\n") == ["办理结果\t予以公开\t1", "\t部分公开\t2", "合计\t3"]
    (table,) = decoded.tables
    first, total = table.rows[0][0], table.rows[2][0]
    assert (first.row_span, first.column_span, total.row_span, total.column_span) == (2, 1, 1, 2)


def test_what_is_hidden_is_left_out() -> None:
    def fill(sheet: Any) -> None:
        for n in range(4):
            sheet.append([f"行{n}", n, f"批注{n}", n * 10])
        sheet.row_dimensions[2].hidden = True
        sheet.column_dimensions["C"].hidden = True
        hidden = sheet.parent.create_sheet("藏起来的")
        hidden["A1"] = "看不见"
        hidden.sheet_state = "hidden"

    assert read(book(fill)).text.split("\n") == ["行0\t0\t0", "行2\t2\t20", "行3\t3\t30"]


def test_rows_and_columns_without_a_size_are_hidden() -> None:
    def fill(sheet: Any) -> None:
        for n in range(3):
            sheet.append([f"行{n}", n, n * 10])
        sheet.row_dimensions[2].height = 0.5
        sheet.column_dimensions["B"].width = 0.1

    assert read(book(fill)).text.split("\n") == ["行0\t0", "行2\t20"]


STRUCK, RAISED = Font(strike=True), Font(vertAlign="superscript")
WHITE = Font(color="FFFFFFFF")
FILL = PatternFill("solid", fgColor="FF4472C4")
OLD, MARK = InlineFont(strike=True), InlineFont(vertAlign="superscript")
LOOKS = {
    "struck out beside": (CellRichText(TextBlock(OLD, "6"), "3"), None, None, "3"),
    "raised beside": (CellRichText("114", TextBlock(MARK, "9")), None, None, "114"),
    "lowered beside": (
        CellRichText("114", TextBlock(InlineFont(vertAlign="subscript"), "9")),
        None,
        None,
        "114",
    ),
    "white beside": (CellRichText(TextBlock(InlineFont(color="FFFFFFFF"), "9"), "12"), None, None, "12"),
    "white beside, on a colour": (
        CellRichText("1", TextBlock(InlineFont(color="FFFFFFFF"), "2")),
        None,
        FILL,
        "12",
    ),
    "runs that say nothing": (CellRichText("1", TextBlock(InlineFont(b=True), "2")), None, None, "12"),
    "words beside": (CellRichText("规章", TextBlock(MARK, "1")), None, None, "规章1"),
    "a struck-out number": (12, STRUCK, None, ""),
    "a struck-out text": ("12 件", STRUCK, None, ""),
    "a struck-out label": ("规章", STRUCK, None, "规章"),
    "a struck-out cell with a new number": (
        CellRichText("6", TextBlock(InlineFont(b=True), "3")),
        STRUCK,
        None,
        "3",
    ),
    "a raised number": (12, RAISED, None, "12"),
    "a white number": (12, WHITE, None, UNREAD),
    "a white number on a colour": (12, WHITE, FILL, "12"),
}


@pytest.mark.parametrize(("value", "font", "fill", "text"), LOOKS.values(), ids=LOOKS)
def test_looks_tell_what_is_none_of_a_number(value: Any, font: Any, fill: Any, text: str) -> None:
    def write(sheet: Any) -> None:
        sheet.append(["行政许可", value, 5])
        if font:
            sheet["B1"].font = font
        if fill:
            sheet["B1"].fill = fill

    assert read(book(write)).text == f"行政许可\t{text}\t5"


def test_shared_texts_have_runs_as_well() -> None:
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        old = made.add_format({"font_strikeout": True})
        sheet.write_row(0, 0, ["行政许可", "", 5])
        sheet.write_rich_string(0, 1, old, "6", made.add_format({"bold": True}), "3")
    assert read(file.getvalue()).text == "行政许可\t3\t5"


def test_values_are_as_they_are_shown() -> None:
    def fill(sheet: Any) -> None:
        values = [
            (0.256, "0.0%"),
            (12345.5, "#,##0"),
            (45292, 'yyyy"年"m"月"d"日"'),
            (0, '_ * #,##0_ ;_ * -#,##0_ ;_ * "-"??_ ;_ @_ '),
            (3.0, "General"),
            (-5, "#,##0;(#,##0)"),
            (69707404, '0"元"'),
            (True, "General"),
        ]
        for n, (value, format) in enumerate(values, 1):
            sheet.cell(1, n, value).number_format = format

    assert read(book(fill)).text.split("\t") == [
        *("25.6%", "12,346", "2024年1月1日", "-", "3", "(5)", "69707404元", "TRUE")
    ]


def test_a_formula_without_a_result_is_no_number() -> None:
    """openpyxl stores none, xlsxwriter stores 0 and says that all is to be computed on opening."""
    file = BytesIO()
    with xlsxwriter.Workbook(file, {"in_memory": True}) as made:
        sheet = made.add_worksheet()
        sheet.write_row(0, 0, ["合计", 2, 3])
        sheet.write_formula(0, 3, "=B1+C1")
    assert read(file.getvalue()).text == "合计\t2\t3\t=B1+C1"
    stored = file.getvalue()
    assert stored

    def fill(sheet: Any) -> None:
        sheet.append(["合计", 2, "=B1*2"])

    assert read(book(fill)).text == "合计\t2\t=B1*2"


def test_a_formula_with_a_result_shows_it() -> None:
    names = "xmlns='http://schemas.openxmlformats.org/spreadsheetml/2006/main'"
    relations = "xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'"
    row = "<row r='1'><c r='A1' t='inlineStr'><is><t>合计</t></is></c><c r='B1'><f>2+3</f><v>5</v></c></row>"
    sheets = "<sheets><sheet name='a' r:id='r1'/></sheets>"
    members = {
        "xl/workbook.xml": f"<workbook {names} {relations}>{sheets}</workbook>",
        "xl/_rels/workbook.xml.rels": "<R><Relationship Id='r1' Target='worksheets/sheet1.xml'/></R>",
        "xl/worksheets/sheet1.xml": f"<worksheet {names}><sheetData>{row}</sheetData></worksheet>",
    }
    assert read(zipped({name: text.encode() for name, text in members.items()})).text == "合计\t5"


@pytest.mark.parametrize(
    ("value", "format", "text"),
    [
        ("1234.5", "#,##0.00_);[Red](#,##0.00)", "1,234.50"),
        ("1200000", '0.0,,"百万"', "1.2百万"),
        ("0.5", "h:mm AM/PM", "12:00 PM"),
        ("0.0001", "General", "0.0001"),
        ("1E-3", "0.0", "0.0"),
        ("2.5", "0", "3"),
        ("7", '"第"0"号"', "第7号"),
        ("45292.75", "yyyy-mm-dd hh:mm:ss", "2024-01-01 18:00:00"),
        ("5", "[>3]0;0.0", "5"),
        ("-0.4", "0", "0"),
        ("-1234", "#,##0", "-1,234"),
        ("x", "0", "x"),
        ("9" * 40, "0.00", "9" * 40 + ".00"),
        ("1e999999999", "0", "1e999999999"),
        ("1234567", "#,##0,.00", "1,234.57"),
        ("0", "# ##0", "0"),
        ("12.000000000001", "General", "12"),
        ("123", "0.00e+00", "123"),
    ],
)
def test_number_formats(value: str, format: str, text: str) -> None:
    assert shown(value, format) == text


def test_nothing_to_see_is_told() -> None:
    with pytest.raises(Unreadable) as refusal:
        read(book(lambda sheet: None))
    assert refusal.value.code == "empty"


def test_a_form_in_a_workbook_is_a_record_with_places() -> None:
    def fill(sheet: Any) -> None:
        sheet.title = "主动公开"
        sheet.append(["某某县水利局2023年政府信息公开工作年度报告"])
        sheet.append(["二、主动公开政府信息情况"])
        sheet.append(["第二十条第（一）项"])
        sheet.append(["信息内容", "本年制发件数", "本年废止件数", "现行有效件数"])
        sheet.append(["规章", 1, 0, 4])
        sheet.append(["行政规范性文件", 12, 3, 57])
        sheet.append(["第二十条第（五）项"])
        sheet.append(["信息内容", "本年处理决定数量"])
        sheet.append(["行政许可", 1208])

    report = Reader().read(BytesInput("form.xlsx", content=book(fill)))
    cell = report.cell("disclosure.normative_documents.in_force")
    assert (cell.value, cell.at.text if cell.at else None) == (57, "主动公开!D6")
    assert report.cell("disclosure.licensing.decisions").value == 1208
    assert report.year == 2023
