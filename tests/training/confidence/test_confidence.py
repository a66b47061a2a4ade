"""Fits how sure cells are on a few pages, and measures it."""

from __future__ import annotations

from collections import Counter
from itertools import islice

from nlp.checking.confidence import CERTAIN, RISK
from nlp.tables.circumstances import Circumstances, Setting, Way
from nlp.tables.confidence import Confidences, encoded
from training.confidence.confidence_page import page
from training.confidence.fitting import fitted
from training.confidence.measuring import measured, reliability
from training.confidence.observing import Counts, Observation, observed
from training.confidence.pages import pages

SOUND = Circumstances(Setting("rows"), Way.AS_MANY, "number", "holds", "holds")
BROKEN = Circumstances(Setting("rows"), Way.BY_LINES, "number", "broken", "none")
RARE = Circumstances(Setting("bands"), Way.SEARCHED, "number", "holds", "none")
COUNTS: Counts = {SOUND: (100_000, 100_000), BROKEN: (2_000, 1_200), RARE: (3, 3)}


def seen(n: int, cell: Circumstances, cells: int, right: int) -> Observation:
    return Observation("generated", f"agency {n % 7}", f"tool {n % 6}", cell, cells, right)


OBSERVATIONS = [
    *(seen(n, SOUND, 500, 500) for n in range(20)),
    *(seen(n, BROKEN, 10, 6) for n in range(20)),
]


def test_what_was_often_right_is_sure_and_what_was_hardly_seen_is_not() -> None:
    scale = fitted(COUNTS)
    sound, broken, rare = (Confidences(scale).of(cell) for cell in (SOUND, BROKEN, RARE))
    assert broken < rare < sound
    assert abs(broken - 0.6) < 0.05
    assert rare < CERTAIN < sound


def test_the_same_counts_give_the_same_bytes_in_whatever_order_they_come() -> None:
    turned = dict(reversed(COUNTS.items()))
    assert encoded(fitted(COUNTS)) == encoded(fitted(turned))


def test_the_cells_of_a_page_are_held_against_its_truth() -> None:
    (generated,) = islice(pages(), 1)
    whole = observed(generated)
    told = sum(one.cells for one in whole)
    assert told == sum(one.right for one in whole) > 100
    mistaken = dict.fromkeys(generated.truth, 9999999)
    unlike = type(generated)("odd", "agency", "tool", generated.name, generated.text, mistaken)
    assert sum(one.right for one in observed(unlike)) == 0


def test_confidence_is_measured_on_agencies_and_tools_that_it_was_not_fitted_on() -> None:
    figures = list(measured(OBSERVATIONS, OBSERVATIONS[:3], fitted(COUNTS), CERTAIN))
    by_agency, by_tool, kept_out = figures
    assert (by_agency.groups, by_tool.groups) == (7, 6)
    assert by_agency.calibration.cells == by_tool.calibration.cells == 10_200
    assert by_agency.calibration.error < 0.02
    assert (by_agency.unsure, by_agency.unsure_wrong, by_agency.sure_wrong) == (200, 80, 0)
    assert kept_out.calibration.cells == 1_500


def test_the_page_tells_the_figures_and_the_risk() -> None:
    doubts = Counter({(0.99, True): 99, (0.99, False): 1})
    figures = [reliability("agencies held out in turn", 3, doubts, CERTAIN)]
    text = page(OBSERVATIONS, [], fitted(COUNTS), figures, RISK)
    assert "| agencies held out in turn | 3 | 100 | 0.00000 |" in text
    assert f"above {RISK:g} asks for a" in text
