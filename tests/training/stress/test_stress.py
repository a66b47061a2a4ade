"""Stress: gold records written as pages again, one kind of noise at a time."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import msgspec
import pytest

from nlp.commands.cli import main
from nlp.resources import folder
from training.generator.noise import kinds as noise
from training.scoring.files import load
from training.scoring.gold import Record
from training.scoring.matching import Unscorable
from training.stress.noisy_pages import CLEAN, CLEAN_PAPER, STRENGTHS, noisy_page
from training.stress.rerendering import Manuscript, NotARecord, manuscript, numbers
from training.stress.stress import BadKind, Kinds, chosen, gathered, judge, manuscripts, stress
from training.stress.stress_report import StressRun

GOLD = str(folder("data") / "gold")


@pytest.fixture(scope="module")
def golds() -> list[Record]:
    return [placed.read() for placed in load(GOLD)]


@pytest.fixture(scope="module")
def written(golds: list[Record]) -> list[Manuscript]:
    return [manuscript(gold) for gold in golds]


def values(tables: dict[str, Any]) -> dict[str, Any]:
    return {
        f"{table}.{row}.{column}": value
        for table, rows in tables.items()
        for row, cells in rows.items()
        for column, value in cells.items()
    }


@pytest.mark.parametrize("kind", [CLEAN, CLEAN_PAPER, "05_pipes", "27_site_chrome", "09_half_width"])
def test_a_page_says_what_the_gold_record_says(
    kind: str, golds: list[Record], written: list[Manuscript]
) -> None:
    for gold, one in zip(golds, written, strict=True):
        page = noisy_page(one, kind, 1)
        assert page is not None
        said = values(msgspec.to_builtins(page.gold["tables"]))
        known = values(msgspec.to_builtins(gold.tables))
        assert {id: said.get(id) for id in known} == known
        assert page.gold["year"] == gold.year


def test_items_are_taken_over(written: list[Manuscript]) -> None:
    page = noisy_page(written[0], "09_half_width", 1)
    assert page is not None
    assert written[0].problems[0][:6] in page.text


@pytest.mark.parametrize("kind", [CLEAN, "36_glued_cells", "24_units"])
def test_the_same_seed_gives_the_same_page(kind: str, written: list[Manuscript]) -> None:
    assert noisy_page(written[0], kind, 2) == noisy_page(written[0], kind, 2)
    assert noisy_page(written[0], kind, 2, seed=1) != noisy_page(written[0], kind, 2, seed=2)


@pytest.mark.slow
@pytest.mark.parametrize("kind", noise.kinds())
def test_every_kind_of_noise_can_be_rendered(kind: str, written: list[Manuscript]) -> None:
    pages = (noisy_page(one, kind, strength) for one in written for strength in STRENGTHS)
    assert any(page is not None for page in pages)


def test_clean_pages_are_read_without_a_wrong_cell(written: list[Manuscript]) -> None:
    pages = [noisy_page(one, CLEAN, 1) for one in written]
    tallies = [judge(page) for page in pages if page]
    assert len(tallies) == len(written)
    assert [one.name for one in tallies if one.cells.wrong] == []
    assert sum(one.cells.exact for one in tallies) >= len(tallies) - 1


def test_kinds_are_chosen_by_how_their_names_begin() -> None:
    assert chosen(["05_p", "36"]) == [CLEAN, CLEAN_PAPER, "05_pipes", "36_glued_cells"]
    assert len(chosen([])) == len(noise.kinds()) + 2
    with pytest.raises(BadKind, match="99"):
        chosen(["05", "99"])


def test_a_run_counts_every_kind_and_strength() -> None:
    work, kinds = Kinds(manuscripts([GOLD])[:2], (1, 3), 1), [CLEAN, "24_signs", "05_pipes"]
    found = gathered(work, kinds, stress(work, kinds))
    assert {(one.kind, one.strength) for one in found.rows} >= {(CLEAN, 1), (CLEAN, 3), ("05_pipes", 3)}
    assert all(one.figures.documents <= 2 for one in found.rows)
    run = StressRun(found)
    assert "05_pipes" in run.text()
    assert "<svg" in run.html()
    assert run.markdown().startswith("## Stress")


@pytest.mark.parametrize(
    ("gold", "words"),
    [
        ({"source": "a", "year": 2022}, "holds no tables"),
        ({"source": "a", "tables": {"x": {"y": {"z": 1}}}}, "does not say which edition"),
        ({"source": "a", "form": "1999", "tables": {"x": {"y": {"z": 1}}}}, "does not say which edition"),
    ],
)
def test_a_record_that_cannot_be_written_is_named(gold: dict[str, Any], words: str, tmp_path: Path) -> None:
    with pytest.raises(NotARecord, match=words):
        manuscript(msgspec.convert(gold, Record))
    file = tmp_path / "gold.json"
    file.write_text(json.dumps(gold), encoding="utf-8")
    with pytest.raises(Unscorable, match=words):
        manuscripts([str(file)])


def test_prose_may_speak_of_numbers_of_any_form(written: list[Manuscript]) -> None:
    for one in written:
        assert set(numbers(one.form, one.figures)) == {table.id for table in one.form.tables}


def test_the_command_writes_figures_and_pages(tmp_path: Path) -> None:
    gold, out = sorted(Path(GOLD).glob("*.json"))[0], tmp_path / "out.json"
    with pytest.raises(SystemExit) as end:
        main(
            [
                "stress",
                str(gold),
                "--kind",
                "05_pipes",
                "--json",
                str(out),
                "--pages",
                str(tmp_path / "pages"),
            ]
        )
    assert not end.value.code
    told = json.loads(out.read_text(encoding="utf-8"))
    assert told["schema"] == "nianbao.stress/1"
    pages = list((tmp_path / "pages").iterdir())
    assert len(pages) == sum(row["figures"]["documents"] for row in told["rows"])


def test_an_unknown_kind_is_wrong_usage() -> None:
    with pytest.raises(SystemExit) as end:
        main(["stress", GOLD, "--kind", "99"])
    assert end.value.code == 2
