"""Invented cells and a wrong agency or year are faults of an accepted record; texts of one report are one."""

from __future__ import annotations

from typing import Any

import msgspec

from training.scoring.gold import Record
from training.scoring.matching import Matched, Pair
from training.scoring.printed import printed
from training.scoring.score import score
from training.scoring.scores import Scores

CELLS = {"review_litigation": {"review": {"upheld": 1, "total": 1}}}
WHOLE = {"form": "2021", "tables": CELLS, "organization": "某某局", "year": 2023}


def scored(*predictions: dict[str, Any], names: tuple[str, ...] = ()) -> Scores:
    pairs = []
    for number, prediction in enumerate(predictions):
        name = names[number] if names else f"d{number}"
        gold = msgspec.convert({"source": name, **WHOLE}, Record)
        pairs.append(Pair(name, gold, msgspec.convert({"source": name, **prediction}, Record)))
    return score(Matched(pairs, []))


def test_a_cell_that_the_page_does_not_print_is_invented() -> None:
    tables = {"review_litigation": {"review": {"upheld": 1, "total": 1, "other": 7}}}
    scores = scored({**WHOLE, "tables": tables})
    assert (scores.cells.invented, scores.acceptance.silently_invented) == (1, 1)
    assert (scores.cells.reports_exact.count, scores.acceptance.at_fault.count) == (0, 1)
    assert "1 invented" in printed(scores)


def test_a_whole_invented_table_is_counted_and_a_blank_cell_is_not() -> None:
    tables = {**CELLS, "disclosure": {"fees": {"amount": 3}, "licensing": {"decisions": None}}}
    assert scored({**WHOLE, "tables": tables}).cells.invented == 1


def test_a_wrong_agency_or_year_is_a_fault_of_an_accepted_record() -> None:
    scores = scored(WHOLE, {**WHOLE, "organization": "别的局"}, {**WHOLE, "year": 2022})
    assert scores.acceptance.at_fault.count == 2
    assert scores.headline["accepted_exact"].value == 1 / 3
    assert scores.cells.reports_exact.count == 3


def test_bounds_are_told_by_report_first_and_then_by_cell() -> None:
    names = tuple(f"a2023.{tool}" for tool in ("pdfium", "word", "html"))
    scores = scored(WHOLE, WHOLE, WHOLE, names=names)
    accepted = scores.acceptance
    assert accepted.reports_accepted == 1
    assert accepted.at_most is not None
    assert accepted.cells_at_most is not None
    assert accepted.at_most > 0.9 > accepted.cells_at_most
    text = printed(scores)
    assert text.index("(1 reports)") < text.index("(each cell by itself)")


def test_sections_within_chapters_are_scored_apart() -> None:
    inner = [{"kind": "platforms", "lines": [2, 3]}]
    chapter = {"kind": "overview", "lines": [1, 5], "sections": inner}
    gold = msgspec.convert({"source": "a", "sections": [chapter]}, Record)
    other = msgspec.convert({"source": "a", "sections": [{**chapter, "sections": []}]}, Record)
    figures = score(Matched([Pair("a", gold, other)], [])).headline
    assert figures["subsections.f1"].value == 0
