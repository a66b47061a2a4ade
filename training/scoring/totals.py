"""Gathers documents one at a time, and sums them up at the end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from msgspec.structs import replace

from training.scoring.acceptance import Acceptance, acceptance
from training.scoring.breakdown import breakdown
from training.scoring.calibration import Doubts, calibration, curve_of_cells, doubts
from training.scoring.cells import Judged
from training.scoring.confusion import confusion, in_rows, of_zeros
from training.scoring.counts import Counts, added
from training.scoring.headline import headline
from training.scoring.lines import LineScores, line_scores
from training.scoring.metrics import Found, Share, all_found, all_shares, found, share, share_of
from training.scoring.scores import SCHEMA, CellScores, DocumentScores, Scores
from training.scoring.silent_facts import silent_facts
from training.scoring.tally import FACTS, Tally
from training.scoring.wrong import KEPT, WrongCell


class Totals:
    """What is known of the documents so far; cells are forgotten once they are counted."""

    def __init__(self) -> None:
        self.tallies: list[Tally] = []
        self.wrong: list[WrongCell] = []
        self._confusion: Counter[tuple[str, str]] = Counter()
        self._doubts: Doubts = Counter()

    def add(self, one: Tally, cells: Sequence[Judged], wrong: Iterable[WrongCell]) -> None:
        """Take a document in."""
        self.tallies.append(one)
        self._confusion.update(confusion(cells))
        self._doubts.update(doubts(cells))
        room = KEPT - len(self.wrong)
        if room > 0:
            self.wrong += list(wrong)[:room]

    def scores(self, without_gold: list[str]) -> Scores:
        """Return every figure."""
        tallies = self.tallies
        rows = in_rows(self._confusion)
        total = added(one.cells for one in tallies)
        return Scores(
            SCHEMA,
            [one.name for one in tallies if not one.predicted],
            without_gold,
            headline(tallies),
            _cells(total, tallies, rows),
            _baseline(total, tallies, of_zeros(rows)),
            breakdown(tallies),
            self._acceptance(total),
            calibration(self._doubts),
            _facts(tallies),
            all_found(one.all_sections for one in tallies),
            _sections_by_kind(tallies),
            all_found(one.items.problems for one in tallies),
            all_found(one.items.improvements for one in tallies),
            all_shares(one.items.answers for one in tallies),
            _lines(tallies),
            [_row(one) for one in tallies],
            self.wrong,
        )

    def _acceptance(self, total: Counts) -> Acceptance:
        taken = [one.taken for one in self.tallies if one.cells.cells]
        silent = [cell for cell in self.wrong if cell.silent]
        scored = acceptance(taken, total.silent, silent, curve_of_cells(self._doubts, total.cells))
        return replace(scored, silently_wrong_facts=silent_facts(self.tallies))


def _cells(total: Counts, tallies: Sequence[Tally], rows: dict[str, dict[str, int]]) -> CellScores:
    return CellScores(
        found(total.non_zero_right, total.non_zero_predicted, total.non_zero_gold),
        share(total.exact, total.documents),
        share(total.right, total.cells),
        total.wrong,
        total.unanswered,
        share_of(bool(counts.exact) for counts in _groups(tallies, 1)),
        share_of(bool(counts.exact) for counts in _groups(tallies, 0)),
        rows,
    )


def _baseline(total: Counts, tallies: Sequence[Tally], rows: dict[str, dict[str, int]]) -> CellScores:
    return CellScores(
        found(0, 0, total.non_zero_gold),
        share(total.zeros_only, total.documents),
        share(total.zeros, total.cells),
        total.cells - total.zeros,
        0,
        share_of(bool(counts.zeros_only) for counts in _groups(tallies, 1)),
        share_of(bool(counts.zeros_only) for counts in _groups(tallies, 0)),
        rows,
    )


def _groups(tallies: Sequence[Tally], dots: int) -> list[Counts]:
    return [
        counts
        for one in tallies
        for name, counts in one.counts.items()
        if name.count(".") == dots and name != "all"
    ]


def _facts(tallies: Sequence[Tally]) -> dict[str, Share]:
    shares = {fact: share_of(one.facts[fact] for one in tallies if fact in one.facts) for fact in FACTS}
    return {fact: share for fact, share in shares.items() if share.of}


def _sections_by_kind(tallies: Sequence[Tally]) -> dict[str, Found]:
    scored = [one.sections for one in tallies if one.sections is not None]
    kinds = dict.fromkeys(kind for sections in scored for kind in sections)
    sums = {kind: all_found(sections.get(kind) for sections in scored) for kind in kinds}
    return {kind: figures for kind, figures in sums.items() if figures is not None}


def _lines(tallies: Sequence[Tally]) -> LineScores | None:
    """Records hold lines only where they were asked for: a run that holds none is not scored on them."""
    if not any(one.labelled for one in tallies) and any(one.predicted for one in tallies):
        return None
    return line_scores(one.lines for one in tallies)


def _row(one: Tally) -> DocumentScores:
    cells = one.cells
    return DocumentScores(
        one.name,
        one.kinds,
        one.predicted,
        one.accepted,
        bool(cells.exact) if cells.cells else None,
        share(cells.right, cells.cells),
        share(cells.zeros, cells.cells),
        cells.wrong,
        cells.unanswered,
        found(cells.non_zero_right, cells.non_zero_predicted, cells.non_zero_gold),
        one.facts,
        one.all_sections,
        one.items.problems,
        one.items.improvements,
        line_scores([one.lines]),
    )
