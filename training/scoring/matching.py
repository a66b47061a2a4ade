"""Matches gold and predicted records by source name without its ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.scoring.gold import Record
from training.scoring.placed import Placed
from training.scoring.telling_apart import told_apart, told_apart_as

_SCORED_PARTS = ("tables", "sections", "problems", "improvements", "lines")

_NAMES_SHOWN = 5
"""The most names or places that a message lists."""

ByName = dict[str, list[Placed]]


class Unscorable(Exception):
    """Nothing can be scored; the message has a line for each of the `faults`, each a sentence for people."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Pair:
    """A gold record and what was predicted for it, now and by an earlier run; None if nothing was."""

    name: str
    gold: Record
    predicted: Record | None
    before: Record | None = None


@dataclass(frozen=True)
class Matched:
    """A pair for every gold record, in the order of gold, and the names of predicted records without gold.

    `compared` is true if there is an earlier run.
    """

    pairs: Iterable[Pair]
    without_gold: list[str]
    compared: bool = False


@dataclass(frozen=True)
class Pairs:
    """Iterates over pairs; their records are read one pair at a time, and again in each iteration."""

    gold: Mapping[str, Placed]
    predicted: Mapping[str, Placed]
    before: Mapping[str, Placed]

    def __iter__(self) -> Iterator[Pair]:
        for name, gold in self.gold.items():
            yield Pair(name, gold.read(), _read(name, self.predicted), _read(name, self.before))


def _read(name: str, records: Mapping[str, Placed]) -> Record | None:
    return records[name].read() if name in records else None


def matched(gold: Sequence[Placed], predicted: Sequence[Placed], before: Sequence[Placed] = ()) -> Matched:
    """Match every gold record to what was predicted for it, now and by the earlier run `before`.

    Records of one name are told apart by their paths, or matched by the SHA-256 of their documents. Raises
    Unscorable if no name is in both gold and a run, if a name with its path occurs twice, if records of one
    name are of different documents, or if there is nothing to score.
    """
    gold = told_apart(gold)
    predicted = told_apart_as(predicted, gold)
    before = told_apart_as(before, gold)
    gold_by_name = _by_name(gold)
    predicted_by_name = _by_name(predicted, gold_by_name)
    before_by_name = _by_name(before, gold_by_name)
    faults = [
        *_repeated(gold_by_name, "gold"),
        *_empty_gold(gold),
        *_faults_of_run(gold_by_name, predicted_by_name, predicted, "predicted"),
    ]
    if before:
        faults += _faults_of_run(gold_by_name, before_by_name, before, "the run before")
    if not faults:
        faults += _different_kinds(gold, predicted)
    if faults:
        raise Unscorable(faults)
    pairs = Pairs(
        _first_of(gold_by_name, gold_by_name),
        _first_of(predicted_by_name, gold_by_name),
        _first_of(before_by_name, gold_by_name),
    )
    return Matched(pairs, sorted(set(predicted_by_name) - set(gold_by_name)), bool(before))


def _by_name(records: Sequence[Placed], gold: ByName | None = None) -> ByName:
    """Return the records by their names.

    A record whose name gold does not have goes by its name up to the last dot, if gold has that: what
    follows is an ending that is not known as one.
    """
    gold_names = gold or {}
    by_name: ByName = defaultdict(list)
    for record in records:
        name = record.key
        name_without_ending = name.rpartition(".")[0]
        if name not in gold_names and name_without_ending in gold_names:
            name = name_without_ending
        by_name[name].append(record)
    return dict(by_name)


def _first_of(records: ByName, gold: ByName) -> dict[str, Placed]:
    """Return the first record of each name in gold."""
    return {name: records[name][0] for name in gold if name in records}


def _faults_of_run(gold: ByName, run: ByName, records: Sequence[Placed], side: str) -> list[str]:
    """Return what is wrong with the records of one run; `side` is what messages call it."""
    with_gold = {name: run[name] for name in gold if name in run}
    faults = _repeated(with_gold, side)
    if not with_gold:
        faults.append(
            "No predicted record has the source name of a gold record (names are compared without their "
            f"ending). Gold has {_listed(list(gold))}; {side} has {_listed([one.key for one in records])}."
        )
    for name, placed in with_gold.items():
        gold_record, record = gold[name][0], placed[0]
        faults += _other_document(gold_record, record)
        if _lacks_tables(gold_record, record):
            faults.append(
                f"{record.origin}: this record has no tables and no error to say why; extract it again."
            )
    return faults


def _repeated(records: ByName, side: str) -> list[str]:
    faults = []
    for name, placed in records.items():
        if len(placed) > 1:
            origins = ", ".join(record.origin for record in placed[:_NAMES_SHOWN])
            faults.append(f"{side}: “{name}” stands {len(placed)} times ({origins}); keep one record a name.")
    return faults


def _empty_gold(gold: Sequence[Placed]) -> list[str]:
    parts = ", ".join(_SCORED_PARTS)
    return [
        f"{record.origin}: this gold record gives nothing to score ({parts})."
        for record in gold
        if not record.parts
    ]


def _other_document(gold: Placed, record: Placed) -> list[str]:
    """Return a fault if the SHA-256 or the texts differ: equal names may be chance."""
    if gold.sha256 and record.sha256 and gold.sha256 != record.sha256:
        return [
            f"{record.origin}: this record is of another document than gold's of that name "
            f"({gold.origin}; their sha256 differ)."
        ]
    if gold.text is not None and record.text is not None and gold.text != record.text:
        line = _first_difference(gold.text, record.text)
        return [f"{record.origin}:{line}: this is not the text of {gold.origin}; draft it again."]
    return []


def _lacks_tables(gold: Placed, record: Placed) -> bool:
    """Return whether a record is broken: a record of a document without tables has an empty `tables`."""
    if "tables" not in gold.parts or "tables" in record.parts:
        return False
    is_label_file = record.text is not None
    return not record.failed and not is_label_file


def _different_kinds(gold: Sequence[Placed], predicted: Sequence[Placed]) -> list[str]:
    """Return a fault if one side has only label files and the other no labels of lines."""
    if _are_label_files(gold) and not _any_lines(predicted):
        return ["Gold holds labels of lines, the predicted records hold none; extract them with --lines."]
    if _are_label_files(predicted) and not _any_lines(gold):
        return ["Gold holds records and predicted holds label files; give two of a kind."]
    return []


def _are_label_files(records: Sequence[Placed]) -> bool:
    return all(record.text is not None for record in records)


def _any_lines(records: Sequence[Placed]) -> bool:
    return any("lines" in record.parts for record in records)


def _listed(names: list[str]) -> str:
    if not names:
        return "no record at all"
    listed = ", ".join(f"“{name}”" for name in names[:_NAMES_SHOWN])
    more = len(names) - _NAMES_SHOWN
    return f"{listed} and {more} more" if more > 0 else listed


def _first_difference(text: str, other: str) -> int:
    """Return the number of the first line that differs, from 1."""
    lines, other_lines = text.split("\n"), other.split("\n")
    for n, (line, other_line) in enumerate(zip(lines, other_lines, strict=False), 1):
        if line != other_line:
            return n
    return min(len(lines), len(other_lines)) + 1
