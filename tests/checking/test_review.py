"""What a person must look at in a record."""

from __future__ import annotations

import msgspec
import pytest
from msgspec.structs import replace

from nlp.checking.reading_order import misplaced
from nlp.checking.review import Findings, review
from nlp.checking.sums import assess
from nlp.form import form as forms
from nlp.narrative.identity.identity import Identity
from nlp.narrative.identity.no_report import Appearance
from nlp.record.model import MISSING, Cell, Section, Source, Tables
from nlp.tables.assemble import Assembly
from nlp.tables.evidence import Evidence
from nlp.tables.page.tokens import Kind, Token

FORM = forms.named("2021")
KINDS = (
    "overview",
    "disclosure",
    "requests",
    "review_litigation",
    "problems_and_improvements",
    "other_matters",
)
PROSE = ("overview", "problems_and_improvements", "other_matters")
WHOSE = Identity("某局", 0.99, (0, 2), year=2022, year_confidence=0.99)
REPORT = Appearance(9.0, "", "")
SOURCE = Source("a.txt", "a.txt", "", "text/plain", "utf-8", 0, 9)
NOUGHT = Cell(0, "0", "printed", 1, (0, 1), 0.999)
ORPHAN = Token(Kind.VALUE, 4, 0, 2, "12")


def tables() -> Tables:
    return {
        table.id: {row.id: dict.fromkeys(row.columns, NOUGHT) for row in table.rows if not row.optional}
        for table in FORM.tables
    }


def found(read: Tables | None = None, evidence: Evidence | None = None) -> Findings:
    """A report of noughts in which all is well, but for what is given."""
    read = read or tables()
    proof = {table.id: Evidence("rows") for table in FORM.tables} | (
        {"requests": evidence} if evidence else {}
    )
    chapters = [Section(kind, kind, 1, (1, 1), "", []) for kind in KINDS]
    return Findings(
        SOURCE,
        WHOSE,
        REPORT,
        Assembly(FORM, read, proof),
        chapters,
        [],
        [],
        assess(FORM, read),
        misplaced(read, proof),
    )


def codes(findings: Findings) -> list[str]:
    return [reason.code for reason in review(findings)]


def test_a_report_in_which_all_is_well_needs_no_one() -> None:
    assert review(found()) == []


def test_what_is_unknown_about_the_document_is_a_reason() -> None:
    assert codes(replace(found(), identity=replace(WHOSE, organization=None))) == ["organization_unknown"]
    assert codes(replace(found(), identity=replace(WHOSE, year=None))) == ["year_unknown"]
    assert codes(replace(found(), identity=replace(WHOSE, year=2020))) == ["form_of_another_year"]
    assert codes(replace(found(), identity=replace(WHOSE, is_year_doubtful=True))) == ["year_doubtful"]
    doubtful = replace(WHOSE, is_organization_doubtful=True, rival_organizations=["某院"])
    reasons = review(replace(found(), identity=doubtful))
    assert [reason.code for reason in reasons] == ["organization_doubtful"]
    assert "某院" in reasons[0].message
    damaged = msgspec.structs.replace(SOURCE, replaced_characters=3)
    assert codes(replace(found(), source=damaged)) == ["characters_replaced"]


def without_chapter(findings: Findings, kind: str) -> Findings:
    return replace(findings, sections=[section for section in findings.sections if section.kind != kind])


@pytest.mark.parametrize("kind", PROSE)
def test_a_chapter_that_was_not_found_is_a_reason(kind: str) -> None:
    (reason,) = review(without_chapter(found(), kind))
    assert reason.code == "chapters_missing"
    assert kind in reason.message


@pytest.mark.parametrize("kind", sorted(set(KINDS) - set(PROSE)))
def test_a_lost_heading_is_no_reason_where_the_whole_table_was_surely_read(kind: str) -> None:
    assert codes(without_chapter(found(), kind)) == []


@pytest.mark.parametrize("cell", [MISSING, Cell(3, "3", "printed", 1, (0, 1), 0.5)])
def test_a_lost_heading_is_a_reason_where_a_cell_of_its_table_is_not_sure(cell: Cell) -> None:
    read = tables()
    read["disclosure"]["licensing"] = {"decisions": cell}
    assert codes(without_chapter(found(read), "disclosure"))[0] == "chapters_missing"


