"""Finds a table of problems and measures that a tool wrote cell by cell, each on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise, takewhile

from nlp.narrative.items.cue_words import Zone, lack, verb
from nlp.narrative.items.statements import is_measure
from nlp.narrative.items.sub_headings import column
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.paragraphs import Extent
from nlp.record.model import Span
from nlp.text.lines import Line

_FEWEST = 2
"""One problem and one measure below two titles may be anything."""
_LONGEST_NUMBER = 2


def stacked(lines: Sequence[Line], extent: Extent) -> tuple[int, list[Span]] | None:
    """Return the line of the first column's name, and the lines of each problem and of its measure.

    >>> from nlp.text.lines import split
    >>> cells = ["存在问题", "整改措施", "1", "更新不及时", "专人负责", "2", "解读偏少", "多做图解"]
    >>> stacked(split("\\n".join(cells)), Extent(0, 7))
    (0, [(3, 4), (6, 7)])
    """
    printed = [at for at in range(extent.first, extent.last + 1) if lines[at].plain]
    for place, (one, other) in enumerate(pairwise(printed)):
        if _column(lines[one].plain) == "problems" and _column(lines[other].plain) == "improvements":
            kept = [at for at in printed[place + 2 :] if not is_furniture(lines[at].plain)]
            rows = _rows(lines, kept)
            return (one, rows) if len(rows) >= _FEWEST else None
    return None


def _column(plain: str) -> Zone | None:
    """Tell what a line is the title of, if it is nothing else."""
    return None if plain[-1] in ":。" or leading(plain) else column(plain)


def _rows(lines: Sequence[Line], kept: Sequence[int]) -> list[Span]:
    """Return couples of lines, a problem and its measure: numbered ones, or as many as read so."""
    couples = list(zip(kept[::2], kept[1::2], strict=False))
    numbered = list(takewhile(lambda row: _number_before(lines, row[1][0]) == row[0], enumerate(couples, 1)))
    if numbered:
        return [couple for _, couple in numbered]
    return list(takewhile(lambda couple: _is_couple(*(lines[at].plain for at in couple)), couples))


def _number_before(lines: Sequence[Line], at: int) -> int | None:
    """Return the number that has the line before another to itself."""
    plain = lines[at - 1].plain
    return int(plain) if plain.isdecimal() and len(plain) <= _LONGEST_NUMBER else None


def _is_couple(problem: str, measure: str) -> bool:
    """Tell whether a line names a problem and the next a measure, neither with a gap of another column."""
    named = lack().search(problem) is not None and not is_measure(problem, 0, len(problem))
    done = lack().search(measure) is None and verb().search(measure) is not None
    return named and done and " " not in problem + measure
