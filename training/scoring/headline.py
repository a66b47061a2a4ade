"""Computes the headline figures of a run, each with its baseline, mean over documents and interval."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from msgspec import Struct
from numpy.typing import NDArray

from training.scoring.bootstrap import Interval, interval, resampled
from training.scoring.counts import Counts
from training.scoring.figures import Floats, divided, mean_of_known
from training.scoring.items import ItemScores
from training.scoring.lines import LABELS, Confusion, found_of_label
from training.scoring.metrics import Found
from training.scoring.proportions import clustered
from training.scoring.tally import FACTS, Tally

Columns = Mapping[str, Floats]
"""Counts by name (see `_row`), each with a value for every document or resample."""

Figure = Callable[[Columns], Floats]
"""Computes a figure for every document or resample from its counts, NaN where there is nothing to count."""


@dataclass(frozen=True)
class Ratio:
    """A figure that is a share: `times` the count `part` out of the counts in `whole` together."""

    part: str
    whole: tuple[str, ...]
    times: int = 1

    def __call__(self, columns: Columns) -> Floats:
        """Return the share for every document or resample, NaN where there is nothing to count."""
        return divided(*self.counts(columns))

    def counts(self, columns: Columns) -> tuple[Floats, Floats]:
        """Return the counts and what they are out of, for every document."""
        whole = np.sum([columns[name] for name in self.whole], axis=0)
        return self.times * columns[self.part], whole


class Metric(Struct, frozen=True):
    """A figure from 0 to 1: over all documents together (`value`), and as the mean over documents (`macro`).

    `baseline` is the figure of predicting 0 in every cell, None where that makes no sense. `interval` is the
    95 % interval, with the texts of one report taken together: exact for shares and F1, by bootstrap else.
    """

    value: float | None
    baseline: float | None
    macro: float | None
    interval: Interval | None


def _share(part: str, whole: str) -> Ratio:
    return Ratio(part, (whole,))


def _f1(name: str) -> Ratio:
    return Ratio(f"{name}.right", (f"{name}.predicted", f"{name}.gold"), 2)


def _macro_f1(columns: Columns) -> Floats:
    """Return the mean F1 of the labels of lines that gold or the prediction uses."""
    f1_of_labels = np.stack([_f1(f"lines.{label}")(columns) for label in LABELS])
    is_used = ~np.isnan(f1_of_labels)
    return divided(np.nansum(f1_of_labels, axis=0), is_used.sum(axis=0).astype(float))


def _nothing(columns: Columns) -> Floats:
    """Return NaN for every document: there is no baseline."""
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
    "subsections.f1": (_f1("subsections"), _nothing),
    "problems.f1": (_f1("problems"), _nothing),
    "improvements.f1": (_f1("improvements"), _nothing),
    "items_exact.f1": (_f1("items_exact"), _nothing),
    "answers": (_share("answers.count", "answers.of"), _nothing),
    "lines.macro_f1": (_macro_f1, _nothing),
    "lines": (_share("lines.count", "lines.of"), _nothing),
    **{fact: (_share(f"{fact}.count", f"{fact}.of"), _nothing) for fact in FACTS},
}
"""How each figure and its baseline are computed."""


def headline(tallies: Sequence[Tally]) -> dict[str, Metric]:
    """Return every figure for which there was something to score."""
    columns = columns_of(tallies)
    total = {name: values.sum(keepdims=True) for name, values in columns.items()}
    by_report = summed_by_report(columns, reports_of(tallies))
    resamples = _resampled(by_report)
    metrics: dict[str, Metric] = {}
    for name, (figure, baseline) in HEADLINE.items():
        value = _or_none(figure(total)[0])
        if value is not None:
            metrics[name] = Metric(
                value,
                _or_none(baseline(total)[0]),
                mean_of_known(figure(columns)),
                _interval(figure, by_report, resamples),
            )
    return metrics


def _interval(figure: Figure, by_report: Columns, resamples: Columns | None) -> Interval | None:
    if isinstance(figure, Ratio):
        return clustered(*figure.counts(by_report))
    return interval(figure(resamples)) if resamples else None


def reports_of(tallies: Sequence[Tally]) -> NDArray[np.intp]:
    """Return for each document the number of its report: several texts may be of one."""
    names = [tally.report for tally in tallies]
    return np.unique(names, return_inverse=True)[1] if names else np.zeros(0, np.intp)


def summed_by_report(columns: Columns, reports: NDArray[np.intp]) -> dict[str, Floats]:
    """Return the counts of each report."""
    return {name: np.bincount(reports, values).astype(np.float64) for name, values in columns.items()}


def _or_none(value: np.float64) -> float | None:
    return None if np.isnan(value) else float(value)


def _resampled(columns: Columns) -> dict[str, Floats] | None:
    """Return the sums of every column in the resamples; None if there are too few documents."""
    names = list(columns)
    sums = resampled(np.stack([columns[name] for name in names], axis=1).astype(np.float32))
    return None if sums is None else dict(zip(names, sums.T.astype(np.float64), strict=True))


def differences(after: Sequence[Tally], before: Sequence[Tally]) -> dict[str, Interval | None]:
    """Return the interval of each figure's difference between two runs over the same documents.

    The reports of both runs are resampled alike (paired bootstrap). With too few the result is empty.
    """
    reports = reports_of(after)
    resamples_after = _resampled(summed_by_report(columns_of(after), reports))
    resamples_before = _resampled(summed_by_report(columns_of(before), reports))
    if resamples_after is None or resamples_before is None:
        return {}
    intervals: dict[str, Interval | None] = {}
    for name, (figure, _) in HEADLINE.items():
        intervals[name] = interval(figure(resamples_after) - figure(resamples_before))
    return intervals


def columns_of(tallies: Sequence[Tally]) -> dict[str, Floats]:
    """Return the counts that the figures are computed from, with one value for each document."""
    rows = [_row(tally) for tally in tallies]
    names = list(rows[0]) if rows else list(_row(_NO_DOCUMENT))
    return {name: np.array([row[name] for row in rows], np.float64) for name in names}


def _row(tally: Tally) -> dict[str, int]:
    """Return the counts of one document."""
    cells, answers = tally.cells, tally.items.answers
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
        **_exact_counts("rows", tally.rows),
        **_exact_counts("tables", tally.tables),
        "accepted.count": cells.documents if tally.accepted else 0,
        "accepted.exact": int(tally.faultless) if tally.accepted and cells.documents else 0,
        **_found_counts("sections", tally.all_sections),
        **_found_counts("subsections", tally.subsections),
        **_found_counts("problems", tally.items.problems),
        **_found_counts("improvements", tally.items.improvements),
        **_found_counts("items_exact", tally.items.exact),
        "answers.count": answers.count if answers else 0,
        "answers.of": answers.of if answers else 0,
        **_line_counts(tally.lines or Confusion()),
        **{f"{fact}.count": int(tally.facts.get(fact, False)) for fact in FACTS},
        **{f"{fact}.of": int(fact in tally.facts) for fact in FACTS},
    }


def _exact_counts(name: str, groups: Sequence[Counts]) -> dict[str, int]:
    """Return how many rows or tables are exact, hold zeros only, and are there."""
    return {
        f"{name}.count": sum(counts.exact for counts in groups),
        f"{name}.zero": sum(counts.zeros_only for counts in groups),
        f"{name}.of": len(groups),
    }


def _found_counts(name: str, found: Found | None) -> dict[str, int]:
    return {
        f"{name}.right": found.right if found else 0,
        f"{name}.predicted": found.predicted if found else 0,
        f"{name}.gold": found.gold if found else 0,
    }


def _line_counts(confusion: Confusion) -> dict[str, int]:
    figures = {label: found_of_label(label, confusion) for label in LABELS}
    row = {
        "lines.count": sum(found.right for found in figures.values()),
        "lines.of": confusion.total(),
    }
    for label, found in figures.items():
        row |= _found_counts(f"lines.{label}", found)
    return row


_NO_ITEMS = ItemScores(None, None, None)
_NO_DOCUMENT = Tally(
    "", False, False, {}, {}, None, {}, None, ItemScores(None, None, None), None, False, "", 0
)
