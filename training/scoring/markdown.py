"""The figures of a run in Markdown, for a pull request."""

from __future__ import annotations

from collections.abc import Sequence

from training.scoring.comparison import Comparison
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
from training.scoring.words import between, figure, said, signed
from training.scoring.wrong import WrongCell

_SHOWN = 50
_WIDE = 60
"""How many wrong cells are shown, and how much of a line."""
_MARKS = str.maketrans({c: f"\\{c}" for c in "\\`*_{}[]<>#|~"} | {"\n": " ", "\r": " ", "&": "&amp;"})


def markdown(scores: Scores, title: str = "Scores") -> str:
    """Return the figures of a run; wrong cells are cut off where there are many."""
    wrong = _wrong(scores.wrong_cells)
    return f"## {title}\n\n{figures(scores)}" + (f"\n{wrong}\n" if wrong else "")


def figures(scores: Scores) -> str:
    """Return the figures alone, without a heading."""
    parts = [rows(headline_rows(scores))]
    if scores.acceptance.records.of:
        parts.append(rows([["trust", "count", "share", ""], *acceptance_rows(scores.acceptance)]))
    parts += [escaped(calibration_row(scores))]
    parts += [rows(group_rows(level, by)) for level, by in scores.by.items() if level not in ("all", "row")]
    parts += [rows(confusion_rows(scores.cells.confusion, KINDS)), rows(found_rows(scores))]
    return "\n\n".join(part for part in parts if part) + "\n"


def compared(two: Comparison) -> str:
    """Return what a run gained and lost."""
    table = [["", "before", "after", "difference", "95 % interval"]]
    for name, one in two.headline.items():
        span = f"{signed(one.interval[0])} … {signed(one.interval[1])}" if one.interval else between(None)
        table.append([NAMES[name], figure(one.before), figure(one.after), signed(one.difference), span])
    cells = [["document", "cell", "gold", "before", "after", "", "line"]]
    for cell in two.cells[:_SHOWN]:
        claims = [said(cell.before, cell.before_state), said(cell.after, cell.after_state)]
        gold = said(cell.gold, cell.gold_state)
        seen = next((text for n, text in cell.around if n == cell.line), "")[:_WIDE]
        change = cell.change.replace("_", " ")
        cells.append([cell.document, titled(cell.cell), gold, *claims, change, seen])
    told = f"**{two.gained:,}** cells gained, **{two.lost:,}** lost."
    more = len(two.cells) - _SHOWN
    parts = ["## Two runs", rows(table), told, rows(cells), f"… and {more:,} more." if more > 0 else ""]
    return "\n\n".join(part for part in parts if part) + "\n"


def rows(table: Sequence[Sequence[str]]) -> str:
    """Return a table, its first row the head; nothing where there is only a head.

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
    """Return a text in which nothing is a mark of Markdown or HTML.

    >>> escaped("<script>*")
    '\\\\<script\\\\>\\\\*'
    """
    return text.strip().translate(_MARKS)


def _wrong(cells: Sequence[WrongCell]) -> str:
    if not cells:
        return ""
    table = [["document", "wrong cell", "gold", "read", "line", ""]]
    for cell in cells[:_SHOWN]:
        claim, right = said(cell.predicted, cell.predicted_state), said(cell.gold, cell.gold_state)
        line = str(cell.line) if cell.line else ""
        table.append([cell.document, titled(cell.cell), right, claim, line, "silent" if cell.silent else ""])
    more = len(cells) - _SHOWN
    return rows(table) + (f"\n\n… and {more:,} more." if more > 0 else "")
