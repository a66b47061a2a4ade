"""Tells which lines hold which table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from msgspec import Struct

from nlp.form.labels.index import in_one_row, owned, owners
from nlp.form.labels.normalised import key
from nlp.record.model import TABLE_LABELS, Span
from nlp.tables.page import glued_labels
from nlp.tables.page.delimiters import borders_of
from nlp.tables.page.page_numbers import page_numbers
from nlp.tables.page.runs import numbers_of
from nlp.tables.page.table_lines import read_lines
from nlp.tables.page.tokens import Kind, Token, tokens
from nlp.text.lines import Line

_TELLING = 4
"""A label of fewer characters (其他), without a number, may be a piece of another table's."""
_MOST = 10
"""A table with so many numbers for each one on a line of its own has its numbers side by side."""
_WORDS = ("heading", "narrative")
"""What ends a piece of a table that stands behind its chapter."""


class Region(Struct, frozen=True):
    """The tokens of one table, in page order; `elsewhere` are lines far from it that look like its own.

    `unsegmented`: nothing parts the cells of a row of this page, nor its label from them.
    """

    table: str
    tokens: list[Token] = []
    elsewhere: list[int] = []
    unsegmented: bool = False

    def lines_beside_rows(self) -> list[int]:
        """Return the lines of a number alone in a table that has nearly all its numbers side by side."""
        values = Counter(token.line for token in self.tokens if token.kind is Kind.VALUE)
        texts = {token.line for token in self.tokens if token.kind is Kind.TEXT}
        alone = [line for line, count in values.items() if count == 1 and line not in texts]
        return alone if len(alone) * _MOST < values.total() else []


class _Regions(dict[str, Region]):
    """Regions by table, each made when something is first found of it."""

    unsegmented = False

    def __missing__(self, table: str) -> Region:
        region = self[table] = Region(table, unsegmented=self.unsegmented)
        return region


def find_regions(
    lines: Sequence[Line], labels: Sequence[str | None], spans: Mapping[str, Span]
) -> dict[str, Region]:
    """Return the region of each table that the page has.

    `spans` are the chapters of the tables, where their headings were found. A chapter whose heading
    is lost is known by the labels that its table alone has; so is a piece of a table behind its chapter,
    where a tool gives the words of a page before its tables (pdfplumber).
    """
    regions = _Regions()
    chapters = _chapters(len(lines), spans)
    of_pages = page_numbers(lines, chapters)
    borders = borders_of(line for line, label in zip(lines, labels, strict=True) if label in TABLE_LABELS)
    read = read_lines(lines, labels, chapters, of_pages, borders)
    segmented = glued_labels.read_anew(read)
    if segmented is not None:
        regions.unsegmented, read = True, segmented
    owner_of = owners()
    known = [_known(found) if found else "" for found in read]
    at_home = {label for label, here in zip(known, chapters, strict=True) if owner_of.get(label) == here}
    current = chapter = None
    for n, (label, here, found) in enumerate(zip(labels, chapters, read, strict=True), 1):
        if here != chapter or (label in _WORDS and current in spans):
            current = chapter = here
        if not found:
            continue
        named = known[n - 1]
        owner = owner_of.get(named)
        if owner is not None:
            is_piece = len(named) < _TELLING and current not in (None, chapter)
            is_behind = n > spans[owner][1] if owner in spans else True
            may_be_elsewhere = owner not in spans or (named not in at_home and _is_row(found, owner))
            if (owner == chapter and not is_piece) or (is_behind and may_be_elsewhere):
                current = owner
            elif owner != chapter:
                regions[owner].elsewhere.append(n)
        if current:
            regions[current].tokens.extend(found)
    _with_displaced_row(regions, lines, labels, chapters)
    return regions


def _with_displaced_row(
    regions: _Regions, lines: Sequence[Line], labels: Sequence[str | None], chapters: Sequence[str | None]
) -> None:
    """Add the row of a table of one row (四) that a tool set far below its headers, where its cells tell.

    A page may end between headers and values; pdfplumber gives the words of the next one first. No other
    table has rows of so many cells.
    """
    for table, cells in in_one_row().items():
        region = regions.get(table)
        if region is None or numbers_of(region.tokens):
            continue
        astray = []
        for line, label, chapter in zip(lines, labels, chapters, strict=True):
            if label in TABLE_LABELS and chapter is None and "\t" in line.raw:
                found = tokens(line)
                if len(found) == cells and all(token.kind is Kind.VALUE for token in found):
                    astray.append(found)
        if len(astray) == 1:
            region.tokens.extend(astray[0])


def _chapters(lines: int, spans: Mapping[str, Span]) -> list[str | None]:
    """Return the table's chapter that each line is in."""
    chapters: list[str | None] = [None] * lines
    for table, (first, last) in spans.items():
        last = min(last, lines)
        chapters[first - 1 : last] = [table] * (last - first + 1)
    return chapters


def _is_row(found: Sequence[Token], table: str) -> bool:
    """Tell whether a line says by itself that it is a row of a table: by a long label, or by a number."""
    for token in found:
        label = key(token.text)
        if token.kind is Kind.VALUE or (len(label) >= _TELLING and owners().get(label) == table):
            return True
    return False


def _known(found: Iterable[Token]) -> str:
    """Return the key of the first label that one table alone has; empty where there is none."""
    for token in found:
        label = owned(token.text) if token.kind is Kind.TEXT else ""
        if label:
            return label
    return ""
