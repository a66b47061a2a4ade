"""Puts corrections of problems and measures into their lists: items changed, split, joined, paired."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from msgspec import UNSET
from msgspec.structs import replace

from nlp.record.corrections import Correction
from nlp.record.model import Improvement, Problem, Span

Item = TypeVar("Item", Problem, Improvement)


class CorrectedItems(NamedTuple):
    """The lists as they were decided, and the fields whose corrections were of another reading."""

    problems: list[Problem]
    improvements: list[Improvement]
    stale: list[str]


def corrected(
    problems: Sequence[Problem], improvements: Sequence[Improvement], decisions: Mapping[str, Correction]
) -> CorrectedItems:
    """Return the problems and the measures, as they were read, with the corrections of a report."""
    stale: list[str] = []
    new_problems, problem_was = _list("problems", problems, decisions, _problem, stale)
    new_improvements, _ = _list("improvements", improvements, decisions, _improvement, stale)
    pairing = _Pairing(problems, new_problems, problem_was)
    paired: list[Improvement] = []
    for improvement in new_improvements:
        answers, unknown = pairing.answers(improvement)
        paired.append(replace(improvement.item, answers=answers))
        if unknown and improvement.field not in stale:
            stale.append(improvement.field)
    return CorrectedItems([problem.item for problem in new_problems], paired, stale)


class _Placed(NamedTuple):
    """An item and the field whose correction it comes from, "" for one as it was read.

    `answers` are the texts of the problems that a corrected measure answers, None where that is not decided.
    """

    item: Any
    field: str = ""
    answers: list[str] | None = None


def _list(
    name: str,
    read: Sequence[Item],
    decisions: Mapping[str, Correction],
    made: Callable[[Any, Item | None], _Placed],
    stale: list[str],
) -> tuple[list[_Placed], dict[str, str]]:
    """Return a list of items with its corrections, and what texts of items were changed to.

    The fields of corrections that are of another reading are added to `stale`.
    """
    items = [_Placed(item) for item in read]
    whole = decisions.get(name)
    if whole is not None and whole.state in ("corrected", "confirmed"):
        items, is_stale = _replaced(name, read, whole, made)
        if is_stale:
            stale.append(name)
    changed: dict[str, str] = {}
    removed: set[int] = set()
    texts = [placed.item.text for placed in items]
    for field, correction in decisions.items():
        list_name, _, position = field.partition(".")
        if list_name != name or not position or correction.state == "disputed":
            continue
        n = _position(int(position), correction, texts)
        if n is None:
            if not _is_done(correction, texts):
                stale.append(field)
        elif correction.state == "missing":
            removed.add(n)
        elif correction.state == "corrected" and n < len(items):
            placed = made(correction.value, items[n].item)
            changed[texts[n]] = placed.item.text
            items[n] = placed._replace(field=field)
        elif correction.state == "corrected":
            items.append(made(correction.value, None)._replace(field=field))
    return [placed for n, placed in enumerate(items) if n not in removed], changed


def _replaced(
    name: str, read: Sequence[Item], whole: Correction, made: Callable[[Any, Item | None], _Placed]
) -> tuple[list[_Placed], bool]:
    """Return the list that a person decided, and whether that was of another list than is read now."""
    texts = [item.text for item in read]
    value = whole.read if whole.state == "confirmed" else whole.value
    by_text = {item.text: item for item in read}
    items = [made(entry, by_text.get(_text(entry)))._replace(field=name) for entry in value]
    decided = [placed.item.text for placed in items]
    is_stale = whole.read is not UNSET and _texts(whole.read) != texts and decided != texts
    return items, is_stale


def _position(position: int, correction: Correction, texts: Sequence[str]) -> int | None:
    """Return where the item of a correction stands; None where it is no longer there.

    An item that moved is known by the text that was read. A correction of no item that was read adds one.
    """
    if correction.read is UNSET:
        is_there = position < len(texts) or correction.state == "corrected"
        return min(position, len(texts)) if is_there else None
    if correction.read is None:
        return len(texts)
    text = _text(correction.read)
    if position < len(texts) and texts[position] == text:
        return position
    return texts.index(text) if texts.count(text) == 1 else None


def _is_done(correction: Correction, texts: Sequence[str]) -> bool:
    """Return whether what a correction asks for is what is read."""
    if correction.state == "missing":
        return _text(correction.read) not in texts
    return correction.state == "corrected" and _text(correction.value) in texts


def _text(entry: Any) -> str:
    return str(entry.get("text", "")) if isinstance(entry, dict) else str(entry)


def _texts(entries: Any) -> list[str]:
    return [_text(entry) for entry in entries] if isinstance(entries, list) else []


def _problem(value: Any, read: Problem | None) -> _Placed:
    """Return the problem that a correction gives; it stands where the one stands that was read."""
    lines, span = _place(value, read)
    return _Placed(Problem(_text(value), lines, span))


def _improvement(value: Any, read: Improvement | None) -> _Placed:
    """Return the measure that a correction gives, with what it does not say as it was read."""
    lines, span = _place(value, read)
    given = value if isinstance(value, dict) else {}
    of_last_year = given.get("of_last_year", UNSET if read is None else read.of_last_year) or UNSET
    answers = [] if read is None else read.answers
    item = Improvement(_text(value), lines, span, answers, of_last_year)
    return _Placed(item, answers=given.get("answers"))


def _place(value: Any, read: Problem | Improvement | None) -> tuple[Span | None, Span | None]:
    given = value if isinstance(value, dict) else {}
    lines, span = given.get("lines"), given.get("span")
    if lines is None and span is None and read is not None:
        return read.lines, read.span
    return (tuple(lines) if lines else None), (tuple(span) if span else None)


class _Pairing:
    """Finds the problems that measures answer, in the list as it was decided."""

    def __init__(self, read: Sequence[Problem], now: Sequence[_Placed], changed: Mapping[str, str]) -> None:
        self.read = read
        self.now: list[Problem] = [placed.item for placed in now]
        self.changed = changed

    def answers(self, measure: _Placed) -> tuple[list[int], bool]:
        """Return the positions of the problems that a measure answers, and whether one is not there."""
        if measure.answers is None:
            positions: list[int] = []
            for position in measure.item.answers:
                if position < len(self.read):
                    positions += self._of_read(self.read[position])
            return sorted(set(positions)), False
        named = [self._of_text(text) for text in measure.answers]
        return sorted({position for position in named if position is not None}), None in named

    def _of_text(self, text: str) -> int | None:
        texts = [problem.text for problem in self.now]
        for known in (text, self.changed.get(text)):
            if known in texts:
                return texts.index(known)
        return None

    def _of_read(self, problem: Problem) -> list[int]:
        """Return where a problem that was read stands now: all of its pieces where it was split."""
        position = self._of_text(problem.text)
        if position is not None:
            return [position]
        return [n for n, now in enumerate(self.now) if _overlap(now.span, problem.span)]


def _overlap(span: Span | None, other: Span | None) -> bool:
    return span is not None and other is not None and span[0] < other[1] and other[0] < span[1]
