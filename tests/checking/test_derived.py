"""Totals that a page left blank, and what is said of sums that could not be checked."""

from __future__ import annotations

from functools import cache

from msgspec.structs import replace

from nlp.auditing.audit import audit
from nlp.auditing.counting import sums_of
from nlp.auditing.text import Tally, findings_text, summary
from nlp.checking.derived import derived
from nlp.checking.sums import assess
from nlp.form.form import named
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.claims import Derived
from nlp.record.model import MISSING, Cell, Report, Review, Tables
from tests.project import ROOT

SAMPLE = ROOT / "data" / "samples" / "02-pipes-2019.txt"
BLANK = Cell(None, "", "blank", 1, (0, 0), 1.0)


@cache
def right() -> Report:
    return Reader().read(Input(str(SAMPLE)))


def changed(cells: dict[str, Cell]) -> Report:
    """Return the sample's record with other cells."""
    tables: Tables = {t: {r: dict(row) for r, row in rows.items()} for t, rows in right().tables.items()}
    for id, cell in cells.items():
        table, row, column = id.split(".")
        tables[table][row][column] = cell
    form = named("2019")
    return replace(right(), tables=tables, checks=assess(form, tables), derived=derived(form, tables))


def blank(*ids: str) -> Report:
    return changed(dict.fromkeys(ids, BLANK))


def every_cell_but(kept: str, cell: Cell) -> Report:
    return changed({id: cell for id, _ in right().cells() if not id.startswith(kept)})


def test_a_blank_total_is_derived_from_its_row_and_stays_blank() -> None:
    id = "requests.new_received.total"
    report = blank(id)
    value = right().cell(id).value
    assert report.derived[0] == Derived(
        id, value or 0, "requests.row_total.new_received", report.derived[0].rule, blanks_as_zero=False
    )
    assert report.cell(id).value is None


def test_a_total_above_blank_parts_is_marked_as_the_second_reading() -> None:
    report = blank("requests.new_received.total", "requests.new_received.legal_service_organization")
    (one,) = [one for one in report.derived if one.cell == "requests.new_received.total"]
    assert one.blanks_as_zero
    assert one.value == right().cell("requests.new_received.total").value


def test_missing_and_wholly_blank_parts_give_no_total() -> None:
    part = "requests.new_received.natural_person"
    assert changed({"requests.new_received.total": BLANK, part: MISSING}).derived == []
    row = [id for id, _ in right().cells() if id.startswith("requests.new_received.")]
    assert [one for one in blank(*row).derived if one.check.startswith("requests.row_total")] == []


def test_a_printed_total_is_not_derived() -> None:
    assert right().derived == []


def test_all_sums_checked_is_said_so() -> None:
    found = audit(right())
    assert (found.verdict, found.checked) == ("right", "40 条勾稽关系都可核对：全部成立。")
    assert findings_text(found).startswith("✓")


def test_no_bare_tick_over_a_report_of_which_most_sums_could_not_be_checked() -> None:
    zeros = [id for id, cell in right().cells() if cell.value == 0 and not id.startswith("review")]
    found = audit(blank(*zeros))
    assert found.verdict == "partly"
    assert findings_text(found).startswith("○")
    assert "无法核对" in findings_text(found).splitlines()[0]
    assert "因有空白格无法核对；把空白当作 0（不是印出的数字），全部成立。" in found.checked
    assert found.sums.blanks_as_zero is not None
    assert found.sums.blanks_as_zero.holds == found.sums.not_assessable == found.not_assessable
    assert found.sums.all == found.sums.assessable + found.sums.not_assessable == 40


def test_with_blanks_as_zero_a_sum_may_break_and_that_is_no_finding() -> None:
    some = "requests.new_received.total"
    part = next(id for id, cell in right().cells() if id.startswith("requests.new_received.") and cell.value)
    report = blank(part)
    assert report.cell(some).value
    found = audit(report)
    assert (found.verdict, found.broken) == ("partly", [])
    assert "条不成立" in found.checked.split("把空白当作 0（不是印出的数字），")[1]


def test_three_tables_without_an_assessable_sum_are_not_called_no_tables() -> None:
    found = audit(every_cell_but("disclosure", BLANK))
    assert found.verdict == "unassessed"
    assert "没有可以核对的表格" not in findings_text(found)
    assert "有 3 张表格，但勾稽关系都无法核对" in findings_text(found)
    assert "40 条勾稽关系都无法核对；40 条因有空白格" in found.checked


def test_no_table_at_all_is_called_so() -> None:
    found = audit(every_cell_but("none", MISSING))
    assert (found.verdict, found.sums.all) == ("unchecked", 0)
    assert "没有可以核对的表格" in findings_text(found)


def test_cells_that_were_not_read_are_another_reason_than_blank_ones() -> None:
    unread = Cell(None, None, "ambiguous", None, None, 0.0, [1, None])
    found = audit(changed({"review_litigation.review.upheld": unread}))
    assert (found.sums.with_blanks, found.sums.with_unread) == (0, 1)
    assert "其余 1 条因有缺失或无法判断的格无法核对" in found.checked


def test_a_blank_total_above_parts_is_no_zero() -> None:
    part = next(id for id, cell in right().cells() if id.startswith("requests.new_received.") and cell.value)
    assert part
    counts = sums_of(blank("requests.new_received.total"))
    assert counts.blanks_as_zero is not None
    assert counts.blanks_as_zero.not_assessable >= 1
    assert "个合计格空白，可由各分项推算" in findings_text(audit(blank("requests.new_received.total")))


def test_the_counts_of_a_summary_do_not_overlap_and_say_so() -> None:
    tally = Tally()
    broken = changed(
        {"requests.total.natural_person": replace(right().cell("requests.total.total"), value=77)}
    )
    for report in (right(), broken, replace(broken, review=[Review("no_form", "…")])):
        tally.add(audit(report))
    assert sum(tally.verdicts.values()) == tally.total == 3
    assert summary(tally).startswith("共 3 份，每份按下列第一种计一次：")
    assert summary(tally).endswith("另有 1 份同时需要人工核对。")
