"""Finds a table that sets problems and measures side by side: | 存在问题 | 整改措施 |."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct
from msgspec.structs import replace

from nlp.narrative.items.cell_per_line import stacked
from nlp.narrative.items.cue_words import Zone
from nlp.narrative.items.space_aligned import aligned
from nlp.narrative.items.sub_headings import column
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.paragraphs import Extent
from nlp.narrative.wording import expression
from nlp.record.model import Span
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_BAR = re.compile(r"\|")
_TAB = re.compile(r"\t+")
_RULE = re.compile(r"[-+=|:\s]+")


class Header(Struct, frozen=True, gc=False):
    """The line that names the columns: which holds the problems, which the measures, how many there are."""

    at: int
    problems: int
    measures: int
    count: int


class Table(Struct, frozen=True):
    """Rows, each from its first line to its last, and the lines of the text with one column alone on them."""

    rows: list[Span]
    problems: Sequence[Line]
    measures: Sequence[Line]


def facing(lines: Sequence[Line], extent: Extent) -> Iterator[tuple[Extent, Table | None]]:
    """Yield the stretches of an extent that hold no table, each with the table that follows it.

    >>> from nlp.text.lines import split
    >>> [(extent, table)] = facing(split("问题:更新不及时。"), Extent(0, 0))
    >>> extent.last, table
    (0, None)
    """
    while head := _header(lines, extent):
        rows, end = _rows(lines, head, extent.last)
        views = (_column(lines, rows, place) if rows else lines for place in (head.problems, head.measures))
        yield _until(lines, extent, head.at), Table(rows, *views)
        extent = Extent(end, extent.last, 0, extent.end)
    if found := _unmarked(lines, extent):
        at, table = found
        yield _until(lines, extent, at), table
        extent = Extent(table.rows[-1][1] + 1, extent.last, 0, extent.end)
    yield extent, None


def _unmarked(lines: Sequence[Line], extent: Extent) -> tuple[int, Table] | None:
    """Return a table whose cells no mark parts, and the line of its header."""
    if cells := stacked(lines, extent):
        at, rows = cells
        return at, Table(rows, *(_every(lines, [row[own] for row in rows]) for own in (0, 1)))
    if columns := aligned(lines, extent):
        problems, measures = list(lines), list(lines)
        for place, cut in columns.cuts.items():
            problems[place] = _alone(lines[place], (0, cut))
            measures[place] = _alone(lines[place], (cut, len(lines[place].raw)))
        return columns.header, Table(columns.rows, problems, measures)
    return None


def _until(lines: Sequence[Line], extent: Extent, at: int) -> Extent:
    """Return what stands before the header of a table, and before the line that is drawn over it."""
    last = at - 1
    while last >= extent.first and _is_of_table(lines[last].plain):
        last -= 1
    return Extent(extent.first, last, extent.start)


def _is_of_table(plain: str) -> bool:
    return bool(_RULE.fullmatch(plain) or expression("items", "row_number").fullmatch(plain))


def _every(lines: Sequence[Line], kept: Sequence[int]) -> Sequence[Line]:
    """Return the lines of a text, blank but for some."""
    own = set(kept)
    return [line if at in own else _alone(line, (0, 0)) for at, line in enumerate(lines)]


def _header(lines: Sequence[Line], extent: Extent) -> Header | None:
    """Return the first line that heads a column of problems and one of measures."""
    for at in range(extent.first, extent.last + 1):
        if "|" in lines[at].plain or "\t" in lines[at].plain:
            named = [_named(lines[at], span) for span in _cells(lines[at])]
            if named.count("problems") == named.count("improvements") == 1:
                return Header(at, named.index("problems"), named.index("improvements"), len(named))
    return None


def _named(line: Line, span: Span) -> Zone | None:
    return column(line.folded[slice(*span)].replace(HOLE, "").strip())


def _cells(line: Line) -> list[Span]:
    """Return where the cells of a line stand, parted by bars, or by tabs where it has no bar."""
    marks = (_BAR if "|" in line.plain else _TAB).finditer(line.folded)
    edges = [0, *(edge for mark in marks for edge in mark.span()), len(line.folded)]
    spans = list(zip(edges[::2], edges[1::2], strict=True))
    return spans[line.plain[:1] == "|" : len(spans) - (line.plain[-1:] == "|")]


def _rows(lines: Sequence[Line], head: Header, last: int) -> tuple[list[Span], int]:
    """Return the rows below a header, and the first line that is none of the table's.

    In a grid a row ends where a line is drawn; elsewhere one begins where a problem stands.
    """
    rows: list[Span] = []
    grid = head.at < last and lines[head.at + 1].plain[:1] == "+"
    drawn = True
    for at in range(head.at + 1, last + 1):
        if not lines[at].plain or _RULE.fullmatch(lines[at].plain) or is_furniture(lines[at].plain):
            drawn = drawn or lines[at].plain[:1] == "+"
            continue
        spans = _cells(lines[at])
        if len(spans) != head.count:
            return rows, at
        opens = drawn if grid else bool(lines[at].folded[slice(*spans[head.problems])].strip())
        if opens or not rows:
            rows.append((at, at))
        rows[-1] = (rows[-1][0], at)
        drawn = False
    return rows, last + 1


def _column(lines: Sequence[Line], rows: Sequence[Span], place: int) -> Sequence[Line]:
    """Return the lines of a text, those of some rows with white space in the place of the other columns."""
    view = list(lines)
    for first, last in rows:
        for at in range(first, last + 1):
            spans = _cells(lines[at])
            view[at] = _alone(lines[at], spans[place] if place < len(spans) else (0, 0))
    return view


def _alone(line: Line, span: Span) -> Line:
    """Return a line with white space in the place of all but one cell."""
    start, end = span
    raw, typed, folded = (
        " " * start + said[start:end] + " " * (len(said) - end)
        for said in (line.raw, line.typed, line.folded)
    )
    return replace(line, raw=raw, typed=typed, folded=folded, plain=folded.replace(HOLE, "").strip())
