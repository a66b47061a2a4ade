"""A scored run in every form that it is told in."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from msgspec.json import encode

from training.scoring import markdown
from training.scoring.columns import aligned
from training.scoring.comparison import Comparison
from training.scoring.naming import titled
from training.scoring.pages import compared, report
from training.scoring.printed import printed
from training.scoring.score import compare_paths, score_paths
from training.scoring.scores import Scores
from training.scoring.tabulated import NAMES
from training.scoring.words import figure, said, signed

_SHOWN = 40


@dataclass(frozen=True)
class Run:
    """The figures of a run, and what it gained and lost where it is held against an earlier one."""

    scores: Scores
    comparison: Comparison | None = None

    def text(self) -> str:
        changes = f"\n{_changes(self.comparison)}" if self.comparison else ""
        return printed(self.scores) + changes

    def json(self) -> str:
        return encode(self.comparison or self.scores).decode("utf-8") + "\n"

    def html(self) -> str:
        return compared.compared(self.comparison) if self.comparison else report.report(self.scores)

    def markdown(self) -> str:
        changes = f"{markdown.compared(self.comparison)}\n" if self.comparison else ""
        return changes + markdown.markdown(self.scores)


def run(gold: str, predicted: str, before: str | None = None, texts: Path | None = None) -> Run:
    """Score what lies at the paths; Unscorable names all that is amiss there."""
    if before is None:
        return Run(score_paths(gold, predicted, texts))
    comparison = compare_paths(gold, predicted, before, texts)
    return Run(comparison.after, comparison)


def _changes(two: Comparison) -> str:
    rows = [["against the run before", "before", "after", "difference"]]
    rows += [
        [NAMES[name], figure(one.before), figure(one.after), signed(one.difference)]
        for name, one in two.headline.items()
    ]
    cells = [
        f"  {cell.change.replace('_', ' ')}: {cell.document}  {titled(cell.cell)}: gold has "
        f"{said(cell.gold, cell.gold_state)}, {said(cell.before, cell.before_state)} → "
        f"{said(cell.after, cell.after_state)}"
        for cell in two.cells[:_SHOWN]
    ]
    more = len(two.cells) - len(cells)
    cells += [f"  and {more:,} more (--json lists them)"] if more > 0 else []
    return "\n".join([aligned(rows), "", f"{two.gained:,} cells gained, {two.lost:,} lost", *cells, ""])
