"""Reads the writing of a page set straight: its ruled cells one by one, its prose line by line."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from nlp.reading.pdf.ruled import RuledTable, ruled_tables
from nlp.reading.scan.digits import CellRead, Extent, cell_read, is_certain, may_be_number
from nlp.reading.scan.engine import Engine, Gray, Line
from nlp.reading.scan.ink import FAINT, Ink, ink_of
from nlp.reading.scan.ruling import ruled_lines
from nlp.reading.scan.scale import SCALE
from nlp.reading.scan.straight import Straight, quarter_turned
from nlp.reading.scan.strips import (
    Strip,
    clean,
    cut,
    heights_of,
    size_of,
    slant,
    strips_of_cell,
    strips_of_prose,
    tall_width,
)

_SAMPLE = 10
"""So many of the longest lines tell whether a page is upright."""
_SEVERAL = 4
"""In characters: a line of fewer does not tell whether a page is upright."""
_WELL = 0.85
"""The mean score of the characters of a line that was read well."""
_UPRIGHT = 0.4
"""The share of a page's characters that stand in such lines if the page is surely upright."""
_QUARTERS = (0, 1, 3, 2)
"""How often a page is turned clockwise, the likeliest first."""
_MOST_CELLS = 3_000
"""In fields of their grids: tables of more are a drawing, or squared paper."""
_FRAME = 7
"""In pixels: how thick the frame of a table is, with what is beside it."""
_AGAIN = 0.36
"""In heights of characters: the room around a line that is cut out a second time."""


class Read(NamedTuple):
    """A recognised line: where it stands, what it is, and the number of its cell, None for prose."""

    strip: Strip
    line: Line
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


class Layout(NamedTuple):
    """A page before it is recognised: picture, ink without and of ruled lines, tables, and lines."""

    page: Gray
    ink: Ink
    ruled: Ink
    tables: list[RuledTable]
    first_cells: list[int]
    in_cells: list[tuple[int, Strip]]
    prose: list[Strip]


def upright_writing(straight: Straight, engine: Engine) -> tuple[Straight, Writing]:
    """Return a page turned by quarters so that its writing is upright, and its writing."""
    written = _writing(_layout(straight.picture), engine)
    lines = [read.line for read in written.lines]
    if _read_well(lines) >= _UPRIGHT * sum(len(line.letters) for line in lines):
        return straight, written
    best, most = straight, 0
    for quarters in _QUARTERS:
        turned = quarter_turned(straight, quarters)
        count = _read_well(_sample(_layout(turned.picture), engine))
        if count > most:
            best, most = turned, count
    if best.picture is straight.picture:
        return straight, written
    return best, _writing(_layout(best.picture), engine)


def _writing(layout: Layout, engine: Engine) -> Writing:
    page = layout.page
    strips = [strip for _, strip in layout.in_cells] + layout.prose
    read = engine.lines([cut(page, layout.ruled, strip) for strip in strips])
    numbers: list[int | None] = [cell for cell, _ in layout.in_cells]
    numbers += [None] * len(layout.prose)
    lines = [Read(*line) for line in zip(strips, read, numbers, strict=True)]
    cells = _numbers(layout, lines, engine)
    return Writing(page.shape[0] / SCALE, layout.tables, layout.first_cells, lines, cells)


def _sample(layout: Layout, engine: Engine) -> list[Line]:
    """Return what the longest lines of a page are recognised as."""
    strips = [strip for _, strip in layout.in_cells] + layout.prose
    strips.sort(key=lambda strip: strip.left - strip.right)
    return engine.lines([cut(layout.page, layout.ruled, strip) for strip in strips[:_SAMPLE]])


def _read_well(lines: Sequence[Line]) -> int:
    """Return how many characters stand in lines of several that were read with high scores.

    Of a page on its side single characters, and strokes, may be read with high scores as well.
    """
    count = 0
    for line in lines:
        scores = [letter.score for letter in line.letters]
        if len(scores) >= _SEVERAL and sum(scores) >= _WELL * len(scores):
            count += len(scores)
    return count


