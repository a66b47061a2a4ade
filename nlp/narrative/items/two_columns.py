"""Reads tables that set problems and measures side by side: one table type, three ways to its cells."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from nlp.narrative.items.cell_per_line import cell_per_line_table
from nlp.narrative.items.marked_cells import marked_table
from nlp.narrative.items.space_aligned import space_aligned_table
from nlp.narrative.items.table import RULE, Table
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.wording import expression
from nlp.text.lines import Line


def tables_between(lines: Sequence[Line], extent: Extent) -> Iterator[tuple[Extent, Table | None]]:
    """Yield the stretches of an extent that hold no table, each with the table that follows it, if any.

    There may be several tables whose cells are parted by marks; behind them, one whose cells are not.

    >>> from nlp.text.lines import split
    >>> lines = split("另有：\\n| 存在问题 | 整改措施 |\\n| 更新不及时 | 专人负责 |")
    >>> [(before, table), (rest, _)] = tables_between(lines, Extent(0, 2))
    >>> before.last, table.rows, rest.is_empty
    (0, [(2, 2)], True)
    """
    while True:
        table = marked_table(lines, extent)
        if table is None:
            break
        yield _before(lines, extent, table), table
        extent = Extent(table.end, extent.last, 0, extent.end)
    table = cell_per_line_table(lines, extent) or space_aligned_table(lines, extent)
    if table is not None:
        yield _before(lines, extent, table), table
        extent = Extent(table.end, extent.last, 0, extent.end)
    yield extent, None


def _before(lines: Sequence[Line], extent: Extent, table: Table) -> Extent:
    """Return what stands before a table, its header and what is drawn or numbered over that left out."""
    last = table.header - 1
    while last >= extent.first and _is_above_header(lines[last].plain):
        last -= 1
    return Extent(extent.first, last, extent.start)


def _is_above_header(plain: str) -> bool:
    return bool(RULE.fullmatch(plain) or expression("items", "row_number").fullmatch(plain))
