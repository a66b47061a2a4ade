"""Sets a picture of a page straight: cut out of its background, not askew, not narrowing to one side."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from nlp.reading.scan.engine import Gray
from nlp.reading.scan.ink import evened, ink_of
from nlp.reading.scan.ruling import ends_of_rules
from nlp.reading.scan.scale import LONGER_SIDE, SCALE

_SMALL = 600
"""In pixels: the longer side of the picture on which the page is looked for."""
_LEAST_PAGE, _MOST_PAGE = 0.25, 0.93
"""The share of a picture that a page before a background takes up."""
_WITHIN = 0.985
"""A page is cut out so much smaller than it lies there: its edges are dark."""
_LEAST_RULE = 50.0
"""In points: shorter lines do not tell how a page lies."""
_MOST_TILT = 0.35
"""The steepest slope of a line that is taken for horizontal or vertical."""
_FEW = 4
"""With fewer lines it cannot be told whether a page narrows."""
_ASTRAY = 0.03
"""Lines whose slope is so far from the others' are none of the table's."""
_TILTS = 6.0
"""In degrees: writing without ruled lines is tried up to this tilt."""
_MARGIN = 0.02
"""The share of a page's side that is added on each side: what is turned may stand out."""
_STILL = 0.0008
"""A slope that is not worth setting straight."""
_HALF = np.diag([0.5, 0.5, 1.0])

Matrix = NDArray[np.float64]
"""A perspective transformation [3, 3] of pixels."""


class Straight(NamedTuple):
    """A page set straight.

    `picture` has even light, and SCALE pixels a point if the page is as long as A4; `back` leads from its
    pixels to those of the picture that was given.
    """

    picture: Gray
    back: Matrix


