"""Models the figures of a run, as `score --json` writes them."""

from __future__ import annotations

from msgspec import Struct

from training.scoring.acceptance import Acceptance
from training.scoring.calibration import Calibration
from training.scoring.figures import Figures
from training.scoring.headline import Metric
from training.scoring.lines import LineScores
from training.scoring.metrics import Found, Share
from training.scoring.wrong import WrongCell

SCHEMA = "nianbao.scores/1"


class CellScores(Struct, frozen=True):
    """The figures of all cells; those that are not right are either `wrong` or `unanswered`.

    `confusion[gold][predicted]` counts cells as `number` (not 0), `zero`, `blank`, `missing` or
    `ambiguous`; a number that is another one than gold's counts as `other_number`.
    """

    non_zero: Found
    reports_exact: Share
    cells: Share
    wrong: int
    unanswered: int
    rows_exact: Share
    tables_exact: Share
    confusion: dict[str, dict[str, int]]
    invented: int = 0


class DocumentScores(Struct, frozen=True):
    """The figures of one document, by which two runs can be compared; None for what gold does not have."""

    name: str
    kinds: dict[str, list[str]]
    predicted: bool
    accepted: bool
    exact: bool | None
    cells: Share
    baseline: Share
    wrong: int
    unanswered: int
    non_zero: Found
    facts: dict[str, bool]
    sections: Found | None
    problems: Found | None
    improvements: Found | None
    lines: LineScores | None
    invented: int = 0


class Scores(Struct, frozen=True):
    """Every figure of a run.

    `baseline` has the figures of predicting 0 in every cell. Gold records `without_prediction`, by name,
    are scored as if nothing had been read; predicted records `without_gold` are not scored. `by` has the
    figures of cells as `[level][name]`, for tables, rows, editions, tools and noise.
    """

    schema: str
    without_prediction: list[str]
    without_gold: list[str]
    headline: dict[str, Metric]
    cells: CellScores
    baseline: CellScores
    by: dict[str, dict[str, Figures]]
    acceptance: Acceptance
    calibration: Calibration | None
    facts: dict[str, Share]
    sections: Found | None
    sections_by_kind: dict[str, Found]
    problems: Found | None
    improvements: Found | None
    answers: Share | None
    lines: LineScores | None
    documents: list[DocumentScores]
    wrong_cells: list[WrongCell]
