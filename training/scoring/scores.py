"""The figures of a run, as `score --json` writes them."""

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
    """The cells in all; `wrong` and `unanswered` make up what is not right of `cells`.

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


class DocumentScores(Struct, frozen=True):
    """One row a document, so that two runs can be compared as gains and losses; None is not scored."""

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


class Scores(Struct, frozen=True):
    """Every figure of a run; `baseline` are the cell figures of answering 0 everywhere.

    A gold record `without_prediction` is scored as one with nothing read; a predicted record
    `without_gold` is not scored. `by` gives cell figures by table, row, edition, tool and noise.
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
