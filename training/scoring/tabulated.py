"""The figures of a run as rows of text, the same for every form that they are told in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from training.scoring.acceptance import Acceptance
from training.scoring.figures import Figures
from training.scoring.metrics import Found
from training.scoring.naming import LEVELS, short
from training.scoring.scores import DocumentScores, Scores
from training.scoring.words import NOTHING, between, count_of, figure

Table = list[list[str]]
"""Rows of cells, the first one the head."""

NAMES = {
    "non_zero.precision": "non-zero cells, precision",
    "non_zero.recall": "non-zero cells, recall",
    "non_zero.f1": "non-zero cells, F1",
    "reports_exact": "whole reports exact",
    "cells": "all cells right",
    "rows_exact": "rows exact",
    "tables_exact": "tables exact",
    "accepted": "records accepted",
    "accepted_exact": "accepted records exact",
    "sections.f1": "sections, F1",
    "problems.f1": "problems, F1",
    "improvements.f1": "improvements, F1",
    "items_exact.f1": "items to the letter, F1",
    "answers": "answers right",
    "lines.macro_f1": "lines, macro F1",
    "lines": "lines right",
    "organization": "organization right",
    "year": "year right",
    "form": "form right",
}


def headline_rows(scores: Scores) -> Table:
    """Return each figure with its interval, its mean over documents, its baseline and its counts."""
    counts = _counts(scores)
    rows = [
        [
            NAMES[name],
            figure(one.value),
            between(one.interval),
            figure(one.macro),
            figure(one.baseline),
            counts.get(name, ""),
        ]
        for name, one in scores.headline.items()
    ]
    return [["", "value", "95 % interval", "mean of documents", "every cell 0", "counts"], *rows]


def _counts(scores: Scores) -> dict[str, str]:
    cells = scores.cells
    of = cells.non_zero
    return {
        "non_zero.precision": f"{of.right:,}/{of.predicted:,}",
        "non_zero.recall": f"{of.right:,}/{of.gold:,}",
        "reports_exact": count_of(cells.reports_exact),
        "cells": f"{count_of(cells.cells)}; {cells.wrong:,} wrong, {cells.unanswered:,} unanswered",
        "rows_exact": count_of(cells.rows_exact),
        "tables_exact": count_of(cells.tables_exact),
        "accepted": count_of(scores.acceptance.records),
        "accepted_exact": f"{scores.acceptance.silently_wrong:,} cells silently wrong",
        "lines": count_of(scores.lines.right) if scores.lines else "",
        **{fact: count_of(share) for fact, share in scores.facts.items()},
        **({"answers": count_of(scores.answers)} if scores.answers else {}),
    }


def group_rows(level: str, groups: Mapping[str, Figures]) -> Table:
    """Return a row of figures for each group of one kind: tables, rows, editions, tools, noise."""
    labels = [short(name) for name in groups] if any(map(short, groups)) else None
    head = [
        LEVELS.get(level, level),
        *([""] if labels else []),
        "F1",
        "95 % interval",
        "macro F1",
        "precision",
        "recall",
        "not 0",
    ]
    head += ["cells right", "every cell 0", "wrong", "unanswered", "silent", "exact"]
    rows = [[name, *_group(one)] for name, one in groups.items()]
    for row, label in zip(rows, labels or (), strict=False):
        row.insert(1, label)
    return [head, *rows]


def _group(one: Figures) -> list[str]:
    return [
        figure(one.non_zero.f1),
        between(one.intervals.get("f1")),
        figure(one.macro.f1),
        figure(one.non_zero.precision),
        figure(one.non_zero.recall),
        f"{one.non_zero.gold:,}",
        figure(one.cells.share),
        figure(one.baseline.share),
        f"{one.wrong:,}",
        f"{one.unanswered:,}",
        f"{one.silently_wrong:,}",
        count_of(one.reports_exact),
    ]


def confusion_rows(counts: Mapping[str, Mapping[str, int]], kinds: Iterable[str]) -> Table:
    """Rows are what gold says, columns what was predicted; what never occurs is left out."""
    kinds = list(kinds)
    claimed = [kind for kind in kinds if any(kind in row for row in counts.values())]
    rows = [
        [kind.replace("_", " "), *(f"{counts[kind].get(claim, 0):,}" for claim in claimed)]
        for kind in kinds
        if kind in counts
    ]
    return [["gold ↓ predicted →", *(kind.replace("_", " ") for kind in claimed)], *rows]


def acceptance_rows(accepted: Acceptance) -> Table:
    """Return what may be used unattended, with the rule-of-three bounds where nothing was wrong."""
    rows = [
        ["records accepted (empty review)", count_of(accepted.records), figure(accepted.records.share), ""],
        ["  of these with a fault", count_of(accepted.at_fault), figure(accepted.at_fault.share)],
        ["silently wrong cells", f"{accepted.silently_wrong:,}/{accepted.cells_accepted:,}", ""],
    ]
    rows[1].append(_bound(accepted.at_most))
    rows[2].append(_bound(accepted.cells_at_most))
    return rows


def _bound(most: float | None) -> str:
    return "" if most is None else f"none seen: at most {most:.2g} with 95 % confidence (rule of three)"


def calibration_row(scores: Scores) -> str:
    """Return how far confidence can be believed, in one line."""
    found = scores.calibration
    if found is None:
        return ""
    return (
        f"confidence of {found.cells:,} answered cells: expected calibration error {found.error:.4f}, "
        f"Brier score {found.brier:.5f} ({found.brier_of_share:.5f} for one confidence for all)"
    )


def found_rows(scores: Scores) -> Table:
    """Return sections and items with what was found of them."""
    named = [
        ("sections, exact lines", scores.sections),
        *((f"  {kind}", found) for kind, found in scores.sections_by_kind.items()),
        ("problems", scores.problems),
        ("improvements", scores.improvements),
    ]
    return [["", *_FOUND_HEAD], *([name, *_found(one)] for name, one in named if one is not None)]


_FOUND_HEAD = ["precision", "recall", "F1", "right", "predicted", "gold"]


def _found(one: Found) -> list[str]:
    figures = [figure(one.precision), figure(one.recall), figure(one.f1)]
    return [*figures, f"{one.right:,}", f"{one.predicted:,}", f"{one.gold:,}"]


def lines_rows(scores: Scores) -> Table:
    """Return the labels of lines with what was found of them."""
    lines = scores.lines
    head = [f"lines, macro F1 {figure(lines.macro_f1 if lines else None)}", *_FOUND_HEAD]
    return [head, *([label, *_found(one)] for label, one in (lines.labels if lines else {}).items())]


def document_rows(documents: Sequence[DocumentScores]) -> Table:
    """One row a document; a column in which nothing was scored is left out."""
    head = ["document", "cells", "every cell 0", "wrong", "unanswered", "not 0 F1", "exact", "accepted"]
    head += ["sections", "problems", "improvements", "lines"]
    columns = zip(head, *map(_document, documents), strict=True)
    told = [column for column in columns if any(text != NOTHING for text in column[1:])]
    return [list(row) for row in zip(*told, strict=True)]


def _document(one: DocumentScores) -> list[str]:
    f1 = [found.f1 if found else None for found in (one.sections, one.problems, one.improvements)]
    return [
        one.name,
        *(_cells_of(one) if one.cells.of else [NOTHING] * 7),
        *map(figure, f1),
        figure(one.lines.macro_f1 if one.lines else None),
    ]


def _cells_of(one: DocumentScores) -> list[str]:
    return [
        count_of(one.cells),
        count_of(one.baseline),
        f"{one.wrong:,}",
        f"{one.unanswered:,}",
        figure(one.non_zero.f1),
        "yes" if one.exact else "no",
        "yes" if one.accepted else "no" if one.predicted else "not predicted",
    ]