def _layout(page: Gray) -> Layout:
    rules, ruled = ruled_lines(ink_of(page))
    tables = ruled_tables(rules)
    for table in tables:
        _frame(ruled, table)
    writing = clean(ink_of(page, FAINT), ruled)
    rest = writing.copy()
    first_cells: list[int] = []
    boxes: list[tuple[int, tuple[int, int, int, int]]] = []
    cells = 0
    for table in tables:
        first_cells.append(cells)
        boxes += ((cells + cell, box) for cell, box in _boxes(table, page.shape[0]))
        cells += table.fields
    if cells > _MOST_CELLS:
        return Layout(page, writing, ruled, [], [], [], [])
    parts = {cell: rest[top:bottom, left:right].copy() for cell, (left, top, right, bottom) in boxes}
    size = size_of([height for part in parts.values() for height in heights_of(part)])
    in_cells: list[tuple[int, Strip]] = []
    for cell, (left, top, right, bottom) in boxes:
        for strip in strips_of_cell(parts[cell], size):
            in_cells.append((cell, _moved(strip, left, top)))
        rest[top:bottom, left:right] = 0
    return Layout(page, writing, ruled, tables, first_cells, in_cells, strips_of_prose(rest))


def _frame(ruled: Ink, table: RuledTable) -> None:
    """Add the frame of a table to where a picture has ruled lines: it may be too faint to be one."""
    import cv2

    height = ruled.shape[0]
    left, right = round(table.xs[0] * SCALE), round(table.xs[-1] * SCALE)
    top, bottom = round(height - table.ys[0] * SCALE), round(height - table.ys[-1] * SCALE)
    cv2.rectangle(ruled, (left, top), (right, bottom), 255, _FRAME)


def _boxes(table: RuledTable, height: int) -> Iterator[tuple[int, tuple[int, int, int, int]]]:
    """Yield the number and the box of each cell in pixels: left, top, right and bottom."""
    xs = [round(x * SCALE) for x in table.xs]
    ys = [round(height - y * SCALE) for y in table.ys]
    for cell, (row, column, rows, columns) in table.extents().items():
        yield cell, (xs[column], ys[row], xs[column + columns], ys[row + rows])


def _moved(strip: Strip, left: int, top: int) -> Strip:
    return Strip(strip.left + left, strip.top + top, strip.right + left, strip.bottom + top, strip.size)


def _numbers(layout: Layout, lines: Sequence[Read], engine: Engine) -> dict[int, CellRead]:
    """Return the cells that hold a number, or what may be one; what is not certain is read a second time."""
    of_cell: dict[int, list[Read]] = {}
    for line in lines:
        if line.cell is not None:
            of_cell.setdefault(line.cell, []).append(line)
    asked = {cell: read for cell, read in of_cell.items() if may_be_number([line.line for line in read])}
    unsure = {cell: read for cell, read in asked.items() if not is_certain([line.line for line in read])}
    strips = [line.strip for read in unsure.values() for line in read]
    again = iter(engine.lines([cut(layout.page, layout.ruled, strip, _AGAIN) for strip in strips]))
    cells = {}
    for cell, read in asked.items():
        first = [line.line for line in read]
        second = [next(again) for _ in read] if cell in unsure else first
        found = cell_read(first, second, _extent(read, layout.ink))
        if found is not None:
            cells[cell] = found
    return cells


def _extent(read: Sequence[Read], ink: Ink) -> Extent:
    """Return the shape of the ink of a cell, its lines side by side, in heights of characters."""
    size = max(line.strip.size for line in read)
    width = sum(tall_width(ink, line.strip) for line in read)
    height = max(line.strip.bottom - line.strip.top for line in read)
    leaning = slant(ink, read[0].strip) if len(read) == 1 else 0.0
    return Extent(width / size, height / size, leaning)
