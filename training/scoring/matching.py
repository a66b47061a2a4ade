"""Puts gold and predicted records together by source name without its ending."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from training.scoring.gold import Record
from training.scoring.placed import Placed

_COUNTED = ("tables", "sections", "problems", "improvements", "lines")
ByName = dict[str, list[Placed]]


class Unscorable(Exception):
    """Nothing can be scored: every reason, as letters to a person."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Pair:
    """A gold record and what was predicted for it, now and `before`; None where nothing was."""

    name: str
    gold: Record
    predicted: Record | None
    before: Record | None = None


@dataclass(frozen=True)
class Matched:
    """A pair for every gold record, in gold's order; the names of predicted records without gold."""

    pairs: Iterable[Pair]
    without_gold: list[str]
    compared: bool = False


@dataclass(frozen=True)
class Pairs:
    """Pairs that are read one at a time, each time anew."""

    gold: Mapping[str, Placed]
    predicted: Mapping[str, Placed]
    before: Mapping[str, Placed]

    def __iter__(self) -> Iterator[Pair]:
        for name, gold in self.gold.items():
            yield Pair(name, gold.read(), _read(name, self.predicted), _read(name, self.before))


def _read(name: str, records: Mapping[str, Placed]) -> Record | None:
    return records[name].read() if name in records else None


def matched(gold: Sequence[Placed], predicted: Sequence[Placed], before: Sequence[Placed] = ()) -> Matched:
    """Match every gold record to what was predicted for it, now and before.

    Raises Unscorable where no name is shared, where one stands twice, where two documents differ.
    """
    wanted = _by_name(gold)
    candidates, earlier = _meeting(predicted, wanted), _meeting(before, wanted)
    faults = [
        *_twice(wanted, "gold"),
        *_nothing_told(gold),
        *_of_one_run(wanted, candidates, predicted, "predicted"),
        *(_of_one_run(wanted, earlier, before, "the run before") if before else []),
    ]
    faults += [] if faults else _nothing_in_common(gold, predicted)
    if faults:
        raise Unscorable(faults)
    pairs = Pairs(_only(wanted, wanted), _only(candidates, wanted), _only(earlier, wanted))
    return Matched(pairs, sorted(set(candidates) - set(wanted)), bool(before))


def _by_name(records: Sequence[Placed]) -> ByName:
    names = defaultdict(list)
    for placed in records:
        names[placed.key].append(placed)
    return dict(names)


def _meeting(records: Sequence[Placed], wanted: ByName) -> ByName:
    """An ending that is not known as one still counts as one where gold has the name without it."""
    names = defaultdict(list)
    for placed in records:
        bare = placed.key.rpartition(".")[0]
        names[bare if placed.key not in wanted and bare in wanted else placed.key].append(placed)
    return dict(names)


def _only(records: ByName, wanted: ByName) -> dict[str, Placed]:
    return {name: records[name][0] for name in wanted if name in records}


def _of_one_run(wanted: ByName, candidates: ByName, run: Sequence[Placed], side: str) -> list[str]:
    met = {name: candidates[name] for name in wanted if name in candidates}
    found = [*_twice(met, side), *_nothing_shared(wanted, candidates, run, side)]
    for name, (other, *_) in met.items():
        found += _of_another_document(wanted[name][0], other) + _without_tables(wanted[name][0], other)
    return found


def _twice(names: ByName, side: str) -> list[str]:
    return [
        f"{side}: “{name}” stands {len(placed)} times ({', '.join(one.origin for one in placed[:5])}); "
        "keep one record a name."
        for name, placed in names.items()
        if len(placed) > 1
    ]


def _nothing_told(gold: Sequence[Placed]) -> list[str]:
    """A gold record may be short, but it has to say something."""
    return [
        f"{one.origin}: this gold record gives nothing to score ({', '.join(_COUNTED)})."
        for one in gold
        if not one.parts
    ]


def _nothing_shared(wanted: ByName, candidates: ByName, run: Sequence[Placed], side: str) -> list[str]:
    if any(name in candidates for name in wanted):
        return []
    return [
        "No predicted record has the source name of a gold record (names are compared without their ending). "
        f"Gold has {_some(list(wanted))}; {side} has {_some([placed.key for placed in run])}."
    ]


def _of_another_document(gold: Placed, other: Placed) -> list[str]:
    """Names may agree by chance; digests and lines cannot."""
    if gold.sha256 and other.sha256 and gold.sha256 != other.sha256:
        return [
            f"{other.origin}: this record is of another document than gold's of that name "
            f"({gold.origin}; their sha256 differ)."
        ]
    if gold.text is not None and other.text is not None and gold.text != other.text:
        line = _first_difference(gold.text, other.text)
        return [f"{other.origin}:{line}: this is not the text of {gold.origin}; draft it again."]
    return []


def _without_tables(gold: Placed, other: Placed) -> list[str]:
    """A record of a document without tables says so by an empty list; one that lacks them is broken."""
    if "tables" not in gold.parts or "tables" in other.parts or other.failed or other.text is not None:
        return []
    return [f"{other.origin}: this record has no tables and no error to say why; extract it again."]


def _nothing_in_common(gold: Sequence[Placed], predicted: Sequence[Placed]) -> list[str]:
    """Label files hold nothing but lines, and records hold lines only where they were asked for."""
    only_lines = all(placed.text is not None for placed in gold)
    if only_lines and not _any_lines(predicted):
        return ["Gold holds labels of lines, the predicted records hold none; extract them with --lines."]
    if all(placed.text is not None for placed in predicted) and not _any_lines(gold):
        return ["Gold holds records and predicted holds label files; give two of a kind."]
    return []


def _any_lines(records: Sequence[Placed]) -> bool:
    return any("lines" in placed.parts for placed in records)


def _some(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown or "no record at all"


def _first_difference(one: str, other: str) -> int:
    lines = enumerate(zip(one.split("\n"), other.split("\n"), strict=False), 1)
    return next((n for n, (a, b) in lines if a != b), min(one.count("\n"), other.count("\n")) + 2)
