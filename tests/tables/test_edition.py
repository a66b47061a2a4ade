"""Which edition of the form a page follows."""

from __future__ import annotations

import pytest

from nlp.form import form as forms
from nlp.tables.edition import edition
from nlp.tables.page.regions import find_regions
from nlp.text.lines import split

EDITIONS = [
    ("行政规范性文件 1 0 4\n本年制发件数", 2022, "2021"),
    ("政府集中采购 1 3.5\n采购总金额\n上一年项目数量", 2020, "2019"),
    ("政府集中采购 1 3.5\n采购总金额\n上一年项目数量", 2022, "2019"),
    ("本年制发件数 本年废止件数\n2.逾期不缴费\n1.逾期不补正", 2020, "2021"),
    ("规章 0 0 0", 2020, "2019"),
    ("规章 0 0 0", 2024, "2021"),
    ("规章 0 0 0", None, "2021"),
    ("政府集中采购 1 3.5", None, "2019"),
]


@pytest.mark.parametrize(("page", "year", "expected"), EDITIONS)
def test_the_page_decides_then_the_year(page: str, year: int | None, expected: str) -> None:
    lines = split(page)
    found = find_regions(lines, ["table_row"] * len(lines), {"disclosure": (1, len(lines))})
    assert edition((region.tokens for region in found.values()), year) is forms.named(expected)


def test_before_the_first_edition_there_is_no_form() -> None:
    lines = split("主动公开 12 条")
    assert (
        edition((region.tokens for region in find_regions(lines, ["table_row"], {}).values()), 2015) is None
    )
