"""Turns a picture of a page into the lines and rows of cells that a page of a PDF with text gives."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from nlp.reading.document import CharacterBoxes
from nlp.reading.pdf.glyphs import Glyphs
from nlp.reading.pdf.ruled import OUTSIDE
from nlp.reading.pdf.sheet import Sheet, sheet_of
from nlp.reading.scan.digits import CellRead
from nlp.reading.scan.engine import Engine, Gray, Letter
from nlp.reading.scan.reading import Read, Writing, upright_writing
from nlp.reading.scan.scale import SCALE
from nlp.reading.scan.straight import Matrix, straightened

_NO_MEMORY = ("Insufficient memory", "bad_alloc")
"""What the errors of the libraries say where memory is short."""
_NARROWEST = 8
"""A page is no more than so many times longer than wide."""
_FEWEST = 64
"""In pixels: the shorter side of a page is no shorter."""
_LEAST_SCORE = 0.6
"""A line outside of tables whose characters have a lower mean score is dirt."""


class Note(NamedTuple):
    """How sure a character is, 0 to 1, and what its cell may hold, None where that is not in doubt."""

    score: float
    options: tuple[str, ...] | None = None


class ScannedPage(NamedTuple):
    """A page read from a picture.

    `sheet` has its boxes on the page set straight; `notes` has for the left and bottom edge of a character
    how sure it is. `back` leads from pixels of the page set straight to those of the picture.
    """

    sheet: Sheet
    notes: dict[tuple[float, float], Note]
    back: Matrix

    def on_picture(self, boxes: CharacterBoxes) -> CharacterBoxes:
        """Return boxes of the page in pixels of the picture, from its upper left corner."""
        height = self.sheet.height
        corners = []
        for x, y in (
            (boxes.left, boxes.top),
            (boxes.right, boxes.top),
            (boxes.right, boxes.bottom),
            (boxes.left, boxes.bottom),
        ):
            across, down = np.array(x) * SCALE, (height - np.array(y)) * SCALE
            corners.append(self.back @ np.stack([across, down, np.ones(len(across))]))
        points = np.stack([corner[:2] / corner[2] for corner in corners])
        low, high = points.min(axis=0), points.max(axis=0)
        return CharacterBoxes(
            boxes.page, low[0].tolist(), high[1].tolist(), high[0].tolist(), low[1].tolist()
        )


def scanned(picture: Gray, number: int, engine: Engine) -> ScannedPage:
    """Return the page in a picture; `number` counts from 1. Raises MemoryError where it needs too much."""
    with _out_of_memory():
        return _scanned(picture, number, engine)


@contextmanager
def _out_of_memory() -> Iterator[None]:
    """Raise MemoryError where OpenCV or ONNX Runtime say in their own ways that there is no more memory."""
    try:
        yield
    except Exception as error:
        if any(words in str(error) for words in _NO_MEMORY):
            raise MemoryError from error
        raise


def _scanned(picture: Gray, number: int, engine: Engine) -> ScannedPage:
    straight, written = upright_writing(straightened(_with_room(picture)), engine)
    characters, homes, notes = _characters(written)
    sheet = sheet_of(characters, homes, written.tables, written.first_cells, number, written.height)
    return ScannedPage(sheet, notes, straight.back)


def _with_room(picture: Gray) -> Gray:
    """Return a picture with white beside or below it where it is far too narrow or too low for a page."""
    height, width = picture.shape
    least = max(height, width) // _NARROWEST + _FEWEST
    below, beside = max(least - height, 0), max(least - width, 0)
    return np.pad(picture, ((0, below), (0, beside)), constant_values=255) if below or beside else picture


class _Placed(NamedTuple):
    """A character with its cell and its box in points from the lower left corner."""

    code: int
    cell: int
    left: float
    bottom: float
    right: float
    top: float
    note: Note


def _characters(
    written: Writing,
) -> tuple[Glyphs, np.ndarray[tuple[int], np.dtype[np.intp]], dict[tuple[float, float], Note]]:
    """Return the characters of a page, the cell of each, and how sure each is."""
    placed: list[_Placed] = []
    for line in written.lines:
        cell = written.cells.get(line.cell) if line.cell is not None else None
        letters = line.line.letters
        if cell is None and (line.cell is not None or _mean_score(letters) >= _LEAST_SCORE):
            placed += _of_line(line, letters, None, written.height)
    first_lines: dict[int, Read] = {}
    for line in written.lines:
        if line.cell is not None:
            first_lines.setdefault(line.cell, line)
    for number, cell in written.cells.items():
        count = len(cell.text)
        letters = [Letter(sign, cell.score, (n + 0.5) / count) for n, sign in enumerate(cell.text)]
        placed += _of_line(first_lines[number], letters, cell, written.height)
    columns = list(zip(*placed, strict=True)) if placed else [()] * 7
    codes, cells, left, bottom, right, top, notes = columns
    boxes = [np.array(side, np.float64) for side in (left, bottom, right, top)]
    glyphs = Glyphs(np.array(codes, np.uint32), *boxes)
    by_place = {(x, y): note for x, y, note in zip(left, bottom, notes, strict=True)}
    return glyphs, np.array(cells, np.intp), by_place


def _mean_score(letters: Sequence[Letter]) -> float:
    return sum(letter.score for letter in letters) / len(letters) if letters else 0.0


def _of_line(
    line: Read, letters: Sequence[Letter], cell: CellRead | None, height: float
) -> Iterator[_Placed]:
    """Yield the characters of a line side by side from its left edge to its right one.

    The score of a number is that of all of it, which its first character has.
    """
    if not letters:
        return
    strip = line.strip
    half = max(strip.bottom - strip.top, strip.size) / 2
    middle = (strip.top + strip.bottom) / 2
    bottom, top = height - (middle + half) / SCALE, height - (middle - half) / SCALE
    width = strip.right - strip.left
    edges = [0.0]
    for one, two in pairwise(letters):
        edges.append((one.place + two.place) / 2)
    edges.append(1.0)
    for n, letter in enumerate(letters):
        left = (strip.left + edges[n] * width) / SCALE
        right = (strip.left + edges[n + 1] * width) / SCALE
        score = letter.score if cell is None or n == 0 else 1.0
        note = Note(score, None if cell is None else cell.options)
        home = OUTSIDE if line.cell is None else line.cell
        for sign in letter.text:
            yield _Placed(ord(sign), home, left, bottom, right, top, note)
