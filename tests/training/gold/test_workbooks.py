"""Gold sheets: a record becomes a workbook, is corrected, and comes back as gold."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from openpyxl import Workbook, load_workbook

from nlp.commands.cli import main
from nlp.reading.inputs import Input
from nlp.reading.reader import read
from nlp.resources import folder
from nlp.writers import jsonl
from training.gold.exporting import workbook
from training.gold.importing import BadSheet, gold
from training.gold.words import AMBIGUOUS, HIDDEN, MISSING
from training.scoring.gold import Record
from training.scoring.score import score_paths
from training.stress.stress import report

SAMPLES = sorted((folder("data") / "samples").glob("*.txt"))
TEXT = SAMPLES[0].read_text(encoding="utf-8")
Change = Callable[[Workbook, dict[str, tuple[str, str]]], None]


@pytest.fixture(scope="module")
def line() -> bytes:
    return jsonl.line(report("a", TEXT))


@pytest.fixture(scope="module")
def record(line: bytes) -> Record:
    return msgspec.json.decode(line, type=Record)


@pytest.fixture(scope="module")
def exported(record: Record) -> bytes:
    return workbook(record, TEXT.split("\n"))


def places(book: Workbook) -> dict[str, tuple[str, str]]:
    """Return where each cell of the record stands: sheet and address by id."""
    rows = book[HIDDEN].iter_rows(min_row=2, values_only=True)
    return {str(id): (str(sheet), str(address)) for kind, sheet, address, id in rows if kind != "label"}


def corrected(content: bytes, change: Change) -> bytes:
    book = load_workbook(io.BytesIO(content))
    change(book, places(book))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def with_cell(id: str, value: object) -> Change:
    def change(book: Workbook, known: dict[str, tuple[str, str]]) -> None:
        sheet, address = known[id]
        book[sheet][address].value = value  # type: ignore[assignment]

    return change


def cell(found: dict[str, Any], id: str) -> Any:
    table, row, column = id.split(".")
    return found["tables"][table][row][column]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_workbook_that_nobody_touched_gives_the_record_back(sample: Path, tmp_path: Path) -> None:
    line = jsonl.line(report(sample.stem, read(Input(str(sample))).text))
    (tmp_path / "record.json").write_bytes(line)
    back = gold("a.xlsx", workbook(msgspec.json.decode(line, type=Record), []))
    (tmp_path / "gold.json").write_text(json.dumps(back), encoding="utf-8")
    scores = score_paths(str(tmp_path / "gold.json"), str(tmp_path / "record.json"))
    assert scores.cells.cells.of > 150
    for name, metric in scores.headline.items():
        if not name.startswith("accepted"):
            assert metric.value == 1, name


TOTAL = "requests.new_received.total"


@pytest.mark.parametrize(
    ("written", "value"),
    [
        (17, 17),
        (17.0, 17),
        (2.5, 2.5),
        ("1,234", 1234),
        ("53.6318 万元", 53.6318),
        ("251000元", 25.1),
        (None, None),
        ("  ", None),
        ("/", None),
        ("—", None),
        (MISSING, {"value": None, "state": "missing"}),
        (AMBIGUOUS, {"value": None, "state": "ambiguous"}),
        ("?", {"value": None, "state": "ambiguous"}),
    ],
)
def test_a_corrected_cell_comes_back(written: object, value: object, exported: bytes) -> None:
    assert cell(gold("a.xlsx", corrected(exported, with_cell(TOTAL, written))), TOTAL) == value


@pytest.mark.parametrize("written", ["twelve", "=A1+1", True, "１２x"])
def test_what_is_no_number_is_named_with_its_cell(written: object, exported: bytes) -> None:
    with pytest.raises(BadSheet, match=r"a\.xlsx, 三![A-Z]+\d+: "):
        gold("a.xlsx", corrected(exported, with_cell(TOTAL, written)))


def test_all_that_is_amiss_is_named_at_once(exported: bytes) -> None:
    def spoil(book: Workbook, known: dict[str, tuple[str, str]]) -> None:
        for id, value in ((TOTAL, "many"), ("year", "soon"), ("form", "1999")):
            with_cell(id, value)(book, known)

    with pytest.raises(BadSheet) as refused:
        gold("a.xlsx", corrected(exported, spoil))
    assert len(str(refused.value).splitlines()) == 3


def test_moved_rows_are_refused(exported: bytes) -> None:
    with pytest.raises(BadSheet, match="must not be moved"):
        gold("a.xlsx", corrected(exported, lambda book, _: book["三"].insert_rows(6)))


def test_a_sheet_that_was_removed_is_missed(exported: bytes) -> None:
    with pytest.raises(BadSheet, match="“四” is not there"):
        gold("a.xlsx", corrected(exported, lambda book, _: book.remove(book["四"])))


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"<html>"])
def test_what_is_no_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(BadSheet, match="no workbook"):
        gold("a.xlsx", content)


def test_another_workbook_is_refused() -> None:
    held = io.BytesIO()
    Workbook().save(held)
    with pytest.raises(BadSheet, match="was not written by"):
        gold("a.xlsx", held.getvalue())


def test_each_value_has_its_evidence(exported: bytes, record: Record) -> None:
    book = load_workbook(io.BytesIO(exported))
    lines = TEXT.split("\n")
    for id, (sheet, address) in places(book).items():
        if "." in id:
            known = cell({"tables": record.tables}, id)
            note = book[sheet][address].comment
            assert (note is not None) == bool(known.line)
            if note:
                assert f"行 {known.line}: “{known.text}”" in note.text
                assert lines[known.line - 1].strip()[:20] in note.text


def test_the_sheets_look_like_the_form(exported: bytes) -> None:
    sheet = load_workbook(io.BytesIO(exported))["三"]
    assert sheet["A1"].value == "三、收到和处理政府信息公开申请情况"
    assert len(sheet.merged_cells.ranges) > 10
    texts = [value for row in sheet.iter_rows(values_only=True) for value in row if isinstance(value, str)]
    assert {"自然人", "商业企业", "总计", "一、本年新收政府信息公开申请数量", "（三）不予公开"} <= set(texts)


def test_text_never_becomes_a_formula(line: bytes) -> None:
    hostile = '=HYPERLINK("http://x","y")'
    parts = {
        **json.loads(line),
        "organization": hostile,
        "problems": [{"text": hostile, "lines": [1, 1], "span": [0, 1]}],
    }
    content = workbook(msgspec.convert(parts, Record), [hostile + "\x07"] * 200)
    book = load_workbook(io.BytesIO(content))
    assert not any(one.data_type == "f" for sheet in book for row in sheet.iter_rows() for one in row)
    back = gold("a.xlsx", content)
    assert (back["organization"], back["problems"][0]["text"]) == (hostile, hostile)


def test_items_can_be_added_and_taken_out(exported: bytes) -> None:
    def change(book: Workbook, _: dict[str, tuple[str, str]]) -> None:
        problems, measures = book["问题"], book["改进"]
        for sheet in (problems, measures):
            sheet.delete_rows(2, sheet.max_row)
        problems["B2"].value, problems["B4"].value = "队伍薄弱", "公开不及时"
        measures["B2"].value, measures["C2"].value = "加强培训", "1，2"

    found = gold("a.xlsx", corrected(exported, change))
    assert found["problems"] == [{"text": "队伍薄弱"}, {"text": "公开不及时"}]
    assert found["improvements"] == [{"text": "加强培训", "answers": [0, 1]}]


def called(*arguments: object) -> int:
    with pytest.raises(SystemExit) as end:
        main([str(argument) for argument in arguments])
    return int(end.value.code or 0)


def test_the_commands_go_there_and_back(line: bytes, tmp_path: Path) -> None:
    record = tmp_path / "a.json"
    record.write_bytes(line)
    assert called("gold", "export", record, "-o", tmp_path / "books") == 0
    assert called("gold", "import", tmp_path / "books", "-o", tmp_path / "gold.jsonl") == 0
    assert called("score", tmp_path / "gold.jsonl", record, "--fail-under", "cells=1") == 0


def test_corrections_are_not_written_over(line: bytes, tmp_path: Path) -> None:
    record = tmp_path / "a.json"
    record.write_bytes(line)
    assert called("gold", "export", record, "-o", tmp_path) == 0
    (tmp_path / "a.xlsx").write_bytes(b"mine")
    assert called("gold", "export", record, "-o", tmp_path) == 4
    assert (tmp_path / "a.xlsx").read_bytes() == b"mine"
    assert called("gold", "export", record, "-o", tmp_path, "--overwrite") == 0
    assert (tmp_path / "a.xlsx").read_bytes() != b"mine"


def test_a_bad_workbook_writes_nothing(exported: bytes, tmp_path: Path) -> None:
    (tmp_path / "a.xlsx").write_bytes(exported)
    (tmp_path / "b.xlsx").write_bytes(b"mine")
    assert called("gold", "import", tmp_path, "-o", tmp_path / "gold.jsonl") == 3
    assert not (tmp_path / "gold.jsonl").exists()
