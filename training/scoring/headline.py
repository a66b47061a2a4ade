"""The figures that a run is known by: each with its baseline, its mean over documents, its interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

import numpy as np
from msgspec import Struct

from training.scoring.bootstrap import Interval, interval, resampled
from training.scoring.figures import Floats, divided
from training.scoring.items import ItemScores
from training.scoring.lines import LABELS, Confusion
from training.scoring.metrics import Found
from training.scoring.tally import FACTS, Tally

Columns = Mapping[str, Floats]
Figure = Callable[[Columns], Floats]


class Metric(Struct, frozen=True):
    """A figure between 0 and 1: over all documents together, and as the mean over documents (`macro`).

    `baseline` is what answering 0 in every cell has, None where that says nothing. `interval` is a 95 %
    one by bootstrap over documents.
    """

    value: float | None
    baseline: float | None
    macro: float | None
    interval: Interval | None


def _share(part: str, whole: str) -> Figure:
    return lambda columns: divided(columns[part], columns[whole])


def _f1(name: str) -> Figure:
    return lambda columns: divided(
        2 * columns[f"{name}.right"], columns[f"{name}.predicted"] + columns[f"{name}.gold"]
    )


def _macro_f1(columns: Columns) -> Floats:
    """The mean over the labels that either side uses."""
    each = np.stack([_f1(f"lines.{label}")(columns) for label in LABELS])
    known = ~np.isnan(each)
    return divided(np.nansum(each, axis=0), known.sum(axis=0).astype(float))


def _nothing(columns: Columns) -> Floats:
    return np.full(columns["cells.of"].shape, np.nan)


HEADLINE: dict[str, tuple[Figure, Figure]] = {
    "non_zero.precision": (_share("non_zero.right", "non_zero.predicted"), _nothing),
    "non_zero.recall": (_share("non_zero.right", "non_zero.gold"), _share("none", "non_zero.gold")),
    "non_zero.f1": (_f1("non_zero"), _share("none", "non_zero.gold")),
    "reports_exact": (_share("reports.count", "reports.of"), _share("reports.zero", "reports.of")),
    "cells": (_share("cells.count", "cells.of"), _share("cells.zero", "cells.of")),
    "rows_exact": (_share("rows.count", "rows.of"), _share("rows.zero", "rows.of")),
    "tables_exact": (_share("tables.count", "tables.of"), _share("tables.zero", "tables.of")),
    "accepted": (_share("accepted.count", "reports.of"), _nothing),
    "accepted_exact": (_share("accepted.exact", "accepted.count"), _nothing),
    "sections.f1": (_f1("sections"), _nothing),
    "problems.f1": (_f1("problems"), _nothing),
    "improvements.f1": (_f1("improvements"), _nothing),
    "items_exact.f1": (_f1("items_exact"), _nothing),
    "answers": (_share("answers.count", "answers.of"), _nothing),
    "lines.macro_f1": (_macro_f1, _nothing),
    "lines": (_share("lines.count", "lines.of"), _nothing),
    **{fact: (_share(f"{fact}.count", f"{fact}.of"), _nothing) for fact in FACTS},
}
"""Each figure, and the same of the baseline."""


def headline(tallies: Sequence[Tally]) -> dict[str, Metric]:
    """Return every figure that was scored."""
    columns = columns_of(tallies)
    total = {name: values.sum(keepdims=True) for name, values in columns.items()}
    drawn = _drawn(columns)
    metrics = {name: _metric(*figures, columns, total, drawn) for name, figures in HEADLINE.items()}
    return {name: metric for name, metric in metrics.items() if metric.value is not None}


def _metric(
    figure: Figure, baseline: Figure, columns: Columns, total: Columns, drawn: Columns | None
) -> Metric:
    each = figure(columns)
    known = each[~np.isnan(each)]
    return Metric(
        _or_none(figure(total)[0]),
        _or_none(baseline(total)[0]),
        float(known.mean()) if known.size else None,
        interval(figure(drawn)) if drawn else None,
    )


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _drawn(columns: Columns) -> dict[str, Floats] | None:
    names = list(columns)
    sums = resampled(np.stack([columns[name] for name in names], axis=1).astype(np.float32))
    return None if sums is None else dict(zip(names, sums.T.astype(np.float64), strict=True))


def differences(after: Sequence[Tally], before: Sequence[Tally]) -> dict[str, Interval | None]:
    """Return the interval of each difference between two runs over the same documents, drawn together."""
    one, other = _drawn(columns_of(after)), _drawn(columns_of(before))
    if one is None or other is None:
        return {}
    return {name: interval(figure(one) - figure(other)) for name, (figure, _) in HEADLINE.items()}


def columns_of(tallies: Sequence[Tally]) -> dict[str, Floats]:
    """Return what the figures are made of, one value a document."""
    rows = [_row(one) for one in tallies]
    names = list(rows[0]) if rows else list(_row(_NOBODY))
    return {name: np.array([row[name] for row in rows], np.float64) for name in names}


def _row(one: Tally) -> dict[str, int]:
    cells = one.cells
    return {
        "none": 0,
        "non_zero.right": cells.non_zero_right,
        "non_zero.predicted": cells.non_zero_predicted,
        "non_zero.gold": cells.non_zero_gold,
        "reports.count": cells.exact,
        "reports.zero": cells.zeros_only,
        "reports.of": cells.documents,
        "cells.count": cells.right,
        "cells.zero": cells.zeros,
        "cells.of": cells.cells,
        **_exact(one, "rows", 1),
        **_exact(one, "tables", 0),
        "accepted.count": int(one.accepted and cells.documents),
        "accepted.exact": int(one.accepted and cells.exact),
        **_found("sections", one.all_sections),
        **_found("problems", one.items.problems),
        **_found("improvements", one.items.improvements),
        **_found("items_exact", one.items.exact),
        "answers.count": one.items.answers.count if one.items.answers else 0,
        "answers.of": one.items.answers.of if one.items.answers else 0,
        **_lines(one),
        **{f"{fact}.count": int(one.facts.get(fact, False)) for fact in FACTS},
        **{f"{fact}.of": int(fact in one.facts) for fact in FACTS},
    }


def _exact(one: Tally, what: str, dots: int) -> dict[str, int]:
    groups = [counts for name, counts in one.counts.items() if name.count(".") == dots and name != "all"]
    return {
        f"{what}.count": sum(counts.exact for counts in groups),
        f"{what}.zero": sum(counts.zeros_only for counts in groups),
        f"{what}.of": len(groups),
    }


def _found(name: str, found: Found | None) -> dict[str, int]:
    counts = (found.right, found.predicted, found.gold) if found else (0, 0, 0)
    return dict(zip((f"{name}.right", f"{name}.predicted", f"{name}.gold"), counts, strict=True))


def _lines(one: Tally) -> dict[str, int]:
    counts = one.lines or Confusion()
    row = {"lines.count": 0, "lines.of": sum(counts.values())}
    for label in LABELS:
        right = counts.get((label, label), 0)
        row["lines.count"] += right
        row[f"lines.{label}.right"] = right
        row[f"lines.{label}.predicted"] = sum(n for (_, claim), n in counts.items() if claim == label)
        row[f"lines.{label}.gold"] = sum(n for (gold, _), n in counts.items() if gold == label)
    return row


_NOBODY = Tally("", False, False, {}, {}, None, {}, None, ItemScores(None, None, None), None, False)
