"""The figures of a run, for people."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from training.scoring.acceptance import Point
from training.scoring.cells import CellScores
from training.scoring.columns import aligned
from training.scoring.metrics import Found, Share
from training.scoring.scores import DocumentScores, Scores

_NOTHING = "–"
_SILENT_SHOWN = 20
_KINDS = ("number", "other_number", "zero", "blank", "missing", "ambiguous")
_FOUND_HEAD = ["precision", "recall", "F1", "right", "predicted", "gold"]


def printed(scores: Scores) -> str:
    """Return the figures as plain aligned tables, the headline first; what was not scored is left out."""
    parts = [
        _headline(scores.cells, scores.baseline),
        _tables(scores.cells),
        _confusion(scores.cells.confusion, _KINDS),
        _acceptance(scores),
        _curve(scores.acceptance.curve_of_records),
        _found(scores),
        _facts(scores),
        _lines(scores),
        _documents(scores.documents),
    ]
    return "\n\n".join(part for part in parts if part) + "\n"


def _figure(value: float | None) -> str:
    """A figure is never rounded up to 1: what is not perfect shall not look so."""
    if value is None:
        return _NOTHING
    text = f"{value:.3f}"
    return "0.999" if text == "1.000" and value < 1 else text


def _count_of(share: Share) -> str:
    return f"{share.count:,}/{share.of:,}" if share.of else _NOTHING


def _headline(cells: CellScores, baseline: CellScores) -> str:
    if not cells.cells.of:
        return ""
    rows: list[tuple[str, Callable[[CellScores], str]]] = [
        ("non-zero cells, precision", lambda one: _figure(one.non_zero.precision)),
        ("non-zero cells, recall", lambda one: _figure(one.non_zero.recall)),
        ("non-zero cells, F1", lambda one: _figure(one.non_zero.f1)),
        ("whole reports exact", lambda one: _count_of(one.reports_exact)),
        ("all cells right", lambda one: _figure(one.cells.share)),
        ("  wrong", lambda one: f"{one.wrong:,}"),
        ("  not answered", lambda one: f"{one.unanswered:,}"),
        ("rows exact", lambda one: _figure(one.rows_exact.share)),
        ("tables exact", lambda one: _figure(one.tables_exact.share)),
    ]
    head = [f"{cells.cells.of:,} cells, {cells.non_zero.gold:,} of them not 0", "predicted", "every cell 0"]
    return aligned([head, *([name, of(cells), of(baseline)] for name, of in rows)])


def _tables(cells: CellScores) -> str:
    head = ["table", "precision", "recall", "F1", "not 0", "all cells right"]
    rows = [
        [name, *_three(table.non_zero), f"{table.non_zero.gold:,}", _figure(table.cells.share)]
        for name, table in cells.tables.items()
    ]
    return aligned([head, *rows]) if rows else ""


def _three(found: Found) -> list[str]:
    return [_figure(found.precision), _figure(found.recall), _figure(found.f1)]


def _confusion(counts: dict[str, dict[str, int]], kinds: Iterable[str]) -> str:
    """Rows are what gold says, columns what was predicted; what never occurs is left out."""
    kinds = list(kinds)
    claimed = [kind for kind in kinds if any(kind in row for row in counts.values())]
    head = ["gold ↓ predicted →", *(kind.replace("_", " ") for kind in claimed)]
    rows = [
        [kind.replace("_", " "), *(f"{counts[kind].get(claim, 0):,}" for claim in claimed)]
        for kind in kinds
        if kind in counts
    ]
    return aligned([head, *rows]) if rows else ""


def _acceptance(scores: Scores) -> str:
    accepted = scores.acceptance
    if not accepted.records.of:
        return ""
    rows = [
        ["records accepted (empty review)", _count_of(accepted.records), _figure(accepted.records.share)],
        ["  of these with a fault", _count_of(accepted.at_fault), _figure(accepted.at_fault.share)],
        ["silently wrong cells", f"{accepted.silently_wrong:,}", ""],
    ]
    shown = accepted.silently_wrong_cells[:_SILENT_SHOWN]
    words = [
        f"  {cell.document}  {cell.cell}: {_said(cell.predicted, cell.predicted_state)}, "
        f"gold has {_said(cell.gold, cell.gold_state)}"
        for cell in shown
    ]
    more = accepted.silently_wrong - len(shown)
    return "\n".join([aligned(rows), *words, *([f"  and {more:,} more (--json lists them)"] if more else [])])


def _said(value: float | None, state: str) -> str:
    return state if value is None else f"{value:g}" if isinstance(value, float) else str(value)


def _curve(points: Sequence[Point]) -> str:
    if len(points) < 2:
        return ""
    head = ["records by lowest confidence", "coverage", "risk"]
    return aligned([head, *map(_point, points)])


def _point(point: Point) -> list[str]:
    return [f"  at least {point.confidence:.4f}", _figure(point.coverage), _figure(point.risk)]


def _found(scores: Scores) -> str:
    named = [
        ("sections, exact lines", scores.sections),
        *((f"  {kind}", found) for kind, found in scores.sections_by_kind.items()),
        ("problems", scores.problems),
        ("improvements", scores.improvements),
    ]
    rows = [[name, *_three(one), *_counts(one)] for name, one in named if one is not None]
    return aligned([["", *_FOUND_HEAD], *rows]) if rows else ""


def _facts(scores: Scores) -> str:
    shares = [(f"{name} right", share) for name, share in scores.facts.items()]
    shares += [("answers right", scores.answers)] if scores.answers else []
    return aligned([[name, _count_of(share), _figure(share.share)] for name, share in shares])


def _counts(found: Found) -> list[str]:
    return [f"{found.right:,}", f"{found.predicted:,}", f"{found.gold:,}"]


def _lines(scores: Scores) -> str:
    lines = scores.lines
    if lines is None:
        return ""
    rows = [[label, *_three(found), *_counts(found)] for label, found in lines.labels.items()]
    head = [f"lines, macro F1 {_figure(lines.macro_f1)}", *_FOUND_HEAD]
    kinds = dict.fromkeys([*lines.labels, "unlabelled"])
    return aligned([head, *rows]) + "\n\n" + _confusion(lines.confusion, kinds)


def _documents(documents: Sequence[DocumentScores]) -> str:
    """One row a document; a column in which nothing was scored is left out."""
    head = ["document", "cells", "wrong", "unanswered", "not 0 F1", "exact", "accepted"]
    head += ["sections", "problems", "improvements", "lines"]
    columns = zip(head, *map(_document, documents), strict=True)
    told = [column for column in columns if any(text != _NOTHING for text in column[1:])]
    return aligned([list(row) for row in zip(*told, strict=True)])


def _document(one: DocumentScores) -> list[str]:
    f1 = [found.f1 if found else None for found in (one.sections, one.problems, one.improvements)]
    return [
        one.name,
        *(_cells_of(one) if one.cells.of else [_NOTHING] * 6),
        *map(_figure, f1),
        _figure(one.lines.macro_f1 if one.lines else None),
    ]


def _cells_of(one: DocumentScores) -> list[str]:
    return [
        _count_of(one.cells),
        f"{one.wrong:,}",
        f"{one.unanswered:,}",
        _figure(one.non_zero.f1),
        "yes" if one.exact else "no",
        "yes" if one.accepted else "no" if one.predicted else "not predicted",
    ]
