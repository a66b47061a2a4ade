"""What may be trusted: risk over coverage, and how far confidence can be believed."""

from __future__ import annotations

from collections.abc import Sequence

from nlp.showing.markup import Markup, element, table
from training.scoring.acceptance import Acceptance, Point
from training.scoring.calibration import Calibration
from training.scoring.pages.charts import Plot, diagonal, steps
from training.scoring.pages.frame import both, card
from training.scoring.scores import Scores
from training.scoring.tabulated import acceptance_rows, calibration_row
from training.scoring.words import figure


def trust(scores: Scores) -> Markup | None:
    """Return the chapter on trust; None where no cells were judged."""
    accepted = scores.acceptance
    if not accepted.records.of:
        return None
    charts = [_risk(accepted), *([_reliability(scores.calibration)] if scores.calibration else [])]
    return both(
        card(table([["", "count", "share", ""], *acceptance_rows(accepted)])),
        element("div", *charts, class_="charts"),
        element("p", calibration_row(scores), class_="note"),
    )


def _risk(accepted: Acceptance) -> Markup:
    curves = [accepted.curve_of_cells, accepted.curve_of_records]
    most = max((point.risk for curve in curves for point in curve), default=0.0)
    plot = Plot("coverage", "risk", y=(0.0, _round_up(most)))
    lines = [
        steps(plot, _spots(curve), name) for curve, name in zip(curves, ("one", "two"), strict=True) if curve
    ]
    key = element(
        "p",
        element("b", class_="one"),
        "cells by their confidence",
        element("b", class_="two"),
        "records by their lowest",
        class_="key",
    )
    return card(element("h3", "Risk over coverage"), plot.drawn(*lines), key)


def _round_up(most: float) -> float:
    return next((top for top in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5) if most <= top), 1.0)


def _spots(curve: Sequence[Point]) -> list[tuple[float, float]]:
    return [(point.coverage, point.risk) for point in curve]


def _reliability(found: Calibration) -> Markup:
    low = min([0.9, *(min(one.confidence, one.right) for one in found.bins)])
    plot = Plot("confidence", "share right", x=(low, 1.0), y=(low, 1.0))
    marks = steps(plot, [(one.confidence, one.right) for one in found.bins], "one")
    rows = [
        [f"{one.low:g}–{one.high:g}", f"{one.cells:,}", figure(one.confidence), figure(one.right)]
        for one in found.bins
    ]
    return card(
        element("h3", "Reliability of confidence"),
        plot.drawn(diagonal(plot), marks),
        table([["confidence", "cells", "mean", "right"], *rows]),
    )
