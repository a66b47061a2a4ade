"""Text that reports share, what copying left behind, and promises: read off small collections."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from nlp.commands.cli import main
from nlp.record.files import RawRecord
from nlp.record.model import SCHEMA
from nlp.reuse.search import searched

OWN = "西山区水利局"
OTHER = "东湖区水利局"
PASSAGE = (
    "围绕小水库除险加固，我局把十二个村的巡查台账逐月贴在村口的告示栏上，请老支书当义务讲解员；"
    "遇到汛情，值班室在半小时内把水位和转移路线发到每户的小喇叭里，讲完再打电话回访。"
)


def record(agency: str, year: int, overview: str, **more: Any) -> dict[str, Any]:
    section = {"kind": "overview", "title": "", "level": 1, "lines": [3, 9], "text": overview, "sections": []}
    number = f"{sum(map(ord, agency)) * 10000 + year:016x}"
    source = {"path": f"{agency}/{year}.txt"}
    record = {"schema": SCHEMA, "id": number, "source": source, "organization": agency, "year": year}
    return {**record, "organization_confidence": 0.99, "year_confidence": 0.99, "sections": [section], **more}


def item(text: str, line: int, **more: Any) -> dict[str, Any]:
    return {"text": text, "lines": [line, line], "span": [100 * line, 100 * line + len(text)], **more}


def raw(records: Iterable[dict[str, Any]]) -> list[RawRecord]:
    return [RawRecord(f"r:{n}", json.dumps(one).encode()) for n, one in enumerate(records, 1)]


def test_a_passage_of_three_agencies_is_one_chain_and_the_first_year_comes_first() -> None:
    records = [record(f"{place}水利局", year, f"{year}年，{PASSAGE}") for place, year in PLACES.items()]
    with searched(raw(records)) as found:
        (chain,) = found.copied()
    assert [(copy.organization, copy.year) for copy in chain.copies] == [
        ("东湖区水利局", 2020),
        ("西山区水利局", 2021),
        ("南塘区水利局", 2022),
    ]
    assert [copy.likeness for copy in chain.copies] == ["first", "adapted", "adapted"]
    assert chain.first_known
    assert [copy.lines for copy in chain.copies] == [(3, 9)] * 3


PLACES = {"西山区": 2021, "东湖区": 2020, "南塘区": 2022}


def test_what_the_form_has_everyone_write_is_not_copied() -> None:
    boilerplate = (
        "本报告所列数据的统计期限自{}年1月1日起至{}年12月31日止，由总体情况等六个部分组成，特此公布。"
    )
    records = [record(f"{place}水利局", 2021, boilerplate.format(2021, 2021)) for place in PLACES]
    with searched(raw(records)) as found:
        assert list(found.copied()) == []
        assert list(found.left()) == []


def test_a_sentence_of_most_agencies_is_stock_and_told_as_such() -> None:
    common = "坚持每季度请居民代表到大厅看一看办事指南是否看得懂，看不懂就当场改"
    records = [record(f"{place}区水利局", 2021, f"{common}。") for place in "甲乙丙丁戊己"]
    for n, one in enumerate(records):
        one["organization"] = f"{'东西南北上下'[n]}山区水利局"
    with searched(raw(records)) as found:
        (stock,) = found.stock()
        assert list(found.copied()) == []
    assert (stock.text, stock.agencies) == (common.replace("，", ","), 6)


def test_the_same_report_in_two_files_is_no_copy() -> None:
    with searched(raw([record(OWN, 2021, PASSAGE), record(OWN, 2021, PASSAGE)])) as found:
        assert list(found.copied()) == []


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("2022年，东湖区水利局认真梳理目录。", [("name_left", "东湖区水利局")]),
        ("2021年，我局共受理申请3件。", [("year_left", "2021")]),
        ("2022年，我局与东湖区水利局建立信息共享机制。", []),
        ("组织3人赴东湖区水利局学习。", []),
        ("2022年，江州市水利局印发的任务已落实。", []),
        ("与2021年相比，我局公开信息增加3条。", []),
        ("2021年，我局收到申请3件；2022年，我局收到申请5件。", []),
        ("按照市里（2021）3号文件要求，我局梳理事项。", []),
        ("2021年测评反馈的问题已全部整改。", []),
    ],
)
def test_names_and_years_left_behind(text: str, left: list[tuple[str, str]]) -> None:
    with searched(raw([record(OWN, 2022, text)])) as found:
        assert [(one.kind, one.found) for one in found.left()] == left


def test_what_is_left_where_year_or_agency_is_itself_in_doubt_is_told_as_doubtful() -> None:
    doubtful = record(OWN, 2022, "2021年，东湖区水利局认真梳理目录，2021年，我局共受理申请3件。")
    doubtful |= {"organization_confidence": 0.5, "year_confidence": 0.5}
    with searched(raw([doubtful])) as found:
        left = [(one.kind, one.doubtful) for one in found.left()]
        assert left == [("name_left", True), ("year_left", True)]


def test_items_that_stand_twice() -> None:
    problem = "部分村的告示栏更新得不够勤快"
    last = record(OWN, 2021, "我局开设专栏。", problems=[item(problem, 20)])
    this = record(OWN, 2022, "我局开设专栏。", problems=[item(problem, 21), item(problem, 22)])
    with searched(raw([last, this])) as found:
        told = [(one.kind, one.first.place, one.second.place, one.second.year) for one in found.repeated()]
    assert told == [
        ("repeated_item", "problems.0", "problems.1", 2022),
        ("problem_of_last_year", "problems.0", "problems.0", 2022),
        ("problem_of_last_year", "problems.0", "problems.1", 2022),
    ]


def test_an_item_that_was_read_twice_is_no_repetition() -> None:
    problem = item("部分村的告示栏更新得不够勤快", 20)
    with searched(raw([record(OWN, 2021, "我局开设专栏。", problems=[problem, problem])])) as found:
        assert list(found.repeated()) == []


def test_what_became_of_last_years_measures() -> None:
    announced = [
        item("给每个村的告示栏配一名会拍短视频的管护员", 20),
        item("把水库巡查台账搬上手机，群众扫码就能看到", 21),
        item("请退休教师编一本给老人看的办事顺口溜", 22),
        item("加强学习", 23),
    ]
    last = record(OWN, 2021, "我局开设专栏。", improvements=announced)
    overview = "今年把水库巡查台账搬上手机，群众扫码就能看到水位。"
    again = [item("给每个村的告示栏配一名会拍短视频的管护员", 20)]
    this = record(OWN, 2022, overview, improvements=again)
    with searched(raw([last, this])) as found:
        told = [(one.state, [answer.place for answer in one.answer]) for one in found.promises()]
    assert told == [
        ("repeated", ["improvements.0"]),
        ("taken_up", ["overview"]),
        ("not_found", []),
        ("not_assessable", []),
    ]


@pytest.fixture
def records(tmp_path: Path) -> Path:
    file = tmp_path / "records.jsonl"
    texts = [record(OWN, 2021, PASSAGE), record(OTHER, 2022, f"2021年，我局共受理申请3件。{PASSAGE}")]
    file.write_text("".join(json.dumps(one) + "\n" for one in texts), encoding="utf-8")
    return file


def run(*arguments: str) -> int:
    with pytest.raises(SystemExit) as ended:
        main(["reuse", *arguments])
    return int(ended.value.code or 0)


def test_json(records: Path, tmp_path: Path) -> None:
    assert run(str(records), "-o", str(tmp_path / "out.json")) == 0
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert found["schema"] == "nianbao.reuse/1"
    assert found["overview"]["reports"] == 2
    assert [len(found[kind]) for kind in ("copied", "left", "repeated", "promises", "stock")] == [
        1,
        1,
        0,
        0,
        0,
    ]


def test_csv(records: Path, tmp_path: Path) -> None:
    assert run(str(records), "-o", str(tmp_path / "out.csv")) == 0
    rows = list(csv.DictReader(io.StringIO((tmp_path / "out.csv").read_text(encoding="utf-8-sig"))))
    assert [(row["finding"], row["kind"], row["year"]) for row in rows] == [
        ("copied", "copied", "2021"),
        ("copied", "copied", "2022"),
        ("left", "year_left", "2022"),
    ]
    assert (rows[2]["found"], rows[2]["expected"]) == ("2021", "2022")


def test_text(records: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert run(str(records)) == 0
    text = capsysbinary.readouterr().out.decode()
    assert "机关之间相同" in text
    assert "东湖区水利局 2022 年　总体情况（第 3–9 行）　逐字相同" in text
    assert "本报告是 2022 年的，此处写的是 2021 年" in text


def test_a_line_that_is_no_record_is_told_and_the_rest_goes_on(records: Path, tmp_path: Path) -> None:
    with records.open("a", encoding="utf-8") as file:
        file.write("{broken\n")
    assert run(str(records), "-o", str(tmp_path / "out.json")) == 1
    found = json.loads((tmp_path / "out.json").read_text(encoding="utf-8"))
    assert (found["overview"]["reports"], found["overview"]["unread"]) == (2, 1)


def test_two_processes_find_the_same(records: Path, tmp_path: Path) -> None:
    assert run(str(records), "-o", str(tmp_path / "one.json")) == 0
    assert run(str(records), "-o", str(tmp_path / "two.json"), "--jobs", "2") == 0
    assert (tmp_path / "one.json").read_bytes() == (tmp_path / "two.json").read_bytes()


def test_no_records_at_all(tmp_path: Path) -> None:
    (tmp_path / "empty.jsonl").write_text("", encoding="utf-8")
    assert run(str(tmp_path / "empty.jsonl"), "-o", str(tmp_path / "out.json")) == 0
    assert run(str(tmp_path / "nowhere.jsonl")) == 2
