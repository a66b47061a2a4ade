"""Chooses where the file that is written for each input goes."""

from __future__ import annotations

import os
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence

from nlp.reading.inputs import Input
from nlp.storage.addresses import below


class Clash(Exception):
    """Several inputs would be written to one file; the message has a line for each such file."""


def places(inputs: Iterable[Input], named: Sequence[str], ending: str) -> dict[Input, str]:
    """Return a relative path for each input, as it lies below the folder that the user named.

    `named` are the paths that the user named, `ending` takes the place of the input's own. Inputs that would
    have one path have as many of their folders before it as tell them apart, or else keep their own endings.
    Raises Clash if two have the same path even so.

    >>> places([Input("in/2022/a.txt"), Input("b.txt")], ["in", "b.txt"], ".tsv")
    {Input(path='in/2022/a.txt'): '2022/a.tsv', Input(path='b.txt'): 'b.tsv'}
    >>> list(places([Input("x/a.txt"), Input("y/a.txt"), Input("y/a.pdf")], [], ".tsv").values())
    ['x/a.tsv', 'y/a.txt.tsv', 'y/a.pdf.tsv']
    >>> list(places([Input("in/y/a.txt"), Input("in/y/a.pdf")], ["in"], ".tsv").values())
    ['y/a.txt.tsv', 'y/a.pdf.tsv']
    """
    wanted = {input: _below_named_folder(input, named) for input in inputs}
    by_place: dict[str, list[Input]] = defaultdict(list)
    for input, place in wanted.items():
        by_place[_stem(place)].append(input)
    place_of = dict.fromkeys(wanted, "")
    for place, same in by_place.items():
        with_endings = {input: wanted[input] for input in same}
        if len(same) == 1:
            place_of[same[0]] = place
        elif len(set(with_endings.values())) == len(same):
            place_of.update(with_endings)
        else:
            place_of.update(_told_apart(same))
    _refuse_clashes(place_of, ending)
    return {input: place + ending for input, place in place_of.items()}


def _stem(path: str) -> str:
    return os.path.splitext(path)[0]


def _told_apart(inputs: Sequence[Input]) -> dict[Input, str]:
    """Return a path for each of several inputs of one name, without the ending where the folders suffice."""
    parts = {input: _parts(input.path) for input in inputs}
    length = _length(list(parts.values()))
    tails = {input: "/".join(path[-length:]) for input, path in parts.items()}
    counts = Counter(_stem(tail) for tail in tails.values())
    return {input: _stem(tail) if counts[_stem(tail)] == 1 else tail for input, tail in tails.items()}


def _parts(path: str) -> tuple[str, ...]:
    names = path.replace(os.sep, "/").split("/")
    return tuple(name for name in names if name not in ("", ".", ".."))


def _length(paths: Sequence[tuple[str, ...]]) -> int:
    """Return how many names from the end make paths differ; all of the longest where nothing does."""
    longest = max(len(path) for path in paths)
    for length in range(1, longest):
        if len({path[-length:] for path in paths}) == len(set(paths)):
            return length
    return longest


def _refuse_clashes(place_of: Mapping[Input, str], ending: str) -> None:
    paths_by_place: dict[str, list[str]] = defaultdict(list)
    for input, place in place_of.items():
        paths_by_place[place].append(input.path)
    clashes: list[str] = []
    for place, paths in paths_by_place.items():
        if len(paths) > 1:
            clashes.append(f"{place}{ending}: for {' and for '.join(paths)}")
    if clashes:
        raise Clash("\n".join(clashes))


def _below_named_folder(input: Input, named: Sequence[str]) -> str:
    """Return the path of an input below the innermost named folder; its name if it is in none."""
    if input.is_elsewhere:
        return below(input.path, input.folder) if input.folder else below(input.name, "")
    folders = [path for path in named if input.path.startswith(os.path.join(path, ""))]
    if not folders:
        return input.name
    return os.path.relpath(input.path, max(folders, key=len))
