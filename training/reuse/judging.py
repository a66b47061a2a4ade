"""Holds what `nianbao reuse` found against what was planted: precision and recall of each kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from nlp.reuse.findings import Chain, Copy, LeftBehind, Promise, Repeat
from nlp.reuse.search import Reuse
from training.reuse.planting import COPIES, SCOPES, Planted, sentences


@dataclass
class Score:
    """How many of a kind were planted, how many of these were found; how many were told, how many rightly."""

    planted: int = 0
    found: int = 0
    told: int = 0
    right: int = 0
    wrong: list[str] = field(default_factory=list)
    missed: list[str] = field(default_factory=list)

    @property
    def recall(self) -> float | None:
        """The share of what was planted that was found."""
        return self.found / self.planted if self.planted else None

    @property
    def precision(self) -> float | None:
        """The share of what was told that is right."""
        return self.right / self.told if self.told else None


Scores = dict[str, Score]
ITEM_COPIES = ("problem of last year", "measure of last year", "measure taken up")
"""What is planted for other findings, and is a copy as well."""
_ENOUGH = 0.5
"""A passage counts as found where so much of it is in the finding."""


def judged(reuse: Reuse, planted: Sequence[Planted]) -> Scores:
    """Return the score of each kind, those of copies by scope as well."""
    scores: Scores = defaultdict(Score)
    _judge_copies(list(reuse.copied()), planted, scores)
    _judge_left(list(reuse.left()), planted, scores)
    _judge_repeats(list(reuse.repeated()), planted, scores)
    _judge_promises(list(reuse.promises()), planted, scores)
    return dict(scores)


def bare(text: str) -> str:
    """Return a text without punctuation and white space."""
    return re.sub(r"[\W_]+", "", text)


def _judge_copies(chains: list[Chain], planted: Sequence[Planted], scores: Scores) -> None:
    copies = [one for one in planted if one.kind in COPIES or one.kind == "one of a chain"]
    items = [one for one in planted if one.kind in ITEM_COPIES]
    by_record: dict[str, list[tuple[Planted, str]]] = defaultdict(list)
    for one in (*copies, *items):
        by_record[one.record].append((one, bare(one.text)))
        by_record[one.other].append((one, bare(one.text)))
    found: set[Planted] = set()
    for chain in chains:
        records = {copy.record for copy in chain.copies}
        by_agency = Counter(copy.agency for copy in chain.copies)
        for copy in chain.copies:
            fits = [one for one, _ in by_record[copy.record] if {one.record, one.other} <= records]
            fits = [one for one in fits if _overlap(copy, one) >= _ENOUGH or one.record != copy.record]
            found.update(one for one in fits if one.record == copy.record)
            if copy.likeness == "first":
                continue
            scope = SCOPES[0] if by_agency[copy.agency] > 1 else SCOPES[1]
            score = scores[f"told {scope}"]
            score.told += 1
            near = [one for one, _ in by_record[copy.record] if {one.record, one.other} <= records]
            said_again = scope == SCOPES[0] and copy.same == 1.0
            if said_again or any(_is_from(copy, one) for one in near):
                score.right += 1
            else:
                score.wrong.append(f"{copy.same:.2f} {chain.copies[0].text} | {copy.text}")
    for one in copies:
        score = scores[f"{one.kind}, {one.scope}"]
        score.planted += 1
        score.found += one in found
        if one not in found:
            score.missed.append(one.text)


def _overlap(copy: Copy, one: Planted) -> float:
    """Return how much of a planted passage a finding holds."""
    inside = bare(copy.text)
    parts = [bare(part) for part in sentences(one.text)]
    held = sum(len(part) for part in parts if part and part in inside)
    return held / max(1, sum(map(len, parts)))


def _is_said(measure: str, answers: set[str], least: float) -> bool:
    """Return whether so much of a measure stands in one of some texts, in its order."""
    from rapidfuzz.fuzz import partial_ratio

    shares = [partial_ratio(bare(measure), answer) / 100 for answer in answers if answer]
    return max(shares, default=0.0) >= least


_PLAINLY = 0.7


def _is_from(copy: Copy, one: Planted) -> bool:
    """Return whether most of a finding is of a planted passage, or stands where it was taken from."""
    from rapidfuzz.fuzz import partial_ratio

    return bool(partial_ratio(bare(copy.text), bare(one.text)) >= _MOSTLY)


_MOSTLY = 60


def _judge_left(told: list[LeftBehind], planted: Sequence[Planted], scores: Scores) -> None:
    kinds = {"name left": "name_left", "year left": "year_left", "period left": "year_left"}
    truth = {(kinds[one.kind], one.record, one.found): one for one in planted if one.kind in kinds}
    found: set[Planted] = set()
    for finding in told:
        key = (finding.kind, finding.record, finding.found)
        score = scores[f"told {finding.kind.replace('_', ' ')}"]
        score.told += 1
        match = next((one for known, one in truth.items() if _same_left(known, key)), None)
        if match is not None:
            score.right += 1
        else:
            score.wrong.append(f"{finding.expected} | {finding.found} | {finding.text}")
        found.update(
            one
            for one in planted
            if one.kind in kinds
            and _same_left((kinds[one.kind], one.record, one.found), key)
            and bare(finding.text) in bare(one.text)
        )
    for one in planted:
        if one.kind in kinds:
            score = scores[one.kind]
            score.planted += 1
            score.found += one in found
            if one not in found:
                score.missed.append(f"{one.found} | {one.text}")


def _same_left(known: tuple[str, str, str], key: tuple[str, str, str]) -> bool:
    return known[:2] == key[:2] and key[2].startswith(known[2])


def _judge_repeats(told: list[Repeat], planted: Sequence[Planted], scores: Scores) -> None:
    kinds = {
        "item twice": "repeated_item",
        "problem of last year": "problem_of_last_year",
        "measure of last year": "measure_of_last_year",
    }
    truth = {(kinds[one.kind], one.record, bare(one.text)) for one in planted if one.kind in kinds}
    found: set[tuple[str, str, str]] = set()
    for finding in told:
        key = (finding.kind, finding.second.record, bare(finding.second.text))
        score = scores[f"told {finding.kind.replace('_', ' ')}"]
        score.told += 1
        is_same = bare(finding.first.text) == bare(finding.second.text)
        if key in truth or is_same:
            score.right += 1
            found.add(key)
        else:
            score.wrong.append(f"{finding.first.text} | {finding.second.text}")
    for one in planted:
        if one.kind in kinds:
            score = scores[one.kind]
            score.planted += 1
            score.found += (kinds[one.kind], one.record, bare(one.text)) in found
            if (kinds[one.kind], one.record, bare(one.text)) not in found:
                score.missed.append(one.text)


def _judge_promises(told: Iterable[Promise], planted: Sequence[Planted], scores: Scores) -> None:
    kinds = {"measure taken up": "taken_up", "measure of last year": "repeated"}
    truth = {(one.record, bare(one.text)): kinds[one.kind] for one in planted if one.kind in kinds}
    found: set[tuple[tuple[str, str], str]] = set()
    for promise in told:
        if promise.state == "not_assessable":
            continue
        key = (promise.record, bare(promise.measure.text))
        expected = truth.get(key, "not_found")
        score = scores[f"told promise {promise.state.replace('_', ' ')}"]
        score.told += 1
        answers = {bare(answer.text) for answer in promise.answer}
        is_said_again = _is_said(
            promise.measure.text, answers, 1.0 if promise.state == "repeated" else _PLAINLY
        )
        if expected == promise.state or is_said_again:
            score.right += 1
            found.add((key, expected))
        else:
            answer = promise.answer[0].text if promise.answer else ""
            score.wrong.append(f"{promise.measure.text} | {answer} ({promise.same}; {expected})")
    for key, state in truth.items():
        score = scores[f"promise {state.replace('_', ' ')}"]
        score.planted += 1
        score.found += (key, state) in found
        if (key, state) not in found:
            score.missed.append(key[1])
