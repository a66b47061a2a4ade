"""Everything that a training measured, in tables: by label, edition and kind, and what adds what."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from nlp.labelling.model_folder import Measured, Settings
from training.labels.label_files import Labelled
from training.model.ablation import Step, ablation, curve
from training.model.measuring import Group, by_edition, by_kind, calibrated, scored
from training.model.train import DOCUMENTS, Told, Training, readings_of, silent
from training.rendering.archive import kept_out
from training.scoring.calibration import Calibration


@dataclass(frozen=True)
class Report:
    """What was measured on agencies held out; the last three are empty unless asked for."""

    editions: tuple[Group, ...] = ()
    kinds: tuple[Group, ...] = ()
    calibration: Calibration | None = None
    curve: tuple[Step, ...] = ()
    ablation: tuple[Step, ...] = field(default=())
    unseen: tuple[Group, ...] = ()
    """What the models of the splits make of reports that tools kept from all training have read back."""


def analysed(
    documents: Sequence[Labelled],
    training: Training,
    settings: Settings,
    *,
    thorough: bool = False,
    told: Told = silent,
) -> Report:
    """Return the report of a training; `thorough` trains some fifteen models more."""
    splits = [split.documents for split in training.measured]
    found = tuple(by_edition(splits)), tuple(by_kind(splits)), calibrated(splits)
    if not thorough or not splits:
        return Report(*found)
    readings = readings_of(documents, settings)
    macro = training.classifier.manifest.scores["macro_f1"]
    every = Step("the model", len(documents), macro)
    steps = tuple(curve(documents, readings, settings, told))
    parts = tuple(ablation(documents, readings, training.measured, settings, told))
    whole = Step("all of them", len(documents), macro)
    return Report(*found, (*steps, whole), (every, *parts), tuple(_unseen(len(documents), training, told)))


def _unseen(trained_on: int, training: Training, told: Told) -> list[Group]:
    """Return the figures of each tool that nothing was trained on, and of all of them.

    What was trained on less than the corpus is measured on less, too.
    """
    told("tools never seen")
    documents = kept_out()[:: max(1, DOCUMENTS // trained_on)]
    found = by_kind([[scored(split.classifier, one) for one in documents] for split in training.measured])
    return [group for group in found if group.name.startswith("tool")]


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
    """Return a figure for people.

    >>> plus_minus(Measured(0.98123, 0.004))
    '0.9812 ± 0.0040'
    """
    return f"{figure.mean:.4f} ± {figure.spread:.4f}"


def table(*rows: Sequence[str]) -> str:
    """Return a Markdown table, the first row being its head."""
    head, *others = (f"| {' | '.join(row)} |\n" for row in rows)
    return "".join([head, f"|{' --- |' * len(rows[0])}\n", *others])


def _groups(what: str, groups: Sequence[Group]) -> str:
    rows = [
        (one.name, f"{one.documents:,}", f"{one.lines:,}", f"{one.wrong:,}", plus_minus(one.macro_f1))
        for one in groups
    ]
    head = (what, "documents", "lines", "wrong", "macro F1")
    return f"### By {what}\n\n{table(head, *rows)}" if groups else ""


def _calibration(found: Calibration | None) -> str:
    if found is None:
        return ""
    rows = [
        (f"{one.low:g} to {one.high:g}", f"{one.cells:,}", f"{one.confidence:.4f}", f"{one.right:.4f}")
        for one in found.bins
    ]
    said = (
        f"Over {found.cells:,} lines the expected calibration error is {found.error:.4f}, the Brier score "
        f"{found.brier:.4f} ({found.brier_of_share:.4f} for a constant confidence)."
    )
    head = ("confidence", "lines", "mean confidence", "share right")
    return f"### Calibration\n\n{said}\n\n{table(head, *rows)}"


def _steps(title: str, what: str, steps: Sequence[Step]) -> str:
    rows = [(step.name, f"{step.documents:,}", plus_minus(step.macro_f1)) for step in steps]
    return f"### {title}\n\n{table((what, 'documents', 'macro F1'), *rows)}" if steps else ""
