"""Tells records of one name apart by their paths: `a/2023` and `b/2023`."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from training.scoring.placed import Placed

Parts = tuple[str, ...]
"""The folders of a path and its name without ending, the outermost first."""


def told_apart(records: Sequence[Placed]) -> list[Placed]:
    """Return records whose keys have as many folders before the name as make them differ.

    Records that have one path keep one key; names that stand once stay as they are.
    """
    repeated = _repeated(records)
    lengths = {name: _length([record.parts_of_path for record in same]) for name, same in repeated.items()}
    return [_named(record, lengths.get(record.key, 1)) for record in records]


def told_apart_as(records: Sequence[Placed], like: Iterable[Placed]) -> list[Placed]:
    """Return records under the keys of those that they belong to, among records that are told apart.

    A record belongs to the one of its name whose SHA-256 it has, or else to the one with which its path has
    most folders in common, from the name outwards. Of several that belong to one the nearest has its key.
    """
    likes: dict[str, list[Placed]] = defaultdict(list)
    for other in like:
        likes[other.parts_of_path[-1]].append(other)
    repeated = _repeated(records)
    keys: dict[int, str] = {}
    for name, others in likes.items():
        same = repeated.get(name, [])
        if len(others) > 1 or len(same) > 1:
            keys.update(_keys(same or [record for record in records if record.key == name], others))
    return [replace(record, key=keys.get(id(record), record.key)) for record in records]


def _keys(records: Sequence[Placed], others: Sequence[Placed]) -> dict[int, str]:
    """Return the key of each record of one name, by the record's identity."""
    nearest = {id(record): max(others, key=lambda other: _nearness(record, other)) for record in records}
    best: dict[str, _Nearness] = {}
    for record in records:
        other = nearest[id(record)]
        best[other.key] = max(best.get(other.key, (False, 0)), _nearness(record, other))
    keys: dict[int, str] = {}
    for record in records:
        other = nearest[id(record)]
        belongs = _nearness(record, other) == best[other.key]
        keys[id(record)] = other.key if belongs else "/".join(record.parts_of_path)
    return keys


_Nearness = tuple[bool, int]
"""Whether two records are of the same bytes, and how many parts of their paths are the same, from the end."""


def _nearness(record: Placed, other: Placed) -> _Nearness:
    same_bytes = bool(record.sha256) and record.sha256 == other.sha256
    same_parts = 0
    for part, other_part in zip(reversed(record.parts_of_path), reversed(other.parts_of_path), strict=False):
        if part != other_part:
            break
        same_parts += 1
    return same_bytes, same_parts


def _repeated(records: Sequence[Placed]) -> dict[str, list[Placed]]:
    by_name: dict[str, list[Placed]] = defaultdict(list)
    for record in records:
        by_name[record.key].append(record)
    return {name: same for name, same in by_name.items() if len(same) > 1}


def _length(paths: Sequence[Parts]) -> int:
    """Return how many parts from the end make paths differ; 1 where nothing does."""
    if len(set(paths)) == 1:
        return 1
    longest = max(len(path) for path in paths)
    for length in range(2, longest + 1):
        if len({path[-length:] for path in paths}) == len(set(paths)):
            return length
    return longest


def _named(record: Placed, length: int) -> Placed:
    return record if length == 1 else replace(record, key="/".join(record.parts_of_path[-length:]))
