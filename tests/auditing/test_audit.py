"""What a person is told of a report, in Chinese."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from nlp.auditing.audit import Audit, audit
from nlp.auditing.places import where
from nlp.auditing.reasons import reason
from nlp.auditing.text import findings_text
from nlp.auditing.words import words
from nlp.checking.sums import assess
from nlp.form.form import editions, named
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import CHAPTERS, Cell, Failure, Report, Review
from tests.project import ROOT

SAMPLE = ROOT / "data" / "samples" / "02-pipes-2019.txt"


@cache
def right() -> Report:
    return Reader().read(Input(str(SAMPLE)))


def changed(report: Report, values: dict[str, Any]) -> Report:
    """Return a report whose page prints other values in some cells."""
    tables = {t: {r: dict(cells) for r, cells in rows.items()} for t, rows in report.tables.items()}
    for id, change in values.items():
        table, row, column = id.split(".")
        tables[table][row][column] = replace(tables[table][row][column], **change)
    return replace(report, tables=tables, checks=assess(named(report.form or ""), tables))


def test_a_right_report_is_right() -> None:
    found = audit(right())
    assert (found.verdict, found.broken, found.reasons, found.holds) == ("right", [], [], 40)
    assert findings_text(found).startswith("✓")


def test_a_broken_row_is_told_with_its_cells_their_values_and_the_difference() -> None:
    report = changed(right(), {"review_litigation.litigation_direct.upheld": {"value": 7, "text": "7"}})
    (sum,) = audit(report).broken
    line = report.cell("review_litigation.litigation_direct.upheld").line
    assert sum.message == (
        "“行政诉讼·未经复议直接起诉”一行：“总计”为 0，而“结果维持”7 ＋ “结果纠正”0 ＋ “其他结果”0 "
        f"＋ “尚未审结”0 ＝ 7，相差 7（第 {line} 行）。"
    )
    assert (sum.table, sum.kind) == ("四、政府信息公开行政复议、行政诉讼情况", "横向合计")
    assert (sum.left, sum.right, sum.difference) == (0, 7, 7)
    assert [cell.value for cell in sum.cells] == [0, 7, 0, 0, 0]


def test_a_broken_balance_names_both_sides() -> None:
    report = changed(right(), {"requests.carried_forward.natural_person": {"value": 3, "text": "3"}})
    sum = next(one for one in audit(report).broken if "balance" in one.id)
    assert sum.message.startswith(
        "“自然人”一列：“一、本年新收政府信息公开申请数量”2 ＋ “二、上年结转政府信息公开申请数量”0 ＝ 2，"
        "而“（七）总计”2 ＋ “四、结转下年度继续办理”3 ＝ 5，相差 3（第 "
    )


def test_a_long_sum_names_what_is_not_0_and_counts_the_rest() -> None:
    report = changed(right(), {"requests.total.natural_person": {"value": 9, "text": "9"}})
    sum = next(one for one in audit(report).broken if "column_total" in one.id)
    assert re.search(r"“（七）总计”为 9，而“（一）予以公开”1 ＋ .*其余 \d+ 项为 0 ＝ 2，相差 7", sum.message)


def test_money_is_told_without_binary_fractions() -> None:
    assert audit(right()).broken == []
    from nlp.auditing.sums import _difference

    assert _difference(0.3, 0.1) == 0.2


@pytest.mark.parametrize(
    ("blame", "said"),
    [("source", "应是报告本身的数字有误"), ("undecided", "请对照原文"), ("extraction", "读取有误")],
)
def test_who_may_be_to_blame(blame: Any, said: str) -> None:
    report = changed(right(), {"review_litigation.review.total": {"value": 4, "text": "4"}})
    checks = [replace(one, blame=blame) if one.outcome == "broken" else one for one in report.checks]
    assert said in audit(replace(report, checks=checks)).broken[0].advice


def test_pages_of_a_pdf_and_lines_of_a_text_are_where() -> None:
    cell = Cell(3, "3", "printed", 41, (7, 8), 0.999)
    cells = [replace(cell, line=line) for line in (44, 41, 42, 43, 58, 41)]
    assert where(cells, "text/plain") == "第 41–44、58 行"
    assert where([replace(cell, page=4), replace(cell, page=3)], "application/pdf") == "第 3–4 页"


UNTOLD = {"value": None, "text": None, "state": "ambiguous", "line": None, "span": None}


def test_an_ambiguous_cell_is_told_with_what_it_may_be() -> None:
    id = "requests.granted.natural_person"
    report = changed(right(), {id: {**UNTOLD, "candidates": [1, None]}})
    said = f"What stands in 1 cells, or which of the numbers found is theirs, cannot be told: {id}."
    found = audit(replace(report, review=[Review("cells_ambiguous", said, [id])]))
    assert found.verdict == "doubtful"
    in_chinese = "有 1 格看不出写的是什么数，或无法判断数字属于哪一格：“（一）予以公开”（自然人）。"
    assert in_chinese in findings_text(found)
    assert "“（一）予以公开·自然人”可能是 1 或 空白" in findings_text(found)


def test_cells_of_a_row_that_may_be_the_same_are_told_together() -> None:
    ids = [f"requests.granted.{column}" for column in right().tables["requests"]["granted"]]
    either = {id: {**UNTOLD, "candidates": [None, 0] if n else [0, None]} for n, id in enumerate(ids)}
    report = replace(changed(right(), either), review=[Review("cells_ambiguous", "…", ids)])
    assert "        “（一）予以公开”各格可能是 0 或 空白\n" in findings_text(audit(report))


def test_a_document_that_could_not_be_read_says_why() -> None:
    report = Report(source=right().source, error=Failure("no_text_layer", "…"))
    assert audit(report).verdict == "failed"
    assert "没有文字层" in findings_text(audit(report))


def test_a_page_without_tables_is_not_called_right() -> None:
    assert audit(Report(source=right().source)).verdict == "unchecked"


def messages() -> dict[str, str]:
    return tomllib.loads((ROOT / "data" / "reviews.toml").read_text(encoding="utf-8"))


FACTS = {
    "count": "12",
    "ids": "requests.granted.total, requests.denied_state_secret.total and 10 more",
    "kinds": ", ".join(CHAPTERS[:2]),
    "table": "requests",
    "tokens": "'12' in line 34, '5' in line 35",
    "rows": "granted, denied_state_secret and 3 more",
    "checks": "requests.row_total.granted",
    "year": "2022",
    "form": "2019",
    "name": "某局",
    "fields": "tables.requests.granted.total, year, problems.2, sections.overview and 3 more",
    "others": "某院, 某所",
    "pages": "2, 3",
    "notes": "'注：行政处罚应为12。'",
}
LATIN = re.compile(r"[A-Za-z_]{3,}")


@pytest.mark.parametrize("code", messages())
def test_every_reason_is_said_in_chinese(code: str) -> None:
    facts = {name: FACTS[name] for name in re.findall(r"\{(\w+)\}", messages()[code])}
    names_cells = not {"ids", "fields"}.isdisjoint(facts)
    cells = ["requests.granted.total", "requests.denied_state_secret.total"] if names_cells else []
    said = reason(named("2021"), Review(code, messages()[code].format(**facts), cells))
    assert not LATIN.search(said)
    assert "{" not in said
    for name in ("count", "year", "form"):
        assert facts.get(name, "") in said


def test_a_reason_of_another_version_is_given_as_it_stands() -> None:
    assert reason(None, Review("new_code", "Something new.")) == "Something new."
    assert reason(None, Review("no_form", "Another wording.")) == "Another wording."


def test_every_failure_is_said_in_chinese() -> None:
    listed = (ROOT / "docs" / "inputs.md").read_text(encoding="utf-8").split("## What is not read")[1]
    codes = set(re.findall(r"`([a-z_]+)` ?[(,]|`([a-z_]+)`,", listed.split("##")[0]))
    flat = {one or other for one, other in codes} - {"error"}
    assert len(flat) > 15
    assert flat - set(words("failures")) == set()


def test_every_sum_of_the_form_has_a_name() -> None:
    ids = {one.id for form in editions() for table in form.tables for one in (*table.across, *table.down)}
    assert ids - set(words("relations")) == set()


HOSTILE = st.text(st.characters(codec="utf-8"), min_size=1, max_size=30)


@settings(max_examples=50, deadline=None)
@given(HOSTILE)
def test_no_text_of_a_report_reaches_the_terminal_raw(text: str) -> None:
    """A page could turn colours on, or write over the lines above."""
    source = replace(right().source, path=text)
    found: Audit = audit(replace(right(), organization=text, source=source, review=[Review("x", text)]))
    assert all(one.isprintable() or one in "\n\u3000" for one in findings_text(found))
