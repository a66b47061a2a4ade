"""Whole pages: whose report, of which year, how sure, or no report at all (identity.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from typing import Any

import pytest
from msgspec import UNSET

from nlp.reading.inputs import BytesInput
from nlp.record.model import Report
from nlp.running.extraction import loaded
from tests.project import ROOT
from training.identity.measured import page_of_case

FILE = ROOT / "tests" / "narrative" / "identity.toml"
PAGES: dict[str, Any] = tomllib.loads(FILE.read_text(encoding="utf-8"))
CASES: list[dict[str, Any]] = PAGES["case"]
CHAPTERS: str = PAGES["chapters"]


def page(case: dict[str, Any]) -> str:
    """Return a case's page with its chapters filled in."""
    return page_of_case(PAGES, case) + "\n"


@cache
def read(text: str, path: str = "page.txt") -> Report:
    return loaded(None).read(BytesInput(path, content=text.encode("utf-8")))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["name"])
def test_a_page_says_whose_report_it_is_or_that_it_is_none(case: dict[str, Any]) -> None:
    report = read(page(case))
    is_report = report.error is UNSET
    assert is_report == case.get("report", True)
    if not is_report:
        return
    codes = [reason.code for reason in report.review]
    if "organization" in case:
        names = case["organization"] if isinstance(case["organization"], list) else [case["organization"]]
        assert (report.organization or "") in names
    if "year" in case:
        assert (report.year or "") == case["year"]
    if "form" in case:
        assert (report.form or "") == case["form"]
    for code in case.get("doubtful", []):
        assert code in codes
    for code in case.get("sure", []):
        assert code not in codes


def test_spans_point_at_the_agency_and_the_year() -> None:
    text = "首页\n云岭县 水利局\n２０２３年政府信息公开工作年度报告\n" + CHAPTERS.format(first="平稳。")
    report = read(text)
    assert report.organization_span is not None
    assert report.year_span is not None
    start, end = report.organization_span
    assert text[start:end] == "云岭县 水利局"
    start, end = report.year_span
    assert text[start:end] == "２０２３"


def test_the_name_of_a_file_and_of_its_folder_is_a_hint_and_nothing_more() -> None:
    text = CHAPTERS.format(first="我局做好公开工作。")
    report = read(text, "reports/云岭县水利局/2022.txt")
    assert (report.organization, report.organization_span) == ("云岭县水利局", None)
    assert (report.year, report.year_span) == (2022, None)
    codes = {reason.code for reason in report.review}
    assert {"organization_doubtful", "year_doubtful"} <= codes
