"""Leaves small raised or lowered characters, and tiny ones, out of the number cells of a page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.marked_digits import are_left_out, is_number
from nlp.reading.pdf.glyphs import Glyphs
from nlp.reading.pdf.ruled import OUTSIDE
from nlp.text.cells import UNREAD

_SMALL = 0.8
"""The share of the height of a cell's highest character below which another one is small."""
_TINY = 0.25
"""The share of that height below which nobody reads a character."""
_RAISED = 0.15
"""In heights of the highest character: the foot of a raised character is further above that one's."""
_LOWERED = 0.05
"""In heights of the highest character: the foot of a lowered character is further below that one's."""


def without_raised_digits(characters: Glyphs, homes: NDArray[Any]) -> tuple[Glyphs, NDArray[Any]]:
    """Return characters and their homes without small raised or lowered ones beside the number of a cell.

    `homes` [characters] are the numbers of the characters' cells, OUTSIDE for prose, where all stay. A cell
    whose number has small digits on its line is unread: they may be a note, or a part of it.
    """
    if not len(homes):
        return characters, homes
    height = characters.top - characters.bottom
    highest = np.zeros(int(homes.max()) - OUTSIDE + 1)
    np.maximum.at(highest, homes - OUTSIDE, height)
    is_small = (height < _SMALL * highest[homes - OUTSIDE]) & (homes != OUTSIDE) & (characters.codes > 0x20)
    kept = np.ones(len(homes), np.bool_)
    codes = characters.codes
    for cell in np.unique(homes[is_small]).tolist():
        inside = np.flatnonzero(homes == cell)
        small = is_small[inside]
        text = "".join(map(chr, characters.codes[inside].tolist()))
        marked = "".join(text[n] for n in np.flatnonzero(small))
        rest = "".join(text[n] for n in np.flatnonzero(~small))
        if not are_left_out(marked, rest):
            continue
        is_tiny = bool((height[inside[small]] < _TINY * highest[cell - OUTSIDE]).all())
        if is_tiny or _is_off_the_line(characters.taken(inside), small):
            kept[inside[small]] = False
        elif is_number(marked):
            codes = codes.copy() if codes is characters.codes else codes
            codes[inside] = ord(UNREAD)
    if kept.all() and codes is characters.codes:
        return characters, homes
    return characters._replace(codes=codes).taken(kept), homes[kept]


def _is_off_the_line(characters: Glyphs, small: NDArray[np.bool_]) -> bool:
    """Return whether all small characters of a cell are raised above, or lowered below, its line."""
    large = characters.taken(~small)
    height = float((large.top - large.bottom).max())
    foot = float(large.bottom.min())
    raised_by = characters.bottom[small] - foot
    return bool(((raised_by > _RAISED * height) | (raised_by < -_LOWERED * height)).all())
