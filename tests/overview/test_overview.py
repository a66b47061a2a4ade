"""The page about many records and its figures: what counts, over how many reports, what is run."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import unescape
from pathlib import Path

import pytest
from msgspec import json
from msgspec.structs import replace

from nlp.collection.collection import Builder
from nlp.collection.slim import slim
from nlp.overview.charts import Series
from nlp.overview.charts import columns as drawn
from nlp.overview.figures import UNTOLD, stack
from nlp.overview.gathering import Gathered, gather
from nlp.overview.groups import grouped, level_of_place
from nlp.overview.notes import Notes
from nlp.overview.page import page
from nlp.overview.report_table import columns
from nlp.overview.reuse_file import BadReuse, Reused, parsed
from nlp.overview.words import Words, known
from nlp.record.model import Check, Failure, Report, Source
from tests.collection.records import BLANK, record

RECEIVED = "requests.new_received"
TOTAL = f"{RECEIVED}.total"


def gathered(
    reports: Sequence[Report],
    *,
    accepted_only: bool = False,
    reused: Reused | None = None,
    agencies: dict[str, dict[str, object]] | None = None,
) -> Gathered:
    builder, notes = Builder(), Notes()
    for report in reports:
        line = json.decode(json.encode(report))
        told = (agencies or {}).get(report.organization or "")
        if told:
            line["agency"] = {"name": report.organization, **told}
        decoded = slim(json.encode(line))
        builder.add(decoded)
        notes(decoded)
    return gather(builder.collection(), notes, 0, accepted_only, reused)


def arrived(reports: Sequence[Report]) -> object:
    return stack(gathered(reports), next(told for told in known("stack") if told["id"] == "arrived"))


def test_a_blank_total_is_not_nothing() -> None:
    rows = (RECEIVED, "requests.granted", "requests.total")
    blank = {f"{row}.{column}": BLANK for row in rows for column in ("natural_person", "total")}
    found = arrived(
        [
            record("甲县气象局", values={f"{RECEIVED}.natural_person": 5, TOTAL: 5}),
            record("乙县气象局", values=blank),
        ]
    )
    assert (found.totals, found.counted, found.reports) == ([5.0], [1], [2])


def test_a_blank_total_that_follows_is_computed_and_told() -> None:
    done = {
        f"requests.{row}.{column}": 5
        for row in ("granted", "total")
        for column in ("natural_person", "total")
    }
    found = arrived([record("甲县气象局", values={f"{RECEIVED}.natural_person": 5, TOTAL: BLANK, **done})])
    assert (found.totals, found.counted, found.derived) == ([5.0], [1], 1)


def test_a_part_that_is_not_known_is_told_apart() -> None:
    values = {f"{RECEIVED}.natural_person": BLANK, f"{RECEIVED}.commercial_enterprise": BLANK, TOTAL: 9}
    found = arrived([record("甲县气象局", values=values)])
    assert {part.id: part.values for part in found.parts if any(part.values)} == {UNTOLD: [9.0]}


def test_parts_that_contradict_their_total_are_left_to_it() -> None:
    found = arrived([record("甲县气象局", values={f"{RECEIVED}.natural_person": 50, TOTAL: 5})])
    assert (found.totals, found.apart) == ([5.0], 1)
    assert sum(sum(part.values) for part in found.parts) == 5


def test_years_without_a_report_stand_empty() -> None:
    values = {f"{RECEIVED}.natural_person": 5, TOTAL: 5}
    found = arrived([record("甲县气象局", 2021, values), record("甲县气象局", 2023, values)])
    assert (found.years, found.totals, found.counted) == ([2021, 2022, 2023], [5.0, 0.0, 5.0], [1, 0, 1])


def test_only_accepted_reports_count_where_that_is_asked() -> None:
    reports = [record("甲县气象局"), record("乙县气象局", review=("cells_doubtful",))]
    assert len(gathered(reports).reports) == 2
    assert len(gathered(reports, accepted_only=True).reports) == 1


def test_groups_say_over_how_many_reports_their_rates_are() -> None:
    agencies = {"甲县气象局": {"place": ["甲省", None, None]}, "乙县气象局": {"place": ["乙省", None, None]}}
    values = {"requests.granted.natural_person": 3, "requests.granted.total": 3, TOTAL: 4}
    values |= {"requests.total.natural_person": 4, "requests.total.total": 4}
    values |= {"requests.denied_state_secret.natural_person": 1, "requests.denied_state_secret.total": 1}
    start = gathered(
        [record("甲县气象局", values=values), record("乙县气象局", default=None)], agencies=agencies
    )
    assert level_of_place(start) == "province"
    first, second = grouped(start, lambda agency: agency.province)
    assert (first.name, first.shares[0].numerator, first.shares[0].denominator, first.shares[0].reports) == (
        "甲省",
        3,
        4,
        1,
    )
    assert (second.name, second.shares[0].denominator, second.shares[0].reports, second.arrived_in) == (
        "乙省",
        0,
        0,
        0,
    )
    assert second.by_year == [None]


def broken(report: Report, blame: str = "source") -> Report:
    cells = ["requests.new_received.total", "requests.new_received.natural_person"]
    check = Check("requests.row_total.new_received", "total = …", 5, 4, "broken", blame, cells)
    return replace(report, checks=[check])


def test_a_broken_sum_counts_as_a_finding_only_where_the_reading_is_certain() -> None:
    start = gathered([broken(record("甲县气象局")), broken(record("乙县气象局"), "undecided")])
    assert [start.notes.sums(report) for report in start.reports.tolist()] == [1, 0]
    assert [start.notes.doubtful_sums(report) for report in start.reports.tolist()] == [0, 1]


def test_the_page_loads_and_runs_nothing_of_a_text() -> None:
    attack = "</script><script>alert(1)</script><img src=x onerror=alert(1)>局"
    made = page(gathered([record(attack), record("甲县气象局")]), Words("zh"), "0", "2026-01-01")
    assert "<img" not in made
    assert made.count("<script") == 2
    assert "alert(1)</script>" not in made
    assert not re.search(r"(?:src|href)=\"(?!#)", made)
    assert "default-src 'none'" in unescape(made)


@pytest.mark.parametrize("language", ["zh", "en"])
def test_the_page_says_what_it_counts_in_both_languages(language: str) -> None:
    unread = Report(source=Source("a.pdf", "a.pdf", "ab" * 32, "", None, 0, 0), error=Failure("damaged", ""))
    reports = [record("甲县气象局"), record("乙县气象局", review=("cells_doubtful",)), unread]
    words = Words("zh" if language == "zh" else "en")
    made = page(gathered(reports), words, "0", "2026-01-01")
    assert f'<html lang="{words.html_language}">' in made
    assert words("counted_in", counted=2, of=2) in made
    assert words("read_all", records=3) in made


def test_a_page_without_any_report_says_so() -> None:
    words = Words("zh")
    made = page(gathered([]), words, "0", "2026-01-01")
    assert words("lead_none") in made
    assert words("findings_nothing_checked") in made


def test_every_word_is_there_in_both_languages() -> None:
    lacking = [name for name, told in known("words").items() if not (told.get("zh") and told.get("en"))]
    assert lacking == []


def test_the_list_knows_no_number_where_none_was_read() -> None:
    found = {
        column.id: column for column in columns(gathered([record("甲县气象局", default=None)]), Words("zh"))
    }
    assert "arrived" not in found  # no report has one
    both = columns(
        gathered(
            [
                record("甲县气象局", default=None),
                record("乙县气象局", values={f"{RECEIVED}.natural_person": 2, TOTAL: 2}),
            ]
        ),
        Words("zh"),
    )
    assert sorted(next(column for column in both if column.id == "arrived").values, key=str) == [2, None]


def test_columns_are_as_high_as_their_sums() -> None:
    made = drawn("t", "d", ["2023"], ["1"], [Series("a", [30], "s0"), Series("b", [10], "s1")])
    heights = [float(height) for height in re.findall(r'height="([\d.]+)" class="piece', made)]
    assert heights[0] / heights[1] == pytest.approx(3, rel=0.02)
    assert "a: 30" in made


def test_copied_text_is_shown_from_what_reuse_wrote() -> None:
    report = record("甲县气象局")
    place = {"record": report.id, "text": "一段文字", "organization": "甲县气象局", "year": 2023}
    chain = {
        "characters": 60,
        "agencies": 2,
        "copies": [{**place, "record": "0" * 16, "organization": "乙县气象局"}, place],
    }
    content = json.encode(
        {"schema": "nianbao.reuse/1", "overview": {"reports": 2}, "copied": [chain], "left": []}
    )
    start = gathered([report], reused=parsed(content, "reuse.json"))
    assert start.copied_count(0) == 1
    assert "一段文字" in page(start, Words("zh"), "0", "2026-01-01")


@pytest.mark.parametrize("content", [b"[]", b"{", b'{"schema": "nianbao.across/1"}'])
def test_what_reuse_did_not_write_is_refused(content: bytes) -> None:
    with pytest.raises(BadReuse, match=r"reuse\.json"):
        parsed(content, "reuse.json")


def test_the_command_writes_a_page(tmp_path: Path) -> None:
    from click.testing import CliRunner

    from nlp.commands.overview import overview

    records = tmp_path / "records.jsonl"
    records.write_bytes(json.encode(record("甲县气象局")) + b"\nno record\n")
    made = tmp_path / "overview.html"
    result = CliRunner().invoke(overview, [str(records), "-o", str(made)], standalone_mode=False)
    assert result.return_value == 1  # a line was none
    assert Words("zh")("read_refused", count=1) in made.read_text(encoding="utf-8")
