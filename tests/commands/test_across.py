"""`nianbao check --across`: in every format, with which exit code."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import msgspec
import pytest
from click.testing import CliRunner, Result
from lxml import html

from nlp.commands.cli import commands
from tests.collection.records import record

OVER, FORWARD = "requests.carried_over.natural_person", "requests.carried_forward.natural_person"


@pytest.fixture
def records(tmp_path: Path) -> Path:
    """Two reports of one agency that contradict each other."""
    file = tmp_path / "records.jsonl"
    reports = record(year=2022, values={FORWARD: 2}), record(values={OVER: 0})
    file.write_bytes(b"".join(msgspec.json.encode(report) + b"\n" for report in reports))
    return file


def check(*arguments: object) -> Result:
    return CliRunner().invoke(commands, ["check", *map(str, arguments)], standalone_mode=False)


def test_findings_between_reports_follow_those_on_each(records: Path) -> None:
    result = check("--across", records)
    assert result.return_value == 1
    assert result.stdout.index("共 2 份，每份") < result.stdout.index("各份报告之间的核对")
    assert "1. 甲县气象局　2022、2023 年度　上年结转与上年报告不符" in result.stdout


def test_alone_they_are_the_same_without_the_reports(records: Path) -> None:
    both, alone = check("--across", records).stdout, check("--across-only", records).stdout
    assert both.endswith(alone)
    assert "共 2 份，每份" not in alone


def test_programs_get_both(records: Path) -> None:
    told = json.loads(check("--across", "--format", "json", records).stdout)
    assert [document["year"] for document in told["documents"]] == [2022, 2023]
    assert [finding["kind"] for finding in told["across"]["findings"]] == ["carried_over"]
    assert told["across"] == json.loads(check("--across-only", "--format", "json", records).stdout)


def test_a_page_shows_them(records: Path) -> None:
    for option in ("--across", "--across-only"):
        page = html.fromstring(check(option, "--format", "html", records).stdout)
        assert "上年结转与上年报告不符" in page.text_content()
        assert page.xpath("count(//section)") == 1


def test_a_spreadsheet_holds_one_a_row(records: Path, tmp_path: Path) -> None:
    check("--across", "-o", tmp_path / "found.csv", records)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "found.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["机关"], row["年度"], row["本年"], row["应为"]) for row in rows] == [
        ("甲县气象局", "[2022,2023]", "0", "2")
    ]
    assert isinstance(check("--format", "csv", records).exception, Exception)


def test_reports_that_agree_end_well(tmp_path: Path) -> None:
    file = tmp_path / "records.jsonl"
    reports = record(year=2022, values={FORWARD: 2}), record(values={OVER: 2})
    file.write_bytes(b"".join(msgspec.json.encode(report) + b"\n" for report in reports))
    assert check("--across-only", file).return_value == 0


def test_documents_are_read_and_compared() -> None:
    from tests.project import ROOT

    result = check("--across-only", ROOT / "data" / "samples" / "02-pipes-2019.txt")
    assert result.return_value == 0
    assert "共 1 份记录：参与比较 1 份" in result.stdout


def test_a_line_that_is_no_record_is_told_with_its_place(records: Path) -> None:
    with records.open("ab") as file:
        file.write(b"{]\n")
    result = check("--across-only", records)
    assert result.return_value == 1
    assert f"{records}:3: this is no record" in result.stderr


def test_a_file_of_ones_own_says_which_reports_are_of_one_agency(tmp_path: Path) -> None:
    file, own = tmp_path / "records.jsonl", tmp_path / "mine.csv"
    reports = record("甲县气象局", 2022, {FORWARD: 2}), record("甲县气象台", 2023, {OVER: 0})
    file.write_bytes(b"".join(msgspec.json.encode(report) + b"\n" for report in reports))
    own.write_text("printed,name\n甲县气象*,甲县气象局\n", encoding="utf-8")
    assert check("--across-only", file).return_value == 0
    for option in ("--across", "--across-only"):
        result = check(option, "--agencies", own, file)
        assert result.return_value == 1
        assert "1. 甲县气象局　2022、2023 年度" in result.stdout
    exported = CliRunner().invoke(
        commands, ["export", str(file), "--to", "csv", "--agencies", str(own)], standalone_mode=False
    )
    names = [row["agency_name"] for row in csv.DictReader(io.StringIO(exported.stdout.lstrip("\ufeff")))]
    assert names == ["甲县气象局", "甲县气象局"]
