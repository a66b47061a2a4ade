"""Workbooks go out with what there is to explain, and come back as corrections."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from msgspec import UNSET, json
from msgspec.structs import replace
from openpyxl import load_workbook

from nlp.checking.sums import assess
from nlp.commands.between import collected
from nlp.correcting.applying import applied
from nlp.correcting.decisions import decisions
from nlp.form.names import form_of
from nlp.overview.gathering import Gathered, gather
from nlp.overview.notes import Notes
from nlp.overview.words import known
from nlp.overview.workbooks.books import HIDDEN, TooMany, write
from nlp.overview.workbooks.returned import Returned, read
from nlp.record.corrections import Correction
from nlp.record.model import Report, Review
from tests.collection.records import BLANK, record

WORDS = known("workbook")
PERSON, TOTAL = "requests.new_received.natural_person", "requests.new_received.total"


def checked(report: Report) -> Report:
    form = form_of(report.form)
    assert form is not None
    return replace(report, checks=assess(form, report.tables))


def wrong(agency: str = "甲县气象局", year: int = 2023) -> Report:
    """A report whose total is not the sum of its row, and of which one cell is doubtful."""
    values = {PERSON: 5, TOTAL: 6, "requests.granted.natural_person": BLANK}
    doubtful = "review_litigation.review.upheld"
    report = checked(record(agency, year, values, doubtful=(doubtful,)))
    message = f"1 cells were read with little confidence: {doubtful}."
    return replace(report, review=[Review("cells_doubtful", message, [doubtful])])


def start(folder: Path, reports: list[Report]) -> tuple[Gathered, list[str]]:
    path = folder / "records.jsonl"
    path.write_bytes(b"".join(json.encode(report) + b"\n" for report in reports))
    notes = Notes()
    collection, _ = collected([str(path)], notes)
    return gather(collection, notes), [str(path)]


def written(folder: Path, reports: list[Report]) -> Any:
    gathered, files = start(folder, reports)
    write(str(folder / "out.xlsx"), gathered, files, "2026-01-01")
    return load_workbook(folder / "out.xlsx")


def back(book: Any) -> Returned:
    content = BytesIO()
    book.save(content)
    return read("out.xlsx", load_workbook(content), "李", "2026-02-01T00:00:00Z")


def fill_in(book: Any, sheet: str, cell_name: str, value: object, note: str = "") -> None:
    """Fill in a value and a note beside a listed cell."""
    row = next(row[0].row for row in book[sheet].iter_rows() if row[3].value == cell_name)
    book[sheet].cell(row, 11).value = value
    book[sheet].cell(row, 13).value = note or None


TOTAL_NAME = "一、本年新收政府信息公开申请数量·总计"
UPHELD_NAME = "行政复议·结果维持"


def test_a_workbook_tells_what_to_explain(tmp_path: Path) -> None:
    book = written(tmp_path, [wrong(), checked(record("乙县气象局"))])
    assert book.sheetnames == [WORDS["summary"], "甲县气象局", HIDDEN]
    assert book[HIDDEN].sheet_state == "hidden"
    text = "\n".join(str(cell.value) for row in book["甲县气象局"].iter_rows() for cell in row if cell.value)
    assert "“总计”为 6" in text
    assert TOTAL_NAME in text
    summary = [[cell.value for cell in row] for row in book[WORDS["summary"]].iter_rows(min_row=5)]
    assert [(row[0], row[3]) for row in summary] == [
        ("乙县气象局", WORDS["state_none"]),
        ("甲县气象局", WORDS["state_matters"]),
    ]


def test_a_workbook_that_nobody_filled_in_gives_nothing(tmp_path: Path) -> None:
    assert back(written(tmp_path, [wrong()])) == Returned()


def test_what_is_filled_in_becomes_corrections_that_apply(tmp_path: Path) -> None:
    report = wrong()
    book = written(tmp_path, [report])
    fill_in(book, "甲县气象局", TOTAL_NAME, 5, "笔误")
    fill_in(book, "甲县气象局", UPHELD_NAME, WORDS["right"])
    returned = back(book)
    assert returned.faults == []
    made = {correction.field: correction for correction in returned.corrections}
    total = made[f"tables.{TOTAL}"]
    assert (total.id, total.value, total.by, total.note) == (report.id, 5, "李", "笔误")
    assert total.read == {"state": "printed", "value": 6}
    assert made["tables.review_litigation.review.upheld"].state == "confirmed"
    corrected = applied(report, decisions(returned.corrections)[report.id])
    assert corrected.cell(TOTAL).value == 5
    assert corrected.cell("review_litigation.review.upheld").state == "confirmed"
    assert not any(
        check.outcome == "broken" for check in corrected.checks if check.id.endswith("new_received")
    )
    assert not any(review.code == "correction_stale" for review in corrected.review)


@pytest.mark.parametrize(
    ("filled", "state", "value"),
    [
        ("1,024", "corrected", 1024),
        ("空白", "corrected", None),
        ("/", "corrected", None),
        ("缺", "missing", UNSET),
    ],
)
def test_what_a_person_may_write(tmp_path: Path, filled: str, state: str, value: object) -> None:
    book = written(tmp_path, [wrong()])
    fill_in(book, "甲县气象局", TOTAL_NAME, filled)
    (made,) = back(book).corrections
    assert (made.state, made.value) == (state, value)


def table_cell(book: Any, sheet: str, id: str) -> Any:
    """Return the cell of a table on a sheet."""
    for row in book[HIDDEN].iter_rows(min_row=2, values_only=True):
        kept = json.decode("".join(piece for piece in row if piece))
        for address, cell, *_ in kept["cells"]:
            if cell == id and kept["sheet"] == sheet:
                return book[sheet][address]
    raise AssertionError(id)


def test_a_number_of_a_table_may_be_changed_in_its_place(tmp_path: Path) -> None:
    book = written(tmp_path, [wrong()])
    table_cell(book, "甲县气象局", PERSON).value = 6
    (made,) = back(book).corrections
    assert (made.field, made.value) == (f"tables.{PERSON}", 6)


Change = Callable[[Any], None]


def two_ways(book: Any) -> None:
    fill_in(book, "甲县气象局", TOTAL_NAME, 5)
    table_cell(book, "甲县气象局", TOTAL).value = 7


def no_number(book: Any) -> None:
    fill_in(book, "甲县气象局", TOTAL_NAME, "五件左右")


def half(book: Any) -> None:
    fill_in(book, "甲县气象局", TOTAL_NAME, 5.5)


def formula(book: Any) -> None:
    fill_in(book, "甲县气象局", TOTAL_NAME, "=1+1")


def moved(book: Any) -> None:
    book["甲县气象局"].insert_rows(8)


def renamed(book: Any) -> None:
    book["甲县气象局"].title = "别的"


@pytest.mark.parametrize("change", [two_ways, no_number, half, formula, moved, renamed])
def test_what_cannot_be_taken_is_told_with_its_place(tmp_path: Path, change: Change) -> None:
    book = written(tmp_path, [wrong()])
    change(book)
    returned = back(book)
    assert returned.corrections == []
    (fault,) = returned.faults
    assert "甲县气象局" in fault


def test_an_explanation_is_kept_apart_from_corrections(tmp_path: Path) -> None:
    book = written(tmp_path, [wrong()])
    row = next(row[0].row for row in book["甲县气象局"].iter_rows() if "“总计”为 6" in str(row[4].value))
    book["甲县气象局"].cell(row, 12).value = "报告笔误，已更正公布"
    returned = back(book)
    assert returned.corrections == []
    assert [explanation.text for explanation in returned.explanations] == ["报告笔误，已更正公布"]


def test_a_folder_gets_a_workbook_an_agency(tmp_path: Path) -> None:
    gathered, files = start(
        tmp_path, [wrong("甲县气象局"), wrong("乙县气象局"), checked(record("丙县气象局"))]
    )
    assert write(str(tmp_path / "out"), gathered, files, "2026-01-01") == 2
    made = sorted(path.name for path in (tmp_path / "out").rglob("*.xlsx"))
    assert made == sorted(["乙县气象局.xlsx", "甲县气象局.xlsx", f"{WORDS['summary']}.xlsx"])


def test_too_many_agencies_for_one_workbook_need_a_folder(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("nlp.overview.workbooks.books.MOST_SHEETS", 1)
    gathered, files = start(tmp_path, [wrong("甲县气象局"), wrong("乙县气象局")])
    with pytest.raises(TooMany, match="folder"):
        write(str(tmp_path / "out.xlsx"), gathered, files, "2026-01-01")


def test_gold_import_takes_what_came_back(tmp_path: Path) -> None:
    from training.gold.workbooks import NoGold, corrected, imported

    book = written(tmp_path, [wrong()])
    fill_in(book, "甲县气象局", TOTAL_NAME, 5)
    book.save(tmp_path / "back.xlsx")
    made: list[Correction] = corrected([str(tmp_path / "back.xlsx")], "李", "2026-02-01T00:00:00Z", False)
    assert [correction.value for correction in made] == [5]
    with pytest.raises(NoGold, match="--corrections"):
        imported([str(tmp_path / "back.xlsx")])


def test_gold_import_takes_a_folder_with_its_summary(tmp_path: Path) -> None:
    from training.gold.workbooks import corrected, explained

    gathered, files = start(tmp_path, [wrong()])
    write(str(tmp_path / "out"), gathered, files, "2026-01-01")
    path = tmp_path / "out" / "甲县气象局.xlsx"
    book = load_workbook(path)
    fill_in(book, "甲县气象局", TOTAL_NAME, 5)
    fill_in(book, "甲县气象局", UPHELD_NAME, None, "原件不清")
    book.save(path)
    folder = [str(tmp_path / "out")]
    assert [correction.value for correction in corrected(folder, "李", "", False)] == [5]
    assert [(one.sheet, one.text) for one in explained(folder)] == [("甲县气象局", "原件不清")]
