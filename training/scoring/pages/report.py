"""The page of a run: its figures, what may be trusted, every wrong cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp.showing.markup import Child, Markup, element, joined, table
from training.scoring.confusion import KINDS
from training.scoring.figures import Figures
from training.scoring.naming import LEVELS
from training.scoring.pages.charts import bar
from training.scoring.pages.faults import faults, named
from training.scoring.pages.frame import both, card, page, tile
from training.scoring.pages.trust import trust
from training.scoring.scores import Scores
from training.scoring.tabulated import (
    NAMES,
    Table,
    confusion_rows,
    document_rows,
    found_rows,
    headline_rows,
    lines_rows,
)
from training.scoring.words import between, count_of, figure


def report(scores: Scores, title: str = "How good the records are") -> str:
    """Return the figures of a run as one HTML file."""
    return page(title, lead(scores), tiles(scores), chapters(scores))


def lead(scores: Scores) -> str:
    """Return what was scored, in a sentence."""
    cells = scores.cells
    return (
        f"{len(scores.documents):,} documents, {cells.cells.of:,} cells, {cells.non_zero.gold:,} of them "
        f"not 0. Intervals are 95 % ones, by bootstrap over documents; where every document is right they "
        f"cannot tell how rare a fault is: see Trust. Beside them stands what answering 0 everywhere scores."
    )


def tiles(scores: Scores) -> list[Markup]:
    """Return the headline figures as tiles."""
    wanted = ("non_zero.f1", "reports_exact", "cells")
    parts = [_tile(NAMES[key], scores, key) for key in wanted if key in scores.headline]
    accepted = scores.acceptance
    if accepted.records.of:
        silent = accepted.silently_wrong
        parts.append(tile(count_of(accepted.records), "records accepted", "with an empty review"))
        bound = accepted.cells_at_most
        note = f"at most {bound:.2g} of cells (rule of three)" if bound else _records(accepted.at_fault.count)
        parts.append(tile(f"{silent:,}", "cells silently wrong", note, mood="alarm" if silent else "calm"))
    if "lines.macro_f1" in scores.headline:
        parts.append(_tile(NAMES["lines.macro_f1"], scores, "lines.macro_f1"))
    return parts


def _tile(name: str, scores: Scores, key: str) -> Markup:
    one = scores.headline[key]
    base = f"every cell 0: {figure(one.baseline)}" if one.baseline is not None else ""
    return tile(figure(one.value), name, f"{between(one.interval)} (95 %)", base)


def chapters(scores: Scores) -> dict[str, Markup | None]:
    """Return the chapters of the page by their headings."""
    wrong, listed = scores.cells.wrong + scores.cells.unanswered, len(scores.wrong_cells)
    missing = sum(one.unanswered for one in scores.documents if not one.predicted)
    return {
        "Figures": card(_table(headline_rows(scores))),
        "Not scored": _left_out(scores),
        "Trust": trust(scores),
        "Where": _groups(scores.by),
        "Zero, blank, missing": _confusion(scores.cells.confusion, KINDS),
        "Sections and items": _card(found_rows(scores)),
        "Lines": _lines(scores),
        "Documents": _card(document_rows(scores.documents)),
        "Every wrong cell": faults(scores.wrong_cells, wrong - listed - missing),
    }


def _left_out(scores: Scores) -> Markup | None:
    told = {
        "gold without prediction, scored as not answered": scores.without_prediction,
        "predicted without gold, not scored": scores.without_gold,
    }
    parts = [
        element("p", element("b", f"{len(names):,} {what}: "), _some(names))
        for what, names in told.items()
        if names
    ]
    return card(*parts) if parts else None


def _records(count: int) -> str:
    return f"in {count:,} record{'s' if count > 1 else ''} with an empty review"


def _some(names: list[str]) -> str:
    return ", ".join(names[:20]) + (", …" if len(names) > 20 else "")


def _table(rows: Table) -> Markup:
    return table(rows)


def _card(rows: Table) -> Markup | None:
    return card(table(rows)) if len(rows) > 1 else None


def _groups(by: Mapping[str, Mapping[str, Figures]]) -> Markup | None:
    parts = [
        joined([element("h3", LEVELS[level]), card(table(_group_rows(groups)))])
        for level, groups in by.items()
        if level in LEVELS
    ]
    return both(*parts) if parts else None


def _group_rows(groups: Mapping[str, Figures]) -> Iterable[Iterable[Child]]:
    head = ["", "non-zero F1", "interval", "macro", "cells right", "every cell 0", "not 0", "wrong"]
    yield [*head, "unanswered", "silent", "exact"]
    for name, one in groups.items():
        low, high = one.intervals.get("f1", (None, None))
        yield [
            named(name),
            bar(one.non_zero.f1, low, high),
            between(one.intervals.get("f1")),
            figure(one.macro.f1),
            figure(one.cells.share),
            figure(one.baseline.share),
            f"{one.non_zero.gold:,}",
            f"{one.wrong:,}",
            f"{one.unanswered:,}",
            f"{one.silently_wrong:,}",
            count_of(one.reports_exact),
        ]


def _confusion(counts: Mapping[str, Mapping[str, int]], kinds: Iterable[str]) -> Markup | None:
    return _card(confusion_rows(counts, kinds)) if counts else None


def _lines(scores: Scores) -> Markup | None:
    if scores.lines is None:
        return None
    kinds = dict.fromkeys([*scores.lines.labels, "unlabelled"])
    return both(_card(lines_rows(scores)), _confusion(scores.lines.confusion, kinds))
