"""Scores predicted records against gold: CONTRACT.md's metrics, over all documents and for each."""

from __future__ import annotations

from collections.abc import Sequence

from msgspec import UNSET, Struct

from training.scoring.acceptance import Document, acceptance
from training.scoring.cells import (
    Judged,
    all_zero,
    cell_scores,
    cells_right,
    counted,
    exact,
    judged,
    non_zero,
)
from training.scoring.files import load
from training.scoring.gold import Record
from training.scoring.items import ItemScores, item_scores
from training.scoring.lines import Confusion, LineScores, line_confusion, line_scores
from training.scoring.matching import Matched, Pair, matched
from training.scoring.metrics import Found, Share, all_found, all_shares, share_of
from training.scoring.scores import SCHEMA, DocumentScores, Scores
from training.scoring.sections import section_scores

_FACTS = ("organization", "year", "form")


class _Judgement(Struct, frozen=True):
    """Everything judged about one document, before it is summed up."""

    pair: Pair
    cells: list[Judged]
    facts: dict[str, bool]
    sections: dict[str, Found] | None
    items: ItemScores
    lines: Confusion | None

    @property
    def accepted(self) -> bool:
        return self.pair.predicted is not None and self.pair.predicted.accepted


def score_paths(gold: str, predicted: str) -> Scores:
    """Score what lies at two paths; Unscorable names all that is amiss there."""
    return score(matched(load(gold), load(predicted)))


def score(records: Matched) -> Scores:
    """Score pairs of gold and predicted records.

    >>> from training.scoring.gold import Record
    >>> gold = Record("a", tables={"review_litigation": {"review": {"upheld": 2, "total": 2}}})
    >>> scores = score(Matched([Pair("a", gold, Record("a.txt", tables={}))], []))
    >>> scores.cells.non_zero.recall, scores.cells.unanswered, scores.baseline.wrong
    (0.0, 2, 2)
    """
    judgements = [_judge(pair) for pair in records.pairs]
    cells = [judgement.cells for judgement in judgements]
    return Scores(
        SCHEMA,
        [pair.name for pair in records.pairs if pair.predicted is None],
        records.without_gold,
        cell_scores(cells),
        cell_scores([all_zero(document) for document in cells]),
        acceptance([Document(one.pair.name, one.accepted, one.cells) for one in judgements]),
        _facts(judgements),
        all_found(_all_kinds(one.sections) for one in judgements),
        _sections_by_kind(judgements),
        all_found(one.items.problems for one in judgements),
        all_found(one.items.improvements for one in judgements),
        all_shares(one.items.answers for one in judgements),
        _lines(judgements),
        [_row(judgement) for judgement in judgements],
    )


def _judge(pair: Pair) -> _Judgement:
    return _Judgement(
        pair,
        judged(pair.gold, pair.predicted),
        _right_facts(pair.gold, pair.predicted),
        section_scores(pair.gold, pair.predicted),
        item_scores(pair.gold, pair.predicted),
        line_confusion(pair.gold, pair.predicted),
    )


def _right_facts(gold: Record, predicted: Record | None) -> dict[str, bool]:
    known = [fact for fact in _FACTS if getattr(gold, fact) is not UNSET]
    return {fact: getattr(gold, fact) == getattr(predicted, fact, UNSET) for fact in known}


def _facts(judgements: Sequence[_Judgement]) -> dict[str, Share]:
    shares = {fact: share_of(one.facts[fact] for one in judgements if fact in one.facts) for fact in _FACTS}
    return {fact: share for fact, share in shares.items() if share.of}


def _all_kinds(sections: dict[str, Found] | None) -> Found | None:
    return None if sections is None else all_found(sections.values())


def _sections_by_kind(judgements: Sequence[_Judgement]) -> dict[str, Found]:
    scored = [one.sections for one in judgements if one.sections is not None]
    kinds = dict.fromkeys(kind for sections in scored for kind in sections)
    sums = {kind: all_found(sections.get(kind) for sections in scored) for kind in kinds}
    return {kind: figures for kind, figures in sums.items() if figures is not None}


def _lines(judgements: Sequence[_Judgement]) -> LineScores | None:
    """Records hold lines only where they were asked for: a run that holds none is not scored on them."""
    predicted = [one.pair.predicted for one in judgements if one.pair.predicted]
    if all(record.lines is UNSET for record in predicted):
        return None
    return line_scores(one.lines for one in judgements)


def _row(one: _Judgement) -> DocumentScores:
    return DocumentScores(
        one.pair.name,
        one.pair.predicted is not None,
        one.accepted,
        exact(one.cells) if one.cells else None,
        cells_right(one.cells),
        counted(one.cells, "wrong"),
        counted(one.cells, "unanswered"),
        non_zero(one.cells),
        one.facts,
        _all_kinds(one.sections),
        one.items.problems,
        one.items.improvements,
        line_scores([one.lines]),
    )
