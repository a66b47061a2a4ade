"""The form's sums, assessed on the printed values."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from nlp.checking.blame import mendable
from nlp.checking.sums import assess
from nlp.form import form as forms
from nlp.record.model import MISSING, Cell, Check, Number, State, Tables

FORM = forms.named("2021")


def printed(value: Number | None, confidence: float = 0.999) -> Cell:
    state: State = "blank" if value is None else "printed"
    return Cell(value, None if value is None else str(value), state, 1, (0, 1), confidence)


def tables(*, other: bool = False) -> Tables:
    """A filled form of noughts; `other` prints one row for the three of （六）."""
    stood_for = {id for row in FORM.table("requests").rows for id in row.stands_for}
    return {
        table.id: {
            row.id: dict.fromkeys(row.columns, MISSING if other and row.id in stood_for else printed(0))
            for row in table.rows
            if other or not row.optional
        }
        for table in FORM.tables
    }


def checks(read: Tables) -> dict[str, Check]:
    return {check.id: check for check in assess(FORM, read)}


def test_a_form_of_noughts_holds() -> None:
    assert {check.outcome for check in checks(tables()).values()} == {"holds"}


def test_every_sum_of_the_form_is_assessed() -> None:
    requests, four = FORM.table("requests"), FORM.table("review_litigation")
    rows = sum(not row.optional for row in requests.rows)
    assert len(checks(tables())) == rows + 2 * len(requests.columns) + len(four.rows)


def test_a_certain_broken_sum_is_the_sources() -> None:
    read = tables()
    read["review_litigation"]["review"]["upheld"] = printed(2)
    check = checks(read)["review_litigation.row_total.review"]
    assert (check.outcome, check.blame, {check.left, check.right}) == ("broken", "source", {0, 2})


@pytest.mark.parametrize(
    ("part", "total", "blame"),
    [
        (181, 18, "undecided"),  # 18 and the raised number of a note
        (2018, 18, "undecided"),  # 20 struck out before 18
        (12, 12037, "undecided"),  # cut by the end of a line
        (10, 0, "undecided"),
        (19, 18, "source"),
        (0, 5, "source"),
    ],
)
def test_a_sum_that_a_digit_too_many_or_few_may_have_broken_is_undecided(
    part: int, total: int, blame: str
) -> None:
    cells = _four(printed(part), printed(0), printed(0), printed(0), printed(total))
    assert checks(cells)["review_litigation.row_total.review"].blame == blame


def test_a_digit_is_none_too_many_where_another_sum_over_its_number_holds() -> None:
    read = tables()
    for column in ("natural_person", "total"):
        read["requests"]["granted"][column] = printed(18)
        read["requests"]["total"][column] = printed(18)
        read["requests"]["new_received"][column] = printed(18)
    read["requests"]["new_received"]["total"] = printed(8)
    found = checks(read)
    assert found["requests.row_total.new_received"].blame == "source"
    assert found["requests.balance.total"].blame == "source"


def test_two_digits_too_many_in_one_row_are_found_by_the_sums_of_their_columns() -> None:
    read = tables()
    read["requests"]["granted"]["natural_person"] = printed(10)
    read["requests"]["granted"]["other_organization"] = printed(30)
    found = checks(read)
    broken = [check for check in found.values() if check.outcome == "broken"]
    assert len(broken) == 3
    assert {check.blame for check in broken} == {"undecided"}


def test_a_broken_sum_of_an_uncertain_cell_is_undecided() -> None:
    read = tables()
    read["review_litigation"]["review"]["upheld"] = printed(10, 0.6)
    assert checks(read)["review_litigation.row_total.review"].blame == "undecided"


@pytest.mark.parametrize("cell", [printed(None), MISSING, Cell(None, None, "ambiguous", None, None, 0.4)])
def test_a_sum_without_all_its_numbers_is_not_assessed(cell: Cell) -> None:
    read = tables()
    read["requests"]["granted"]["natural_person"] = cell
    found = checks(read)
    for id in ("requests.row_total.granted", "requests.column_total.natural_person"):
        assert (found[id].outcome, found[id].left, found[id].right, found[id].blame) == (
            "not_assessable",
            None,
            None,
            None,
        )
    assert found["requests.balance.natural_person"].outcome == "holds"


def test_one_row_printed_for_three_stands_in_the_columns_sum() -> None:
    read = tables(other=True)
    read["requests"]["other"]["natural_person"] = printed(4)
    read["requests"]["total"]["natural_person"] = printed(4)
    check = checks(read)["requests.column_total.natural_person"]
    assert (check.outcome, check.left, check.right) == ("holds", 4, 4)
    assert "requests.other.natural_person" in check.cells
    assert "requests.other_remaining.natural_person" not in check.cells


def test_a_check_never_changes_a_value() -> None:
    read = tables()
    read["requests"]["granted"]["natural_person"] = printed(3)
    checks(read)
    assert read["requests"]["total"]["natural_person"].value == 0


def test_a_check_names_its_cells_by_their_ids() -> None:
    cells = checks(tables())["requests.balance.total"].cells
    assert sorted(cells) == sorted(
        f"requests.{row}.total" for row in ("new_received", "carried_over", "total", "carried_forward")
    )


def _four(*numbers: Cell) -> Tables:
    """Return a form of noughts whose 四, in an order that is in doubt, begins with some cells."""
    read = tables()
    four = read["review_litigation"]
    read["review_litigation"] = {row: dict.fromkeys(cells, printed(0, 0.6)) for row, cells in four.items()}
    ids = [(row, column) for row, cells in read["review_litigation"].items() for column in cells]
    for (row, column), cell in zip(ids, numbers, strict=False):
        read["review_litigation"][row][column] = cell
    return read


def test_where_no_order_of_the_numbers_holds_the_source_is_to_blame() -> None:
    """pdfminer and pdftotext print the values of 四 far from their headers, in an order of their own."""
    doubtful = [printed(value, 0.6) for value in (10, 1, 0, 0, 0)]
    assert checks(_four(*doubtful))["review_litigation.row_total.review"].blame == "source"


def test_where_another_order_holds_nobody_is_to_blame() -> None:
    doubtful = [printed(value, 0.6) for value in (2, 1, 0, 0, 0, 0, 0, 0, 0, 3)]
    assert checks(_four(*doubtful))["review_litigation.row_total.review"].blame == "undecided"


def _either(*candidates: Number | None) -> Cell:
    return Cell(None, None, "ambiguous", None, None, 0.4, list(candidates))


@pytest.mark.parametrize(
    ("cells", "outcome", "right"),
    [
        ((_either(5, 0), printed(0), _either(0, 5)), "broken", 5),
        ((_either(0, 0), printed(0)), "holds", 0),
        ((_either(5, 0), printed(0), _either(5, 0)), "not_assessable", None),
        ((_either(5, 0, 1), printed(0), _either(0, 5, 1)), "not_assessable", None),
        ((_either(5, None), _either(None, 5)), "not_assessable", None),
    ],
)
def test_a_sum_is_assessed_where_all_readings_come_to_the_same(
    cells: tuple[Cell, ...], outcome: str, right: Number | None
) -> None:
    check = checks(_four(*cells))["review_litigation.row_total.review"]
    assert (check.outcome, check.right) == (outcome, right)


def _three(lines: dict[str, int]) -> Tables:
    """Return a form of noughts whose 本年新收 has a number that 总计 has in the next column."""
    read = tables()
    row = read["requests"]["new_received"]
    cells = {column: Cell(0, "0", "printed", lines.get(column, 1), (0, 1), 0.999) for column in row}
    cells["commercial_enterprise"] = replace(cells["commercial_enterprise"], value=1)
    cells["total"] = replace(cells["total"], value=1)
    total = read["requests"]["total"] | {"research_institution": printed(1), "total": printed(1)}
    read["requests"] |= {"new_received": cells, "total": total}
    return read


def test_two_columns_off_by_as_much_may_be_the_readers_where_each_number_has_a_line() -> None:
    """pdftotext: a 1 of 上年结转 taken for the number of a page moved the rest of its row."""
    balance = "requests.balance.commercial_enterprise"
    columns = list(tables()["requests"]["new_received"])
    assert checks(_three({column: n for n, column in enumerate(columns, 1)}))[balance].blame == "undecided"
    assert checks(_three({}))[balance].blame == "source"


def test_numbers_that_are_all_alike_are_soon_told_to_have_no_order() -> None:
    assert not mendable([1] * 15, parts=4)
    assert mendable([1] * 14, parts=4)
