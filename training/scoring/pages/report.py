"""Shows a run as a page of HTML: its figures, what can be trusted, every wrong cell."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from nlp.showing.markup import Child, Markup, element, table
from training.scoring.acceptance import Acceptance
from training.scoring.confusion import KINDS
from training.scoring.figures import Figures
from training.scoring.lines import UNLABELLED
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

_NAMES_SHOWN = 20
"""The most names of records that are listed as not scored."""


def report(scores: Scores, title: str = "How good the records are") -> str:
    """Return the figures of a run as one HTML file."""
    return page(title, lead(scores), tiles(scores), chapters(scores))


def lead(scores: Scores) -> str:
    """Return in a few sentences what was scored."""
    cells = scores.cells
    return (
        f"{len(scores.documents):,} documents, {cells.cells.of:,} cells, {cells.non_zero.gold:,} of them "
        f"not 0. Intervals are 95 % ones, exact for shares, the texts of one report taken together. Beside "
        f"them stands what answering 0 everywhere scores."
    )


def tiles(scores: Scores) -> list[Markup]:
    """Return the headline figures as tiles."""
    names = [name for name in ("non_zero.f1", "reports_exact", "cells") if name in scores.headline]
    tiles = [_headline_tile(name, scores) for name in names]
    accepted = scores.acceptance
    if accepted.records.of:
        tiles.append(tile(count_of(accepted.records), "records accepted", "with an empty review"))
        tiles.append(_silent_tile(accepted))
    if "lines.macro_f1" in scores.headline:
        tiles.append(_headline_tile("lines.macro_f1", scores))
    return tiles


def _headline_tile(name: str, scores: Scores) -> Markup:
    metric = scores.headline[name]
    baseline = "" if metric.baseline is None else f"every cell 0: {figure(metric.baseline)}"
    return tile(figure(metric.value), NAMES[name], f"{between(metric.interval)} (95 %)", baseline)


def _silent_tile(accepted: Acceptance) -> Markup:
    silent, records = accepted.silently_wrong, accepted.at_fault.count
    if silent:
        plural = "s" if records > 1 else ""
        note = f"in {records:,} record{plural} with an empty review"
    else:
        note = f"at most {accepted.at_most or 1:.2g} of records"
    return tile(f"{silent:,}", "cells silently wrong", note, mood="alarm" if silent else "calm")


def chapters(scores: Scores) -> dict[str, Markup | None]:
    """Return the chapters of the page by their headings; None for those without content."""
    not_right = scores.cells.wrong + scores.cells.unanswered
    not_predicted = sum(document.unanswered for document in scores.documents if not document.predicted)
    not_listed = not_right - not_predicted - len(scores.wrong_cells)
    return {
        "Figures": card(table(headline_rows(scores))),
        "Not scored": _not_scored(scores),
        "Trust": trust(scores),
        "Where": _groups(scores.by),
        "Zero, blank, missing": _table_card(confusion_rows(scores.cells.confusion, KINDS)),
        "Sections and items": _table_card(found_rows(scores)),
        "Lines": _lines(scores),
        "Documents": _table_card(document_rows(scores.documents)),
        "Every wrong cell": faults(scores.wrong_cells, not_listed),
    }


def _not_scored(scores: Scores) -> Markup | None:
    """Return the names of records that gold or the prediction lacks; None if there are none."""
    names_by_reason = {
        "gold without prediction, scored as not answered": scores.without_prediction,
        "predicted without gold, not scored": scores.without_gold,
    }
    parts: list[Markup] = []
    for reason, names in names_by_reason.items():
        if names:
            listed = ", ".join(names[:_NAMES_SHOWN])
            if len(names) > _NAMES_SHOWN:
                listed += ", …"
            parts.append(element("p", element("b", f"{len(names):,} {reason}: "), listed))
    return card(*parts) if parts else None


def _table_card(rows: Table) -> Markup | None:
    """Return rows below a head as a table in a box; None if there is only a head."""
    return card(table(rows)) if len(rows) > 1 else None


def _groups(by: Mapping[str, Mapping[str, Figures]]) -> Markup | None:
    parts: list[Markup] = []
    for level, groups in by.items():
        if level in LEVELS:
            parts += [element("h3", LEVELS[level]), card(table(_group_rows(groups)))]
    return both(*parts) if parts else None


def _group_rows(groups: Mapping[str, Figures]) -> Iterable[Iterable[Child]]:
    head = ["", "non-zero F1", "interval", "macro", "cells right", "every cell 0", "not 0", "wrong"]
    yield [*head, "unanswered", "silent", "exact"]
    for name, group in groups.items():
        low, high = group.intervals.get("f1", (None, None))
        yield [
            named(name),
            bar(group.non_zero.f1, low, high),
            between(group.intervals.get("f1")),
            figure(group.macro.f1),
            figure(group.cells.share),
            figure(group.baseline.share),
            f"{group.non_zero.gold:,}",
            f"{group.wrong:,}",
            f"{group.unanswered:,}",
            f"{group.silently_wrong:,}",
            count_of(group.reports_exact),
        ]


def _lines(scores: Scores) -> Markup | None:
    lines = scores.lines
    if lines is None:
        return None
    confusion = confusion_rows(lines.confusion, [*lines.labels, UNLABELLED])
    return both(_table_card(lines_rows(scores)), _table_card(confusion))
