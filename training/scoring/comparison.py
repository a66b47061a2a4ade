"""What a run gained and lost against an earlier one, by document and by cell."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from msgspec import Struct

from nlp.record.model import Number
from training.scoring.bootstrap import Interval
from training.scoring.cells import Judged
from training.scoring.headline import differences
from training.scoring.scores import DocumentScores, Scores
from training.scoring.totals import Totals
from training.scoring.wrong import KEPT, Around, around

Change = Literal["gained", "lost", "otherwise_wrong"]


class CellChange(Struct, frozen=True):
    """A cell that the two runs read differently; `around` is the text that the later one read."""

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


class DocumentChange(Struct, frozen=True):
    """A document on which the runs differ: cells gained and lost, whether it was and is exact, accepted."""

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
    """A figure before and after; the interval is that of the difference, over documents drawn together."""

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
    """Gathers what changed, document by document."""

    def __init__(self) -> None:
        self._cells: list[CellChange] = []
        self._counts: dict[str, dict[Change, int]] = {}

    def add(
        self, name: str, before: Sequence[Judged], after: Sequence[Judged], text: Callable[[], list[str]]
    ) -> None:
        """Take the cells of a document in, which both runs were judged on in the same order."""
        changed = [
            (old, new) for old, new in zip(before, after, strict=True) if old.predicted_other_than(new)
        ]
        lines = text() if changed else []
        counts: dict[Change, int] = {"gained": 0, "lost": 0, "otherwise_wrong": 0}
        for old, new in changed:
            counts[_change(old, new)] += 1
            if len(self._cells) < KEPT:
                self._cells.append(_cell(name, old, new, lines))
        self._counts[name] = counts

    def comparison(self, now: Totals, before: Totals, without_gold: list[str]) -> Comparison:
        """Sum both runs up."""
        after, earlier = now.scores(without_gold), before.scores(without_gold)
        rows = zip(earlier.documents, after.documents, strict=True)
        changes = [_document(old, new, self._counts[new.name]) for old, new in rows]
        return Comparison(
            SCHEMA,
            _headline(earlier, after, differences(now.tallies, before.tallies)),
            [one for one in changes if _differs(one)],
            self._cells,
            sum(counts["gained"] for counts in self._counts.values()),
            sum(counts["lost"] for counts in self._counts.values()),
            after,
            earlier,
        )


def _change(old: Judged, new: Judged) -> Change:
    if old.right == new.right:
        return "otherwise_wrong"
    return "gained" if new.right else "lost"


def _cell(name: str, old: Judged, new: Judged, lines: Sequence[str]) -> CellChange:
    gold, before, after, line = new.gold, old.predicted, new.predicted, new.line or old.line
    return CellChange(
        name,
        new.id,
        _change(old, new),
        gold.value,
        gold.state,
        before.value,
        before.state,
        after.value,
        after.state,
        line,
        around(lines, line),
    )


def _document(old: DocumentScores, new: DocumentScores, counts: dict[Change, int]) -> DocumentChange:
    def more(what: str) -> int:
        after, before = getattr(new, what), getattr(old, what)
        return (after.right if after else 0) - (before.right if before else 0)

    return DocumentChange(
        new.name,
        counts["gained"],
        counts["lost"],
        counts["otherwise_wrong"],
        (old.exact, new.exact),
        (old.accepted, new.accepted),
        more("sections"),
        more("problems"),
        more("improvements"),
    )


def _differs(one: DocumentChange) -> bool:
    moved = (one.gained, one.lost, one.otherwise_wrong, one.sections, one.problems, one.improvements)
    return any(moved) or one.accepted[0] != one.accepted[1]


def _headline(before: Scores, after: Scores, intervals: dict[str, Interval | None]) -> dict[str, Difference]:
    names = dict.fromkeys([*after.headline, *before.headline])
    return {name: _difference(name, before, after, intervals.get(name)) for name in names}


def _difference(name: str, before: Scores, after: Scores, interval: Interval | None) -> Difference:
    old, new = (run.headline[name].value if name in run.headline else None for run in (before, after))
    moved = None if old is None or new is None else new - old
    return Difference(old, new, moved, interval if moved is not None else None)
