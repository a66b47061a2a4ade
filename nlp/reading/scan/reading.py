"""Reads the writing of a page set straight: its ruled cells one by one, its prose line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.reading.pdf.ruled import RuledTable, ruled_tables
from nlp.reading.scan.digits import CellRead, cell_read, may_be_number
from nlp.reading.scan.engine import Engine, Gray, Letter
from nlp.reading.scan.ink import Ink, ink_of
from nlp.reading.scan.ruling import ruled_lines
from nlp.reading.scan.straight import SCALE, Straight, quarter_turned
from nlp.reading.scan.strips import Strip, clean, cut, heights_of, size_of, strips_of_cell, strips_of_prose

_SAMPLE = 10
"""So many of the longest lines tell whether a page is upright."""
_UPRIGHT = 0.8
"""The mean score of characters from which on a page is surely upright."""
_AGAIN = 0.36
"""In heights of characters: the room around a line that is cut out a second time."""


class Read(NamedTuple):
    """A recognised line: where it stands, its characters, and the number of its cell, None for prose."""

    strip: Strip
    letters: list[Letter]
    cell: int | None = None


class Writing(NamedTuple):
    """What a page has.

    `tables` are in points from the lower left corner, `first_cells` the numbers of their first cells among
    those of the page; `cells` are the cells that hold a number, or something that may be one.
    """

    height: float
    tables: list[RuledTable]
    first_cells: list[int]
    lines: list[Read]
    cells: dict[int, CellRead]


class _Layout(NamedTuple):
    """A page before it is recognised: its picture, its ruled lines, its tables and its lines."""

    page: Gray
    ruled: Ink
    tables: list[RuledTable]
    first_cells: list[int]
    in_cells: list[tuple[int, Strip]]
    prose: list[Strip]


def upright(straight: Straight, engine: Engine) -> Straight:
    """Return a page turned by quarters so that its writing is upright."""
    best, best_score = straight, 0.0
    for quarters in (0, 1, 3, 2):
        turned = quarter_turned(straight, quarters)
        score = _score(_layout(turned.picture), engine)
        if score > _UPRIGHT:
            return turned
        if score > best_score:
            best, best_score = turned, score
    return best


def writing(page: Gray, engine: Engine) -> Writing:
    """Return the writing of a page that is set straight and upright."""
    layout = _layout(page)
    strips = [strip for _, strip in layout.in_cells] + layout.prose
    letters = engine.lines([cut(page, layout.ruled, strip) for strip in strips])
    numbers: list[int | None] = [cell for cell, _ in layout.in_cells]
    numbers += [None] * len(layout.prose)
    lines = [Read(*line) for line in zip(strips, letters, numbers, strict=True)]
    height = page.shape[0] / SCALE
    cells = _numbers(layout, lines, engine)
    return Writing(height, layout.tables, layout.first_cells, lines, cells)


def _score(layout: _Layout, engine: Engine) -> float:
    """Return the mean score of the characters in the longest lines of a page, 0 to 1."""
    strips = [strip for _, strip in layout.in_cells] + layout.prose
    strips.sort(key=lambda strip: strip.left - strip.right)
    lines = engine.lines([cut(layout.page, layout.ruled, strip) for strip in strips[:_SAMPLE]])
    scores = [letter.score for line in lines for letter in line]
    return sum(scores) / len(scores) if scores else 0.0


def _layout(page: Gray) -> _Layout:
    ink = ink_of(page)
    rules, ruled = ruled_lines(ink)
    rest = clean(ink, ruled)
    tables = ruled_tables(rules)
    first_cells: list[int] = []
    boxes: list[tuple[int, tuple[int, int, int, int]]] = []
    cells = 0
    for table in tables:
        first_cells.append(cells)
        boxes += ((cells + cell, box) for cell, box in _boxes(table, page.shape[0]))
        cells += table.fields
    parts = {cell: rest[top:bottom, left:right].copy() for cell, (left, top, right, bottom) in boxes}
    size = size_of([height for part in parts.values() for height in heights_of(part)])
    in_cells: list[tuple[int, Strip]] = []
    for cell, (left, top, right, bottom) in boxes:
        for strip in strips_of_cell(parts[cell], size):
            in_cells.append((cell, _moved(strip, left, top)))
        rest[top:bottom, left:right] = 0
    return _Layout(page, ruled, tables, first_cells, in_cells, strips_of_prose(rest))


def _boxes(table: RuledTable, height: int) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """Yield the number and the box of each cell in pixels: left, top, right and bottom."""
    xs = [round(x * SCALE) for x in table.xs]
    ys = [round(height - y * SCALE) for y in table.ys]
    for cell, (row, column, rows, columns) in table.extents().items():
        yield cell, (xs[column], ys[row], xs[column + columns], ys[row + rows])


def _moved(strip: Strip, left: int, top: int) -> Strip:
    return Strip(strip.left + left, strip.top + top, strip.right + left, strip.bottom + top, strip.size)


def _numbers(layout: _Layout, lines: Sequence[Read], engine: Engine) -> dict[int, CellRead]:
    """Return the cells that hold a number, or what may be one: these are read a second time."""
    of_cell: dict[int, list[Read]] = {}
    for line in lines:
        if line.cell is not None:
            of_cell.setdefault(line.cell, []).append(line)
    asked = {cell: read for cell, read in of_cell.items() if may_be_number([line.letters for line in read])}
    strips = [line.strip for read in asked.values() for line in read]
    again = iter(engine.lines([cut(layout.page, layout.ruled, strip, _AGAIN) for strip in strips]))
    cells = {}
    for cell, read in asked.items():
        cells[cell] = cell_read([line.letters for line in read], [next(again) for _ in read])
    return cells
