"""The figures of a run, as `score --json` writes them."""

from __future__ import annotations

from msgspec import Struct

from training.scoring.acceptance import Acceptance
from training.scoring.cells import CellScores
from training.scoring.lines import LineScores
from training.scoring.metrics import Found, Share

SCHEMA = "nianbao.scores/1"


class DocumentScores(Struct, frozen=True):
    """One row a document, so that two runs can be compared as gains and losses; None is not scored."""

    name: str
    predicted: bool
    accepted: bool
    exact: bool | None
    cells: Share
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
    `without_gold` is not scored.
    """

    schema: str
    without_prediction: list[str]
    without_gold: list[str]
    cells: CellScores
    baseline: CellScores
    acceptance: Acceptance
    facts: dict[str, Share]
    sections: Found | None
    sections_by_kind: dict[str, Found]
    problems: Found | None
    improvements: Found | None
    answers: Share | None
    lines: LineScores | None
    documents: list[DocumentScores]
