"""The figures of a run, for people."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from training.scoring.acceptance import Point
from training.scoring.columns import aligned
from training.scoring.confusion import KINDS
from training.scoring.figures import Figures
from training.scoring.naming import titled
from training.scoring.scores import Scores
from training.scoring.tabulated import (
    Table,
    acceptance_rows,
    calibration_row,
    confusion_rows,
    document_rows,
    found_rows,
    group_rows,
    headline_rows,
    lines_rows,
)
from training.scoring.words import figure, said
from training.scoring.wrong import WrongCell

_SHOWN = 20


def printed(scores: Scores) -> str:
    """Return the figures as plain aligned tables, the headline first; what was not scored is left out."""
    parts = [
        _table(headline_rows(scores)),
        *(_table(group_rows(level, _told(level, groups))) for level, groups in scores.by.items()),
        _table(confusion_rows(scores.cells.confusion, KINDS)),
        _acceptance(scores),
        _curve(scores.acceptance.curve_of_records),
        calibration_row(scores),
        _table(found_rows(scores)),
        _table(lines_rows(scores)),
        _table(confusion_rows(scores.lines.confusion, _labels(scores))) if scores.lines else "",
        _table(document_rows(scores.documents)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _told(level: str, groups: dict[str, Figures]) -> dict[str, Figures]:
    """Leave out rows without a fault: there are many."""
    if level == "row":
        return {name: one for name, one in groups.items() if one.cells.count < one.cells.of}
    return {} if level == "all" else groups


def _table(rows: Table) -> str:
    return aligned(rows) if len(rows) > 1 else ""


def _labels(scores: Scores) -> Iterable[str]:
    return dict.fromkeys([*(scores.lines.labels if scores.lines else ()), "unlabelled"])


def _acceptance(scores: Scores) -> str:
    accepted = scores.acceptance
    if not accepted.records.of:
        return ""
    shown = accepted.silently_wrong_cells[:_SHOWN]
    more = accepted.silently_wrong - len(shown)
    return "\n".join(
        [
            aligned(acceptance_rows(accepted)),
            *map(_silent, shown),
            *([f"  and {more:,} more (--json lists them)"] if more else []),
        ]
    )


def _silent(cell: WrongCell) -> str:
    claim, right = said(cell.predicted, cell.predicted_state), said(cell.gold, cell.gold_state)
    return f"  {cell.document}  {titled(cell.cell)}: {claim}, gold has {right}"


def _curve(points: Sequence[Point]) -> str:
    if len(points) < 2:
        return ""
    rows = [[f"  at least {one.confidence:.4f}", figure(one.coverage), figure(one.risk)] for one in points]
    return aligned([["records by lowest confidence", "coverage", "risk"], *rows])
