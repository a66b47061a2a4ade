"""Measures the confidence of cells on agencies, and on tools, that it was not fitted on."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from msgspec import Struct
from sklearn.model_selection import GroupKFold

from nlp.labelling.judgement import Scale
from nlp.tables.confidence import Confidences
from training.confidence.fitting import counts_of, fitted
from training.confidence.observing import Observation
from training.scoring.acceptance import Point
from training.scoring.calibration import Calibration, Doubts, calibration, curve_of_cells

_FOLDS = 5


class Reliability(Struct, frozen=True):
    """How well confidence agrees with what is right, on cells that it was not fitted on.

    `different` counts the different confidences, `curve` is the share of wrong cells (risk) among the most
    confident ones. Of cells that are sure enough for no review, `sure` is the number and `sure_wrong` the
    number of wrong ones; `unsure` and `unsure_wrong` are those of the others.
    """

    name: str
    groups: int
    calibration: Calibration
    different: int
    curve: list[Point]
    sure: int
    sure_wrong: int
    unsure: int
    unsure_wrong: int


def held_out_in_turn(observations: Sequence[Observation], group: Callable[[Observation], str]) -> Doubts:
    """Return the confidences of all cells, those of each fold of groups by a scale fitted on the others."""
    groups = [group(observation) for observation in observations]
    doubts: Doubts = Counter()
    for rest, fold in GroupKFold(_FOLDS).split(groups, groups=groups):
        scale = fitted(counts_of(observations[place] for place in rest))
        doubts.update(doubts_of(scale, [observations[place] for place in fold]))
    return doubts


def doubts_of(scale: Scale, observations: Sequence[Observation]) -> Doubts:
    """Return how many cells have each confidence by a scale, and whether they were read right."""
    doubts: Doubts = Counter()
    confidences = Confidences(scale)
    for seen in observations:
        confidence = confidences.of(seen.cell)
        doubts[confidence, True] += seen.right
        doubts[confidence, False] += seen.cells - seen.right
    return doubts


def reliability(name: str, groups: int, doubts: Doubts, certain: float) -> Reliability:
    """Return the figures of some confidences; from `certain` on cells need no review."""
    measured = calibration(doubts)
    assert measured is not None, "no cell was told"
    different = len({confidence for confidence, _ in doubts})
    sure = _count(doubts, lambda confidence, right: confidence >= certain)
    sure_wrong = _count(doubts, lambda confidence, right: confidence >= certain and not right)
    wrong = _count(doubts, lambda confidence, right: not right)
    curve = curve_of_cells(doubts, measured.cells)
    unsure, unsure_wrong = measured.cells - sure, wrong - sure_wrong
    return Reliability(name, groups, measured, different, curve, sure, sure_wrong, unsure, unsure_wrong)


def _count(doubts: Doubts, is_counted: Callable[[float, bool], bool]) -> int:
    return sum(count for (confidence, right), count in doubts.items() if is_counted(confidence, right))


def measured(
    observations: Sequence[Observation], kept_out: Sequence[Observation], scale: Scale, certain: float
) -> Iterator[Reliability]:
    """Yield the figures on agencies and on tools held out in turn, and on those that nothing is fitted on."""
    agencies = {seen.agency for seen in observations}
    tools = {seen.tool for seen in observations}
    by_agency = held_out_in_turn(observations, lambda seen: seen.agency)
    by_tool = held_out_in_turn(observations, lambda seen: seen.tool)
    yield reliability("agencies held out in turn", len(agencies), by_agency, certain)
    yield reliability("tools held out in turn", len(tools), by_tool, certain)
    others = {seen.tool for seen in kept_out}
    yield reliability("tools and agencies kept out", len(others), doubts_of(scale, kept_out), certain)
