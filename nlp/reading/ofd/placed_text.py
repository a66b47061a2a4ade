"""The characters of an OFD's text objects, each with its box on the page."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from math import atan2, pi
from typing import NamedTuple

from nlp.reading.document import Box
from nlp.reading.ofd.package import Element, children, number
from nlp.reading.pdf.glyphs import BELOW, CHINESE
from nlp.reading.pdf.rules import Matrix, around, moved

_WIDE_FROM = 0x2000
"""The code from which on marks, such as quotes and dashes, are up to as wide as Chinese characters."""
_NARROW = 0.5
"""In font sizes: the width of a digit, and of a letter where nothing tells another."""
_WIDEST_DIGIT, _WIDEST_LETTER, _WIDEST_MARK = 0.65, 1.0, 2.0
"""In font sizes: a wider step to the next character is a gap."""
_OWN_BOUNDARY = 2.0
"""In font sizes: a boundary that leaves no more for the last character tells how wide that is."""


class PlacedCharacter(NamedTuple):
    """A character, its box on the page, and how many quarters the page must be turned clockwise for it."""

    code: int
    box: Box
    quarters: int


def characters(text: Element, matrix: Matrix, width: float) -> Iterator[PlacedCharacter]:
    """Yield the characters of a TextObject.

    `matrix` takes its coordinates, in millimetres with y downwards, to the page; `width` is that of its
    boundary in its own coordinates. The boxes stand on the baseline, as those of PDFs whose fonts do not
    say how high they are.
    """
    size = number(text.get("Size"))
    if not size or size <= 0:
        return
    stretch = number(text.get("HScale")) or 1.0
    quarters = round(atan2(matrix[1], matrix[0]) / (pi / 2)) % 4
    x, y = 0.0, 0.0
    codes = list(children(text, "TextCode"))
    for code in codes:
        x = _or(number(code.get("X")), x)
        y = _or(number(code.get("Y")), y)
        string = code.text or ""
        xs, ys = _places(code, string, x, y, size * stretch)
        steps = [abs(complex(xs[n + 1] - xs[n], ys[n + 1] - ys[n])) for n in range(len(string) - 1)]
        left = width - xs[-1] if string and code is codes[-1] else 0.0
        advances = _advances(string, steps, left, size * stretch)
        for n, character in enumerate(string):
            foot, head = ys[n] + BELOW * size, ys[n] - (1 - BELOW) * size
            corners = [moved(xs[n], foot, matrix), moved(xs[n] + advances[n], head, matrix)]
            yield PlacedCharacter(ord(character), around(corners), quarters)


def _advances(string: str, steps: Sequence[float], left: float, size: float) -> list[float]:
    """Return the widths of the characters of a TextCode.

    `left` is what the boundary leaves for the last one. Digits are as wide as the first of them.
    """
    rests = [*steps, left][: len(string)]
    digit = next(
        (step / size for one, step in zip(string, steps, strict=False) if _is_digit(one, step, size)), 0
    )
    advances = []
    for n, (character, rest) in enumerate(zip(string, rests, strict=True)):
        if character.isdecimal() and digit:
            advances.append(min(rest, digit * size) if rest > 0 and n < len(steps) else digit * size)
        else:
            is_told = n < len(steps) or 0 < rest <= _OWN_BOUNDARY * size
            advances.append(_width(character, rest if is_told else None, size))
    return advances


def _is_digit(character: str, step: float, size: float) -> bool:
    """Return whether the step behind a character is the width of a digit."""
    return character.isdecimal() and 0 < step <= _WIDEST_DIGIT * size


def _or(value: float | None, other: float) -> float:
    return other if value is None else value


def _places(
    code: Element, string: str, x: float, y: float, size: float
) -> tuple[Sequence[float], Sequence[float]]:
    """Return where each character of a TextCode stands: as its steps say, or else one behind the other."""
    across, down = code.get("DeltaX"), code.get("DeltaY")
    count = len(string) - 1
    if across is None and down is None:
        steps = [_width(character, None, size) for character in string[:-1]]
        return list(accumulate(steps, initial=x)), [y] * len(string)
    xs = list(accumulate(deltas(across, count), initial=x))
    ys = list(accumulate(deltas(down, count), initial=y))
    return xs, ys


def deltas(text: str | None, count: int) -> list[float]:
    """Return so many steps from character to character; `g n d` stands for n times the step d.

    Where there are fewer, the last one is repeated; none are steps of 0.

    >>> deltas("g 3 4.2 5", 6)
    [4.2, 4.2, 4.2, 5.0, 5.0, 5.0]
    """
    steps: list[float] = []
    parts = iter((text or "").split())
    for part in parts:
        if len(steps) >= count:
            break
        if part == "g":
            times, step = number(next(parts, None)), number(next(parts, None))
            if times is not None and step is not None:
                steps += [step] * min(max(int(times), 0), count - len(steps))
        else:
            step = number(part)
            if step is not None:
                steps.append(step)
    last = steps[-1] if steps else 0.0
    return [*steps, *[last] * (count - len(steps))][: max(count, 0)]


def _width(character: str, step: float | None, size: float) -> float:
    """Return the width of a character; `step` is the distance to the next one, None where that tells nothing.

    No fonts are read: a Chinese character is as wide as the font's size, any other as the step where that
    is one from a letter to the next.
    """
    code = ord(character)
    if code > CHINESE:
        return min(step, size) if step else size
    if code >= _WIDE_FROM:
        return step if step and step <= _WIDEST_MARK * size else size
    widest = _WIDEST_DIGIT if character.isdecimal() else _WIDEST_LETTER
    return step if step and step <= widest * size else _NARROW * size