def straightened(picture: Gray) -> Straight:
    """Return the page of a picture set straight."""
    corners = _corners(picture)
    if corners is not None:
        picture = _without_background(picture, corners)
    forth, size = _cut_out(picture, corners)
    half = _warped(picture, _HALF @ forth, (size[0] // 2, size[1] // 2))
    turn, worst = _turn(_segments(half, size), half, size)
    if worst >= _STILL:
        forth, size = _moved_in(turn @ forth, size)
    page = evened(_warped(picture, forth, size))
    ends = ends_of_rules(ink_of(page))
    if len(ends) >= _FEW:
        turn, worst = _turn(_by_direction(ends, size), half, size)
        if worst >= _STILL:
            forth, size = _moved_in(turn @ forth, size)
            page = evened(_warped(picture, forth, size))
    return Straight(page, np.asarray(np.linalg.inv(forth), np.float64))


def _moved_in(forth: Matrix, size: tuple[int, int]) -> tuple[Matrix, tuple[int, int]]:
    """Return a transformation with a margin around what it draws, and the size with it."""
    margin = _MARGIN * max(size)
    shift = np.array([[1, 0, margin], [0, 1, margin], [0, 0, 1.0]])
    return shift @ forth, (round(size[0] + 2 * margin), round(size[1] + 2 * margin))


def quarter_turned(straight: Straight, quarters: int) -> Straight:
    """Return a page turned further, clockwise by quarters."""
    for _ in range(quarters % 4):
        height = straight.picture.shape[0]
        turned = np.ascontiguousarray(np.rot90(straight.picture, -1))
        unturn = np.array([[0, 1, 0], [-1, 0, height - 1], [0, 0, 1.0]])
        straight = Straight(turned, straight.back @ unturn)
    return straight


def _warped(picture: Gray, forth: Matrix, size: tuple[int, int]) -> Gray:
    import cv2

    shrinks = abs(np.linalg.det(forth[:2, :2])) < 0.5
    method = cv2.INTER_AREA if shrinks else cv2.INTER_CUBIC
    border = cv2.BORDER_REPLICATE
    return np.asarray(cv2.warpPerspective(picture, forth, size, flags=method, borderMode=border), np.uint8)


def _without_background(picture: Gray, corners: Matrix) -> Gray:
    """Return a picture with what lies around the page as bright as the page."""
    import cv2

    inside = np.zeros_like(picture)
    middle = corners.mean(axis=0)
    within = middle + _WITHIN * (corners - middle)
    cv2.fillConvexPoly(inside, np.round(within).astype(np.int32), 255)
    paper = np.percentile(picture[inside > 0], 75)
    return np.where(inside > 0, picture, np.uint8(paper)).astype(np.uint8)


def _cut_out(picture: Gray, corners: Matrix | None) -> tuple[Matrix, tuple[int, int]]:
    """Return the transformation that draws the page with some corners, and its width and height in pixels.

    Without corners the page is the whole picture.
    """
    import cv2

    height, width = picture.shape
    scale = SCALE * LONGER_SIDE / max(height, width)
    if corners is None:
        return np.diag([scale, scale, 1.0]), (round(width * scale), round(height * scale))
    top_left, top_right, bottom_right, bottom_left = corners
    across = (np.linalg.norm(top_right - top_left) + np.linalg.norm(bottom_right - bottom_left)) / 2
    down = (np.linalg.norm(bottom_left - top_left) + np.linalg.norm(bottom_right - top_right)) / 2
    enlarged = SCALE * LONGER_SIDE / max(across, down)
    size = (round(across * enlarged), round(down * enlarged))
    target = np.array([[0, 0], [size[0], 0], [size[0], size[1]], [0, size[1]]], np.float32)
    return np.asarray(cv2.getPerspectiveTransform(corners.astype(np.float32), target), np.float64), size


def _corners(picture: Gray) -> Matrix | None:
    """Return the corners of the page in a photograph, clockwise from the upper left one [4, 2]."""
    import cv2

    factor = _SMALL / max(picture.shape)
    small = cv2.resize(picture, None, fx=factor, fy=factor, interpolation=cv2.INTER_AREA)
    small = cv2.morphologyEx(cv2.GaussianBlur(small, (5, 5), 0), cv2.MORPH_CLOSE, np.ones((9, 9), np.uint8))
    _, bright = cv2.threshold(small, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    outlines, _ = cv2.findContours(bright, cv2.RETR_EXTERNAL, cv2.CHAIN_APPROX_SIMPLE)
    if not outlines:
        return None
    outline = cv2.convexHull(max(outlines, key=cv2.contourArea))
    share = cv2.contourArea(outline) / small.size
    if not _LEAST_PAGE <= share <= _MOST_PAGE:
        return None
    corners = cv2.approxPolyDP(outline, 0.03 * cv2.arcLength(outline, True), True).reshape(-1, 2)
    if len(corners) != 4 or cv2.contourArea(corners) < 0.9 * cv2.contourArea(outline):
        return None
    corners = corners.astype(np.float64) / factor
    sums, differences = corners.sum(axis=1), corners[:, 0] - corners[:, 1]
    order = [int(sums.argmin()), int(differences.argmax()), int(sums.argmax()), int(differences.argmin())]
    return corners[order] if len(set(order)) == 4 else None


def _turn(lines: tuple[Matrix, Matrix], half: Gray, size: tuple[int, int]) -> tuple[Matrix, float]:
    """Return the transformation that makes the lines of a page straight, and how steep the worst one is.

    `lines` are its horizontal and vertical ones; `half` is the page at half its width and height, which are
    `size`: its writing tells the slope where lines do not.
    """
    import cv2

    width, height = size
    across, down = lines
    horizontal, vertical = _slopes(across), _slopes(down)
    if horizontal is None or len(across) < 2:
        slope = _slope_of_writing(half) if vertical is None else -vertical[0]
        horizontal = (slope, 0.0)
    if vertical is None:
        vertical = (-horizontal[0], 0.0)
    lefts, rights, tops, bottoms = 0.1 * width, 0.9 * width, 0.1 * height, 0.9 * height
    worst = max(
        abs(offset + gain * place)
        for (offset, gain), places in ((horizontal, (0, height)), (vertical, (0, width)))
        for place in places
    )
    centre = (width / 2, height / 2)
    corners = []
    for x, y in ((lefts, tops), (rights, tops), (rights, bottoms), (lefts, bottoms)):
        corners.append(
            _meeting(centre, y, horizontal[0] + horizontal[1] * y, x, vertical[0] + vertical[1] * x)
        )
    target = np.array([[lefts, tops], [rights, tops], [rights, bottoms], [lefts, bottoms]], np.float32)
    turn = cv2.getPerspectiveTransform(np.array(corners, np.float32), target)
    return np.asarray(turn, np.float64), worst


def _meeting(
    centre: tuple[float, float], y: float, slope: float, x: float, slant: float
) -> tuple[float, float]:
    """Return where a line through (centre, y) that rises by `slope` meets one through (x, centre)."""
    middle_x, middle_y = centre
    # y' = y + slope (x' - middle_x);  x' = x + slant (y' - middle_y)
    meeting_x = (x + slant * (y - slope * middle_x - middle_y)) / (1 - slant * slope)
    return meeting_x, y + slope * (meeting_x - middle_x)


def _segments(half: Gray, size: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """Return long straight lines of a page that is given at half its size."""
    import cv2

    found = cv2.createLineSegmentDetector(0).detect(evened(half))[0]
    ends = np.zeros((0, 4)) if found is None else 2.0 * found.reshape(-1, 4).astype(np.float64)
    length = np.hypot(ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1])
    return _by_direction(ends[length >= _LEAST_RULE * SCALE], size)


def _by_direction(ends: Matrix, size: tuple[int, int]) -> tuple[Matrix, Matrix]:
    """Return lines: place, slope and length of each, horizontal and vertical ones.

    `ends` are their ends [lines, 4], `size` the width and height of the page.

    The place is the height of a horizontal line at the middle of the page, or how far right a vertical one
    stands at the middle of its height.
    """
    width, height = size
    run, rise = ends[:, 2] - ends[:, 0], ends[:, 3] - ends[:, 1]
    length = np.hypot(run, rise)
    is_across = np.abs(rise) < _MOST_TILT * np.abs(run)
    is_down = np.abs(run) < _MOST_TILT * np.abs(rise)
    slope = np.divide(rise, run, out=np.zeros_like(run), where=run != 0)
    slant = np.divide(run, rise, out=np.zeros_like(run), where=rise != 0)
    height_at_middle = ends[:, 1] + slope * (width / 2 - ends[:, 0])
    place_at_middle = ends[:, 0] + slant * (height / 2 - ends[:, 1])
    across = np.stack([height_at_middle, slope, length], axis=1)[is_across]
    down = np.stack([place_at_middle, slant, length], axis=1)[is_down]
    return across, down


def _slopes(segments: Matrix) -> tuple[float, float] | None:
    """Return the slope of lines by their place, as (offset, gain); None without lines."""
    if not len(segments):
        return None
    place, slope, length = segments.T
    order = np.argsort(slope)
    middle = np.searchsorted(np.cumsum(length[order]), length.sum() / 2)
    usual = float(slope[order][middle])
    gain = 0.0
    offset = usual
    for within in (4 * _ASTRAY, _ASTRAY, _ASTRAY / 2):
        kept = np.abs(slope - offset - gain * place) < within
        if np.count_nonzero(kept) < _FEW or np.ptp(place[kept]) < 100 * SCALE:
            chosen = np.abs(slope - usual) < _ASTRAY
            return float(np.average(slope[chosen], weights=length[chosen])), 0.0
        gain, offset = map(float, np.polyfit(place[kept], slope[kept], 1, w=length[kept]))
    return offset, gain


def _slope_of_writing(half: Gray) -> float:
    """Return the slope of lines of writing: that at which ink and gaps between lines part best."""
    import cv2

    small = cv2.resize(half, None, fx=0.5, fy=0.5, interpolation=cv2.INTER_AREA)
    ink = ink_of(evened(np.asarray(small, np.uint8)))
    rows, columns = np.nonzero(ink)
    if len(rows) < 100:
        return 0.0

    def sharpness(slope: float) -> float:
        lines = np.round(rows - slope * columns).astype(int)
        counts = np.bincount(lines - lines.min()).astype(float)
        return float((np.diff(counts) ** 2).sum())

    best = 0.0
    for step, reach in ((0.01, np.tan(np.radians(_TILTS))), (0.001, 0.012)):
        slopes = best + np.arange(-reach, reach + step / 2, step)
        best = float(max(slopes, key=sharpness))
    return best
