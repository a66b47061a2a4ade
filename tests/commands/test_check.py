"""`nianbao check`: what it says, in which form, with which exit code."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from lxml import html

from nlp.commands.cli import commands
from nlp.reading.inputs import Input
from nlp.running.extraction import Extraction
from tests.project import ROOT

SAMPLES = ROOT / "data" / "samples"
RIGHT = SAMPLES / "02-pipes-2019.txt"
Check = Callable[..., Result]


@pytest.fixture
def check() -> Check:
    def run(*arguments: object, **options: Any) -> Result:
        return CliRunner().invoke(commands, ["check", *map(str, arguments)], **options, standalone_mode=False)

    return run


@pytest.fixture
def broken(tmp_path: Path) -> Path:
    """A right report in which one printed total was changed."""
    text = RIGHT.read_text(encoding="utf-8")
    file = tmp_path / "broken.txt"
    assert "(七)总计|2|" in text
    file.write_text(text.replace("(七)总计|2|", "(七)总计|5|"), encoding="utf-8")
    return file


@pytest.fixture
def records(tmp_path: Path, broken: Path) -> Path:
    file = tmp_path / "records.jsonl"
    file.write_bytes(b"".join(Extraction()(Input(str(path))).line for path in (RIGHT, broken)))
    return file


def test_a_right_report_exits_0(check: Check) -> None:
    done = check(RIGHT)
    assert done.return_value == 0
    assert "未发现问题" in done.stdout


def test_a_broken_sum_is_named_and_exits_1(check: Check, broken: Path) -> None:
    done = check(broken)
    assert done.return_value == 1
    assert "数字不平衡" in done.stdout
    assert "“（七）总计”" in done.stdout
    assert "相差 3" in done.stdout


def test_the_two_broken_sums_of_a_published_pdf(check: Check, shared: Path) -> None:
    done = check(shared / "pdf" / "hongze2023.pdf")
    assert done.return_value == 1
    assert "有 2 处数字不平衡" in done.stdout
    assert "“行政复议”一行：“总计”为 0，而“结果维持”10 ＋ “结果纠正”1" in done.stdout
    assert "“行政诉讼·复议后起诉”一行：“总计”为 0，而“结果维持”5" in done.stdout
    assert done.stdout.count("（第 4 页）") == 2


def test_reasons_to_look_are_told_and_exit_1_only_where_that_is_asked_for(
    check: Check, tmp_path: Path
) -> None:
    doubtful = tmp_path / "amount-without-unit.txt"
    page = (SAMPLES / "02-pipes-2019.txt").read_text(encoding="utf-8")
    doubtful.write_text(page.replace("（万元）", ""), encoding="utf-8")
    assert "需要人工核对" in check(doubtful).stdout
    assert (check(doubtful).return_value, check(doubtful, "--strict").return_value) == (0, 1)


def test_a_file_that_is_not_there_or_no_report_exits_1(check: Check, tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("各位同事：\n会议改到周五。\n", encoding="utf-8")
    assert "文件不存在" in check("nowhere.txt").stdout
    assert [check(path).return_value for path in ("nowhere.txt", tmp_path / "letter.txt")] == [1, 1]


def test_several_files_are_summed_up(check: Check, broken: Path) -> None:
    done = check(RIGHT, broken, "nowhere.txt")
    assert done.stdout.splitlines()[-1] == (
        "共 3 份，每份按下列第一种计一次：1 份未能读取，0 份没有可核对的表格，1 份有数字不平衡，"
        "0 份正文与表格不一致，0 份需要人工核对，0 份有表格而无法核对，0 份只核对了一部分、未发现问题，"
        "1 份全部核对、未发现问题。"
    )


@pytest.mark.parametrize("bom", [b"", b"\xef\xbb\xbf"])
def test_records_say_the_same_as_the_documents_that_they_are_of(
    check: Check, records: Path, broken: Path, bom: bytes
) -> None:
    records.write_bytes(bom + records.read_bytes())
    told = [json.loads(check(*paths, "--format", "json").stdout) for paths in ([records], [RIGHT, broken])]
    of_records, of_documents = (sorted(found, key=lambda one: str(one["path"])) for found in told)
    assert of_records == of_documents


def test_a_record_laid_out_over_lines_is_read(check: Check, records: Path, tmp_path: Path) -> None:
    one = json.loads(records.read_bytes().splitlines()[1])
    (tmp_path / "one.json").write_text(json.dumps(one, indent=1), encoding="utf-8")
    assert check(tmp_path / "one.json").return_value == 1


def test_records_may_be_compressed(check: Check, records: Path, tmp_path: Path) -> None:
    (tmp_path / "records.jsonl.gz").write_bytes(gzip.compress(records.read_bytes()))
    assert "共 2 份" in check(tmp_path / "records.jsonl.gz").stdout


def test_a_line_that_is_no_record_is_told_and_the_others_are_read(check: Check, records: Path) -> None:
    first, second = records.read_bytes().splitlines(keepends=True)
    records.write_bytes(first + b'{"torn": \n' + second)
    done = check(records)
    assert done.return_value == 1
    assert "records.jsonl:2：未能读取\n  这一行不是 nianbao 的记录。" in done.stdout
    assert "共 3 份" in done.stdout


@pytest.mark.parametrize("what", ["records", "document"])
def test_standard_input_holds_records_or_a_document(records: Path, what: str) -> None:
    given = records.read_bytes() if what == "records" else RIGHT.read_bytes()
    ran = subprocess.run(
        [sys.executable, "-m", "nlp", "check", "-"], input=given, capture_output=True, cwd=ROOT
    )
    assert ran.returncode == (1 if what == "records" else 0), ran.stderr
    assert "古塔区气象局 2019 年度报告" in ran.stdout.decode()


def test_json_is_one_array_whatever_there_is(check: Check, broken: Path) -> None:
    (found,) = json.loads(check(broken, "--format", "json").stdout)
    assert (found["schema"], found["verdict"], found["year"]) == ("nianbao.check/1", "broken", 2019)
    assert {cell["state"] for cell in found["broken"][0]["cells"]} == {"printed"}
    assert all(sum["message"] and sum["where"] and sum["difference"] for sum in found["broken"])


def test_html_is_a_page_of_its_own_that_loads_nothing(check: Check, broken: Path, tmp_path: Path) -> None:
    hostile = tmp_path / "<img src=x onerror=alert(1)>.txt"
    shutil.copy(broken, hostile)
    assert check(broken, hostile, "-o", tmp_path / "found.html").return_value == 1
    page = html.fromstring((tmp_path / "found.html").read_text(encoding="utf-8"))
    assert len(page.xpath("//article")) == 2
    assert not page.xpath("//script|//img|//link|//@src|//@href|//@onerror")
    assert page.xpath("//td[contains(@class, 'broken')]")


def test_folders_of_records_can_be_named(check: Check, records: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    shutil.move(records, tmp_path / "out")
    assert "共 2 份" in check(tmp_path / "out").stdout


def test_an_output_that_cannot_be_written_exits_4(tmp_path: Path) -> None:
    ran = subprocess.run(
        [sys.executable, "-m", "nlp", "check", RIGHT, "-o", tmp_path / "no" / "x.html"],
        cwd=ROOT,
        capture_output=True,
    )
    assert ran.returncode == 4
    assert b"Traceback" not in ran.stderr
