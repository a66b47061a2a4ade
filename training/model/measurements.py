"""Gathers everything that a training measured, and shows it as tables by label, edition and kind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlp.labelling.model_folder import Measured, Settings
from training.labels.label_files import Labelled
from training.model.ablation import Step, ablation, curve
from training.model.measuring import Group, by_edition, by_kind, calibrated, scored
from training.model.train import DOCUMENTS, Notify, Training, readings_of, silent
from training.rendering.archive import kept_out
from training.scoring.calibration import Calibration


@dataclass(frozen=True)
class Report:
    """What was measured on agencies held out.

    `curve`, `ablation` and `unseen` are measured only by a thorough training. `unseen` has the figures of
    the splits' models on texts by tools that are kept from all training.
    """

    editions: tuple[Group, ...] = ()
    kinds: tuple[Group, ...] = ()
    calibration: Calibration | None = None
    curve: tuple[Step, ...] = ()
    ablation: tuple[Step, ...] = ()
    unseen: tuple[Group, ...] = ()


def analysed(
    documents: Sequence[Labelled],
    training: Training,
    settings: Settings,
    *,
    thorough: bool = False,
    notify: Notify = silent,
) -> Report:
    """Return the report of a training; `thorough` trains about fifteen more models."""
    splits = [split.documents for split in training.measured]
    editions, kinds, calibration = tuple(by_edition(splits)), tuple(by_kind(splits)), calibrated(splits)
    if not thorough or not splits:
        return Report(editions, kinds, calibration)
    readings = readings_of(documents, settings)
    macro_f1 = training.classifier.manifest.scores["macro_f1"]
    whole_curve = (
        *curve(documents, readings, settings, notify),
        Step("all of them", len(documents), macro_f1),
    )
    whole_ablation = (
        Step("the model", len(documents), macro_f1),
        *ablation(documents, readings, training.measured, settings, notify),
    )
    unseen = _unseen_tools(len(documents), training, notify)
    return Report(editions, kinds, calibration, whole_curve, whole_ablation, tuple(unseen))


def _unseen_tools(trained_on: int, training: Training, notify: Notify) -> list[Group]:
    """Return the figures of each tool that is kept from training, and of all of them.

    A training on fewer than `DOCUMENTS` documents is measured on fewer texts, too.
    """
    notify("tools never seen")
    documents = kept_out()[:: max(1, DOCUMENTS // trained_on)]
    splits = [[scored(split.classifier, document) for document in documents] for split in training.measured]
    return [group for group in by_kind(splits) if group.name.startswith("tool")]


def tables(report: Report) -> str:
    """Return the report in Markdown."""
    parts = [
        _groups("edition", report.editions),
        _groups("kind of page", report.kinds),
        _calibration(report.calibration),
        _groups("tool that training never saw", report.unseen),
        _steps("Learning curve", "trained on", report.curve),
        _steps("What each part adds", "model", report.ablation),
    ]
    return "\n".join(part for part in parts if part)


def plus_minus(figure: Measured) -> str:
    """Return a figure as mean ± standard deviation.

    >>> plus_minus(Measured(0.98123, 0.004))
    '0.9812 ± 0.0040'
    """
    return f"{figure.mean:.4f} ± {figure.spread:.4f}"


def table(*rows: Sequence[str]) -> str:
    """Return a Markdown table; the first row is its head."""
    head, *others = (f"| {' | '.join(row)} |\n" for row in rows)
    return "".join([head, f"|{' --- |' * len(rows[0])}\n", *others])


def _groups(what: str, groups: Sequence[Group]) -> str:
    if not groups:
        return ""
    rows = [(what, "documents", "lines", "wrong", "macro F1")]
    for group in groups:
        counts = (f"{group.documents:,}", f"{group.lines:,}", f"{group.wrong:,}")
        rows.append((group.name, *counts, plus_minus(group.macro_f1)))
    return f"### By {what}\n\n{table(*rows)}"


def _calibration(calibration: Calibration | None) -> str:
    if calibration is None:
        return ""
    rows = [("confidence", "lines", "mean confidence", "share right")]
    for bin in calibration.bins:
        confidence, right = f"{bin.confidence:.4f}", f"{bin.right:.4f}"
        rows.append((f"{bin.low:g} to {bin.high:g}", f"{bin.cells:,}", confidence, right))
    summary = (
        f"Over {calibration.cells:,} lines the expected calibration error is {calibration.error:.4f}, the "
        f"Brier score {calibration.brier:.4f} ({calibration.brier_of_share:.4f} for a constant confidence)."
    )
    return f"### Calibration\n\n{summary}\n\n{table(*rows)}"


def _steps(title: str, what: str, steps: Sequence[Step]) -> str:
    if not steps:
        return ""
    rows = [(step.name, f"{step.documents:,}", plus_minus(step.macro_f1)) for step in steps]
    return f"### {title}\n\n{table((what, 'documents', 'macro F1'), *rows)}"
