"""Problems and improvements against gold, one item to one item."""

from __future__ import annotations

from collections import Counter
from typing import NamedTuple

from msgspec import UNSET, UnsetType
from rapidfuzz.fuzz import ratio

from training.scoring.gold import Item, Items, Record
from training.scoring.metrics import Found, Share, found, share_of

_ALIKE = 90.0
"""The overlap, in percent of the characters of both, at which two items are the same."""


class ItemScores(NamedTuple):
    """The items of one document; `answers` are the pairs of the improvements that were found.

    `exact` are the items of both kinds that are gold's, character by character but for white space.
    """

    problems: Found | None
    improvements: Found | None
    answers: Share | None
    exact: Found | None = None


def item_scores(gold: Record, predicted: Record | None) -> ItemScores:
    """Score both lists of a document, each None where gold does not give it."""
    problems = matches(gold.problems, predicted.problems if predicted else UNSET)
    improvements = matches(gold.improvements, predicted.improvements if predicted else UNSET)
    return ItemScores(
        _found(gold.problems, predicted.problems if predicted else UNSET, problems),
        _found(gold.improvements, predicted.improvements if predicted else UNSET, improvements),
        _answers(gold, predicted, problems, improvements),
        _exact(gold, predicted),
    )


def _exact(gold: Record, predicted: Record | None) -> Found | None:
    """Count the items whose text is exactly gold's, each predicted one once."""
    lists = []
    for kind in ("problems", "improvements"):
        if getattr(gold, kind) is not UNSET:
            own = Counter(_squeezed(getattr(gold, kind)))
            lists.append((own, Counter(_squeezed(getattr(predicted, kind) if predicted else UNSET))))
    if not lists:
        return None
    right = sum((own & read).total() for own, read in lists)
    return found(right, sum(read.total() for _, read in lists), sum(own.total() for own, _ in lists))


def matches(gold: Items | UnsetType, predicted: Items | UnsetType) -> dict[int, int]:
    """Match each gold item to the predicted one most like it, each used once.

    >>> matches([Item("公开意识 不强"), Item("队伍薄弱")], [Item("队伍薄弱"), Item("公开意识不强")])
    {0: 1, 1: 0}
    """
    claims = _squeezed(predicted)
    alike = sorted(
        (-ratio(text, claim), i, j)
        for i, text in enumerate(_squeezed(gold))
        for j, claim in enumerate(claims)
        if ratio(text, claim, score_cutoff=_ALIKE)
    )
    pairs: dict[int, int] = {}
    for _, i, j in alike:
        if i not in pairs and j not in pairs.values():
            pairs[i] = j
    return dict(sorted(pairs.items()))


def _squeezed(items: Items | UnsetType) -> list[str]:
    return [] if items is UNSET else ["".join(_text(item).split()) for item in items]


def _text(item: Item | str) -> str:
    return item if isinstance(item, str) else item.text


def _answers_of(item: Item | str) -> list[int] | UnsetType:
    return UNSET if isinstance(item, str) else item.answers


def _found(gold: Items | UnsetType, predicted: Items | UnsetType, pairs: dict[int, int]) -> Found | None:
    if gold is UNSET:
        return None
    return found(len(pairs), 0 if predicted is UNSET else len(predicted), len(gold))


def _answers(
    gold: Record, predicted: Record | None, problems: dict[int, int], improvements: dict[int, int]
) -> Share | None:
    """Compare `answers` where gold gives them, with problems numbered as gold numbers them."""
    if predicted is None or gold.improvements is UNSET or predicted.improvements is UNSET:
        return None
    numbered = {j: i for i, j in problems.items()}
    right = []
    for i, j in improvements.items():
        answers, claimed = _answers_of(gold.improvements[i]), _answers_of(predicted.improvements[j])
        if answers is not UNSET:
            right.append(set(answers) == {numbered.get(k, -1) for k in ([] if claimed is UNSET else claimed)})
    return share_of(right) if right else None
