"""Puts gold and predicted records together by source name without its ending."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import UNSET

from training.scoring.gold import Record

_ENDING = re.compile(r"\.(?:txt|text|md|x?html?|docx?|wps|pdf|json|tsv)$", re.IGNORECASE)
"""Endings of documents. A plain name may hold dots of its own: `hongze2023.pdfium` has no ending."""


class Unscorable(Exception):
    """Nothing can be scored: every reason, as letters to a person."""

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


@dataclass(frozen=True)
class Placed:
    """A record and where it was read; `text` where a label file tells the text itself."""

    origin: str
    record: Record
    text: str | None = None

    @property
    def key(self) -> str:
        return name_without_ending(self.record.name)


@dataclass(frozen=True)
class Pair:
    """A gold record and what was predicted for it, None where nothing was."""

    name: str
    gold: Record
    predicted: Record | None


@dataclass(frozen=True)
class Matched:
    """A pair for every gold record, in gold's order; the names of predicted records without gold."""

    pairs: list[Pair]
    without_gold: list[str]


def name_without_ending(name: str) -> str:
    """Return the name under which gold and predicted records meet.

    >>> name_without_ending("in/2022/000.TXT"), name_without_ending("hongze2023.pdfium")
    ('000', 'hongze2023.pdfium')
    """
    return _ENDING.sub("", name.replace("\\", "/").rsplit("/", 1)[-1])


def matched(gold: Sequence[Placed], predicted: Sequence[Placed]) -> Matched:
    """Match every gold record to what was predicted for it.

    Raises Unscorable where no name is shared, where one stands twice, where two texts differ.
    """
    wanted, candidates = _by_name(gold), defaultdict(list)
    for placed in predicted:
        candidates[_meeting(placed.key, wanted)].append(placed)
    faults = [
        *_twice(wanted, "gold"),
        *_twice({name: candidates[name] for name in wanted if name in candidates}, "predicted"),
        *_nothing_shared(wanted, candidates, predicted),
    ]
    faults += [] if faults else [*_nothing_in_common(gold, predicted), *_other_texts(wanted, candidates)]
    if faults:
        raise Unscorable(faults)
    pairs = [
        Pair(name, only.record, candidates[name][0].record if name in candidates else None)
        for name, (only,) in wanted.items()
    ]
    return Matched(pairs, sorted(set(candidates) - set(wanted)))


def _by_name(records: Sequence[Placed]) -> dict[str, list[Placed]]:
    names = defaultdict(list)
    for placed in records:
        names[placed.key].append(placed)
    return dict(names)


def _meeting(name: str, wanted: dict[str, list[Placed]]) -> str:
    """An ending that is not known as one still counts as one where gold has the name without it."""
    bare = name.rpartition(".")[0]
    return bare if name not in wanted and bare in wanted else name


def _twice(names: dict[str, list[Placed]], side: str) -> list[str]:
    return [
        f"{side}: “{name}” stands {len(placed)} times ({', '.join(one.origin for one in placed[:5])}); "
        "keep one record a name."
        for name, placed in names.items()
        if len(placed) > 1
    ]


def _nothing_shared(
    wanted: dict[str, list[Placed]], candidates: dict[str, list[Placed]], predicted: Sequence[Placed]
) -> list[str]:
    if any(name in candidates for name in wanted):
        return []
    return [
        "No predicted record has the source name of a gold record (names are compared without their ending). "
        f"Gold has {_some(list(wanted))}; predicted has {_some([placed.key for placed in predicted])}."
    ]


def _nothing_in_common(gold: Sequence[Placed], predicted: Sequence[Placed]) -> list[str]:
    """Label files hold nothing but lines, and records hold lines only where they were asked for."""
    only_lines = all(placed.text is not None for placed in gold)
    if only_lines and not _any_lines(predicted):
        return ["Gold holds labels of lines, the predicted records hold none; extract them with --lines."]
    if all(placed.text is not None for placed in predicted) and not _any_lines(gold):
        return ["Gold holds records and predicted holds label files; give two of a kind."]
    return []


def _any_lines(records: Sequence[Placed]) -> bool:
    return any(placed.record.lines is not UNSET for placed in records)


def _some(names: list[str]) -> str:
    shown = ", ".join(f"“{name}”" for name in names[:5])
    return f"{shown} and {len(names) - 5} more" if len(names) > 5 else shown or "no record at all"


def _other_texts(wanted: dict[str, list[Placed]], candidates: dict[str, list[Placed]]) -> list[str]:
    """Labels can be compared only where they stand before the same lines."""
    faults = []
    for name, (gold,) in wanted.items():
        other = candidates[name][0] if name in candidates else gold
        if gold.text is not None and other.text is not None and gold.text != other.text:
            line = _first_difference(gold.text, other.text)
            faults.append(f"{other.origin}:{line}: this is not the text of {gold.origin}; draft it again.")
    return faults


def _first_difference(one: str, other: str) -> int:
    lines = enumerate(zip(one.split("\n"), other.split("\n"), strict=False), 1)
    return next((n for n, (a, b) in lines if a != b), min(one.count("\n"), other.count("\n")) + 2)
