"""Leaves small raised or lowered characters out of the number cells of a page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.marked_digits import are_left_out
from nlp.reading.pdf.glyphs import Glyphs
from nlp.reading.pdf.ruled import OUTSIDE

_SMALL = 0.8
"""The share of the height of a cell's highest character below which another one is small."""
_RAISED = 0.15
"""In heights of the highest character: the foot of a raised character is further above that one's."""
_LOWERED = 0.05
"""In heights of the highest character: the foot of a lowered character is further below that one's."""


def without_raised_digits(characters: Glyphs, homes: NDArray[Any]) -> tuple[Glyphs, NDArray[Any]]:
    """Return characters and their homes without small raised or lowered ones beside the number of a cell.

    `homes` [characters] are the numbers of the characters' cells, OUTSIDE for prose, where all stay.
    """
    if not len(homes):
        return characters, homes
    height = characters.top - characters.bottom
    highest = np.zeros(int(homes.max()) - OUTSIDE + 1)
    np.maximum.at(highest, homes - OUTSIDE, height)
    is_small = (height < _SMALL * highest[homes - OUTSIDE]) & (homes != OUTSIDE) & (characters.codes > 0x20)
    kept = np.ones(len(homes), np.bool_)
    for cell in np.unique(homes[is_small]).tolist():
        inside = np.flatnonzero(homes == cell)
        small = is_small[inside]
        if _is_off_the_line(characters.taken(inside), small):
            text = "".join(map(chr, characters.codes[inside].tolist()))
            marked = "".join(text[n] for n in np.flatnonzero(small))
            rest = "".join(text[n] for n in np.flatnonzero(~small))
            if are_left_out(marked, rest):
                kept[inside[small]] = False
    if kept.all():
        return characters, homes
    return characters.taken(kept), homes[kept]


def _is_off_the_line(characters: Glyphs, small: NDArray[np.bool_]) -> bool:
    """Return whether all small characters of a cell are raised above, or lowered below, its line."""
    large = characters.taken(~small)
    height = float((large.top - large.bottom).max())
    foot = float(large.bottom.min())
    raised_by = characters.bottom[small] - foot
    return bool(((raised_by > _RAISED * height) | (raised_by < -_LOWERED * height)).all())
