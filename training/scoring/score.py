"""Scores predicted records against gold: CONTRACT.md's metrics, over all documents and for each."""

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
    """Score what lies at two paths; Unscorable names all that is amiss there.

    `texts` is a folder of decoded texts, to show the line of each wrong cell; without it the documents
    are looked for where the records say.
    """
    return score(matched(*load_all(gold, predicted)), Texts(texts))


def compare_paths(gold: str, predicted: str, before: str, texts: Path | None = None) -> Comparison:
    """Score two runs over the same gold and tell what the second gained and lost."""
    return compare(matched(*load_all(gold, predicted, before)), Texts(texts))


def score(records: Matched, texts: Texts | None = None) -> Scores:
    """Score pairs of gold and predicted records.

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
    """Score pairs that hold the prediction of an earlier run, too."""
    texts = texts or Texts()
    now, before, changes = Totals(), Totals(), Changes()
    for pair in records.pairs:
        cells = _add(now, pair, texts)
        earlier = _add(before, Pair(pair.name, pair.gold, pair.before), texts)
        changes.add(pair.name, earlier, cells, partial(texts.lines, pair.predicted))
    return changes.comparison(now, before, records.without_gold)


def _add(totals: Totals, pair: Pair, texts: Texts) -> list[Judged]:
    """Judge a pair; the cells of a document for which nothing was predicted are counted, not listed."""
    cells = judged(pair.gold, pair.predicted)
    one = tally(pair, cells)
    amiss = pair.predicted is not None and one.cells.right < len(cells)
    lines = texts.lines(pair.predicted) if amiss else []
    totals.add(one, cells, wrong_cells(pair.name, cells, one.accepted, lines) if amiss else ())
    return cells
