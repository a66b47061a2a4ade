"""Arranges the figures of a run as rows of text, for plain text, Markdown and HTML alike."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from training.scoring.acceptance import Acceptance
from training.scoring.figures import Figures
from training.scoring.metrics import Found
from training.scoring.naming import LEVELS, short
from training.scoring.proportions import at_most
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
    "subsections.f1": "sections within chapters, exact lines, F1",
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
    """Return a row for each headline figure: interval, mean over documents, baseline and counts."""
    counts = _counts(scores)
    rows = [["", "value", "95 % interval", "mean of documents", "every cell 0", "counts"]]
    for name, metric in scores.headline.items():
        rows.append(
            [
                NAMES[name],
                figure(metric.value),
                between(metric.interval),
                figure(metric.macro),
                figure(metric.baseline),
                counts.get(name, ""),
            ]
        )
    return rows


def _counts(scores: Scores) -> dict[str, str]:
    """Return the counts that headline figures are made of; some figures have none."""
    cells = scores.cells
    non_zero = cells.non_zero
    counts = {
        "non_zero.precision": f"{non_zero.right:,}/{non_zero.predicted:,}",
        "non_zero.recall": f"{non_zero.right:,}/{non_zero.gold:,}",
        "reports_exact": count_of(cells.reports_exact),
        "cells": f"{count_of(cells.cells)}; {cells.wrong:,} wrong, {cells.unanswered:,} unanswered, "
        f"{cells.invented:,} invented",
        "rows_exact": count_of(cells.rows_exact),
        "tables_exact": count_of(cells.tables_exact),
        "accepted": count_of(scores.acceptance.records),
        "accepted_exact": f"{scores.acceptance.silently_wrong:,} cells silently wrong",
    }
    for fact, share in scores.facts.items():
        counts[fact] = count_of(share)
    if scores.lines:
        counts["lines"] = count_of(scores.lines.right)
    if scores.answers:
        counts["answers"] = count_of(scores.answers)
    return counts


def group_rows(level: str, groups: Mapping[str, Figures]) -> Table:
    """Return a row of figures for each group of a level, with a column for labels if any group has one."""
    labels = {name: short(name) for name in groups}
    has_labels = any(labels.values())
    head = ["F1", "95 % interval", "macro F1", "precision", "recall", "not 0", "cells right"]
    head += ["every cell 0", "wrong", "unanswered", "silent", "exact"]
    title = LEVELS.get(level, level)
    rows = [[title, "", *head] if has_labels else [title, *head]]
    for name, group in groups.items():
        start = [name, labels[name]] if has_labels else [name]
        rows.append(start + _group_cells(group))
    return rows


def _group_cells(group: Figures) -> list[str]:
    return [
        figure(group.non_zero.f1),
        between(group.intervals.get("f1")),
        figure(group.macro.f1),
        figure(group.non_zero.precision),
        figure(group.non_zero.recall),
        f"{group.non_zero.gold:,}",
        figure(group.cells.share),
        figure(group.baseline.share),
        f"{group.wrong:,}",
        f"{group.unanswered:,}",
        f"{group.silently_wrong:,}",
        count_of(group.reports_exact),
    ]


def confusion_rows(counts: Mapping[str, Mapping[str, int]], kinds: Iterable[str]) -> Table:
    """Return the counts `[gold][predicted]` with a row and a column for each kind that occurs there."""
    kinds = list(kinds)
    predicted_kinds = [kind for kind in kinds if any(kind in row for row in counts.values())]
    rows = [["gold ↓ predicted →", *(kind.replace("_", " ") for kind in predicted_kinds)]]
    for gold_kind in kinds:
        if gold_kind in counts:
            row = counts[gold_kind]
            cells = [f"{row.get(predicted_kind, 0):,}" for predicted_kind in predicted_kinds]
            rows.append([gold_kind.replace("_", " "), *cells])
    return rows


def acceptance_rows(accepted: Acceptance) -> Table:
    """Return the shares of accepted records and of faults in them: bounded by report first, then by cell."""
    records, at_fault = accepted.records, accepted.at_fault
    silent = f"{accepted.silently_wrong:,}/{accepted.cells_accepted:,}"
    by_report = _bound(accepted.at_most, f"{accepted.reports_accepted:,} reports")
    by_cell = _bound(accepted.cells_at_most, "each cell by itself")
    rows = [
        ["records accepted (empty review)", count_of(records), figure(records.share), ""],
        ["  of these with a fault", count_of(at_fault), figure(at_fault.share), by_report],
        ["silently wrong cells", silent, "", by_cell],
        ["silently invented cells", f"{accepted.silently_invented:,}", "", ""],
    ]
    for fact, wrong in accepted.silently_wrong_facts.items():
        if wrong.of:
            most = _bound(at_most(wrong.count, wrong.of), "each text by itself")
            rows.append([f"silently wrong {fact}", f"{wrong.count:,}/{wrong.of:,}", "", most])
    return rows


def _bound(most: float | None, of: str) -> str:
    return "" if most is None else f"at most {most:.2g} with 95 % confidence ({of})"


def calibration_row(scores: Scores) -> str:
    """Return in one line how well confidence agrees with the share right; "" if nothing was answered."""
    found = scores.calibration
    if found is None:
        return ""
    return (
        f"confidence of {found.cells:,} answered cells: expected calibration error {found.error:.4f}, "
        f"Brier score {found.brier:.5f} ({found.brier_of_share:.5f} for one confidence for all)"
    )


def found_rows(scores: Scores) -> Table:
    """Return precision, recall, F1 and counts of sections, problems and improvements."""
    figures = {
        "sections, exact lines": scores.sections,
        **{f"  {kind}": found for kind, found in scores.sections_by_kind.items()},
        "problems": scores.problems,
        "improvements": scores.improvements,
    }
    rows = [["", *_FOUND_HEAD]]
    rows += [[name, *_found_cells(found)] for name, found in figures.items() if found is not None]
    return rows


_FOUND_HEAD = ["precision", "recall", "F1", "right", "predicted", "gold"]


def _found_cells(found: Found) -> list[str]:
    figures = [figure(found.precision), figure(found.recall), figure(found.f1)]
    return [*figures, f"{found.right:,}", f"{found.predicted:,}", f"{found.gold:,}"]


def lines_rows(scores: Scores) -> Table:
    """Return precision, recall, F1 and counts of the labels of lines; only a head if none were scored."""
    lines = scores.lines
    if lines is None:
        return [[f"lines, macro F1 {NOTHING}", *_FOUND_HEAD]]
    rows = [[f"lines, macro F1 {figure(lines.macro_f1)}", *_FOUND_HEAD]]
    rows += [[label, *_found_cells(found)] for label, found in lines.labels.items()]
    return rows


def document_rows(documents: Sequence[DocumentScores]) -> Table:
    """Return a row for each document, without the columns in which nothing was scored."""
    head = ["document", "cells", "every cell 0", "wrong", "unanswered", "not 0 F1", "exact", "accepted"]
    head += ["sections", "problems", "improvements", "lines"]
    columns = zip(head, *map(_document, documents), strict=True)
    scored = [column for column in columns if any(text != NOTHING for text in column[1:])]
    return [list(row) for row in zip(*scored, strict=True)]


def _document(document: DocumentScores) -> list[str]:
    row = [document.name]
    row += _cell_figures(document) if document.cells.of else [NOTHING] * 7
    for found in (document.sections, document.problems, document.improvements):
        row.append(figure(found.f1 if found else None))
    row.append(figure(document.lines.macro_f1 if document.lines else None))
    return row


def _cell_figures(document: DocumentScores) -> list[str]:
    accepted = "not predicted"
    if document.predicted:
        accepted = "yes" if document.accepted else "no"
    return [
        count_of(document.cells),
        count_of(document.baseline),
        f"{document.wrong:,}",
        f"{document.unanswered:,}",
        figure(document.non_zero.f1),
        "yes" if document.exact else "no",
        accepted,
    ]
