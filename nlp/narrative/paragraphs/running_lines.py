"""Tells which lines of a document are running text, and which belong to tables, pages or web sites."""

from __future__ import annotations

import re
from collections.abc import Sequence

from nlp.narrative.paragraphs.boilerplate import is_furniture
from nlp.narrative.paragraphs.enumerators import Enumerator, leading
from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.paragraph_starts import TitleLength, ends_sentence, no_title
from nlp.narrative.wording import expression
from nlp.record.model import TABLE_LABELS
from nlp.text.folding import HOLE
from nlp.text.lines import Line

_CELL_MARKS = ("\t", "|")
_SENTENCE_MARKS = re.compile("[。,;:、]")

_PAGE_IN_ONE_LINE = 80
"""A line longer than this many characters, with several full stops, is more than one row of a table."""

_SHORTEST_CELL_SENTENCE = 20
"""Where tables are expected a shorter line that was taken for a table row is believed to be one."""

_SHORTEST_POINT = 4
"""A line labelled as furniture with so many characters behind an enumerator is text."""

_LONGEST_FURNITURE = 12
"""A line labelled as furniture that is longer, in characters, and has a clause's marks is text."""


def running_lines(
    lines: Sequence[Line],
    labels: Sequence[str | None],
    extent: Extent,
    tables: bool,
    titled: TitleLength = no_title,
) -> list[Line]:
    """Return the lines of an extent that are running text, in order.

    `labels` has one label a line, None for a blank one. With `tables` false no table is expected in the
    extent, and a line that is labelled as a row of one is left out only where it cannot be read as text.
    A line that opens with a title, as `titled` tells, is text whatever it is labelled.
    """
    kept: list[Line] = []
    for position in range(extent.first, extent.last + 1):
        line, label = lines[position], labels[position]
        if not line.plain:
            continue
        if position == extent.first and not has_text(line, extent.start):
            continue
        before = kept[-1] if kept else None
        is_row = label in TABLE_LABELS and titled(line.plain) == 0
        if is_row and not _is_text_in_table(line, label, before, tables):
            continue
        continues_sentence = before is not None and _is_number_of_sentence(lines, position)
        if not continues_sentence and _is_left_out(lines, position, label, titled):
            continue
        kept.append(line)
    return kept


def has_text(line: Line, column: int) -> bool:
    """Return whether something is printed at or after a column."""
    return bool(line.folded[column:].strip(HOLE + " \t"))


def _is_left_out(lines: Sequence[Line], position: int, label: str | None, titled: TitleLength) -> bool:
    """Return whether a line is a page number or of a web site, by its words or by its label."""
    line = lines[position]
    if is_furniture(line.plain):
        return True
    if label != "furniture" or _has_clauses(line):
        return False
    return titled(line.plain) == 0 and not _is_point(lines, position)


def _is_point(lines: Sequence[Line], position: int) -> bool:
    """Return whether a line is an enumerated point, as of a list of problems: 1.答复文书不够规范.

    A number with white space behind it counts only where the line above or below counts on with it: the
    head of a page may be numbered so.
    """
    line = lines[position]
    mark = leading(line.plain)
    if mark is None or len(line.plain) - mark.end < _SHORTEST_POINT:
        return False
    return not mark.is_doubtful or _has_neighbour(lines, position, mark)


def _has_neighbour(lines: Sequence[Line], position: int, mark: Enumerator) -> bool:
    """Return whether the line above or below opens with the number before or behind that of a mark."""
    for other, step in ((position - 1, -1), (position + 1, 1)):
        beside = leading(lines[other].plain) if 0 <= other < len(lines) else None
        if beside is not None and beside.style == mark.style and beside.number == (mark.number or 0) + step:
            return True
    return False


def _has_clauses(line: Line) -> bool:
    return len(line.plain) > _LONGEST_FURNITURE and any(mark in line.plain for mark in ",。;")


def _is_number_of_sentence(lines: Sequence[Line], position: int) -> bool:
    """Return whether a number alone on its line belongs to the sentence around it.

    It does where the line before is not ended and the next line opens with what is counted (年, 件, 条).
    """
    if not lines[position].plain.isdecimal() or position + 1 >= len(lines):
        return False
    before, after = lines[position - 1], lines[position + 1]
    if not before.plain or before.plain[-1].isdecimal() or ends_sentence(before):
        return False
    return expression("sections", "counted").match(after.plain) is not None


def _is_text_in_table(line: Line, label: str | None, before: Line | None, tables: bool) -> bool:
    """Return whether a line that is labelled as one of a table is running text all the same."""
    if _is_page_in_one_line(line):
        return True
    if any(mark in line.plain for mark in _CELL_MARKS):
        return False
    if tables:
        if label == "numeric_cell" or len(line.plain) < _SHORTEST_CELL_SENTENCE:
            return False
        if not line.plain.endswith(("。", ";")):
            return False
    least_marks = 2 if tables else 1
    if len(_SENTENCE_MARKS.findall(line.plain)) >= least_marks:
        return True
    return before is not None and not ends_sentence(before)


def _is_page_in_one_line(line: Line) -> bool:
    """Return whether a line is several sentences: a tool set the words of a whole page in one line."""
    if len(line.plain) <= _PAGE_IN_ONE_LINE or line.plain.count("。") < 2:
        return False
    return not any(mark in line.plain for mark in _CELL_MARKS)
