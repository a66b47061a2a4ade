"""Finds a table of problems and measures whose two columns only white space parts, as on a printed page."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from nlp.narrative.items.sub_headings import column
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.paragraphs import Extent
from nlp.record.model import Span
from nlp.text.lines import Line

_APART = re.compile(r"\s{2,}")
_FIRST_WIDE = "\u2e80"
_LOOSE = 6
"""A full line of a cell may end so much earlier than the widest: three Chinese characters."""

_NARROWEST = 20
"""No column of sentences is narrower than ten Chinese characters."""


class Columns(Struct, frozen=True):
    """Two columns below a header: their rows by lines, and at which character of a line the second begins."""

    header: int
    rows: list[Span]
    cuts: dict[int, int]


class _Cells(Struct, frozen=True, gc=False):
    """The two cells of a line, as read."""

    at: int
    left: str
    right: str


def aligned(lines: Sequence[Line], extent: Extent) -> Columns | None:
    """Return the rows of two columns, where each line of a cell but its last is full.

    >>> from nlp.text.lines import split
    >>> page = "  存在问题     整改措施\\n更新不及时    专人负责\\n解读偏少      多做图解"
    >>> aligned(split(page), Extent(0, 2)).rows
    [(1, 1), (2, 2)]
    """
    at = next((at for at in range(extent.first, extent.last + 1) if _is_header(lines[at].plain)), None)
    if at is None:
        return None
    cuts = max((_below(lines, at, extent.last, wide) for wide in (1, 2)), key=len)
    cells = [_cells(lines[place], cuts[place]) for place in cuts if lines[place].plain]
    widths = [
        max((_width(cell.left) for cell in cells), default=0),
        max((_width(cell.right) for cell in cells), default=0),
    ]
    rows = list(_rows(cells, widths))
    while rows and not _is_whole(rows[-1]):
        rows.pop()
    if not rows or not all(_is_whole(row) and _is_even(row, widths) for row in rows):
        return None
    return Columns(at, [(row[0].at, row[-1].at) for row in rows], cuts)


def _is_header(plain: str) -> bool:
    return "  " in plain and [column(words) for words in _APART.split(plain)] == ["problems", "improvements"]


def _below(lines: Sequence[Line], header: int, last: int, wide: int) -> dict[int, int]:
    """Return the lines that leave a gutter between the words of a header, and at which character it ends.

    Tools set a Chinese character as wide as one Latin letter, or as two.
    """
    words, other = _APART.split(lines[header].plain)
    shape = _shape(lines[header].raw, wide)
    begin = len(shape) - len(shape.lstrip()) + len(_shape(words, wide))
    free = set(range(begin, len(shape.rstrip()) - len(_shape(other, wide))))
    below: dict[int, set[int]] = {}
    for at in range(header + 1, last + 1):
        shape = _shape(lines[at].raw, wide).rstrip()
        left = {place for place in free if shape[place : place + 1] in ("", " ")}
        free = left or free
        below[at] = left or _near(shape, max(free, default=0))
        if not below[at]:
            del below[at]
            break
    gutter = max(free, default=0)
    return {
        at: _cut(lines[at].raw, gutter if gutter in left else max(left), wide) for at, left in below.items()
    }


def _near(shape: str, gutter: int) -> set[int]:
    """Return the white space right beside a gutter: tools round to whole characters."""
    return {place for place in (gutter - 1, gutter + 1) if shape[place : place + 1] == " "}


def _shape(raw: str, wide: int) -> str:
    """Return what a line covers on the page, Chinese characters so `wide`."""
    return "".join(("x", " ")[one.isspace()] * (wide if one >= _FIRST_WIDE else 1) for one in raw)


def _width(said: str) -> int:
    return len(_shape(said, 2))


def _cut(raw: str, gutter: int, wide: int) -> int:
    """Return how many characters of a line stand before the gutter."""
    covered = 0
    for at, one in enumerate(raw):
        if covered >= gutter:
            return at
        covered += wide if one >= _FIRST_WIDE else 1
    return len(raw)


def _cells(line: Line, cut: int) -> _Cells:
    return _Cells(line.n - 1, line.folded[:cut].strip(), line.folded[cut:].strip())


def _rows(cells: Sequence[_Cells], widths: Sequence[int]) -> Iterator[list[_Cells]]:
    """Yield the lines of each row: one begins after a blank line, or with two cells below two that ended."""
    row: list[_Cells] = []
    for one in cells:
        if row and (one.at > row[-1].at + 1 or (one.left and one.right and _has_ended(row[-1], widths))):
            yield row
            row = []
        row.append(one)
    if row:
        yield row


def _has_ended(cells: _Cells, widths: Sequence[int]) -> bool:
    return not any(map(_is_full, (cells.left, cells.right), widths))


def _is_full(said: str, width: int) -> bool:
    return not said.endswith("。") and _width(said) > max(width - _LOOSE, _NARROWEST)


def _is_whole(row: Sequence[_Cells]) -> bool:
    return any(one.left for one in row) and any(one.right for one in row)


def _is_even(row: Sequence[_Cells], widths: Sequence[int]) -> bool:
    """Tell whether each line of both cells is full, but the last and those before an enumerator."""
    for said, width in zip(((one.left for one in row), (one.right for one in row)), widths, strict=True):
        cell = [line for line in said if line]
        following = (leading(line) for line in cell[1:])
        if not all(_is_full(line, width) or mark for line, mark in zip(cell, following, strict=False)):
            return False
    return True