def test_a_lost_heading_is_a_reason_where_its_table_is_lost_too() -> None:
    findings = without_chapter(found(), "disclosure")
    without = {id: rows for id, rows in findings.assembly.tables.items() if id != "disclosure"}
    assert codes(replace(findings, assembly=replace(findings.assembly, tables=without))) == [
        "chapters_missing"
    ]


def test_neither_tables_nor_chapters_is_no_report() -> None:
    assert codes(replace(found(), assembly=Assembly(None), sections=[])) == ["no_report"]


CELLS = [
    (MISSING, "cells_missing"),
    (Cell(None, None, "ambiguous", None, None, 0.4, [1, 2]), "cells_ambiguous"),
    (Cell(3, "3", "printed", 1, (0, 1), 0.5), "cells_doubtful"),
    (Cell(None, None, "blank", None, None, 0.5), "cells_doubtful"),
]


@pytest.mark.parametrize(("cell", "code"), CELLS)
def test_a_cell_that_is_not_sure_is_a_reason(cell: Cell, code: str) -> None:
    read = tables()
    read["disclosure"]["licensing"] = {"decisions": cell}
    (reason,) = review(found(read))
    assert (reason.code, reason.cells) == (code, ["disclosure.licensing.decisions"])


def test_a_sure_blank_is_no_reason() -> None:
    read = tables()
    read["disclosure"]["licensing"] = {"decisions": Cell(None, None, "blank", None, None, 0.99)}
    assert review(found(read)) == []


def test_rows_that_another_printed_row_stands_for_are_not_missed() -> None:
    read = tables()
    requests = FORM.table("requests")
    read["requests"]["other"] = dict.fromkeys(requests.row["other"].columns, NOUGHT)
    for id in requests.row["other"].stands_for:
        read["requests"][id] = dict.fromkeys(requests.row[id].columns, MISSING)
    assert review(found(read)) == []


def test_a_row_that_the_agency_left_out_is_not_missed() -> None:
    read = tables()
    read["disclosure"]["regulations"] = dict.fromkeys(
        FORM.table("disclosure").row["regulations"].columns, MISSING
    )
    findings = found(read)
    assert codes(findings) == ["cells_missing"]
    proof = {**findings.assembly.evidence, "disclosure": Evidence("rows", left_out=("regulations",))}
    assert codes(replace(findings, assembly=replace(findings.assembly, evidence=proof))) == []


EVIDENCE = [
    (Evidence("rows", unassigned=(ORPHAN,)), "numbers_left_over"),
    (Evidence("rows", without_numbers=("granted",)), "rows_without_numbers"),
    (Evidence("rows", in_order=False), "rows_out_of_order"),
    (Evidence("rows", columns_in_order=False), "columns_out_of_order"),
    (
        Evidence("rows", repeated=("granted", "total", "new_received", "carried_over", "other")),
        "several_reports",
    ),
]


def test_two_rows_in_each_others_place_are_one() -> None:
    read = tables()
    for row, start in (("review", 30), ("litigation_direct", 10), ("litigation_after_review", 40)):
        read["review_litigation"][row] = dict.fromkeys(read["review_litigation"][row], _at(start))
    (reason,) = review(found(read))
    cells = [
        f"review_litigation.litigation_direct.{column}" for column in read["review_litigation"]["review"]
    ]
    assert (reason.code, reason.cells) == ("cells_out_of_place", cells)


def _at(start: int) -> Cell:
    return Cell(0, "0", "printed", 1, (start, start + 1), 0.999)


@pytest.mark.parametrize(("evidence", "code"), EVIDENCE)
def test_evidence_against_a_reading_is_a_reason(evidence: Evidence, code: str) -> None:
    assert code in codes(found(evidence=evidence))


def test_a_broken_sum_of_the_agencys_is_no_reason() -> None:
    read = tables()
    read["review_litigation"]["review"] = read["review_litigation"]["review"] | {
        "upheld": Cell(2, "2", "printed", 1, (0, 1), 0.999)
    }
    assert review(found(read)) == []


def test_a_broken_sum_that_the_reading_may_have_broken_is_one() -> None:
    read = tables()
    read["review_litigation"]["review"] = read["review_litigation"]["review"] | {
        "upheld": Cell(10, "10", "printed", 1, (0, 2), 0.89)
    }
    assert "sums_broken" in codes(found(read))


def test_every_reason_says_what_it_means() -> None:
    findings = replace(found(evidence=EVIDENCE[0][0]), identity=replace(WHOSE, organization=None))
    for reason in review(findings):
        assert reason.message.endswith(".")
        assert "{" not in reason.message
