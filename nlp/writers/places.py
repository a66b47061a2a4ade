"""Tells where the file that is written for each input goes."""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Iterable, Sequence

from nlp.reading.inputs import Input


class Clash(Exception):
    """Several inputs would be written to one file: all of them, a line for each file."""


def places(inputs: Iterable[Input], named: Sequence[str], ending: str) -> dict[Input, str]:
    """Return a relative path for each input: as it lies below the folder that the user named.

    Raises Clash where two inputs would have the same.

    >>> places([Input("in/2022/a.txt"), Input("b.txt")], ["in", "b.txt"], ".tsv")
    {Input(path='in/2022/a.txt'): '2022/a.tsv', Input(path='b.txt'): 'b.tsv'}
    """
    found = {input: os.path.splitext(_below(input, named))[0] + ending for input in inputs}
    takers = defaultdict(list)
    for input, place in found.items():
        takers[place].append(input.path)
    clashes = [f"{place}: for {' and for '.join(paths)}" for place, paths in takers.items() if len(paths) > 1]
    if clashes:
        raise Clash("\n".join(clashes))
    return found


def _below(input: Input, named: Sequence[str]) -> str:
    folders = [path for path in named if input.path.startswith(os.path.join(path, ""))]
    return os.path.relpath(input.path, max(folders, key=len)) if folders else input.name
