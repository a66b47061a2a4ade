"""What numbers of the prose speak of, what the tables say to them, and what becomes of it."""

from __future__ import annotations

from functools import cache

import pytest
from msgspec.structs import replace

from nlp.auditing.audit import audit
from nlp.auditing.text import findings_text
from nlp.claims.assessing import assessed, findings
from nlp.claims.numerals import numeral_at
from nlp.claims.paragraph import found_in
from nlp.claims.tokens import tokens
from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.claims import Claim
from nlp.record.model import Report
from tests.project import ROOT

SAMPLE = ROOT / "data" / "samples" / "02-pipes-2019.txt"
"""A report whose sums all hold."""


def told(text: str, chapter: str = "overview") -> list[tuple[str, float, str]]:
    """Return the kind, the number and the wording of each number of a paragraph of a report on 2023."""
    found = found_in(tokens(text, 2023, "某某县水利局"), chapter)
    return [(one.meaning.kind, one.value, one.wording) for one in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "2023年,县水利局收到政府信息公开申请12件,答复11件,结转下年度1件。",
            "received 12, answered 11, carried_forward 1",
        ),
        ("新收政府信息公开申请十二件,上年结转两件。", "new_received 12, carried_over 2"),
        ("收到3份政府信息公开申请,3份予以公开。", "received 3, granted 3"),
        ("上年未收到政府信息公开申请。", ""),
        ("本年未收到政府信息公开申请。", "received 0"),
        ("无政府信息公开申请,亦无上年结转。", "received 0, carried_over 0"),
        ("收到政府信息公开申请5件,已全部办结。", "received 5, closed 0"),
        ("收到政府信息公开申请5件,均在法定期限内答复。", "received 5"),
        ("未发生因政府信息公开引发的行政复议、行政诉讼。", "review 0, litigation 0"),
        ("政府信息公开行政复议2件,其中纠正1件。", "review 2, review 1"),
        (
            "制发行政规范性文件3件,废止1件,现行有效20件。",
            "documents_issued 3, documents_repealed 1, documents_in_force 20",
        ),
        ("作出行政许可决定1,234件、行政处罚决定5件。", "licensing 1234, penalties 5"),
    ],
)
def test_plain_words_say_what_a_number_speaks_of(text: str, expected: str) -> None:
    assert ", ".join(f"{kind} {value}" for kind, value, _ in told(text)) == expected
    assert {wording for _, _, wording in told(text)} <= {"plain"}


@pytest.mark.parametrize(
    "text",
    [
        "受理群众投诉50件,办结50件。",
        "受理行政许可申请50件,办结49件。",
        "下属单位收到政府信息公开申请5件。",
        "明年计划制定规范性文件3件。",
        "召开会议3次,发布解读5篇。",
        "第3件政府信息公开申请由办公室答复。",
        "收到人大建议5件,均已办结。",
        "收到政府信息公开申请的期限为3至5件次。",
    ],
)
def test_other_matters_speak_of_no_cell(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    ("text", "wording"),
    [
        ("全市共收到政府信息公开申请50件。", "weak"),
        ("截至目前累计收到政府信息公开申请50件。", "weak"),
        ("通过网络收到政府信息公开申请5件。", "weak"),
        ("上半年收到政府信息公开申请5件。", "weak"),
        ("县住建局收到政府信息公开申请5件。", "weak"),
        ("县住建局情况较好,收到政府信息公开申请5件。", "doubtful"),
        ("翻开台账,收到政府信息公开申请5件。", "doubtful"),
    ],
)
def test_a_number_that_may_count_more_or_less_is_not_plain(text: str, wording: str) -> None:
    assert [one for _, _, one in told(text)] == [wording]


@pytest.mark.parametrize(
    "text",
    [
        "收到政府信息公开申请约50件。",
        "翻开台账,全年收到政府信息公开申请50件。",
        "上年结转申请3件。",
        "其中属于予以公开情形的申请3件。",
        "另有3件申请系上年度结转而来。",
        "3件申请因年末收件,结转下年度办理。",
        "收到的信息公开申请,3件予以公开。",
        "从申请人类别看,自然人申请3件。",
        "依法做好依申请公开工作。收到申请3件。",
        "行政许可方面,我局作出决定3件。",
        "清理之后,现行有效的规范性文件3件。",
    ],
)
def test_words_that_leave_no_doubt(text: str) -> None:
    assert [wording for _, _, wording in told(text)] == ["plain"]


def test_of_all_that_are_answered_none_is_left() -> None:
    assert told("当年的申请全部办结,没有一件结转到下一年。")[-1] == ("carried_forward", 0, "plain")
    assert told("收到的政府信息公开申请均已办结。") == [("closed", 0, "plain")]


@pytest.mark.parametrize(
    "text",
    [
        "2022年收到政府信息公开申请50件。",
        "去年收到政府信息公开申请50件。",
    ],
)
def test_numbers_of_another_year_are_of_no_cell(text: str) -> None:
    assert [kind for kind, _, _ in told(text)] == ["other_year"]


