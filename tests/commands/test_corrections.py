"""Corrections by the command line: read with documents, applied to records, merged; samples, statements."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import duckdb
import openpyxl
import pandas
import pytest

from nlp.commands.cli import main
from nlp.record.files import raw_records
from nlp.resources import folder
from nlp.writers.exporting import record
from nlp.writers.tables import DICTIONARY, tables

SAMPLES = folder("data") / "samples"
ONE, TWO = SAMPLES / "01-tabs-2025.txt", SAMPLES / "02-pipes-2019.txt"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


def loaded(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("records") / "records.jsonl"
    assert run("extract", ONE, TWO, "-o", file) == 0
    return file


def line(record: dict[str, Any], field: str, **rest: Any) -> str:
    return json.dumps({"id": record["id"], "field": field, **rest}, ensure_ascii=False) + "\n"


@pytest.fixture
def corrections(records: Path, tmp_path: Path) -> Path:
    """A file that corrects the total of the first record and its year."""
    first = loaded(records)[0]
    file = tmp_path / "corrections.jsonl"
    text = line(first, "tables.requests.total.total", value=4711, by="Li") + line(first, "year", value=2024)
    file.write_text(text, encoding="utf-8")
    return file


def test_records_corrected_later_are_those_read_with_the_corrections(
    records: Path, corrections: Path, tmp_path: Path
) -> None:
    assert run("apply", records, corrections, "-o", tmp_path / "applied.jsonl") == 0
    assert run("extract", ONE, TWO, "--corrections", corrections, "-o", tmp_path / "read.jsonl") == 0
    at_once, later = loaded(tmp_path / "read.jsonl"), loaded(tmp_path / "applied.jsonl")
    kept = loaded(records)
    for one in (*at_once, *later, *kept):
        one.pop("made_with", None)
    assert at_once == later
    first, second = at_once
    assert first["tables"]["requests"]["total"]["total"]["value"] == 4711
    assert first["read"]["year"] == 2025
    assert second == kept[1]


def test_only_what_needs_review_is_written(corrections: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"
    options = ("--corrections", corrections, "--needs-review", "-o", out)
    assert run("extract", ONE, TWO, tmp_path / "absent.txt", *options) == 1
    written = {record["source"]["name"]: record for record in loaded(out)}
    assert set(written) == {ONE.name, "absent.txt"}
    assert written[ONE.name]["review"] != []
    assert run("extract", ONE, TWO, *options, "--resume") == 0
    assert [record["source"]["name"] for record in loaded(out)] == [ONE.name]


def test_a_file_that_is_no_file_of_corrections_is_refused(
    records: Path, corrections: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with corrections.open("a", encoding="utf-8") as file:
        file.write('{"id": "0123456789abcdef", "field": "yaer", "value": 1}\n')
    out = tmp_path / "out.jsonl"
    assert run("apply", records, corrections, "-o", out) == 3
    assert run("extract", ONE, "--corrections", corrections, "-o", out) == 3
    assert run("apply", records, tmp_path / "absent.jsonl", "-o", out) == 3
    assert f"{corrections}:3: there is no field “yaer”" in capsys.readouterr().err
    assert not out.exists()


def test_corrections_are_never_written_over(records: Path, corrections: Path) -> None:
    before = corrections.read_bytes()
    assert run("apply", records, corrections, "-o", corrections) == 2
    assert run("extract", ONE, "--corrections", corrections, "-o", corrections) == 2
    assert corrections.read_bytes() == before


def test_two_files_are_merged_and_their_conflict_told(
    records: Path, corrections: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    first = loaded(records)[0]
    other = tmp_path / "other.jsonl"
    other.write_text(line(first, "year", value=2023, by="Wu"), encoding="utf-8")
    both, out = tmp_path / "both.jsonl", tmp_path / "out.jsonl"
    assert run("corrections", "merge", corrections, other, "-o", both) == 1
    assert f"{first['id']} year — {corrections}: corrected 2024" in capsys.readouterr().err
    assert run("apply", records, both, "-o", out) == 0
    merged = loaded(out)[0]
    assert (merged["year"], merged["tables"]["requests"]["total"]["total"]["value"]) == (2025, 4711)
    assert "corrections_disagree" in [review["code"] for review in merged["review"]]


def test_every_table_of_every_export_has_the_ids_of_its_reports(
    records: Path, corrections: Path, tmp_path: Path
) -> None:
    assert run("apply", records, corrections, "-o", tmp_path / "all.sqlite") == 0
    assert run("apply", records, corrections, "-o", tmp_path / "applied.jsonl") == 0
    for name in ("all.duckdb", "all.xlsx"):
        assert run("export", tmp_path / "applied.jsonl", "-o", tmp_path / name) == 0
    for kind in ("csv", "parquet"):
        assert run("export", tmp_path / "applied.jsonl", "-o", tmp_path / kind, "--to", kind) == 0
    ids = {record["id"] for record in loaded(records)}
    with (
        closing(sqlite3.connect(tmp_path / "all.sqlite")) as lite,
        duckdb.connect(str(tmp_path / "all.duckdb")) as duck,
        closing(openpyxl.load_workbook(tmp_path / "all.xlsx", read_only=True)) as book,
    ):
        for table in (table.id for table in tables() if table.id != DICTIONARY):
            held = {row[0] for row in lite.execute(f"SELECT id FROM {table}")}
            assert held <= ids
            assert held or table in ("lines", "derived")
            assert {row[0] for row in duck.execute(f"SELECT id FROM {table}").fetchall()} == held
            assert {row[1] for row in book[table].iter_rows(min_row=2, values_only=True)} == held
            assert set(pandas.read_csv(tmp_path / "csv" / f"{table}.csv").id) == held
            assert set(pandas.read_parquet(tmp_path / "parquet" / f"{table}.parquet").id) == held


def test_the_workbook_tells_each_reason_with_its_place_and_a_link(
    records: Path, corrections: Path, tmp_path: Path
) -> None:
    assert run("apply", records, corrections, "-o", tmp_path / "all.xlsx", "--headers", "zh") == 0
    with closing(openpyxl.load_workbook(tmp_path / "all.xlsx")) as book:
        heads = [cell.value for cell in book["复核"][1]]
        reason = dict(zip(heads, book["复核"][2], strict=True))
        assert reason["文件名"].value == ONE.name
        assert reason["行号"].value == loaded(records)[0]["tables"]["requests"]["total"]["total"]["line"]
        assert reason["首个单元格"].value == "（七）总计·总计"
        sheet, _, place = reason["首个单元格"].hyperlink.location.partition("!")
        assert sheet == "'报告'"
        assert book["报告"][place].value == 4711
        assert book["复核"].row_dimensions[2].height >= 15
        states = {row[8] for row in book["单元格"].iter_rows(min_row=2, values_only=True)}
        assert {"印有数值", "人工更正"} <= states
        assert not any(str(state).isascii() for state in states)
        outcomes = [cell.value for cell in book["勾稽关系"][1]].index("结果")
        assert book["勾稽关系"].cell(2, outcomes + 1).value in ("成立", "不成立", "无法核算")


def test_old_records_are_read_and_get_their_ids(records: Path, corrections: Path, tmp_path: Path) -> None:
    old = tmp_path / "old.jsonl"
    now = loaded(records)
    for one in now:
        one["schema"] = "nianbao.report/1"
        del one["id"]
    old.write_text("".join(json.dumps(one) + "\n" for one in now), encoding="utf-8")
    assert [record(raw.content).id for raw in raw_records(str(old))] == [one["id"] for one in loaded(records)]
    assert run("apply", old, corrections, "-o", tmp_path / "out.jsonl") == 0
    assert loaded(tmp_path / "out.jsonl")[0]["year"] == 2024
    assert loaded(tmp_path / "out.jsonl")[0]["schema"] == "nianbao.report/2"
    assert run("check", old) == 0


def test_a_document_that_gives_no_text_is_known_by_its_bytes(tmp_path: Path) -> None:
    bad = tmp_path / "bad.pdf"
    bad.write_bytes(b"%PDF-1.7\nnothing")
    out = tmp_path / "out.jsonl"
    assert run("extract", bad, tmp_path / "absent.pdf", "-o", out) == 1
    absent, failed = loaded(out)
    assert failed["source"]["media_type"] == "application/pdf"
    assert failed["id"] == failed["source"]["sha256"][:16] != ""
    assert absent["id"] == absent["source"]["sha256"] == ""


def test_a_sample_is_drawn_looked_at_and_stated(
    records: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drawn, stated = tmp_path / "drawn.jsonl", tmp_path / "stated.json"
    assert run("sample", records, "-n", 1, "--seed", 3, "-o", drawn, "--json", stated) == 0
    (chosen,) = loaded(drawn)
    before = json.loads(stated.read_text(encoding="utf-8"))
    assert (before["population"], before["drawn"], before["looked_at"], before["bound"]) == (2, 1, 0, None)
    looked = [
        line(chosen, f"tables.{table}.{row}.{column}", state="confirmed",
             read={"state": cell["state"], "value": cell["value"]})
        for table, rows in chosen["tables"].items()
        for row, cells in rows.items()
        for column, cell in cells.items()
    ]  # fmt: skip
    looked += [line(chosen, fact, state="confirmed", read=chosen[fact]) for fact in ("organization", "year")]
    looked.append(line(chosen, "tables.requests.total.total", value=4711))
    file, out = tmp_path / "corrections.jsonl", tmp_path / "out.jsonl"
    file.write_text("".join(looked), encoding="utf-8")
    assert run("apply", records, file, "-o", out) == 0
    capsys.readouterr()
    assert run("sample", out, "-n", 1, "--seed", 3, "--json", stated) == 0
    told = capsys.readouterr().out
    after = json.loads(stated.read_text(encoding="utf-8"))
    assert (after["looked_at"], after["faulty"], after["wrong_cells"], after["bound"]) == (1, 1, 1, 1.0)
    assert after["records"][0]["id"] == chosen["id"]
    assert "With a fault: 1 (1 of" in told


def test_a_statement_for_a_paper_counts_what_there_is(
    records: Path, corrections: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("apply", records, corrections, "-o", tmp_path / "out.jsonl") == 0
    capsys.readouterr()
    assert run("cite", tmp_path / "out.jsonl") == 0
    english, chinese = capsys.readouterr().out.split("\n\n")
    assert "from 2 documents, of which 0 could not be read" in english
    assert "1 of 2 records (50.0%) need no review" in english
    assert "People decided 1 cells of 1 records" in english
    assert "2 份记录中 1 份（50.0%）无需人工复核" in chinese
