"""Scores predicted records against gold: cells, sections, items and lines, in all and for each document."""

from __future__ import annotations

from functools import partial
from pathlib import Path

from training.scoring.cells import Judged, judged
from training.scoring.comparison import Changes, Comparison
from training.scoring.files import load_all
from training.scoring.matching import Matched, Pair, matched
from training.scoring.scores import Scores
from training.scoring.tally import tally
from training.scoring.texts import Texts
from training.scoring.totals import Totals
from training.scoring.wrong import wrong_cells


def score_paths(gold: str, predicted: str, texts: Path | None = None) -> Scores:
    """Score the records or label files at two paths.

    `texts` is a folder of decoded texts, from which the line of each wrong cell is shown; without it the
    documents are read again from the paths in the records. Raises Unscorable, or LabelError for label
    files, with everything that is wrong.
    """
    return score(matched(*load_all(gold, predicted)), Texts(texts))


def compare_paths(gold: str, predicted: str, before: str, texts: Path | None = None) -> Comparison:
    """Score two runs over the same gold and compare them; see `score_paths`."""
    return compare(matched(*load_all(gold, predicted, before)), Texts(texts))


def score(records: Matched, texts: Texts | None = None) -> Scores:
    """Score matched gold and predicted records.

    >>> from training.scoring.gold import Record
    >>> gold = Record("a", tables={"review_litigation": {"review": {"upheld": 2, "total": 2}}})
    >>> scores = score(Matched([Pair("a", gold, Record("a.txt", tables={}))], []))
    >>> scores.cells.non_zero.recall, scores.cells.unanswered, scores.baseline.wrong
    (0.0, 2, 2)
    """
    totals = Totals()
    for pair in records.pairs:
        _add(totals, pair, texts or Texts())
    return totals.scores(records.without_gold)


def compare(records: Matched, texts: Texts | None = None) -> Comparison:
    """Score matched records of two runs, and compare them."""
    texts = texts or Texts()
    now, before, changes = Totals(), Totals(), Changes()
    for pair in records.pairs:
        cells = _add(now, pair, texts)
        earlier = _add(before, Pair(pair.name, pair.gold, pair.before), texts)
        changes.add(pair.name, earlier, cells, partial(texts.lines, pair.predicted))
    return changes.comparison(now, before, records.without_gold)


def _add(totals: Totals, pair: Pair, texts: Texts) -> list[Judged]:
    """Add a pair to the totals and return its judged cells.

    Wrong cells are listed unless nothing was predicted; then they are only counted.
    """
    cells = judged(pair.gold, pair.predicted)
    document = tally(pair, cells)
    if pair.predicted is not None and document.cells.right < len(cells):
        lines = texts.lines(pair.predicted)
        totals.add(document, cells, wrong_cells(pair.name, cells, document.accepted, lines))
    else:
        totals.add(document, cells, ())
    return cells
