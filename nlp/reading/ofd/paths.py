"""The parts of an OFD's path objects, which rule its tables."""

from __future__ import annotations

from collections.abc import Iterator

from nlp.reading.ofd.package import number
from nlp.reading.pdf.rules import Matrix, moved

_MOST_CORNERS = 200_000
"""A path of more corners is a drawing: what follows is left out."""
_NUMBERS = {"S": 2, "M": 2, "L": 2, "Q": 4, "B": 6, "A": 7, "C": 0}
"""How many numbers each operator takes; the last two are the point where it ends."""

Corner = tuple[float, float]


def parts(data: str, matrix: Matrix) -> Iterator[list[Corner]]:
    """Yield the corners of each part of a path (AbbreviatedData), moved by `matrix`.

    A curve counts as a line to where it ends.

    >>> list(parts("M 0 0 L 10 0 M 0 5 L 10 5 L 10 9 C", (1, 0, 0, 1, 1, 0)))
    [[(1.0, 0.0), (11.0, 0.0)], [(1.0, 5.0), (11.0, 5.0), (11.0, 9.0), (1.0, 5.0)]]
    """
    part: list[Corner] = []
    words = iter(data.split())
    for _, word in zip(range(_MOST_CORNERS), words, strict=False):
        count = _NUMBERS.get(word)
        if count is None:
            continue
        values = [number(next(words, None)) for _ in range(count)]
        if word == "C":
            part += part[:1]
            continue
        x, y = values[-2:]
        if x is None or y is None:
            continue
        if word in "SM" and part:
            yield part
            part = []
        part.append(moved(x, y, matrix))
    if part:
        yield part
