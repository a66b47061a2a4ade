"""Characters to lines of writing: by their height on the page, from the left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from nlp.reading.pdf.glyphs import SPACE, TAB, Glyph

_SAME_LINE = 0.45
"""How far, in heights, two characters of a line may stand above each other."""
_SAME_FOOT = 0.2
"""How far, in heights of the higher one, their boxes may begin above each other."""
_BACK = 0.5
"""How far, in heights, the next character of a line may stand back."""
_GAP = 0.3
"""From this gap on, in heights, a space parts letters and digits."""
_WIDE_GAP = 1.6
"""From this gap on, in heights, two things stand on a line."""
_DOUBLED = 0.2
"""How far, in heights, a character is shifted that is printed twice to look bold."""
_UPRIGHT_SHARE = 0.7

Writing = list[Glyph]


def lines(glyphs: Iterable[Glyph]) -> list[Writing]:
    """Return the lines of writing from the top, each sorted from the left, spaces at the ends off."""
    found: list[Writing] = []
    for run in sorted(_runs(glyphs), key=lambda run: -run[0].middle):
        if found and _on_one_line(found[-1][0], run[0]):
            found[-1] += run
        else:
            found.append(run)
    return [line for run in found if (line := _stripped(_once(_sorted(run))))]


def _runs(glyphs: Iterable[Glyph]) -> list[Writing]:
    """Cut characters, in the order of storage, where the next one leaves the line."""
    runs: list[Writing] = []
    last: Glyph | None = None
    for glyph in glyphs:
        if last and glyph.left >= last.right - _BACK * glyph.height and _on_one_line(runs[-1][0], glyph):
            runs[-1].append(glyph)
        else:
            runs.append([glyph])
        last = glyph
    return runs


def _on_one_line(one: Glyph, two: Glyph) -> bool:
    """Tell whether two characters stand on one line: their boxes begin, or have their middles, at one height.

    Boxes of fonts that do not say how high they are end with the ink (seen in what LibreOffice writes).
    """
    (low, high), (other_low, other_high) = (one.bottom, one.top), (two.bottom, two.top)
    if abs(low - other_low) <= _SAME_FOOT * max(high - low, other_high - other_low):
        return True
    apart = abs(low + high - other_low - other_high) / 2
    return apart <= _SAME_LINE * min(high - low, other_high - other_low)


def _sorted(run: Writing) -> Writing:
    if all(one.left <= two.left for one, two in pairwise(run)):
        return run
    return sorted(run, key=lambda glyph: glyph.left)


def _once(line: Writing) -> Writing:
    """Leave out what is printed a second time over the first to look bold."""
    if not any(_doubles(one, two) for one, two in pairwise(line)):
        return line
    kept: Writing = []
    for glyph in line:
        if not any(_doubles(other, glyph) for other in kept[-3:]):
            kept.append(glyph)
    return kept


def _doubles(one: Glyph, two: Glyph) -> bool:
    return one.text == two.text and two.left - one.left < _DOUBLED * one.height


def _stripped(line: Writing) -> Writing:
    first, last = 0, len(line)
    while first < last and line[first].text.isspace():
        first += 1
    while last > first and line[last - 1].text.isspace():
        last -= 1
    return line[first:last]


def spaced(line: Writing, between: Glyph = TAB) -> Writing:
    """Return a line of writing with `between` in its wide gaps and spaces between parted letters."""
    written: Writing = []
    for glyph in line:
        if written and (part := _part(written[-1], glyph, between)):
            written.append(part)
        written.append(SPACE if glyph.text in "\t\xa0" else glyph)
    return written


def _part(one: Glyph, two: Glyph, between: Glyph) -> Glyph | None:
    gap = two.left - one.right
    height = min(one.height, two.height)
    if gap <= _GAP * height or not one.page:
        return None
    if gap > _WIDE_GAP * height:
        return between
    words = one.text.isascii() and two.text.isascii() and not one.text.isspace() and not two.text.isspace()
    return SPACE if words or gap > _WIDE_GAP * height / 2 else None


def joined(rows: Sequence[Writing], right: float) -> Writing:
    """Join the lines of a cell whose right edge is `right`.

    Letters and digits are kept apart, unless the first line is full: there a number was broken.
    """
    written: Writing = []
    for line in rows:
        if written and _apart(written[-1], line[0], right):
            written.append(SPACE)
        written += spaced(line, SPACE)
    return written


def _apart(last: Glyph, first: Glyph, right: float) -> bool:
    full = right - last.right < 1.2 * (last.right - last.left)
    return last.text.isascii() and first.text.isascii() and not (full and last.text.isdigit())


def columns_of(glyphs: Sequence[Glyph]) -> list[Writing] | None:
    """Return the columns of vertical writing from the right; None for writing that runs across."""
    steps = [(two.left - one.left, two.middle - one.middle, one.height) for one, two in pairwise(glyphs)]
    falling = sum(abs(dx) < 0.3 * height and dy < -0.3 * height for dx, dy, height in steps)
    if len(steps) < 3 or falling < _UPRIGHT_SHARE * len(steps):
        return None
    columns: list[Writing] = []
    for glyph in glyphs:
        if columns and abs(columns[-1][-1].left - glyph.left) < 0.3 * glyph.height:
            columns[-1].append(glyph)
        else:
            columns.append([glyph])
    columns.sort(key=lambda column: -column[0].left)
    return columns
