"""Changes a report's problems or measures as a person asks: splits, joins, pairs, rewrites, removes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Protocol

from nlp.record.model import Improvement, Report, Span

Entry = dict[str, Any]
"""An item as a correction of its whole list has it."""
_EDGES = " \t　，。；、,.;"
"""Stands between two items and belongs to neither."""


class NoChange(Exception):
    """A change that cannot be made; the message is a word of data/desk.toml."""


class Wanted(Protocol):
    """What a person wants of a list: where in the text of an item, which text, which problems."""

    value: Any
    at: int
    answers: list[str]


def _split(wanted: Wanted, position: int, report: Report, name: str, text: str | None) -> list[Entry]:
    entries = _entries(report, name)
    entry = _of(entries, position)
    first, second = entry["text"][: wanted.at], entry["text"][wanted.at :]
    parts = first.rstrip(_EDGES), second.lstrip(_EDGES)
    if not all(parts):
        raise NoChange("nothing_to_split")
    spans = _spans(entry, first, text)
    entries[position : position + 1] = [
        _part(entry, part, span, text) for part, span in zip(parts, spans, strict=True)
    ]
    return entries


def _join(wanted: Wanted, position: int, report: Report, name: str, text: str | None) -> list[Entry]:
    entries = _entries(report, name)
    entry, after = _of(entries, position), _of(entries, position + 1)
    joined = {**entry, "text": f"{entry['text']}；{after['text']}"}
    for place in ("lines", "span"):
        if place in entry and place in after:
            ends = (*entry[place], *after[place])
            joined[place] = [min(ends), max(ends)]
    if "answers" in entry:
        joined["answers"] = list(dict.fromkeys([*entry["answers"], *after["answers"]]))
    entries[position : position + 2] = [joined]
    return entries


def _pair(wanted: Wanted, position: int, report: Report, name: str, text: str | None) -> list[Entry]:
    if name != "improvements":
        raise NoChange("only_measures_answer")
    problems = [problem.text for problem in report.problems]
    if not set(wanted.answers) <= set(problems):
        raise NoChange("changed_meanwhile")
    entries = _entries(report, name)
    _of(entries, position)["answers"] = wanted.answers
    return entries


def _rewrite(wanted: Wanted, position: int, report: Report, name: str, text: str | None) -> list[Entry]:
    entries = _entries(report, name)
    words = str(wanted.value or "").strip()
    if not words:
        raise NoChange("needs_text")
    if position == len(entries):
        return [*entries, {"text": words}]
    _of(entries, position)["text"] = words
    return entries


def _remove(wanted: Wanted, position: int, report: Report, name: str, text: str | None) -> list[Entry]:
    entries = _entries(report, name)
    entries.remove(_of(entries, position))
    return entries


CHANGES: dict[str, Callable[[Wanted, int, Report, str, str | None], list[Entry]]] = {
    "split": _split,
    "join": _join,
    "pair": _pair,
    "rewrite": _rewrite,
    "remove": _remove,
}
"""The changes, by the names of actions: from a place in a list of a report to the list as it is to be."""


def _entries(report: Report, name: str) -> list[Entry]:
    """Return a list of a report as a correction of it has it."""
    entries: list[Entry] = []
    for item in getattr(report, name):
        entry: Entry = {"text": item.text}
        if item.lines is not None:
            entry["lines"] = list(item.lines)
        if item.span is not None:
            entry["span"] = list(item.span)
        if isinstance(item, Improvement):
            entry["answers"] = [report.problems[answered].text for answered in item.answers]
            if item.of_last_year is True:
                entry["of_last_year"] = True
        entries.append(entry)
    return entries


def _of(entries: list[Entry], position: int) -> Entry:
    if position >= len(entries):
        raise NoChange("no_such_item")
    return entries[position]


def _part(entry: Entry, words: str, span: Span | None, text: str | None) -> Entry:
    """Return a part of an item with the place of its own, without one where that cannot be told."""
    part = {name: value for name, value in entry.items() if name not in ("lines", "span")}
    part["text"] = words
    if span is not None and text is not None:
        part["span"] = list(span)
        part["lines"] = [1 + text.count("\n", 0, place) for place in (span[0], max(span[1] - 1, span[0]))]
    return part


def _spans(entry: Entry, first: str, text: str | None) -> tuple[Span | None, Span | None]:
    """Return where in the decoded text both parts of a split item stand; `first` is the text of the first.

    An item has the characters of its span but for white space, so they are counted; where it has others,
    because a person wrote it, there is no telling.
    """
    span = entry.get("span")
    if span is None or text is None:
        return None, None
    start, end = span
    if _bare(text[start:end]) != _bare(entry["text"]):
        return None, None
    wanted = len(_bare(first))
    for place in range(start, end):
        wanted -= not text[place].isspace()
        if wanted == 0:
            before, behind = text[start : place + 1], text[place + 1 : end]
            first_end = start + len(before.rstrip(_EDGES + "\n"))
            second_start = end - len(behind.lstrip(_EDGES + "\n"))
            return (start, first_end), (second_start, end)
    return None, None


def _bare(words: str) -> str:
    return "".join(words.split())
