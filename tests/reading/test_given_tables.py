"""Readers hand over tables with the spans of their cells and the places of their texts."""

from __future__ import annotations

import pytest

from nlp.reading.document import DecodedText
from nlp.reading.docx import reading as docx_reading
from nlp.reading.html import reading as html_reading
from nlp.reading.pdf import reading as pdf_reading
from nlp.reading.text import decode
from tests.hostile.making import cell, docx, paragraph, pdf, ruled, shown, table
from tests.reading.drawing import Drawing

Placed = tuple[int, int, int, int, str]
"""The row and column of a cell, how many rows and columns it spans, and its text."""


def cells(decoded: DecodedText, number: int = 0) -> list[Placed]:
    return [
        (given.row, given.column, given.row_span, given.column_span, decoded.text[given.start : given.end])
        for row in decoded.tables[number].rows
        for given in row
    ]


MERGED: list[Placed] = [
    (0, 0, 2, 1, "办理结果"),
    (0, 1, 1, 1, "予以公开"),
    (0, 2, 1, 1, "1"),
    (1, 1, 1, 1, "部分公开"),
    (1, 2, 1, 1, ""),
    (2, 0, 1, 2, "结转"),
    (2, 2, 1, 1, "0"),
]
"""The same table in each format: one label over two rows, one over two columns, a blank cell."""


def test_a_page_says_how_many_rows_and_columns_a_cell_spans() -> None:
    decoded = html_reading.read(
        (
            "<p>三、收到和处理</p><table><tr><td rowspan=2>办理<br>结果<td>予以公开<td>1"
            "<tr><td>部分公开<td><tr><td colspan=2>结转<td>0</table>"
        ).encode()
    )
    assert cells(decoded) == MERGED


def test_a_word_document_says_it_by_merges() -> None:
    rows = [
        [cell("办理结果", '<w:vMerge w:val="restart"/>'), cell("予以公开"), cell("1")],
        [cell("", "<w:vMerge/>"), cell("部分公开"), cell("")],
        [cell("结转", '<w:gridSpan w:val="2"/>'), cell("0")],
    ]
    assert cells(docx_reading.read(docx(paragraph("三、收到") + table(rows)))) == MERGED


def test_old_word_documents_repeat_cells_over_columns() -> None:
    rows = [[cell("结转", '<w:hMerge w:val="restart"/>'), cell("", "<w:hMerge/>"), cell("0")]]
    assert cells(docx_reading.read(docx(table(rows)))) == [(0, 0, 1, 2, "结转"), (0, 2, 1, 1, "0")]


def test_a_row_of_a_word_document_may_begin_further_right() -> None:
    begins = '<w:trPr><w:gridBefore w:val="2"/></w:trPr>'
    body = f"<w:tbl><w:tr>{begins}{cell('予以公开')}{cell('1')}</w:tr></w:tbl>"
    assert [place[1] for place in cells(docx_reading.read(docx(body)))] == [2, 3]


def test_the_lines_of_a_pdf_part_its_cells() -> None:
    drawn = b"".join(ruled(100, y, 400, y) for y in (640, 600, 580))
    drawn += ruled(200, 620, 400, 620)
    drawn += b"".join(ruled(x, 580, x, 640) for x in (100, 300, 400)) + ruled(200, 600, 200, 640)
    words = [
        shown("results", 110, 615),
        shown("granted", 210, 625),
        shown("1", 310, 625),
        shown("partly", 210, 605),
        shown("carried over", 110, 585),
        shown("0", 310, 585),
    ]
    decoded = pdf_reading.read(pdf(b"".join([shown("a line of prose", 100, 700), drawn, *words])))
    english = {"办理结果": "results", "予以公开": "granted", "部分公开": "partly", "结转": "carried over"}
    assert cells(decoded) == [(*place[:4], english.get(place[4], place[4])) for place in MERGED]


def test_a_table_over_two_pages_is_one() -> None:
    drawing = Drawing(at=110)
    drawing.table([["规章", "3"], ["行政许可", "5"], ["行政处罚", "0"], ["行政强制", "7"]], (100, 60))
    decoded = pdf_reading.read(drawing.pdf())
    assert [place[4] for place in cells(decoded)[::2]] == ["规章", "行政许可", "行政处罚", "行政强制"]
    assert len(decoded.tables) == 1


def test_tables_in_markdown_have_their_cells() -> None:
    page = "# 二、主动公开\n\n<table><tr><td>规章</td><td>3</td></tr></table>\n\n无。\n"
    assert cells(html_reading.read_markdown(page.encode())) == [(0, 0, 1, 1, "规章"), (0, 1, 1, 1, "3")]


def test_a_row_without_text_has_its_cells_behind_the_row_before() -> None:
    decoded = html_reading.read("<p>四、</p><table><tr><td>维持<td>纠正<tr><td><td></table>".encode())
    assert decoded.text == "四、\n维持\t纠正"
    assert [(given.start, given.end) for given in decoded.tables[0].rows[1]] == [(8, 8), (8, 8)]


def test_plain_text_gives_no_tables() -> None:
    assert decode("规章\t3\n行政许可\t5".encode()).tables == ()


