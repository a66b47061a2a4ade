"""Where a cell stands in a Word document: by table, row and column, or by paragraph; said in Chinese."""

from __future__ import annotations

from nlp.auditing.places import where
from nlp.pipeline import Reader
from nlp.reading.docx.reading import read
from nlp.reading.inputs import Input
from nlp.record.model import Cell, Place
from tests.hostile.making import cell, docx, paragraph, table
from tests.project import ROOT

MERGED = [
    [cell("办理结果", '<w:vMerge w:val="restart"/>'), "予以公开", "1"],
    [cell("", "<w:vMerge/>"), "部分公开", "2"],
    [cell("合计", '<w:gridSpan w:val="2"/>'), "3"],
]


def test_places_count_tables_rows_columns_and_paragraphs() -> None:
    body = paragraph("一、概述") + table([["规章", "7"]]) + paragraph("二、申请") + table(MERGED)
    decoded = read(docx(body))
    assert decoded.places is not None

    def place(text: str) -> str:
        start = decoded.text.index(text)
        assert decoded.places is not None
        found = decoded.places.of((start, start + len(text)))
        return "" if found is None else found.text

    assert [place(text) for text in ("7", "部分公开", "2", "合计", "3", "概述", "申请")] == [
        "table 1 row 1 column 2",
        "table 2 row 2 column 2",
        "table 2 row 2 column 3",
        "table 2 row 3 column 1",
        "table 2 row 3 column 3",
        "paragraph 1",
        "paragraph 2",
    ]


def test_cells_of_a_word_document_have_their_place_and_those_of_others_none() -> None:
    reader = Reader()
    renderings = ROOT / "tests" / "renderings"
    report = reader.read(Input(str(renderings / "0173.docx")))
    printed = [one for _, one in report.cells() if one.state == "printed"]
    assert all(one.at and one.at.table and one.at.row and one.at.column for one in printed)
    assert len({one.at.text for one in printed if one.at}) == len(printed)
    page = reader.read(Input(str(renderings / "0173.html")))
    assert not any(one.at for _, one in page.cells())


def test_places_are_said_in_chinese() -> None:
    cells = [
        Cell(3, "3", "printed", 4, (7, 8), 0.9, at=Place(table=2, row=5, column=column))
        for column in range(1, 6)
    ]
    assert where(cells[2:3], "application/msword") == "第2个表第5行第3列"
    assert where(cells, "application/msword") == "第2个表第5行第1列、第2个表第5行第2列、第2个表第5行第3列等"
    in_paragraph = Cell(3, "3", "printed", 4, (7, 8), 0.9, at=Place(paragraph=12))
    assert where([in_paragraph], "application/msword") == "第12段"
