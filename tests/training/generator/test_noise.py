"""The damages: each kind of noise has one, and it does what its name says."""

from __future__ import annotations

from random import Random

import pytest

from nlp.form.form import for_year
from tests.project import ROOT
from training.generator.figures import numbers
from training.generator.grids import Grid, grids, spelling
from training.generator.layouts import LAYOUTS, laid_out
from training.generator.noise import characters, page_furniture, page_prose, page_tables, torn_tables
from training.generator.noise.kinds import DRAFTS, PAGES, TABLES, kinds
from training.generator.page import Page, TableBlock, line
from training.generator.printing import printed

LAST_KIND = 64
NOT_MADE = {38, 40, 47, 48, 52, 54, 56, 59, 60}
"""Kinds of noise without a name: those of every page that a layout or a form makes (38, 47, 52, 54, 56),
pages that are no report or have no form (59, 60), lines dropped or joined, whose cells gold could not
tell (40, 48)."""


def some_grids(seed: int) -> list[Grid]:
    form, rng = for_year(2022), Random(seed)
    assert form is not None
    return grids(form, printed(numbers(form, rng), rng)[0], spelling(form, rng), rng)


def requests(seed: int) -> Grid:
    return next(grid for grid in some_grids(seed) if grid.table == "requests")


def values(grid: Grid) -> dict[tuple[str, str], float | None]:
    return {box.cell: box.figure.value for box in grid.boxes if box.cell and box.figure}


def digits(page: Page) -> str:
    return "".join(character for entry in page for character in entry.text if character.isdigit())


def test_every_kind_of_noise_has_a_damage() -> None:
    numbered = {int(kind[:2]) for kind in kinds() if kind[:2].isdigit()}
    assert numbered == set(range(1, LAST_KIND + 1)) - NOT_MADE


def test_every_kind_of_noise_is_explained_in_the_readme_of_the_data() -> None:
    readme = (ROOT / "data" / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## Kinds of noise")[2].partition("\n## ")[0]
    rows = [line.split("|") for line in section.splitlines() if line.startswith("| `")]
    assert [row[1].strip(" `") for row in rows] == kinds()
    assert all(row[2].strip() for row in rows)


def test_no_damage_strikes_most_samples_but_page_numbers() -> None:
    often = [
        damage.name for damage in (*TABLES, *DRAFTS, *PAGES) if max(damage.on_screen, damage.on_paper) > 0.5
    ]
    assert often == ["18_page_numbers"]


@pytest.mark.parametrize("damage", TABLES, ids=lambda damage: damage.name)
@pytest.mark.parametrize("seed", range(20))
def test_a_damaged_table_has_the_same_cells(damage, seed: int) -> None:  # type: ignore[no-untyped-def]
    grid = requests(seed)
    damaged = damage.apply(grid, Random(seed))
    if damage.name != "63_numbers_lost":
        assert values(damaged).keys() == values(grid).keys()
    for cell, value in values(damaged).items():
        assert value in (None, values(grid)[cell])


@pytest.mark.parametrize("seed", range(10))
def test_numbers_below_stand_in_the_row_after_their_label(seed: int) -> None:
    grid = requests(seed)
    damaged = torn_tables.numbers_below(grid, Random(seed))
    assert damaged.rows == grid.rows + 1
    assert values(damaged) == values(grid)
    alone = [row for row in damaged.in_rows() if row and all(box.figure for box in row)]
    assert len(alone) == 1


def test_a_torn_group_shows_its_halves_beside_two_rows() -> None:
    texts = [box.text for box in torn_tables.torn_group(requests(3), Random(1)).boxes]
    assert not {"三、本年度办理结果", "（三）不予公开", "（四）无法提供", "（五）不予处理"} <= set(texts)


def test_an_eighth_number_is_given_to_zeros_only() -> None:
    damaged = torn_tables.eighth_number(requests(1), Random(1))
    rows = [[box.text for box in row if box.figure] for row in damaged.in_rows()]
    assert all(set(row) == {"0"} for row in rows if len(row) == 8)


TABLE: Page = [
    line("一、本年新收\t10\t0\t0\t0\t0\t2\t12", "table_row", "requests", "requests"),
    line("二、上年结转\t0\t0\t0\t0\t0\t0\t0", "table_row", "requests", "requests"),
]


def test_split_digits_part_one_number_of_a_table() -> None:
    damaged = page_tables.split_digits(TABLE, Random(1))
    assert {damaged[0].text.count("1 0"), damaged[0].text.count("1 2")} == {0, 1}
    assert digits(damaged) == digits(TABLE)


def test_an_orphan_value_leaves_its_cell_empty() -> None:
    damaged = page_tables.orphan_value(TABLE, Random(1))
    assert damaged[0].text == "一、本年新收\t10\t0\t0\t0\t0\t2\t"
    assert line("12", "numeric_cell", "requests", "requests") in damaged


@pytest.mark.parametrize("seed", range(20))
def test_no_damage_to_characters_loses_a_digit(seed: int) -> None:
    page = laid_out([TableBlock(grid) for grid in some_grids(seed)], LAYOUTS[0], Random(seed))
    for damage in (
        page_prose.dropped_characters,
        page_prose.spaced_prose,
        characters.odd_spaces,
        characters.invisible_characters,
        page_tables.split_digits,
    ):
        assert digits(damage(page, Random(seed))) == digits(page)


def test_page_numbers_count_up() -> None:
    page = [line(f"第{n}行", "narrative", "overview") for n in range(100)]
    for seed in range(30):
        numbered = page_furniture.page_numbers(page, Random(seed))
        added = [entry for entry in numbered if entry.label == "furniture"]
        assert len(added) >= 2
        assert [entry.text.strip("\f") for entry in numbered if entry.label == "narrative"] == [
            e.text for e in page
        ]


def test_site_chrome_is_furniture_around_the_report() -> None:
    page = [
        line("甲县财政局2023年政府信息公开年报", "heading", "title"),
        line("无。", "narrative", "other_matters"),
    ]
    for seed in range(30):
        inside = [
            entry for entry in page_furniture.site_chrome(page, Random(seed)) if entry.label != "furniture"
        ]
        assert [entry for entry in inside if entry.label] == page
