"""Compares problems and improvements with gold, each item matched to at most one other."""

from __future__ import annotations

from typing import NamedTuple

from msgspec import UNSET, UnsetType
from rapidfuzz.fuzz import ratio

from training.scoring.gold import Item, Items, Record
from training.scoring.metrics import Found, Share, found, share_of

_ALIKE = 90.0
"""The least similarity of two items, in percent of the characters of both, at which they match."""


class ItemScores(NamedTuple):
    """The figures of one document's items.

    `answers` is the share of the matched improvements that name the right problems as answered. Each is
    None if gold does not have it.
    """

    problems: Found | None
    improvements: Found | None
    answers: Share | None


def item_scores(gold: Record, predicted: Record | None) -> ItemScores:
    """Return the figures of both lists of items; `predicted` is None if nothing was predicted."""
    predicted_problems = predicted.problems if predicted else UNSET
    predicted_improvements = predicted.improvements if predicted else UNSET
    problems = matches(gold.problems, predicted_problems)
    improvements = matches(gold.improvements, predicted_improvements)
    return ItemScores(
        _found(gold.problems, predicted_problems, len(problems)),
        _found(gold.improvements, predicted_improvements, len(improvements)),
        _answers(gold.improvements, predicted_improvements, problems, improvements),
    )


def matches(gold: Items | UnsetType, predicted: Items | UnsetType) -> dict[int, int]:
    """Return the index of the predicted item for each gold item that has a match, most similar pairs first.

    White space is ignored; each item is used once.

    >>> matches([Item("公开意识 不强"), Item("队伍薄弱")], [Item("队伍薄弱"), Item("公开意识不强")])
    {0: 1, 1: 0}
    """
    predicted_texts = _squeezed_texts(predicted)
    similar: list[tuple[float, int, int]] = []
    for gold_index, gold_text in enumerate(_squeezed_texts(gold)):
        for predicted_index, predicted_text in enumerate(predicted_texts):
            similarity = ratio(gold_text, predicted_text, score_cutoff=_ALIKE)
            if similarity:
                similar.append((-similarity, gold_index, predicted_index))
    pairs: dict[int, int] = {}
    for _, gold_index, predicted_index in sorted(similar):
        if gold_index not in pairs and predicted_index not in pairs.values():
            pairs[gold_index] = predicted_index
    return dict(sorted(pairs.items()))


def _squeezed_texts(items: Items | UnsetType) -> list[str]:
    """Return the texts of items without white space."""
    if items is UNSET:
        return []
    texts = [item if isinstance(item, str) else item.text for item in items]
    return ["".join(text.split()) for text in texts]


def _found(gold: Items | UnsetType, predicted: Items | UnsetType, matched: int) -> Found | None:
    if gold is UNSET:
        return None
    return found(matched, 0 if predicted is UNSET else len(predicted), len(gold))


def _answers(
    gold: Items | UnsetType,
    predicted: Items | UnsetType,
    problems: dict[int, int],
    improvements: dict[int, int],
) -> Share | None:
    """Return the share of matched improvements with the right `answers`; None if gold gives no answers.

    Predicted answers are numbers of predicted problems, and are translated to those of gold; a problem
    that gold does not have becomes -1.
    """
    if gold is UNSET or predicted is UNSET:
        return None
    gold_problem = {predicted_index: gold_index for gold_index, predicted_index in problems.items()}
    outcomes: list[bool] = []
    for gold_index, predicted_index in improvements.items():
        gold_answers = _answers_of(gold[gold_index])
        if gold_answers is None:
            continue
        predicted_answers = _answers_of(predicted[predicted_index]) or []
        translated = {gold_problem.get(problem, -1) for problem in predicted_answers}
        outcomes.append(set(gold_answers) == translated)
    return share_of(outcomes) if outcomes else None


def _answers_of(improvement: Item | str) -> list[int] | None:
    if isinstance(improvement, str) or improvement.answers is UNSET:
        return None
    return improvement.answers
