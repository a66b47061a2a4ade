"""A world of pages with planted faults is made the same every time, and what is planted is found."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.project import ROOT
from training.years import findings
from training.years.__main__ import tried
from training.years.judging import Judged, judged
from training.years.page_of_docs import figures, filled
from training.years.world import World, world
from training.years.yearly import form_of


@pytest.fixture(scope="module")
def small() -> World:
    return world(8, range(2021, 2024), 1)


@pytest.fixture(scope="module")
def found(small: World, tmp_path_factory: pytest.TempPathFactory) -> Judged:
    return tried(small, tmp_path_factory.mktemp("years"))


def test_a_world_is_the_same_every_time(small: World) -> None:
    again = world(8, range(2021, 2024), 1)
    assert [page.content for page in small.pages()] == [page.content for page in again.pages()]
    assert small.faults == again.faults


def test_numbers_agree_but_where_they_are_broken(small: World) -> None:
    broken = {
        (office, year) for kind, office, year in small.cells if kind in ("carried_over", "another_years_data")
    }
    broken |= {(office, year + 1) for kind, office, year in small.cells if kind == "another_years_data"}
    for office in small.offices:
        told = small.told[office.number]
        for year in office.years[1:]:
            forward = told[year - 1]["requests"]["carried_forward"]
            assert (told[year]["requests"]["carried_over"] == forward) == (
                (office.number, year) not in broken
            )


def test_sums_hold_but_where_they_are_broken(small: World) -> None:
    broken = {(office, year) for kind, office, year in small.cells if kind == "broken_sum"}
    for office in small.offices:
        for year, told in small.told[office.number].items():
            parts = form_of(year).table("requests").parts
            holds = all(
                sum(cells[part] for part in parts) == cells["total"] for cells in told["requests"].values()
            )
            assert holds == ((office.number, year) not in broken)


def test_what_is_planted_in_numbers_is_found(small: World, found: Judged) -> None:
    in_numbers = ("parts_of_whole", "carried_over", "in_force", "another_years_data", "broken_sum")
    planted = {kind for kind, _, _ in small.faults}
    assert planted >= set(in_numbers)
    assert [key for key in found.missed if key[0] in in_numbers and key not in found.looked_at] == []
    assert found.false == []


def test_agencies_are_joined(found: Judged) -> None:
    assert (found.joined, found.without_name, found.mixed) == (found.pages, 0, 0)


def test_nothing_told_finds_nothing(small: World) -> None:
    pages = {page.path: page for page in small.pages()}
    nothing = judged(small, findings.Told(), pages)
    assert all(score.found == score.told == 0 for score in nothing.scores)
    assert nothing.without_name == len(pages)


def test_a_finding_where_nothing_is_planted_is_false(small: World) -> None:
    pages = {page.path: page for page in small.pages()}
    told = findings.Told()
    page = next(
        page for page in pages.values() if ("carried_over", page.office, page.year) not in small.faults
    )
    told.add("carried_over", page, "")
    assert judged(small, told, pages).false == [("carried_over", page.office, page.year)]


def test_the_page_has_a_place_for_figures(small: World, found: Judged) -> None:
    page = (ROOT / "docs" / "years.md").read_text(encoding="utf-8")
    assert "<!-- figures of seed 53 -->" in page
    assert figures(small, found) in filled(page.replace("of seed 53 -->", "of seed 1 -->"), small, found)
    with pytest.raises(ValueError, match="seed 1"):
        filled(page, small, found)


@pytest.mark.full
def test_the_whole_world(tmp_path: Path) -> None:
    whole = tried(world(400, range(2019, 2024), 7), tmp_path, jobs=2)
    by_kind = {score.kind: score for score in whole.scores}
    assert whole.joined >= 0.99 * whole.pages
    assert whole.mixed == 0
    for kind in ("carried_over", "in_force", "another_years_data", "broken_sum", "claim"):
        score = by_kind[kind]
        assert score.right >= 0.95 * score.told, kind
