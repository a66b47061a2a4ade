"""Writes docs/confidence.md and its picture: how well the confidence of cells agrees with what is right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from nlp.labelling.judgement import Scale
from nlp.showing.markup import Markup
from training.confidence.measuring import Reliability
from training.confidence.observing import Observation
from training.scoring import markdown
from training.scoring.pages.charts import Plot, steps
from training.scoring.tabulated import Table

_INTRODUCTION = """# How sure a cell is

[中文](confidence.zh.md)

This page was written by `python -m training.confidence`, which fitted `models/cells/confidence.json` and
measured every figure here. The confidence of a cell is the probability that what is told of it is right,
given its circumstances: how its number was told from others, by which layout, how its label was recognised,
what the sums over it say, whether headers stand above, and so on (`nlp/tables/circumstances.py`). A logistic
regression weighs the circumstances; an isotonic one tells what their weights come to. Each circumstance
counts as though it had been wrong once more than it was (Laplace's rule), so that what was hardly ever seen
is not sure. A cell that is missing or ambiguous tells nothing and has the confidence 0."""


def page(
    observations: Sequence[Observation],
    kept_out: Sequence[Observation],
    scale: Scale,
    measured: Sequence[Reliability],
    risk: float,
) -> str:
    """Return the page."""
    parts = [
        _INTRODUCTION,
        "## What it was fitted on",
        markdown.rows(_sources([*observations, *kept_out])),
        f"{len(scale.weights)} circumstances and pairs of them have a weight, and the isotonic regression "
        f"has {len(scale.steps)} steps. Pages of `kept out` are for measuring only.",
        "## Reliability",
        "What is held out was not fitted on: a fifth of all agencies, or of all tools, layouts and kinds of "
        "noise, at a time, by a scale fitted on the other four fifths.",
        markdown.rows(_figures(measured)),
        "![Risk over coverage](confidence.svg)",
        "Risk over coverage: the share of wrong cells among those with the highest confidence.",
        "## The risk that is taken unasked",
        "`data/risk.toml` states it: a told cell whose probability of being wrong is above "
        f"{risk:g} asks for a review (`cells_doubtful`). It is no share of accepted cells that are wrong: "
        "nearly all of them are far surer.",
        markdown.rows(_risks(measured)),
    ]
    for reliability in measured:
        parts += [f"### {reliability.name.capitalize()}", markdown.rows(_bins(reliability))]
    return "\n\n".join(part.strip() for part in parts) + "\n"


def _sources(observations: Sequence[Observation]) -> Table:
    cells: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for seen in observations:
        cells[seen.source] += seen.cells
        right[seen.source] += seen.right
    rows = [["pages", "cells told", "wrong"]]
    return rows + [[source, f"{count:,}", f"{count - right[source]:,}"] for source, count in cells.items()]


def _figures(measured: Sequence[Reliability]) -> Table:
    names = ["groups", "cells told", "expected calibration error", "Brier score", "different confidences"]
    rows = [["", *names]]
    for reliability in measured:
        found = reliability.calibration
        figures = [f"{found.cells:,}", f"{found.error:.5f}", f"{found.brier:.5f}", f"{reliability.different}"]
        rows.append([reliability.name, f"{reliability.groups}", *figures])
    return rows


def _risks(measured: Sequence[Reliability]) -> Table:
    rows = [["", "cells that ask for none", "wrong", "cells that ask for a review", "wrong"]]
    for reliability in measured:
        sure = [f"{reliability.sure:,}", f"{reliability.sure_wrong:,}"]
        unsure = [f"{reliability.unsure:,}", f"{reliability.unsure_wrong:,}"]
        rows.append([reliability.name, *sure, *unsure])
    return rows


def _bins(reliability: Reliability) -> Table:
    rows = [["confidence", "cells", "mean", "share right"]]
    for bin in reliability.calibration.bins:
        edges = f"{bin.low:g}–{bin.high:g}"
        rows.append([edges, f"{bin.cells:,}", f"{bin.confidence:.5f}", f"{bin.right:.5f}"])
    return rows


def chart(measured: Sequence[Reliability]) -> Markup:
    """Return the curves of risk over coverage, a line for each way to hold out."""
    highest = max(point.risk for reliability in measured for point in reliability.curve)
    plot = Plot("coverage", "risk", y=(0.0, highest), width=640, height=360)
    return plot.drawn(*_lines(plot, measured))


def _lines(plot: Plot, measured: Sequence[Reliability]) -> Iterator[Markup]:
    for reliability, class_ in zip(measured, ("one", "two", "three"), strict=True):
        yield steps(plot, [(point.coverage, point.risk) for point in reliability.curve], class_)