def test_a_part_of_a_number_counts_its_applicants() -> None:
    found = found_in(tokens("收到政府信息公开申请5件,其中自然人3件。", 2023, None), "overview")
    assert [one.meaning.columns for one in found] == [(), ("natural_person",)]


def test_what_stands_in_the_part_on_applications_need_not_say_so() -> None:
    assert told("收到申请2件。", "disclosure_on_request") == [("received", 2, "plain")]
    assert told("收到申请2件。", "overview") == [("received", 2, "weak")]


@pytest.mark.parametrize(
    ("text", "value"), [("3.5万元", 3.5), ("500元", 0.05), ("1.2万条", 12000), ("二十件", 20), ("100%", 100)]
)
def test_units_are_those_of_the_tables(text: str, value: float) -> None:
    numeral = numeral_at(text, 0)
    assert numeral is not None
    assert numeral.value == value


@pytest.mark.parametrize("text", ["3至5件", "3-5件", "3月", "3个工作日", "二〇件"])
def test_ranges_and_dates_are_no_counts(text: str) -> None:
    assert numeral_at(text, 0) is None


@cache
def report_with(sentence: str) -> Report:
    """Return the sample's record with a sentence in its overview."""
    text = SAMPLE.read_text(encoding="utf-8").lstrip("\ufeff")
    heading = next(line for line in text.split("\n") if "总体情况" in line)
    return Reader().read(
        BytesInput("a.txt", content=text.replace(heading, f"{heading}\n{sentence}", 1).encode())
    )


def claim_of(report: Report, text: str) -> Claim:
    (claim,) = [claim for claim in report.claims if claim.text == text]
    return claim


WRONG = "本年度新收政府信息公开申请987件。"


def test_a_claim_stands_where_it_says() -> None:
    report = report_with(WRONG)
    claim = claim_of(report, "987件")
    text = SAMPLE.read_text(encoding="utf-8").lstrip("\ufeff")
    heading = next(line for line in text.split("\n") if "总体情况" in line)
    page = text.replace(heading, f"{heading}\n{WRONG}", 1)
    assert page[slice(*claim.span)] == "987件"
    assert page.split("\n")[claim.line - 1] == WRONG


def test_a_number_that_differs_is_a_finding_and_no_reason_to_look() -> None:
    report = report_with(WRONG)
    (check,) = [check for check in report.checks if not check.is_sum]
    assert (check.outcome, check.blame, check.left) == ("broken", "source", 987)
    assert check.cells == ["requests.new_received.total"]
    assert check.right == report.cell("requests.new_received.total").value
    assert report.review == []
    found = audit(report)
    assert (found.verdict, found.broken, found.claims.differ) == ("differs", [], 1)
    assert "正文与表格不一致" in findings_text(found)
    assert "“新收申请”为“987件”，而表格“一、本年新收政府信息公开申请数量·总计”为" in findings_text(found)


def test_an_equal_number_agrees_and_is_no_finding() -> None:
    number = report_with(WRONG).cell("requests.new_received.total").value
    report = report_with(f"本年度新收政府信息公开申请{number}件。")
    assert [claim.outcome for claim in report.claims if claim.kind == "new_received"] == ["agrees"]
    assert [check for check in report.checks if not check.is_sum] == []
    assert audit(report).verdict == "right"


def test_a_weak_number_differs_from_nothing() -> None:
    report = report_with("全市共收到政府信息公开申请987件。")
    assert claim_of(report, "987件").outcome == "not_assessable"


def test_claims_are_held_against_corrected_tables() -> None:
    report = report_with(WRONG)
    tables = {**report.tables, "requests": {**report.tables["requests"]}}
    row = dict(tables["requests"]["new_received"])
    row["total"] = replace(row["total"], value=987, state="corrected")
    tables["requests"]["new_received"] = row
    again = assessed(report.claims, tables)
    assert [claim.outcome for claim in again if claim.text == "987件"] == ["agrees"]
    assert findings(again, tables) == []
    assert assessed(again, report.tables) == report.claims


def test_what_came_over_may_be_what_is_open() -> None:
    """全部办结 of what was received says nothing of what came over from the year before."""
    report = report_with("本年度新收政府信息公开申请987件，已全部办结。")
    closed = next(claim for claim in report.claims if claim.kind == "closed")
    rows = report.tables["requests"]

    def with_total(row: str, value: int) -> dict[str, dict[str, object]]:
        return {**rows[row], "total": replace(rows[row]["total"], value=value)}  # type: ignore[dict-item]

    open_one = {**report.tables, "requests": {**rows, "carried_forward": with_total("carried_forward", 1)}}
    assert assessed([closed], open_one)[0].outcome == "differs"  # type: ignore[arg-type]
    over = {
        "carried_forward": with_total("carried_forward", 1),
        "carried_over": with_total("carried_over", 1),
    }
    both = {**report.tables, "requests": {**rows, **over}}
    assert assessed([closed], both)[0].outcome == "not_assessable"  # type: ignore[arg-type]
