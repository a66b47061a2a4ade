"""Adds up documents one at a time, and computes the figures of all of them at the end."""

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
    """The counts of the documents added so far; their cells are not kept."""

    def __init__(self) -> None:
        self.tallies: list[Tally] = []
        self.wrong: list[WrongCell] = []
        self._confusion: Counter[tuple[str, str]] = Counter()
        self._doubts: Doubts = Counter()

    def add(self, tally: Tally, cells: Sequence[Judged], wrong: Iterable[WrongCell]) -> None:
        """Add a document; at most `KEPT` wrong cells are kept over all documents."""
        self.tallies.append(tally)
        self._confusion.update(confusion(cells))
        self._doubts.update(doubts(cells))
        room = KEPT - len(self.wrong)
        if room > 0:
            self.wrong += list(wrong)[:room]

    def scores(self, without_gold: list[str]) -> Scores:
        """Return every figure; `without_gold` are the names of predicted records that gold does not have."""
        tallies = self.tallies
        rows = in_rows(self._confusion)
        total = added(tally.cells for tally in tallies)
        return Scores(
            SCHEMA,
            [tally.name for tally in tallies if not tally.predicted],
            without_gold,
            headline(tallies),
            _cells(total, tallies, rows),
            _baseline(total, tallies, of_zeros(rows)),
            breakdown(tallies),
            self._acceptance(total),
            calibration(self._doubts),
            _facts(tallies),
            all_found(tally.all_sections for tally in tallies),
            _sections_by_kind(tallies),
            all_found(tally.items.problems for tally in tallies),
            all_found(tally.items.improvements for tally in tallies),
            all_shares(tally.items.answers for tally in tallies),
            _lines(tallies),
            [_document_scores(tally) for tally in tallies],
            self.wrong,
        )

    def _acceptance(self, total: Counts) -> Acceptance:
        taken = [tally.taken for tally in self.tallies if tally.cells.cells]
        silent = [cell for cell in self.wrong if cell.silent]
        scored = acceptance(taken, total.silent, silent, curve_of_cells(self._doubts, total.cells))
        invented = sum(tally.invented for tally in self.tallies if tally.accepted)
        return replace(scored, silently_wrong_facts=silent_facts(self.tallies), silently_invented=invented)


def _cells(total: Counts, tallies: Sequence[Tally], confusion: dict[str, dict[str, int]]) -> CellScores:
    """Return the figures of all cells."""
    return CellScores(
        found(total.non_zero_right, total.non_zero_predicted, total.non_zero_gold),
        share(total.exact, total.documents),
        share(total.right, total.cells),
        total.wrong,
        total.unanswered,
        share_of(bool(counts.exact) for tally in tallies for counts in tally.rows),
        share_of(bool(counts.exact) for tally in tallies for counts in tally.tables),
        confusion,
        sum(tally.invented for tally in tallies),
    )


def _baseline(total: Counts, tallies: Sequence[Tally], confusion: dict[str, dict[str, int]]) -> CellScores:
    """Return the figures of all cells if each is predicted to be 0."""
    return CellScores(
        found(0, 0, total.non_zero_gold),
        share(total.zeros_only, total.documents),
        share(total.zeros, total.cells),
        total.cells - total.zeros,
        0,
        share_of(bool(counts.zeros_only) for tally in tallies for counts in tally.rows),
        share_of(bool(counts.zeros_only) for tally in tallies for counts in tally.tables),
        confusion,
    )


def _facts(tallies: Sequence[Tally]) -> dict[str, Share]:
    """Return the share of documents with the right organization, year and form, as far as gold gives them."""
    shares: dict[str, Share] = {}
    for fact in FACTS:
        outcomes = [tally.facts[fact] for tally in tallies if fact in tally.facts]
        if outcomes:
            shares[fact] = share_of(outcomes)
    return shares


def _sections_by_kind(tallies: Sequence[Tally]) -> dict[str, Found]:
    by_kind: dict[str, list[Found]] = {}
    for tally in tallies:
        for kind, figures in (tally.sections or {}).items():
            by_kind.setdefault(kind, []).append(figures)
    sums = {kind: all_found(figures) for kind, figures in by_kind.items()}
    return {kind: figures for kind, figures in sums.items() if figures is not None}


def _lines(tallies: Sequence[Tally]) -> LineScores | None:
    """Return the figures of lines; None if no record has lines, which are written only on request."""
    has_predictions = any(tally.predicted for tally in tallies)
    if has_predictions and not any(tally.labelled for tally in tallies):
        return None
    return line_scores(tally.lines for tally in tallies)


def _document_scores(tally: Tally) -> DocumentScores:
    cells = tally.cells
    return DocumentScores(
        tally.name,
        tally.kinds,
        tally.predicted,
        tally.accepted,
        bool(cells.exact) if cells.cells else None,
        share(cells.right, cells.cells),
        share(cells.zeros, cells.cells),
        cells.wrong,
        cells.unanswered,
        found(cells.non_zero_right, cells.non_zero_predicted, cells.non_zero_gold),
        tally.facts,
        tally.all_sections,
        tally.items.problems,
        tally.items.improvements,
        line_scores([tally.lines]),
        tally.invented,
    )
