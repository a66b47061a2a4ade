"""Who is in a collection: repeated reports counted once, versions told, folders as a second look."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from io import StringIO
from pathlib import Path

from click.testing import CliRunner

from nlp.agencies.collection import Collection, collection, entry
from nlp.agencies.listing import as_csv, as_text
from nlp.commands.cli import commands
from nlp.record.model import Report
from nlp.writers import jsonl
from tests.agencies.reporting import report


def collected(reports: Iterable[Report]) -> Collection:
    return collection(kept for one in reports if (kept := entry(one)) is not None)


def test_the_same_report_in_several_files_is_counted_once() -> None:
    everyone = collected(
        [
            report("西工区财政局", path="a.txt"),
            report("洛阳市西工区财政局", path="b.txt"),
            report("西工区财政局", path="c.txt", value=3),
            report("西工区财政局", path="d.txt", year=2021),
        ]
    )
    (agency,) = everyone.agencies
    assert agency.spellings == ["洛阳市西工区财政局", "西工区财政局"]
    assert (agency.years, len(agency.reports)) == ([2021, 2022], 3)
    assert [len(same) for same in agency.duplicates] == [2]
    assert [(one.year, one.paths, one.differ) for one in agency.versions] == [
        (2022, ["a.txt", "c.txt"], ["tables"])
    ]


def test_a_folder_tells_a_place_that_all_others_share_and_it_is_marked() -> None:
    others = [report(f"开封市{body}局", path=f"x/{body}.txt") for body in ("财政", "水利", "审计")]
    everyone = collected(
        [*others, report("鼓楼区审计局", path="x/1.txt"), report("鼓楼区审计局", path="y/2.txt")]
    )
    told = {agency.name: agency.by_folder for agency in everyone.agencies if agency.by_folder}
    assert list(told) == ["开封市鼓楼区审计局"]
    assert [untold.paths for untold in everyone.untold] == [["y/2.txt"]]
    assert len(everyone.untold[0].candidates) == 4


def test_a_folder_of_several_cities_tells_nothing() -> None:
    others = [
        report(f"{city}财政局", path=f"x/{city}.txt") for city in ("开封市", "福州市", "洛阳市", "南京市")
    ]
    everyone = collected([*others, report("鼓楼区审计局", path="x/1.txt")])
    assert [untold.organization for untold in everyone.untold] == ["鼓楼区审计局"]


def test_agencies_that_may_be_one_renamed_are_named() -> None:
    everyone = collected(
        [report("西工区卫生和计划生育委员会", year=2018), report("西工区卫生健康委员会", year=2020)]
    )
    assert [agency.maybe for agency in everyone.agencies] == [
        ["洛阳市西工区卫生和计划生育委员会"],
        ["洛阳市西工区卫生健康委员会"],
    ] or [agency.maybe for agency in everyone.agencies] == [
        ["洛阳市西工区卫生健康委员会"],
        ["洛阳市西工区卫生和计划生育委员会"],
    ]


def test_the_lists_hold_every_agency_and_every_name_that_tells_none() -> None:
    everyone = collected(
        [report("西工区财政局"), report("鼓楼区财政局", path="b.txt"), report(None, path="c.txt")]
    )
    text = as_text(everyone)
    assert "410303  洛阳市西工区财政局  [财政]  2022" in text
    assert "鼓楼区财政局  2022  (b.txt) — 南京市鼓楼区财政局" in text
    assert "Reports that name no agency: " in text
    rows = list(csv.DictReader(StringIO(as_csv(everyone))))
    assert [row["name"] for row in rows] == ["洛阳市西工区财政局", ""]
    assert rows[1]["candidates"].split("; ")[0] == "南京市鼓楼区财政局"


def test_the_command_lists_records_and_takes_the_own_file(tmp_path: Path) -> None:
    records = tmp_path / "records.jsonl"
    records.write_bytes(jsonl.line(report("西工区财政局")) + b"no record\n")
    own = tmp_path / "own.csv"
    own.write_text("printed,name\n西工区财政局,某某市财政局\n", encoding="utf-8")
    result = CliRunner().invoke(commands, ["agencies", str(records)], standalone_mode=False)
    assert "洛阳市西工区财政局" in result.stdout
    assert "records.jsonl:2" in result.stderr
    assert result.return_value == 1
    with_own = ["agencies", str(records), "--agencies", str(own), "--format", "csv"]
    assert "某某市财政局" in CliRunner().invoke(commands, with_own, standalone_mode=False).stdout
