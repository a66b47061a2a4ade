"""Evens out the light of a picture of a page and tells its ink from the paper."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from nlp.reading.scan.engine import Gray

Ink = NDArray[np.uint8]
"""Where a picture has ink: 255, elsewhere 0 [height, width]."""

_COARSE = 8
"""The light of the paper is told on a picture so many times smaller."""
_SPREAD = 15
"""In pixels of the small picture: no writing is thicker, no ruled line."""
FAINT, FULL = 0.3, 0.4
"""In parts of the darkest ink: what is fainter is paper. Characters may be faint, ruled lines are not."""
_DARKEST = 0.5
"""In percent of the picture: so much of it is at least as dark as full ink."""
_PALEST = 60
"""In steps of grey: ink is at least so much darker than paper."""


def evened(picture: Gray) -> Gray:
    """Return a picture with its paper white everywhere, whatever shadow lies on it."""
    import cv2

    height, width = picture.shape
    size = (max(width // _COARSE, 1), max(height // _COARSE, 1))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    paper = cv2.morphologyEx(small, cv2.MORPH_CLOSE, np.ones((_SPREAD, _SPREAD), np.uint8))
    paper = cv2.GaussianBlur(paper, (_SPREAD, _SPREAD), 0)
    light = cv2.resize(paper, (width, height), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.divide(picture, np.maximum(light, 1), scale=250), np.uint8)


def ink_of(even: Gray, least_dark: float = FULL) -> Ink:
    """Return the ink of a picture whose light is even; `least_dark` is FAINT or FULL."""
    import cv2

    smooth = cv2.GaussianBlur(even, (3, 3), 0)
    darkest = float(np.percentile(smooth[::4, ::4], _DARKEST))
    least = 250 - least_dark * max(250 - darkest, _PALEST)
    return np.asarray(cv2.threshold(smooth, least, 255, cv2.THRESH_BINARY_INV)[1], np.uint8)
