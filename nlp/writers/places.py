"""Chooses where the file that is written for each input goes."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

from nlp.reading.inputs import Input


class Clash(Exception):
    """Several inputs would be written to one file; the message has a line for each such file."""


def places(inputs: Iterable[Input], named: Sequence[str], ending: str) -> dict[Input, str]:
    """Return a relative path for each input, as it lies below the folder that the user named.

    `named` are the paths that the user named, `ending` takes the place of the input's own. Raises Clash if
    two inputs would have the same path.

    >>> places([Input("in/2022/a.txt"), Input("b.txt")], ["in", "b.txt"], ".tsv")
    {Input(path='in/2022/a.txt'): '2022/a.tsv', Input(path='b.txt'): 'b.tsv'}
    """
    place_of: dict[Input, str] = {}
    paths_by_place: dict[str, list[str]] = defaultdict(list)
    for input in inputs:
        stem, _ = os.path.splitext(_below_named_folder(input, named))
        place_of[input] = stem + ending
        paths_by_place[stem + ending].append(input.path)
    clashes: list[str] = []
    for place, paths in paths_by_place.items():
        if len(paths) > 1:
            clashes.append(f"{place}: for {' and for '.join(paths)}")
    if clashes:
        raise Clash("\n".join(clashes))
    return place_of


def _below_named_folder(input: Input, named: Sequence[str]) -> str:
    """Return the path of an input below the innermost named folder; its name if it is in none."""
    folders = [path for path in named if input.path.startswith(os.path.join(path, ""))]
    if not folders:
        return input.name
    return os.path.relpath(input.path, max(folders, key=len))
