"""Reports of a collection contradict each other: what is told, what holds, what cannot be compared."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nlp.across.across import Across, Counts, across
from nlp.across.findings import Finding
from nlp.across.knowledge import known
from nlp.across.text import counts_sentence, findings_text
from nlp.collection.collection import Builder
from nlp.collection.slim import SlimCell, SlimReport
from nlp.record.model import Cell, Report, Review
from nlp.writers.tables import form_cells
from tests.collection.records import BLANK, record
from training.across.world import Office, prose
from training.across.world import record as slim_record

OVER, FORWARD = "requests.carried_over.natural_person", "requests.carried_forward.natural_person"
NORMS = "disclosure.normative_documents"
BUSY = {
    "disclosure.licensing.decisions": 171,
    "disclosure.penalties.decisions": 1285,
    "disclosure.coercion.decisions": 25,
    "requests.new_received.natural_person": 12,
    "requests.granted.natural_person": 12,
}
BLANK_CELL = Cell(None, "/", "blank", 7, (0, 1), 1.0)
LAST_YEARS_PERIOD = "统计期限自2022年1月1日起至2022年12月31日止。"


def compared(*reports: Report | SlimReport) -> Across:
    builder = Builder()
    for report in reports:
        builder.add(report)
    return across(builder.collection())


def found(kind: str, *reports: Report | SlimReport) -> list[Finding]:
    return [finding for finding in compared(*reports).findings if finding.kind == kind]


def counts(kind: str, *reports: Report | SlimReport) -> Counts:
    return next(counts for counts in compared(*reports).counts if counts.kind == kind)


def test_what_is_carried_over_is_what_was_carried_forward() -> None:
    last = record(year=2022, values={FORWARD: 2})
    assert found("carried_over", last, record(values={OVER: 2})) == []
    (finding,) = found("carried_over", last, record(values={OVER: 0}))
    assert (finding.years, finding.left, finding.right, finding.blame) == ([2022, 2023], 0, 2, "source")
    assert [cell.id for cell in finding.cells] == [OVER, FORWARD]
    assert [cell.line for cell in finding.cells] == [7, 7]
    assert "“二、上年结转政府信息公开申请数量·自然人”为 0（第 7 行）" in finding.message
    assert "相差 2" in finding.message


def test_every_column_of_a_pair_is_one_finding() -> None:
    totals = {FORWARD: 2, "requests.carried_forward.total": 2}
    (finding,) = found("carried_over", record(year=2022, values=totals), record())
    assert len(finding.cells) == 4


def test_an_empty_cell_is_not_compared_and_counted_with_its_reason() -> None:
    last = record(year=2022, values={FORWARD: 2})
    count = counts("carried_over", last, record(values={OVER: BLANK}))
    assert (count.broken, count.reasons["blank"], count.reasons["no_last_report"]) == (0, 1, 7)
    assert counts("carried_over", last, record(values={OVER: None})).reasons["missing"] == 1


def test_a_year_that_is_missing_is_not_bridged() -> None:
    count = counts("carried_over", record(year=2021, values={FORWARD: 2}), record(values={OVER: 0}))
    assert (count.all, count.reasons) == (14, {"no_last_report": 14})


def test_counts_add_up_and_say_what_could_not_be_compared() -> None:
    for count in compared(record(year=2021), record(year=2022, values={OVER: BLANK}), record()).counts:
        assert count.all == count.holds + count.broken + count.not_assessable
        assert count.not_assessable == sum(count.reasons.values())
    assert "没有上一年度的报告 7" in counts_sentence(counts("carried_over", record(), record(year=2022)))


@pytest.mark.parametrize("code", known("doubtful_identity"))
def test_a_doubtful_agency_or_year_leaves_open_what_is_wrong(code: str) -> None:
    last, this = record(year=2022, values={FORWARD: 2}), record(review=(code,))
    (finding,) = found("carried_over", last, this)
    assert (finding.blame, finding.doubts) == ("undecided", [code])
    assert "机关或年度尚待确认" in finding.advice


@pytest.mark.parametrize("code", known("doubtful_reading"))
def test_numbers_that_may_stand_elsewhere_leave_open_what_is_wrong(code: str) -> None:
    last, this = record(year=2022, values={FORWARD: 2}), record(review=(code,))
    (finding,) = found("carried_over", last, this)
    assert (finding.blame, finding.doubts) == ("undecided", [code])
    (sure,) = found("carried_over", last, record(review=("cells_missing",)))
    assert (sure.blame, sure.doubts) == ("source", [])


def test_numbers_that_do_stand_elsewhere_prove_nothing() -> None:
    last, this = record(year=2022, values={f"{NORMS}.in_force": 5}), record(review=("cells_out_of_place",))
    assert found("in_force", last, this) == []
    assert counts("in_force", last, this).reasons["doubtful"] == 1


def test_a_doubt_about_one_table_is_none_about_another() -> None:
    last = record(year=2022, values={FORWARD: 2})
    this = record()
    this.review.append(Review("rows_without_numbers", "", table="disclosure"))
    assert found("carried_over", last, this)[0].blame == "source"
    this.review.append(Review("rows_without_numbers", "", table="requests"))
    assert found("carried_over", last, this)[0].blame == "undecided"


def test_a_row_that_is_lost_puts_the_rows_beside_it_in_doubt() -> None:
    last = record(year=2022, values={FORWARD: 2})
    lost = {cell: None for cell in form_cells() if cell.startswith("requests.unavailable_not_held.")}
    (finding,) = found("carried_over", last, record(values=lost, review=("cells_missing",)))
    assert (finding.blame, finding.doubts) == ("undecided", ["cells_missing"])
    (sure,) = found("carried_over", last, record(values=lost))  # a row that reports may leave out
    assert sure.blame == "source"


def test_a_doubtful_year_does_not_hide_what_is_about_the_year() -> None:
    (period,) = found("another_year_in_prose", record(text=LAST_YEARS_PERIOD, review=("year_doubtful",)))
    assert period.blame == "undecided"
    assert found("another_year_in_prose", record(text=LAST_YEARS_PERIOD))[0].blame == "source"
    named = record(text="2022年办理。2022年公开。2022年培训。2022年检查。", review=("year_doubtful",))
    assert found("another_year_in_prose", named)[0].doubts == ["year_doubtful"]


def test_a_doubtful_year_does_not_hide_one_report_under_two_years() -> None:
    text = "本机关依法做好政府信息公开工作，按规定公开机构职能、办事流程和财政预算。" * 20
    last, this = record(year=2022, text=text), record(text=text, review=("year_doubtful",))
    assert [finding.years for finding in found("same_report", last, this)] == [[2022, 2023]]
    undated = replace(record(text=text), year=None)
    (finding,) = found("same_report", last, undated)
    assert (finding.years, finding.blame) == ([2022], "undecided")
    assert "写明的年度不能确定" in finding.message
    other = replace(record(text=text, values={FORWARD: 1}), year=None)
    assert found("same_report", last, other) == []


def test_a_doubtful_cell_is_a_finding_only_where_the_sums_of_its_own_report_decide() -> None:
    last = record(year=2022, values={FORWARD: 2})
    done = {"requests.granted.natural_person": 2, "requests.total.natural_person": 2}
    done |= {"requests.carried_over.total": 2}
    last = record(year=2022, values={FORWARD: 2, "requests.carried_forward.total": 2})
    misread = record(values={OVER: 8, **done}, doubtful=(OVER,))
    assert [finding.blame for finding in found("carried_over", last, misread)] == ["extraction"]
    last, unclear = record(year=2022, values={FORWARD: 2}), record(values={OVER: 0}, doubtful=(OVER,))
    told = found("carried_over", last, unclear)
    assert [(finding.blame, finding.doubts) for finding in told] == [("undecided", ["cells_doubtful"])]
    nothing_decides = record(values={OVER: 0, "requests.total.natural_person": BLANK}, doubtful=(OVER,))
    nothing_decides.tables["requests"]["carried_over"]["total"] = BLANK_CELL
    assert found("carried_over", last, nothing_decides) == []
    assert counts("carried_over", last, nothing_decides).reasons["doubtful"] == 1


def test_what_is_in_force_is_what_was_and_was_issued_less_what_was_repealed() -> None:
    last = record(year=2022, values={f"{NORMS}.in_force": 10})
    this = {f"{NORMS}.issued": 3, f"{NORMS}.repealed": 1}
    assert found("in_force", last, record(values={**this, f"{NORMS}.in_force": 12})) == []
    (finding,) = found("in_force", last, record(values={**this, f"{NORMS}.in_force": 13}))
    assert (finding.left, finding.right) == (13, 12)
    assert "10（第 7 行） ＋ " in finding.message


def test_the_first_year_of_a_form_has_nothing_before_it() -> None:
    count = counts("in_force", record(year=2020), record(year=2021))
    assert count.reasons == {"other_form": 2}


def test_items_of_the_form_of_2019_go_on() -> None:
    last = record(year=2019, values={"disclosure.fees.previous_items": 5, "disclosure.fees.change": -2})
    assert (
        found("previous_items", last, record(year=2020, values={"disclosure.fees.previous_items": 3})) == []
    )
    assert len(found("previous_items", last, record(year=2020))) == 1


def test_a_year_that_prints_the_numbers_of_another_is_told_once() -> None:
    values = {**BUSY, FORWARD: 4}
    this = compared(record(year=2022, values=values), record(values=values))
    assert [finding.kind for finding in this.findings] == ["another_years_data"]
    assert "逐格相同" in this.findings[0].message


def test_few_numbers_that_are_equal_prove_nothing() -> None:
    values = {"requests.new_received.natural_person": 1, "requests.granted.natural_person": 1}
    reports = record(year=2022, values=values), record(values=values)
    assert found("another_years_data", *reports) == []
    assert counts("another_years_data", *reports).reasons == {"too_few_numbers": 1}


def test_one_report_under_two_years_is_told_and_not_compared_further() -> None:
    text = "本年主动公开信息若干条，答复申请若干件。" * 20
    values = {FORWARD: 2}
    this = compared(record(year=2022, text=text, values=values), record(text=text, values=values))
    assert [finding.kind for finding in this.findings] == ["same_report"]


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("统计期限从2022年1月1日起至2022年12月31日止。", True),
        ("统计期限从2023年1月1日起至2023年12月31日止。2022年，2022年，2022年。", False),
        ("2022年公开。2022年答复。2022年改进。", True),
        ("2022年公开。2022年答复。", False),
        ("比2022年多，较2022年好，与2022年同。", False),
        ("", False),
    ],
)
def test_prose_that_speaks_of_another_year(text: str, told: bool) -> None:
    assert bool(found("another_year_in_prose", record(text=text))) == told


def county(year: int, *, whole: int = 0, absent: int = 0) -> list[SlimReport]:
    """A government and three offices of one county, whose numbers come to its own but for `whole`."""
    values = [{cell: (n + 1) * value * (year - 2000) for cell, value in BUSY.items()} for n in range(3)]
    total = {cell: sum(part[cell] for part in values) for cell in BUSY}
    total["requests.granted.natural_person"] += whole
    told = [("甲县人民政府", "government", total)]
    told += [(f"甲县{n}局", f"kind{n}", part) for n, part in enumerate(values)]
    reports = []
    for name, kind, numbers in told[: len(told) - absent]:
        office = Office(name, "210101", kind, "county", 1, [], {year: dict(numbers)})
        office.prose[year] = f"{name}{year}年。"
        reports.append(slim_record(office, year))
    return reports


def test_parts_come_to_the_whole_in_every_year_if_they_do_in_one() -> None:
    assert found("parts_of_whole", *county(2021), *county(2022)) == []
    (finding,) = found("parts_of_whole", *county(2021), *county(2022, whole=5))
    assert (finding.agency, finding.years) == ("甲县人民政府", [2022])
    assert "相差 5" in finding.message


def test_one_year_proves_the_parts_where_all_but_few_cells_agree() -> None:
    (finding,) = found("parts_of_whole", *county(2022, whole=5))
    assert "除少数几格外完全一致" in finding.message
    assert counts("parts_of_whole", *county(2022, whole=5, absent=1)).reasons == {"parts_unknown": 1}


def test_known_parts_that_come_to_more_than_the_whole_are_told_though_one_is_missing() -> None:
    (finding,) = found("parts_of_whole", *county(2021), *county(2022, whole=-2200, absent=1))
    assert (finding.years, finding.blame) == ([2022], "source")
    assert "已知的 2 份报告之和已达" in finding.message


def test_a_blank_of_a_part_is_a_second_reading_and_said_to_be_one() -> None:
    reports = [*county(2021), *county(2022, whole=5)]
    requests = reports[-1].tables["requests"]
    requests["granted"]["natural_person"] = SlimCell(None, "blank")
    assert found("parts_of_whole", *reports) == []
    for row in (
        "carried_over",
        "partially_granted",
        "carried_forward",
    ):  # a table that leaves its zeros blank
        requests[row] = {column: SlimCell(None, "blank") for column in ("natural_person", "total")}
    (finding,) = found("parts_of_whole", *reports)
    assert finding.blame == "undecided"
    assert "空白格" in finding.message


def test_a_part_that_does_not_report_leaves_the_whole_alone() -> None:
    reports = [*county(2021), *county(2022, whole=5, absent=1)]
    assert found("parts_of_whole", *reports) == []
    assert counts("parts_of_whole", *reports).reasons == {"parts_missing": 1}


def test_nothing_compared_is_not_said_to_be_right() -> None:
    assert "没有一处可以比较" in findings_text(compared(record()))
    assert "处中没有发现不一致" in findings_text(compared(record(year=2022), record()))


def test_texts_cannot_control_a_terminal() -> None:
    name = "甲县\x1b[31m局"
    reports = record(name, 2022, {FORWARD: 2}, name="a"), record(name, 2023, name="b")
    assert "\x1b" not in findings_text(compared(*reports))


def test_made_up_prose_is_of_its_own_year() -> None:
    from random import Random

    assert found("another_year_in_prose", record(text=prose(Random(1), "甲局", 2023))) == []
