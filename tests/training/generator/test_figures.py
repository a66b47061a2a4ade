"""The figures of a report: they add up, and their print says what they are."""

from __future__ import annotations

from random import Random

import pytest

from nlp.form.form import Form, Relation, editions
from training.generator.figures import Numbers, long_tailed, numbers, shared_out, with_wrong_sum
from training.generator.printing import HABITS, Figure, Figures, printed

SEEDS = range(60)
FORMS = pytest.mark.parametrize("form", editions(), ids=lambda form: form.edition)


def sides(cells: dict[str, int | float], relation: Relation) -> tuple[float, float]:
    """Return both sides of a sum; a row or column that the report does not print counts as nothing."""
    return sum(cells.get(id, 0) for id in relation.left), sum(cells.get(id, 0) for id in relation.right)


def broken_sums(form: Form, filled: Numbers) -> list[str]:
    broken = []
    for table in form.tables:
        rows = filled[table.id]
        for relation in table.across:
            broken += [
                f"{relation.id}.{row}" for row, cells in rows.items() if len(set(sides(cells, relation))) > 1
            ]
        for relation in table.down:
            for column in table.columns:
                cells = {row: values[column.id] for row, values in rows.items()}
                broken += [f"{relation.id}.{column.id}"] if len(set(sides(cells, relation))) > 1 else []
    return broken


@FORMS
@pytest.mark.parametrize("seed", SEEDS)
def test_every_sum_of_the_form_holds(form: Form, seed: int) -> None:
    assert broken_sums(form, numbers(form, Random(seed), scale=5)) == []


@FORMS
@pytest.mark.parametrize("seed", SEEDS)
def test_a_wrong_sum_breaks_one_row_only(form: Form, seed: int) -> None:
    rng = Random(seed)
    broken = broken_sums(form, with_wrong_sum(form, numbers(form, rng), rng))
    assert len([check for check in broken if check.startswith("row_total")]) == 1


@FORMS
def test_the_rows_printed_are_those_of_the_form_or_one_for_several(form: Form) -> None:
    table = form.table("requests")
    optional = {row.id for row in table.rows if row.optional}
    replaced = {id for row in table.rows for id in row.stands_for}
    rows = {row.id for row in table.rows}
    allowed = {frozenset(rows - optional), frozenset(rows - replaced)}
    assert {frozenset(numbers(form, Random(seed))["requests"]) for seed in range(200)} == allowed


def test_about_half_of_the_reports_have_no_request() -> None:
    form = editions()[-1]
    totals = [numbers(form, Random(seed))["requests"]["new_received"]["total"] for seed in range(400)]
    assert 0.35 < sum(total == 0 for total in totals) / len(totals) < 0.6
    assert max(totals) > 1000


@pytest.mark.parametrize("count", [0, 1, 59, 61, 40_000])
def test_shares_are_whole_and_add_up(count: int) -> None:
    parts = shared_out(count, [5, 0, 1, 0.2], Random(count))
    assert sum(parts) == count
    assert min(parts) >= 0
    assert parts[1] == 0


def test_small_numbers_are_more_common_than_large_ones() -> None:
    drawn = [long_tailed(Random(seed), 10_000) for seed in range(300)]
    assert min(drawn) >= 0
    assert sum(n < 100 for n in drawn) > 100
    assert max(drawn) <= 10_000


def figures_of(value: int | float, column: str, row: str) -> Figures:
    text = f"{value:.4f}".rstrip("0") if isinstance(value, float) else str(value)
    return {"disclosure": {row: {column: Figure(value, text)}}}


PRINTS = [
    ("24_signs", 2, "change", "licensing", {"+2"}),
    ("24_signs", -1, "change", "licensing", {"-1"}),
    ("24_separators", 1234, "decisions", "licensing", {"1,234", "1，234"}),
    ("24_separators", 999, "decisions", "licensing", {"999"}),
    ("09_full_width_digits", 12, "decisions", "licensing", {"１２", "12"}),
    ("24_units", 25.1, "amount", "procurement", {"25.1万元", "25.1 万元", "251000元", "251000 元"}),
]


@pytest.mark.parametrize(("habit", "value", "column", "row", "texts"), PRINTS)
def test_a_figure_is_printed(habit: str, value: float, column: str, row: str, texts: set[str]) -> None:
    apply = next(one.apply for one in HABITS if one.noise == habit)
    seen = set()
    for seed in range(40):
        figure = apply(figures_of(value, column, row), Random(seed))["disclosure"][row][column]
        assert figure.value == value
        seen.add(figure.text)
    assert seen == texts


@FORMS
@pytest.mark.parametrize("seed", SEEDS)
def test_a_cell_without_a_digit_has_no_value(form: Form, seed: int) -> None:
    rng = Random(seed)
    figures, kinds = printed(numbers(form, rng), rng)
    if "45_changes_in_words" in kinds:
        return  # 持平 is 0
    for rows in figures.values():
        for cells in rows.values():
            for figure in cells.values():
                assert (figure.value is None) == (not any(character.isdigit() for character in figure.text))
