"""Notes beside tables and remarks behind numbers: which of them speak against a number."""

from __future__ import annotations

import pytest

from nlp.tables.assemble import assemble
from nlp.tables.page.remarks import is_contradicted
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split
from tests.tables.printing import cell_of, html, read, reviews

AGAINST = [
    "注：行政处罚应为12。",
    "更正说明：上表现行有效件数有笔误。",
    "说明：本表为2021年数据。",
    "（2021年度数据）",
    "注：系上年数。",
    "注：上年同期数据",
    "备注：统计截至2022年9月30日。",
    "注：收费单位为元。",
    "*表中处罚件数以万件计，单位：万件",
]
HARMLESS = [
    "注：现行有效件数含历年制发。",
    "（统计期限：2022年1月1日至2022年12月31日）",
    "（单位：万元）",
    "说明：以上数据为2022年数据，截至2022年12月31日。",
    "本年度无更正。",
    "注：较上年数据有所增加。",
]


def notes(note: str) -> tuple[str, ...]:
    """The notes found against a table with a line below it."""
    lines = split(f"规章\t0\t0\t3\n行政许可\t12\n行政事业性收费\t0\n{note}")
    assembly = assemble(lines, ["table_row"] * 3 + ["narrative"], {"disclosure": (1, len(lines))}, 2022)
    return tuple(line.raw for line in assembly.notes)


@pytest.mark.parametrize("note", AGAINST)
def test_a_note_that_numbers_are_other_ones_speaks_against_them(note: str) -> None:
    assert notes(note) == (note,)


@pytest.mark.parametrize("note", HARMLESS)
def test_any_other_line_below_a_table_does_not(note: str) -> None:
    assert notes(note) == ()


REMARKS = {
    "35（应为36）": True,
    "35(有误)": True,
    "35（去年数）": True,
    "35（含重复件，实为33件）": True,
    "35（以系统为准）": True,
    "35（其中网上12件）": False,
    "35（含上年结转5）": False,
    "35（不含下属单位）": False,
    "35": False,
    "35（二）": False,
}


@pytest.mark.parametrize(("cell", "expected"), REMARKS.items())
def test_a_remark_contradicts_its_number_unless_it_says_what_is_counted(cell: str, expected: bool) -> None:
    (line,) = split(f"行政许可\t{cell}\t")
    number = next(token for token in tokens(line) if token.text.startswith("35"))
    assert is_contradicted(number, line) is expected


def test_a_contradicted_number_is_asked_for_in_given_cells_as_well() -> None:
    report = read(html({"licensing.decisions": "569（应为596）", "penalties.decisions": "3（其中联合2件）"}))
    assert cell_of(report, "licensing.decisions").state == "ambiguous"
    assert cell_of(report, "penalties.decisions").value == 3
    assert reviews(report) == ["cells_ambiguous"]
