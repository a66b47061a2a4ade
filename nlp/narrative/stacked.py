"""Finds a table of problems and measures that a tool wrote cell by cell, each on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.lines import Line
from nlp.narrative.enumerators import leading
from nlp.narrative.furniture import is_furniture
from nlp.narrative.passages import Extent
from nlp.narrative.statements import is_measure
from nlp.narrative.undertitles import undertitle
from nlp.narrative.zones import Zone, lack, zone_of
from nlp.report import Span

_FEWEST = 2
"""One problem and one measure below two titles may be anything."""


def stacked(lines: Sequence[Line], extent: Extent) -> tuple[int, list[Span]] | None:
    """Return the line of the first column's name, and the lines of each problem and of its measure.

    >>> from nlp.lines import split
    >>> cells = ["存在问题", "整改措施", "1", "更新不及时", "专人负责", "2", "解读偏少", "多做图解"]
    >>> stacked(split("\\n".join(cells)), Extent(0, 7))
    (0, [(3, 4), (6, 7)])
    """
    kept = [
        at
        for at in range(extent.first, extent.last + 1)
        if lines[at].plain and not is_furniture(lines[at].plain)
    ]
    for place, (one, other) in enumerate(pairwise(kept)):
        if _column(lines[one].plain) == "problems" and _column(lines[other].plain) == "improvements":
            rows = _rows(lines, kept[place + 2 :])
            return (one, rows) if len(rows) >= _FEWEST else None
    return None


def _column(plain: str) -> Zone | None:
    """Tell what a line is the title of, if it is nothing else."""
    if leading(plain) or plain[-1] in ":。" or undertitle(plain) < len(plain):
        return None
    return zone_of(plain)


def _rows(lines: Sequence[Line], kept: Sequence[int]) -> list[Span]:
    """Return couples of lines, a problem and a measure by their words; most of the problems must name one."""
    rows: list[Span] = []
    for problem, measure in zip(kept[::2], kept[1::2], strict=False):
        if _reads_as_measure(lines[problem].plain) or _lacks(lines[measure].plain):
            break
        rows.append((problem, measure))
    named = sum(_lacks(lines[problem].plain) for problem, _ in rows)
    return rows if 2 * named > len(rows) else []


def _lacks(plain: str) -> bool:
    return lack().search(plain) is not None


def _reads_as_measure(plain: str) -> bool:
    return is_measure(plain, 0, len(plain))
