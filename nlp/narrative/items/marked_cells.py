"""Finds a table of problems and measures whose cells bars or tabs part: | 存在问题 | 整改措施 |."""

from __future__ import annotations

import re
from collections.abc import Sequence

from msgspec import Struct

from nlp.narrative.items.table import NOTHING, RULE, Column, Table
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.vocabulary.cue_words import Kind
from nlp.narrative.vocabulary.sub_headings import kind_of_column
from nlp.record.model import Span
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_BAR = "|"
_BARS = re.compile(r"\|")
_TABS = re.compile(r"\t+")
_CORNER = "+"


class _Header(Struct, frozen=True, gc=False):
    """The line that names the columns: which holds the problems, which the measures, how many there are."""

    position: int
    problems: int
    measures: int
    count: int


def marked_table(lines: Sequence[Line], extent: Extent) -> Table | None:
    """Return the first table of an extent whose cells are parted by bars, or by tabs where it has no bar.

    >>> from nlp.text.lines import split
    >>> table = marked_table(split("| 存在问题 | 整改措施 |\\n| 更新不及时 | 专人负责 |"), Extent(0, 1))
    >>> table.rows, table.cells[1]
    ([(1, 1)], {'problems': (1, 8), 'improvements': (9, 15)})
    """
    header = _header(lines, extent)
    if header is None:
        return None
    rows, end = _rows(lines, header, extent.last)
    cells: dict[int, dict[Column, Span]] = {}
    for first, last in rows:
        for position in range(first, last + 1):
            spans = cell_spans(lines[position])
            cells[position] = {
                "problems": _cell(spans, header.problems),
                "improvements": _cell(spans, header.measures),
            }
    return Table(header.position, end, rows, cells)


def cell_spans(line: Line) -> list[Span]:
    """Return where the cells of a line stand; a line without bars and tabs is one cell."""
    marks = _BARS if _BAR in line.plain else _TABS
    spans = []
    start = 0
    for mark in marks.finditer(line.folded):
        spans.append((start, mark.start()))
        start = mark.end()
    spans.append((start, len(line.folded)))
    if line.plain.startswith(_BAR):
        del spans[0]
    if line.plain.endswith(_BAR):
        del spans[-1]
    return spans


def _cell(spans: Sequence[Span], column: int) -> Span:
    return spans[column] if column < len(spans) else NOTHING


def _header(lines: Sequence[Line], extent: Extent) -> _Header | None:
    """Return the first line that heads a column of problems and one of measures."""
    for position in range(extent.first, extent.last + 1):
        line = lines[position]
        if _BAR not in line.plain and "\t" not in line.plain:
            continue
        kinds = [_kind_of_cell(line, span) for span in cell_spans(line)]
        if kinds.count("problems") == 1 and kinds.count("improvements") == 1:
            return _Header(position, kinds.index("problems"), kinds.index("improvements"), len(kinds))
    return None


def _kind_of_cell(line: Line, span: Span) -> Kind | None:
    start, end = span
    return kind_of_column(line.folded[start:end].replace(HOLE, "").strip())


def _rows(lines: Sequence[Line], header: _Header, last: int) -> tuple[list[Span], int]:
    """Return the rows below a header, and the first line that does not belong to the table.

    In a grid a row ends where a line is drawn; elsewhere one begins where a problem stands.
    """
    rows: list[Span] = []
    below = header.position + 1
    is_grid = below <= last and lines[below].plain.startswith(_CORNER)
    is_drawn = True
    for position in range(below, last + 1):
        line = lines[position]
        if not line.plain or RULE.fullmatch(line.plain) or is_furniture(line.plain):
            is_drawn = is_drawn or line.plain.startswith(_CORNER)
            continue
        spans = cell_spans(line)
        if len(spans) != header.count:
            return rows, position
        start, end = spans[header.problems]
        starts_row = is_drawn if is_grid else bool(line.folded[start:end].strip())
        if starts_row or not rows:
            rows.append((position, position))
        else:
            rows[-1] = (rows[-1][0], position)
        is_drawn = False
    return rows, last + 1
