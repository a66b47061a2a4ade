"""Writes the figures of a run in Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from training.scoring.comparison import CellChange, Comparison
from training.scoring.confusion import KINDS
from training.scoring.naming import titled
from training.scoring.scores import Scores
from training.scoring.tabulated import (
    NAMES,
    acceptance_rows,
    calibration_row,
    confusion_rows,
    found_rows,
    group_rows,
    headline_rows,
)
from training.scoring.words import figure, signed, signed_between
from training.scoring.wrong import WrongCell

_SHOWN = 50
"""The most cells that are listed."""

_LINE_SHOWN = 60
"""The most characters of a line that are shown."""

_ESCAPES = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~"} | {"\n": " ", "\r": " ", "&": "&amp;"})


def markdown(scores: Scores, title: str = "Scores") -> str:
    """Return the figures of a run below a heading, and the first of its wrong cells."""
    text = f"## {title}\n\n{figures(scores)}"
    if scores.wrong_cells:
        text += f"\n{_wrong(scores.wrong_cells)}\n"
    return text


def figures(scores: Scores) -> str:
    """Return the figures of a run as tables, without a heading."""
    parts = [rows(headline_rows(scores))]
    if scores.acceptance.records.of:
        parts.append(rows([["trust", "count", "share", ""], *acceptance_rows(scores.acceptance)]))
    parts.append(escaped(calibration_row(scores)))
    for level, groups in scores.by.items():
        if level not in ("all", "row"):
            parts.append(rows(group_rows(level, groups)))
    parts.append(rows(confusion_rows(scores.cells.confusion, KINDS)))
    parts.append(rows(found_rows(scores)))
    return "\n\n".join(part for part in parts if part) + "\n"


def compared(comparison: Comparison) -> str:
    """Return what a run gained and lost."""
    headline = [["", "before", "after", "difference", "95 % interval"]]
    for name, change in comparison.headline.items():
        interval = signed_between(change.interval)
        values = [figure(change.before), figure(change.after), signed(change.difference)]
        headline.append([NAMES[name], *values, interval])
    cells = [["document", "cell", "gold", "before", "after", "", "line"]]
    cells += [_change_row(cell) for cell in comparison.cells[:_SHOWN]]
    parts = [
        "## Two runs",
        rows(headline),
        f"**{comparison.gained:,}** cells gained, **{comparison.lost:,}** lost.",
        rows(cells),
        _more(len(comparison.cells)),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def rows(table: Sequence[Sequence[str]]) -> str:
    """Return a table whose first row is the head; "" if it has no other row.

    >>> print(rows([["", "F1"], ["a|b", "1"]]))
    |  | F1 |
    | --- | ---: |
    | a\\|b | 1 |
    """
    if len(table) < 2:
        return ""
    head, *body = ([escaped(cell) for cell in row] for row in table)
    rule = ["---", *["---:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in (head, rule, *body))


def escaped(text: str) -> str:
    """Return a text in which nothing is taken for Markdown or HTML.

    >>> escaped("<script>*")
    '\\\\<script\\\\>\\\\*'
    """
    return text.strip().translate(_ESCAPES)


def _change_row(cell: CellChange) -> list[str]:
    lines = [text for n, text in cell.around if n == cell.line]
    line = lines[0][:_LINE_SHOWN] if lines else ""
    values = [cell.gold_shown, cell.before_shown, cell.after_shown]
    return [cell.document, titled(cell.cell), *values, cell.change.replace("_", " "), line]


def _wrong(cells: Sequence[WrongCell]) -> str:
    table = [["document", "wrong cell", "gold", "read", "line", ""]]
    for cell in cells[:_SHOWN]:
        line = str(cell.line) if cell.line else ""
        values = [cell.gold_shown, cell.predicted_shown]
        table.append([cell.document, titled(cell.cell), *values, line, "silent" if cell.silent else ""])
    more = _more(len(cells))
    return f"{rows(table)}\n\n{more}" if more else rows(table)


def _more(cells: int) -> str:
    more = cells - _SHOWN
    return f"… and {more:,} more." if more > 0 else ""
