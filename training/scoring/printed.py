"""Prints the figures of a run as plain text."""

from __future__ import annotations

from collections.abc import Sequence

from training.scoring.acceptance import Point
from training.scoring.columns import Say, aligned, said
from training.scoring.confusion import KINDS
from training.scoring.figures import Figures
from training.scoring.lines import UNLABELLED
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
from training.scoring.words import figure

_SHOWN = 20
"""The most silently wrong cells that are listed."""


def printed(scores: Scores, say: Say = str) -> str:
    """Return the figures as aligned tables, the headline first; what was not scored is left out.

    `say` puts words into the language of who reads them.
    """
    parts = [_table(headline_rows(scores), say)]
    for level, groups in scores.by.items():
        if level == "row":
            parts.append(_table(group_rows(level, _with_faults(groups)), say))
        elif level != "all":
            parts.append(_table(group_rows(level, groups), say))
    parts += [
        _table(confusion_rows(scores.cells.confusion, KINDS), say),
        _acceptance(scores, say),
        _curve(scores.acceptance.curve_of_records, say),
        say(calibration_row(scores)),
        _table(found_rows(scores), say),
        _table(lines_rows(scores), say),
    ]
    if scores.lines:
        labels = [*scores.lines.labels, UNLABELLED]
        parts.append(_table(confusion_rows(scores.lines.confusion, labels), say))
    parts.append(_table(document_rows(scores.documents), say))
    return "\n\n".join(part for part in parts if part) + "\n"


def _with_faults(groups: dict[str, Figures]) -> dict[str, Figures]:
    """Return the groups with a cell that is not right."""
    return {name: group for name, group in groups.items() if group.cells.count < group.cells.of}


def _table(rows: Table, say: Say) -> str:
    """Return rows below a head as text; "" if there is only a head."""
    return aligned(rows, say) if len(rows) > 1 else ""


def _acceptance(scores: Scores, say: Say) -> str:
    accepted = scores.acceptance
    if not accepted.records.of:
        return ""
    lines = [aligned(acceptance_rows(accepted), say)]
    shown = accepted.silently_wrong_cells[:_SHOWN]
    for cell in shown:
        values = say(f"{cell.predicted_shown}, gold has {cell.gold_shown}")
        lines.append(f"  {cell.document}  {titled(cell.cell)}: {values}")
    more = accepted.silently_wrong - len(shown)
    if more:
        lines.append(said(f"  and {more:,} more (--json lists them)", say))
    return "\n".join(lines)


def _curve(points: Sequence[Point], say: Say) -> str:
    if len(points) < 2:
        return ""
    rows = [["records by lowest confidence", "coverage", "risk"]]
    for point in points:
        rows.append([f"  at least {point.confidence:.4f}", figure(point.coverage), figure(point.risk)])
    return aligned(rows, say)