MARKED = {
    "raised": ("12<sup>1</sup>", "12"),
    "raised by style": ('12<span style="font-size:8pt; vertical-align: super">1</span>', "12"),
    "lowered, with a unit": ("12<sub>注2</sub> 件", "12 件"),
    "struck out": ("<del>5</del>12", "12"),
    "struck out by style": ('<span style="text-decoration: line-through">5</span>12', "12"),
    "struck out alone": ("<p><s>5</s></p>", ""),
    "in a field": ('<input size="3" value="12"><sup>1</sup>', "12"),
    "raised alone": ("<sup>12</sup>", "12"),
    "beside words": ("规章<sup>1</sup>", "规章1"),
    "two numbers": ("3 5<sup>1</sup>", "3 51"),
}


@pytest.mark.parametrize(("markup", "text"), MARKED.values(), ids=MARKED)
def test_marked_digits_are_none_of_a_number(markup: str, text: str) -> None:
    decoded = html_reading.read(f"<table><tr><td>行政许可<td>{markup}</table>".encode())
    assert decoded.text.split("\t")[1] == text


def test_marked_digits_stay_in_prose() -> None:
    assert html_reading.read("<p>面积 12 m<sup>2</sup></p>".encode()).text == "面积 12 m2"


FIELDS = {
    "a number": ('<input type="number" value="12">', "12"),
    "nothing typed": ("<input>件", "件"),
    "hidden": ('<input type="hidden" value="9">12', "12"),
    "a list": ("<select><option>0<option selected>12</select>", "12"),
    "a list with its first entry": ("<select><option>0<option>12</select>", "0"),
    "a box": ("<textarea> 12 </textarea>", "12"),
    "a button": ("12<button>保存</button>", "12"),
}


@pytest.mark.parametrize(("markup", "text"), FIELDS.values(), ids=FIELDS)
def test_fields_of_a_cell_have_their_value(markup: str, text: str) -> None:
    decoded = html_reading.read(f"<table><tr><td>行政许可<td>{markup}</table>".encode())
    assert decoded.text.split("\t")[1] == text


def run(text: str, look: str = "") -> str:
    return f"<w:r><w:rPr>{look}</w:rPr><w:t>{text}</w:t></w:r>"


def form_field(settings: str, result: str = "") -> str:
    begin = f'<w:r><w:fldChar w:fldCharType="begin"><w:ffData>{settings}</w:ffData></w:fldChar></w:r>'
    middle = f'<w:r><w:fldChar w:fldCharType="separate"/></w:r>{result}'
    return f'{begin}{middle}<w:r><w:fldChar w:fldCharType="end"/></w:r>'


ENTRIES = '<w:ddList><w:result w:val="1"/><w:listEntry w:val="0"/><w:listEntry w:val="12"/></w:ddList>'
HINT = "<w:sdt><w:sdtPr><w:showingPlcHdr/></w:sdtPr><w:sdtContent>{}</w:sdtContent></w:sdt>"
WORD = {
    "raised": (run("12") + run("1", '<w:vertAlign w:val="superscript"/>'), "12"),
    "on the line": (run("12") + run("1", '<w:vertAlign w:val="baseline"/>'), "121"),
    "struck out": (run("5", "<w:strike/>") + run("12"), "12"),
    "struck out twice": (run("5", "<w:dstrike/>") + run("12"), "12"),
    "not struck out": (run("5", '<w:strike w:val="0"/>') + run("12"), "512"),
    "raised by a style": (run("12") + run("1", '<w:rStyle w:val="note"/>'), "12"),
    "beside words": (run("规章") + run("1", '<w:vertAlign w:val="superscript"/>'), "规章1"),
    "a list": (form_field(ENTRIES), "12"),
    "a box with its default": (form_field('<w:textInput><w:default w:val="12"/></w:textInput>'), "12"),
    "a box": (form_field('<w:textInput><w:default w:val="0"/></w:textInput>', run("12")), "12"),
    "a field": ('<w:fldSimple w:instr="=SUM(ABOVE)">' + run("12") + "</w:fldSimple>", "12"),
    "a control": (f"<w:sdt><w:sdtContent>{run('12')}</w:sdtContent></w:sdt>", "12"),
    "a control that nobody filled in": (HINT.format(run("单击此处输入文字")), ""),
}


@pytest.mark.parametrize(("runs", "text"), WORD.values(), ids=WORD)
def test_a_cell_of_a_word_document_has_its_value(runs: str, text: str) -> None:
    styles = (
        '<w:style w:styleId="note"><w:rPr><w:vertAlign w:val="superscript"/></w:rPr></w:style>'
        '<w:style w:styleId="plain"/>'
    )
    value_cell = f"<w:tc><w:p>{runs}</w:p></w:tc>"
    decoded = docx_reading.read(docx(table([["行政许可", value_cell]]), styles=styles))
    assert decoded.text.split("\t")[1] == text


def printed_value(*content: bytes) -> str:
    grid = b"".join(ruled(100, y, 300, y) for y in (600, 620)) + b"".join(
        ruled(x, 600, x, 620) for x in (100, 200, 300)
    )
    words = [shown("this line is long enough", 100, 700), shown("licences", 110, 605), grid]
    return pdf_reading.read(pdf(b"".join([*words, *content]))).text.split("\t")[1]


def test_small_raised_digits_of_a_pdf_are_none_of_a_number() -> None:
    assert printed_value(shown("12", 210, 605), shown("1", 221.5, 608.5, size=6)) == "12"
    assert printed_value(shown("12", 210, 605), shown("1", 221.5, 605)) == "121"


def test_small_digits_beside_words_stay() -> None:
    assert printed_value(shown("m", 210, 605), shown("2", 218.5, 608.5, size=6)) == "m2"
