"""Finds a table of problems and measures that a tool wrote cell by cell, each on a line of its own."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from nlp.narrative.items.sentences import is_measure, names_shortcoming
from nlp.narrative.items.table import Column, Table
from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import leading
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.vocabulary.cue_words import Kind, measure_verb
from nlp.narrative.vocabulary.sub_headings import kind_of_column
from nlp.record.model import Span
from nlp.text.lines import Line

_FEWEST_ROWS = 2
"""One problem and one measure below two titles may be anything."""

_LONGEST_NUMBER = 2
"""Digits of a row's number."""


def cell_per_line_table(lines: Sequence[Line], extent: Extent) -> Table | None:
    """Return the table of an extent each cell of which has a line to itself.

    >>> from nlp.text.lines import split
    >>> cells = ["存在问题", "整改措施", "1", "更新不及时", "专人负责", "2", "解读偏少", "多做图解"]
    >>> table = cell_per_line_table(split("\\n".join(cells)), Extent(0, 7))
    >>> table.header, table.rows
    (0, [(3, 4), (6, 7)])
    """
    printed = [position for position in range(extent.first, extent.last + 1) if lines[position].plain]
    for place, (left, right) in enumerate(pairwise(printed)):
        if _kind_of_title(lines[left]) != "problems" or _kind_of_title(lines[right]) != "improvements":
            continue
        below = [position for position in printed[place + 2 :] if not is_furniture(lines[position].plain)]
        rows = _rows(lines, below)
        if len(rows) < _FEWEST_ROWS:
            return None
        cells: dict[int, dict[Column, Span]] = {}
        for problem, measure in rows:
            cells[problem] = {"problems": (0, len(lines[problem].raw))}
            cells[measure] = {"improvements": (0, len(lines[measure].raw))}
        return Table(left, rows[-1][1] + 1, rows, cells)
    return None


def _kind_of_title(line: Line) -> Kind | None:
    """Return what a line is the title of, if it is nothing else."""
    if line.plain.endswith((":", "。")) or leading(line.plain):
        return None
    return kind_of_column(line.plain)


def _rows(lines: Sequence[Line], below: Sequence[int]) -> list[Span]:
    """Return the positions of a problem and its measure in each row: numbered rows, or as many as read so."""
    couples = list(zip(below[::2], below[1::2], strict=False))
    numbered: list[Span] = []
    for problem, measure in couples:
        if _number_above(lines, problem) != len(numbered) + 1:
            break
        numbered.append((problem, measure))
    if numbered:
        return numbered
    readable: list[Span] = []
    for problem, measure in couples:
        if not _is_couple(lines[problem].plain, lines[measure].plain):
            break
        readable.append((problem, measure))
    return readable


def _number_above(lines: Sequence[Line], position: int) -> int | None:
    """Return the number that has the line above another one to itself."""
    plain = lines[position - 1].plain
    return int(plain) if plain.isdecimal() and len(plain) <= _LONGEST_NUMBER else None


def _is_couple(problem: str, measure: str) -> bool:
    """Return whether a line names a problem and the next a measure, neither with a gap of another column."""
    if " " in problem or " " in measure:
        return False
    if not names_shortcoming(problem, 0, len(problem)) or is_measure(problem, 0, len(problem)):
        return False
    return not names_shortcoming(measure, 0, len(measure)) and measure_verb().search(measure) is not None
