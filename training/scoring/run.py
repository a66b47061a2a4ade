"""Scores a run and returns it as text, JSON, HTML or Markdown."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from msgspec.json import encode

from training.scoring import markdown
from training.scoring.columns import Say, aligned, said
from training.scoring.comparison import Comparison
from training.scoring.naming import titled
from training.scoring.pages import compared, report
from training.scoring.printed import printed
from training.scoring.score import compare_paths, score_paths
from training.scoring.scores import Scores
from training.scoring.tabulated import NAMES
from training.scoring.words import figure, signed

_SHOWN = 40
"""The most changed cells that are listed."""


@dataclass(frozen=True)
class Run:
    """The figures of a run, and its comparison with an earlier one if there is one."""

    scores: Scores
    comparison: Comparison | None = None

    def text(self, say: Say = str) -> str:
        """Return the figures as text for a terminal, in the words of `say`."""
        changes = f"\n{_changes(self.comparison, say)}" if self.comparison else ""
        return printed(self.scores, say) + changes

    def json(self) -> str:
        """Return the comparison, or else the scores, as one line of JSON."""
        return encode(self.comparison or self.scores).decode("utf-8") + "\n"

    def html(self) -> str:
        """Return the figures as a page of HTML."""
        return compared.compared(self.comparison) if self.comparison else report.report(self.scores)

    def markdown(self) -> str:
        """Return the figures in Markdown."""
        changes = f"{markdown.compared(self.comparison)}\n" if self.comparison else ""
        return changes + markdown.markdown(self.scores)


def run(gold: str, predicted: str, before: str | None = None, texts: Path | None = None) -> Run:
    """Score the records or label files at the paths.

    `before` is the path of an earlier run to compare with, `texts` a folder of the decoded texts. Raises
    Unscorable, or LabelError for label files, with everything that is wrong.
    """
    if before is None:
        return Run(score_paths(gold, predicted, texts))
    comparison = compare_paths(gold, predicted, before, texts)
    return Run(comparison.after, comparison)


def _changes(comparison: Comparison, say: Say) -> str:
    rows = [["against the run before", "before", "after", "difference"]]
    for name, change in comparison.headline.items():
        values = [figure(change.before), figure(change.after), signed(change.difference)]
        rows.append([NAMES[name], *values])
    lines = [aligned(rows, say), "", say(f"{comparison.gained:,} cells gained, {comparison.lost:,} lost")]
    for cell in comparison.cells[:_SHOWN]:
        values_shown = say(f"gold has {cell.gold_shown}, {cell.before_shown} → {cell.after_shown}")
        change_name = say(cell.change.replace("_", " "))
        lines.append(f"  {change_name}: {cell.document}  {titled(cell.cell)}: {values_shown}")
    more = len(comparison.cells) - _SHOWN
    if more > 0:
        lines.append(said(f"  and {more:,} more (--json lists them)", say))
    return "\n".join([*lines, ""])
