"""Compares a run with an earlier one: what was gained and lost, by document and by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from nlp.record.model import Number
from training.scoring.bootstrap import Interval
from training.scoring.cells import Judged
from training.scoring.headline import differences
from training.scoring.metrics import Found
from training.scoring.scores import DocumentScores, Scores
from training.scoring.totals import Totals
from training.scoring.words import value_or_state
from training.scoring.wrong import KEPT, Around, around

Change = Literal["gained", "lost", "otherwise_wrong"]


class CellChange(Struct, frozen=True):
    """A cell that the two runs read differently.

    `line` is where the later run read it, else where the earlier one did; `around` holds that line and its
    neighbours.
    """

    document: str
    cell: str
    change: Change
    gold: Number | None
    gold_state: str
    before: Number | None
    before_state: str
    after: Number | None
    after_state: str
    line: int | None
    around: Around

    @property
    def gold_shown(self) -> str:
        """What gold has, for people."""
        return value_or_state(self.gold, self.gold_state)

    @property
    def before_shown(self) -> str:
        """What the earlier run read, for people."""
        return value_or_state(self.before, self.before_state)

    @property
    def after_shown(self) -> str:
        """What the later run read, for people."""
        return value_or_state(self.after, self.after_state)


class DocumentChange(Struct, frozen=True):
    """A document on which the runs differ.

    `exact` and `accepted` are given before and after; the others are numbers of cells, and of sections and
    items that are right now less those that were right before.
    """

    name: str
    gained: int
    lost: int
    otherwise_wrong: int
    exact: tuple[bool | None, bool | None]
    accepted: tuple[bool, bool]
    sections: int
    problems: int
    improvements: int


class Difference(Struct, frozen=True):
    """A figure before and after; the interval is that of the difference (paired bootstrap over documents)."""

    before: float | None
    after: float | None
    difference: float | None
    interval: Interval | None


SCHEMA = "nianbao.comparison/1"


class Comparison(Struct, frozen=True):
    """Two runs over the same gold."""

    schema: str
    headline: dict[str, Difference]
    documents: list[DocumentChange]
    cells: list[CellChange]
    gained: int
    lost: int
    after: Scores
    before: Scores


class Changes:
    """Collects what changed, document by document."""

    def __init__(self) -> None:
        self._cells: list[CellChange] = []
        self._counts: dict[str, dict[Change, int]] = {}

    def add(
        self, name: str, before: Sequence[Judged], after: Sequence[Judged], text: Callable[[], list[str]]
    ) -> None:
        """Add the cells of a document, in the same order for both runs; `text` returns its lines."""
        pairs = zip(before, after, strict=True)
        changed = [(old, new) for old, new in pairs if old.predicted_other_than(new)]
        lines = text() if changed else []
        counts: dict[Change, int] = {"gained": 0, "lost": 0, "otherwise_wrong": 0}
        for old, new in changed:
            counts[_change(old, new)] += 1
            if len(self._cells) < KEPT:
                self._cells.append(_cell_change(name, old, new, lines))
        self._counts[name] = counts

    def comparison(self, after: Totals, before: Totals, without_gold: list[str]) -> Comparison:
        """Return the comparison of two runs, of which all documents were added."""
        scores_after, scores_before = after.scores(without_gold), before.scores(without_gold)
        documents: list[DocumentChange] = []
        for old, new in zip(scores_before.documents, scores_after.documents, strict=True):
            change = _document_change(old, new, self._counts[new.name])
            if _differs(change):
                documents.append(change)
        return Comparison(
            SCHEMA,
            _headline(scores_before, scores_after, differences(after.tallies, before.tallies)),
            documents,
            self._cells,
            sum(counts["gained"] for counts in self._counts.values()),
            sum(counts["lost"] for counts in self._counts.values()),
            scores_after,
            scores_before,
        )


def _change(old: Judged, new: Judged) -> Change:
    if old.right == new.right:
        return "otherwise_wrong"
    return "gained" if new.right else "lost"


def _cell_change(name: str, old: Judged, new: Judged, lines: Sequence[str]) -> CellChange:
    line = new.line or old.line
    return CellChange(
        name,
        new.id,
        _change(old, new),
        new.gold.value,
        new.gold.state,
        old.predicted.value,
        old.predicted.state,
        new.predicted.value,
        new.predicted.state,
        line,
        around(lines, line),
    )


def _document_change(old: DocumentScores, new: DocumentScores, counts: dict[Change, int]) -> DocumentChange:
    return DocumentChange(
        new.name,
        counts["gained"],
        counts["lost"],
        counts["otherwise_wrong"],
        (old.exact, new.exact),
        (old.accepted, new.accepted),
        _right(new.sections) - _right(old.sections),
        _right(new.problems) - _right(old.problems),
        _right(new.improvements) - _right(old.improvements),
    )


def _right(figures: Found | None) -> int:
    return figures.right if figures else 0


def _differs(change: DocumentChange) -> bool:
    counts = (
        change.gained,
        change.lost,
        change.otherwise_wrong,
        change.sections,
        change.problems,
        change.improvements,
    )
    accepted_before, accepted_after = change.accepted
    return any(counts) or accepted_before != accepted_after


def _headline(before: Scores, after: Scores, intervals: dict[str, Interval | None]) -> dict[str, Difference]:
    headline: dict[str, Difference] = {}
    for name in [*after.headline, *before.headline]:
        headline[name] = _difference(_value(before, name), _value(after, name), intervals.get(name))
    return headline


def _value(scores: Scores, name: str) -> float | None:
    return scores.headline[name].value if name in scores.headline else None


def _difference(before: float | None, after: float | None, interval: Interval | None) -> Difference:
    if before is None or after is None:
        return Difference(before, after, None, None)
    return Difference(before, after, after - before, interval)
