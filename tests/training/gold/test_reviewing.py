"""The sheet of a workbook that lists what a person should look at."""

from __future__ import annotations

import io

import msgspec
from msgspec.structs import replace
from openpyxl import load_workbook

from nlp.checking.reasons import reason
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.resources import folder
from nlp.writers import jsonl
from training.gold.exporting import workbook
from training.scoring.gold import Record


def test_each_cell_of_a_reason_has_its_name_its_line_and_a_link_into_the_form() -> None:
    report = Reader().read(Input(str(folder("data") / "samples" / "01-tabs-2025.txt")))
    cells = ["requests.total.natural_person", "requests.total.total"]
    reasons = [reason("several_reports"), reason("cells_doubtful", cells, count=2, ids=", ".join(cells))]
    line = jsonl.line(replace(report, review=reasons))
    book = load_workbook(io.BytesIO(workbook(msgspec.json.decode(line, type=Record), [])))
    rows = [[cell.value for cell in row] for row in book["复核"].iter_rows(min_row=2)]
    assert [row[1] for row in rows] == [None, "（七）总计·自然人", "（七）总计·总计"]
    assert "文件里可能有几份报告" in rows[0][0]
    assert (rows[1][3], rows[2][3]) == tuple(report.cell(id).line for id in cells)
    for row, id in zip((3, 4), cells, strict=True):
        sheet, _, address = book["复核"].cell(row, 2).hyperlink.location.partition("!")
        assert book[sheet.strip("'")][address].value == report.cell(id).value
