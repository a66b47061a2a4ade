"""How the reader is measured on texts of real tools: nothing wrong is counted as right."""

from __future__ import annotations

import json
from collections import Counter

import pytest

from benchmarks.row_order import in_order
from benchmarks.tools import compared
from benchmarks.tools_page import IN_ORDER, SCRAMBLED, Read, page, summed
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.resources import folder
from training.scoring.cells import cells_by_id

GOLD = {
    "requests.new_received.natural_person": 12,
    "requests.new_received.commercial_enterprise": 0,
    "requests.new_received.total": 12,
    "requests.carried_over.natural_person": 0,
    "requests.carried_over.commercial_enterprise": None,
    "requests.carried_over.total": 3,
}


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("一、本年新收 12 0 12\n二、上年结转 0 3", True),
        ("一、本年新收\n12\n0\n12\n二、上年结转\n0\n3", True),
        ("| 本年新收 | 12 | 0 | 12 |\n- 4 -\n| 1.上年结转 | 0 | | 3 |", True),
        ("一、本年新收\n二、上年结转\n12 0 12\n0 3", False),
        ("本年新收 上年结转 12 0 0 12 3", False),
        ("二、上年结转 0 3 一、本年新收 12 0 12", False),
        ("本年新收12012上年结转03", False),
    ],
)
def test_rows_in_order_are_told_from_scrambled_ones(text: str, kept: bool) -> None:
    assert in_order(text, GOLD) is kept


def test_a_right_record_is_exact_and_a_changed_one_is_silently_wrong() -> None:
    place = folder("data")
    report = Reader().read(Input(str(place / "samples" / "01-tabs-2025.txt")))
    gold = cells_by_id(json.loads((place / "gold" / "01-tabs-2025.json").read_text(encoding="utf-8")))
    counts, wrong = compared(report, gold)
    assert (counts["exact"], counts["accepted"], counts["silently wrong"], wrong) == (True, True, 0, ())
    cell = next(id for id, value in gold.items() if value)
    counts, wrong = compared(report, {**gold, cell: (gold[cell] or 0) + 1})
    assert (counts["exact"], counts["silently wrong"], len(wrong)) == (False, 1, 1)
    without = {id: value for id, value in gold.items() if id != cell}
    assert compared(report, without)[0]["silently wrong"] == 1


def test_the_page_tells_tools_and_layouts_apart() -> None:
    one = Counter({"reports": 1, "exact": 1, "accepted": 1, "cells accepted": 40})
    reads = [Read("poppler", "0000", IN_ORDER, one, (), ()), Read("docx2txt", "0000", SCRAMBLED, one, (), ())]
    names = [name for name, _ in summed(reads, SCRAMBLED)]
    assert names == ["docx2txt (kept out)", "**kept out**", "**all**"]
    assert "Over 80 accepted cells that are not 0, 0 are silently wrong" in page(reads)
