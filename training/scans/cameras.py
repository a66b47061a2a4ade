"""Makes of a printed page the picture that a scanner or a telephone would make of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

import numpy as np
from numpy.typing import NDArray

Gray = NDArray[np.uint8]

_SKEW = 3.0
"""In degrees: a sheet lies in the scanner no more askew."""
_CORNER = 0.05
"""In widths of a page: so far each corner of a photographed page is off its place."""
_AROUND = 0.15
"""In widths of a page: so much of a photograph is table and floor."""
_USUAL_WIDTH = 1654
"""In pixels: the width of A4 at 200 dots an inch, for which blurs are given."""


@dataclass(frozen=True)
class Camera:
    """A way to take the picture of a page: its name, the dots an inch, and what makes the picture."""

    name: str
    dots: int
    take: Callable[[Gray, Random], Gray]


def scanned(page: Gray, rng: Random) -> Gray:
    """Return a page scanned: askew, a little blurred, pale, noisy, and kept as JPEG."""
    import cv2

    height, width = page.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), rng.uniform(-_SKEW, _SKEW), 1)
    picture: Any = cv2.warpAffine(page, turn, (width, height), flags=cv2.INTER_CUBIC, borderValue=255)
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 0.8) * width / _USUAL_WIDTH)
    picture = 255 - (255 - picture.astype(np.float32)) * rng.uniform(0.6, 1.0) - rng.uniform(0, 25)
    return _kept(_noisy(picture, rng.uniform(2, 8), rng), rng.randint(60, 92))


def photographed(page: Gray, rng: Random) -> Gray:
    """Return a page photographed by hand: before a table, narrowing to one side, in uneven light."""
    import cv2

    height, width = page.shape
    size = (round(width * (1 + _AROUND)), round(height * (1 + _AROUND)))
    corners = []
    for x, y in ((0, 0), (1, 0), (1, 1), (0, 1)):
        across = (x + _AROUND / 2 + rng.uniform(-_CORNER, _CORNER)) * width
        down = (y + _AROUND / 2 + rng.uniform(-_CORNER, _CORNER)) * height
        corners.append((across, down))
    whole = np.array([[0, 0], [width, 0], [width, height], [0, height]], np.float32)
    view = cv2.getPerspectiveTransform(whole, np.array(corners, np.float32))
    is_page = cv2.warpPerspective(np.full_like(page, 255), view, size) > 127
    seen = cv2.warpPerspective(page, view, size, flags=cv2.INTER_AREA)
    grain = np.random.default_rng(rng.randrange(2**31)).normal(0, 60, (size[1], size[0])).astype(np.float32)
    table = rng.uniform(40, 120) + cv2.GaussianBlur(grain, (0, 0), 6)
    picture: Any = np.where(is_page, seen, table).astype(np.float32)
    picture *= _light(size, rng)
    picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.6, 1.0) * width / _USUAL_WIDTH)
    return _kept(_noisy(picture, rng.uniform(2, 6), rng), rng.randint(70, 92))


CAMERAS = (
    Camera("scan, 150 dpi", 150, scanned),
    Camera("scan, 200 dpi", 200, scanned),
    Camera("scan, 300 dpi", 300, scanned),
    Camera("photograph, 150 dpi", 150, photographed),
    Camera("photograph, 200 dpi", 200, photographed),
    Camera("photograph, 300 dpi", 300, photographed),
)
"""Every way to take a picture, one after the other for the reports of a set."""


def _light(size: tuple[int, int], rng: Random) -> NDArray[np.float32]:
    """Return how bright each pixel is lit, brighter on one side."""
    width, height = size
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    angle = rng.uniform(0, 2 * np.pi)
    side = np.cos(angle) * (across / width - 0.5) + np.sin(angle) * (down / height - 0.5)
    return np.asarray(1 - rng.uniform(0.15, 0.4) * (side + 0.6), np.float32)


def _noisy(picture: NDArray[np.float32], strength: float, rng: Random) -> Gray:
    noise = np.random.default_rng(rng.randrange(2**31)).normal(0, strength, picture.shape)
    return np.clip(picture + noise, 0, 255).astype(np.uint8)


def _kept(picture: Gray, quality: int) -> Gray:
    """Return a picture as it is once it was kept as JPEG."""
    import cv2

    _, file = cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, quality])
    return np.asarray(cv2.imdecode(file, cv2.IMREAD_GRAYSCALE), np.uint8)
