"""Finds a table of problems and measures whose two columns only white space parts, as on a printed page."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from msgspec import Struct

from nlp.narrative.items.gutter import columns_covered, cuts_below
from nlp.narrative.items.table import Column, Table
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.vocabulary.sub_headings import kind_of_column
from nlp.record.model import Span
from nlp.text.lines import Line

_APART = re.compile(r"\s{2,}")

_LOOSE = 6
"""A full line of a cell may end so many Latin letters earlier than the widest: three Chinese characters."""

_NARROWEST = 20
"""No column of sentences is narrower, in Latin letters."""


class _CellLine(Struct, frozen=True, gc=False):
    """What the two cells of a row have on one line, as read."""

    position: int
    problem: str
    measure: str


class _Widths(Struct, frozen=True, gc=False):
    """How wide the two columns are at their widest line, in Latin letters."""

    problem: int
    measure: int


def space_aligned_table(lines: Sequence[Line], extent: Extent) -> Table | None:
    """Return the table of an extent whose columns white space parts; a cell's lines are full but its last.

    >>> from nlp.text.lines import split
    >>> page = "  存在问题     整改措施\\n更新不及时    专人负责\\n解读偏少      多做图解"
    >>> space_aligned_table(split(page), Extent(0, 2)).rows
    [(1, 1), (2, 2)]
    """
    header = _header(lines, extent)
    if header is None:
        return None
    names = _APART.split(lines[header].plain)
    cuts = max((cuts_below(lines, header, names, extent.last, wide) for wide in (1, 2)), key=len)
    cell_lines = [_cell_line(lines[position], cut) for position, cut in cuts.items() if lines[position].plain]
    widths = _Widths(
        max((columns_covered(line.problem) for line in cell_lines), default=0),
        max((columns_covered(line.measure) for line in cell_lines), default=0),
    )
    rows = _rows(cell_lines, widths)
    while rows and not _is_whole(rows[-1]):
        rows.pop()
    if not rows or not all(_is_whole(row) and _is_filled(row, widths) for row in rows):
        return None
    cells: dict[int, dict[Column, Span]] = {}
    for position, cut in cuts.items():
        cells[position] = {"problems": (0, cut), "improvements": (cut, len(lines[position].raw))}
    spans = [(row[0].position, row[-1].position) for row in rows]
    return Table(header, spans[-1][1] + 1, spans, cells)


def _header(lines: Sequence[Line], extent: Extent) -> int | None:
    """Return the first line that has a name of problems and, apart from it, one of measures."""
    for position in range(extent.first, extent.last + 1):
        plain = lines[position].plain
        if "  " not in plain:
            continue
        if [kind_of_column(name) for name in _APART.split(plain)] == ["problems", "improvements"]:
            return position
    return None


def _cell_line(line: Line, cut: int) -> _CellLine:
    return _CellLine(line.n - 1, line.folded[:cut].strip(), line.folded[cut:].strip())


def _rows(cell_lines: Sequence[_CellLine], widths: _Widths) -> list[list[_CellLine]]:
    """Return the lines of each row: one begins below a blank line, or with two cells below two that ended."""
    rows: list[list[_CellLine]] = []
    before: _CellLine | None = None
    for line in cell_lines:
        if before is None or _starts_row(line, before, widths):
            rows.append([])
        rows[-1].append(line)
        before = line
    return rows


def _starts_row(line: _CellLine, before: _CellLine, widths: _Widths) -> bool:
    if line.position > before.position + 1:
        return True
    if not line.problem or not line.measure:
        return False
    return not _is_full(before.problem, widths.problem) and not _is_full(before.measure, widths.measure)


def _is_full(text: str, width: int) -> bool:
    """Return whether a line of a cell goes on in the next one: it reaches to the end of its column."""
    return not text.endswith("。") and columns_covered(text) > max(width - _LOOSE, _NARROWEST)


def _is_whole(row: Sequence[_CellLine]) -> bool:
    """Return whether a row has both its cells."""
    return any(line.problem for line in row) and any(line.measure for line in row)


def _is_filled(row: Sequence[_CellLine], widths: _Widths) -> bool:
    """Return whether the lines of both cells are full as those of running text are."""
    problem = [line.problem for line in row if line.problem]
    measure = [line.measure for line in row if line.measure]
    return _is_running_text(problem, widths.problem) and _is_running_text(measure, widths.measure)


def _is_running_text(cell: Sequence[str], width: int) -> bool:
    """Return whether each line of a cell is full, but the last and those before an enumerator."""
    return all(_is_full(text, width) or leading(below) is not None for text, below in pairwise(cell))
