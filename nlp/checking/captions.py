"""Finds the headings, captions and notes of tables that say that the numbers are none of the report's."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from nlp.checking.caption_words import is_caption_against, is_note_against
from nlp.form import form as forms
from nlp.form.labels.lexicon import lexicon
from nlp.form.labels.normalised import key
from nlp.narrative.identity.identity import Identity
from nlp.record.model import Span, Tables
from nlp.tables.notes import is_note
from nlp.tables.page.brackets import without_brackets
from nlp.text.enumerators import shape
from nlp.text.lines import Line
from nlp.text.pages import address, is_site_line

_LONGEST = 40
"""A line of more characters is no caption."""
_CELLS = re.compile(r"[\t|]|\s{2,}")
_STOP = re.compile("[,;。]")
_ENDS = ("。", ":", ";", ")")
_UNIT = "单位"
_ENUMERATED = re.compile(shape("label"))
_REACH = 3
"""So many lines above a chapter that begins with its table may stand the heading, not known as one."""


def captions_against(
    lines: Sequence[Line], spans: Mapping[str, Span], tables: Tables, identity: Identity
) -> Iterator[Line]:
    """Yield the headings, captions and notes that mean another year, period, body or unit than the report's.

    `spans` are the chapters of the tables by table id, `tables` what was read of them. Captions stand between
    the heading of a chapter and the first line that prints the form, notes below its last number.
    """
    for table, (first, last) in spans.items():
        cells = [cell for row in tables.get(table, {}).values() for cell in row.values()]
        with_cells = [cell.line for cell in cells if cell.line is not None and first <= cell.line <= last]
        if not with_cells:
            continue
        heading = _heading_above(lines, first, table)
        for line in _captions(lines[heading - 1 : min(with_cells) - 1], table):
            if is_caption_against(_closed_up(line).partition("。")[0], identity):
                yield line
        for line in lines[max(with_cells) : last]:
            if is_note(line) and is_note_against(_closed_up(line), identity):
                yield line


def _heading_above(lines: Sequence[Line], first: int, table: str) -> int:
    """Return the line of a chapter's heading: its first one, or one above where that prints the form."""
    if not _prints_form(lines[first - 1], table):
        return first
    for n in range(first - 1, max(0, first - 1 - _REACH), -1):
        text = _closed_up(lines[n - 1])
        if _ENUMERATED.match(text) is not None and len(text) <= _LONGEST and _STOP.search(text) is None:
            return n
    return first


def _captions(above: Sequence[Line], table: str) -> Iterator[Line]:
    """Yield the heading and the captions among the lines above a table's first number.

    Sentences are none, nor are their pieces on lines of their own, nor lines of a web site.
    """
    is_in_sentence = False
    for at, line in enumerate(above):
        if _prints_form(line, table):
            return
        text = _closed_up(line)
        if not text:
            is_in_sentence = False
            continue
        is_heading = at == 0
        is_sentence = not is_heading and (is_in_sentence or _is_sentence(text))
        is_in_sentence = is_sentence and not text.endswith(_ENDS)
        if not is_sentence and not _is_of_site(line):
            yield line


def _is_sentence(text: str) -> bool:
    """Return whether a line is longer than a caption, or has a comma or a stop outside brackets."""
    return len(text) > _LONGEST or _STOP.search(without_brackets(text)) is not None


def _is_of_site(line: Line) -> bool:
    """Return whether a line is a web site's or a printer's: a button, an address, the number of a page."""
    return line.plain.isdecimal() or is_site_line(line.plain) or address().search(line.plain) is not None


def _closed_up(line: Line) -> str:
    return "".join(line.plain.replace("|", "").split())


def _prints_form(line: Line, table: str) -> bool:
    """Return whether a line has a cell that is a label of the form, or is made of them alone.

    A unit may be a caption.
    """
    known = _labels(table)
    cells = [key(cell) for cell in _CELLS.split(line.plain)]
    words = [key(word) for word in line.plain.split()]
    is_made_of_labels = bool(words) and all(word in known for word in words)
    return is_made_of_labels or any(cell in known for cell in cells)


@cache
def _labels(table: str) -> frozenset[str]:
    """Return every label that some edition of the form prints in a table, units alone left out."""
    labels = frozenset[str]().union(*(lexicon(form.edition, table).own for form in forms.editions()))
    return frozenset(label for label in labels if not label.startswith(_UNIT))
