"""Shows which records can be trusted: accepted records, risk over coverage, reliability of confidence."""

from __future__ import annotations

from nlp.showing.markup import Markup, element, table
from training.scoring.acceptance import Acceptance
from training.scoring.calibration import Calibration
from training.scoring.pages.charts import Plot, diagonal, steps
from training.scoring.pages.frame import both, card
from training.scoring.scores import Scores
from training.scoring.tabulated import acceptance_rows, calibration_row
from training.scoring.words import figure


def trust(scores: Scores) -> Markup | None:
    """Return the chapter on trust; None if no cells were scored."""
    accepted = scores.acceptance
    if not accepted.records.of:
        return None
    charts = [_risk(accepted)]
    if scores.calibration:
        charts.append(_reliability(scores.calibration))
    return both(
        card(table([["", "count", "share", ""], *acceptance_rows(accepted)])),
        element("div", *charts, class_="charts"),
        element("p", calibration_row(scores), class_="note"),
    )


def _risk(accepted: Acceptance) -> Markup:
    """Return the risk-coverage curves of cells (CSS class `one`) and of records (`two`)."""
    curves = {"one": accepted.curve_of_cells, "two": accepted.curve_of_records}
    highest = 0.0
    for curve in curves.values():
        highest = max([highest, *(point.risk for point in curve)])
    plot = Plot("coverage", "risk", y=(0.0, _axis_end(highest)))
    lines: list[Markup] = []
    for class_, curve in curves.items():
        if curve:
            lines.append(steps(plot, [(point.coverage, point.risk) for point in curve], class_))
    key = element(
        "p",
        element("b", class_="one"),
        "cells by their confidence",
        element("b", class_="two"),
        "records by their lowest",
        class_="key",
    )
    return card(element("h3", "Risk over coverage"), plot.drawn(*lines), key)


def _axis_end(highest: float) -> float:
    """Return a round number that is not below the highest value."""
    for end in (0.01, 0.02, 0.05, 0.1, 0.2, 0.5):
        if highest <= end:
            return end
    return 1.0


def _reliability(calibration: Calibration) -> Markup:
    """Return a reliability diagram, and its bins as a table."""
    bins = calibration.bins
    low = min([0.9, *(bin.confidence for bin in bins), *(bin.right for bin in bins)])
    plot = Plot("confidence", "share right", x=(low, 1.0), y=(low, 1.0))
    line = steps(plot, [(bin.confidence, bin.right) for bin in bins], "one")
    rows = [["confidence", "cells", "mean", "right"]]
    for bin in bins:
        edges = f"{bin.low:g}–{bin.high:g}"
        rows.append([edges, f"{bin.cells:,}", figure(bin.confidence), figure(bin.right)])
    return card(element("h3", "Reliability of confidence"), plot.drawn(diagonal(plot), line), table(rows))
