"""Leaves digits with a line through them out of the number cells of a page."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from nlp.reading.document import Box
from nlp.reading.marked_digits import is_number
from nlp.reading.pdf.glyphs import Glyphs, Numbers
from nlp.reading.pdf.ruled import OUTSIDE
from nlp.reading.pdf.rules import Rules
from nlp.text.cell_text import Content, read_cell
from nlp.text.cells import UNREAD
from nlp.text.folding import filled, fold

_OFF = 0.25
"""In heights: a line that strikes a character out is no further from its middle."""
_BEYOND = 0.6
"""In heights: a line that strikes characters out ends no further before or behind them."""
_STRUCK = 0.6
"""The share of a character's width that a line runs through where it strikes the character out."""
_TOUCHED = 0.2
"""A line through a larger share of a character than this, yet no more than that, leaves it in doubt."""
_INSIDE = 0.2
"""The share of a character's box at each side that a slanted line may run through without striking it out."""
_SAMPLES = 64
"""So many points of a slanted line are looked at."""
_LONGEST = 150.0
"""In points: a longer slanted line strikes no number out."""
_MOST_PAIRS = 4_000_000
"""Lines are not looked at on a page with more pairs of lines and characters: it is a drawing."""


def struck_shares(characters: Glyphs, rules: Rules) -> tuple[Numbers | None, Rules]:
    """Return what share of each character's width a line strikes out, and the rules without these lines.

    None stands for a page where no line strikes anything out.
    """
    if not (rules.across or rules.strokes):
        return None, rules
    is_digit = (characters.codes >= ord("0")) & (characters.codes <= ord("9"))
    digits = characters.taken(is_digit)
    if not len(digits.codes):
        return None, rules
    slanted = [stroke for stroke in rules.strokes if stroke[1] != stroke[3]]
    flat = [(y, left, right) for left, y, right, other_y in rules.strokes if y == other_y]
    lines = np.array(rules.across + flat).reshape(-1, 3)
    through = _through_digits(lines[:, 0], digits)
    if not (len(through) or slanted) or (len(through) + len(slanted)) * len(is_digit) > _MOST_PAIRS:
        return None, rules
    shares = np.zeros(len(is_digit))
    strikes = set()
    for n in through.tolist():
        of_line = _shares_of_line(characters, *lines[n].tolist())
        if of_line is not None:
            np.maximum(shares, of_line, out=shares)
            strikes.add(n)
    for stroke in slanted:
        np.maximum(shares, _shares_of_stroke(characters, stroke), out=shares)
    if not shares.any():
        return None, rules
    across = [line for n, line in enumerate(rules.across) if n not in strikes]
    return shares, Rules(across, rules.down)


def _through_digits(heights: Numbers, digits: Glyphs) -> NDArray[np.intp]:
    """Return which lines, by their heights, are near the middle of a digit somewhere on the page."""
    middles = np.unique(digits.bottom + digits.top) / 2
    above = np.searchsorted(middles, heights)
    nearest = np.minimum(
        np.abs(middles[np.minimum(above, len(middles) - 1)] - heights),
        np.abs(middles[np.maximum(above - 1, 0)] - heights),
    )
    return np.flatnonzero(nearest <= _OFF * (digits.top - digits.bottom).max())


def _shares_of_line(characters: Glyphs, y: float, left: float, right: float) -> Numbers | None:
    """Return the share of each character that a horizontal line strikes out; None for one that does not.

    A line that goes on before or behind the characters that it runs through is a ruled one.
    """
    height = characters.top - characters.bottom
    is_at = np.abs((characters.bottom + characters.top) / 2 - y) <= _OFF * height
    common = np.minimum(characters.right, right) - np.maximum(characters.left, left)
    shares = np.where(is_at, np.maximum(common, 0) / np.maximum(characters.right - characters.left, 1e-3), 0)
    struck = np.flatnonzero(shares >= _STRUCK)
    if not len(struck):
        return None
    beyond = _BEYOND * height[struck].max()
    if left < characters.left[struck].min() - beyond or right > characters.right[struck].max() + beyond:
        return None
    return np.asarray(shares)


def _shares_of_stroke(characters: Glyphs, stroke: Box) -> Numbers:
    """Return the share of each character that a slanted line strikes out."""
    x, y, end_x, end_y = stroke
    shares = np.zeros(len(characters.codes))
    length = np.hypot(end_x - x, end_y - y)
    if length > _LONGEST:
        return shares
    width, height = characters.right - characters.left, characters.top - characters.bottom
    is_near = (characters.left < max(x, end_x)) & (characters.right > min(x, end_x))
    is_near &= (characters.bottom < max(y, end_y)) & (characters.top > min(y, end_y))
    near = np.flatnonzero(is_near)
    if not len(near):
        return shares
    steps = (np.arange(_SAMPLES) + 0.5) / _SAMPLES
    points_x, points_y = x + steps * (end_x - x), y + steps * (end_y - y)
    across = (points_x - characters.left[near, None]) / np.maximum(width[near, None], 1e-3)
    up = (points_y - characters.bottom[near, None]) / np.maximum(height[near, None], 1e-3)
    is_inside = (across > 0) & (across < 1) & (up > _INSIDE) & (up < 1 - _INSIDE)
    inside = is_inside.mean(axis=1) * length
    shares[near] = np.minimum(inside / np.minimum(width, height)[near], 1)
    return shares


def without_struck_digits(
    characters: Glyphs, homes: NDArray[Any], shares: Numbers
) -> tuple[Glyphs, NDArray[Any]]:
    """Return characters and their homes without struck-out digits beside the number of a cell.

    `homes` [characters] are the numbers of the characters' cells, OUTSIDE for prose, where struck-out digits
    are unread; `shares` [characters] are those of `struck_shares`. A cell is unread that has nothing but what
    is struck out, or of which a line strikes out a part that nobody can tell from the rest.
    """
    codes = characters.codes.copy()
    is_digit = (codes >= ord("0")) & (codes <= ord("9"))
    codes[is_digit & (shares > _TOUCHED) & (homes == OUTSIDE)] = ord(UNREAD)
    kept = np.ones(len(homes), np.bool_)
    for cell in np.unique(homes[(shares > _TOUCHED) & (homes != OUTSIDE)]).tolist():
        inside = np.flatnonzero((homes == cell) & (characters.codes > 0x20))
        is_struck = shares[inside] >= _STRUCK
        is_touched = shares[inside] > _TOUCHED
        text = "".join(map(chr, characters.codes[inside].tolist()))
        struck = "".join(text[n] for n in np.flatnonzero(is_touched))
        rest = "".join(text[n] for n in np.flatnonzero(~is_touched))
        if not is_number(struck) or read_cell(filled(fold(rest))).content is Content.WORDS:
            continue
        turns = np.count_nonzero(is_touched[1:] != is_touched[:-1])
        if turns == 1 and (is_struck == is_touched).all():
            kept[inside[is_struck]] = False
        else:
            codes[inside] = ord(UNREAD)
    return characters._replace(codes=codes).taken(kept), homes[kept]
