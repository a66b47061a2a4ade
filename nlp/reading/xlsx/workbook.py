"""The sheets of a workbook that people see, with what their cells show."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple
from zipfile import ZipFile

from lxml import etree

from nlp.reading.document import Unreadable
from nlp.reading.docx.parts import part
from nlp.reading.marked_digits import Print
from nlp.reading.xlsx.elements import below, measure, named, number
from nlp.reading.xlsx.formats import shown
from nlp.reading.xlsx.looks import Style, Text, styles

Element = etree._Element
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_CELLS = 100_000
"""A workbook with more cells is no report."""
_LONGEST = 8_000_000
"""In characters: a sheet of a report has less text; one shared text may stand in many cells."""
_MOST_SHEETS = 200
_USUAL = Style()
_NARROW = 1.0
"""In points of height, or characters of width: rows and columns that are smaller show nothing."""


class Area(NamedTuple):
    """A rectangle of cells, all of its edges included; rows and columns from 1."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass
class Sheet:
    """A sheet: the texts of its cells by row and column, from 1, what is merged and hidden."""

    name: str
    cells: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Area] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: list[tuple[int, int]] = field(default_factory=list)

    def is_hidden_column(self, column: int) -> bool:
        """Return whether a column is not shown."""
        return any(first <= column <= last for first, last in self.hidden_columns)


def sheets(archive: ZipFile) -> Iterator[Sheet]:
    """Yield the sheets of a workbook that are not hidden, in their order; raises Unreadable."""
    book = part(archive, "xl/workbook.xml")
    if book is None:
        raise Unreadable("damaged", "the workbook has no list of sheets; save it again.")
    look = _Look.of(archive, book)
    targets = _targets(archive)
    left = _MOST_CELLS
    for n, entry in enumerate(below(book, "sheets", "sheet")):
        if n >= _MOST_SHEETS:
            raise Unreadable("too_large", f"the workbook has more than {_MOST_SHEETS} sheets; no report has.")
        if entry.get("state") in ("hidden", "veryHidden"):
            continue
        ids = [str(value) for name, value in entry.items() if str(name).endswith("}id")]
        target = targets.get(ids[0]) if ids else None
        tree = None if target is None else part(archive, target)
        if tree is None or etree.QName(tree).localname != "worksheet":
            continue
        sheet = _sheet(entry.get("name", ""), tree, look, left)
        left -= len(sheet.cells)
        yield sheet


class _Look(NamedTuple):
    """What cells refer to: shared texts, styles by their numbers, from when days count, stale results."""

    texts: list[Text]
    styles: list[Style]
    from_1904: bool
    is_stale: bool

    @classmethod
    def of(cls, archive: ZipFile, book: Element) -> _Look:
        """Read it; programs that write formulas without computing them say so (`fullCalcOnLoad`)."""
        properties = next(named(book, "workbookPr"), None)
        computing = next(named(book, "calcPr"), None)
        from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        is_stale = computing is not None and computing.get("fullCalcOnLoad") in ("1", "true")
        return cls(_texts(archive), styles(part(archive, "xl/styles.xml")), from_1904, is_stale)


def _texts(archive: ZipFile) -> list[Text]:
    tree = part(archive, "xl/sharedStrings.xml")
    return [] if tree is None else [Text.of(item) for item in named(tree, "si")]


def _targets(archive: ZipFile) -> dict[str, str]:
    """Return the paths of the workbook's parts by their ids."""
    tree = part(archive, "xl/_rels/workbook.xml.rels")
    targets = {}
    for relation in () if tree is None else tree:
        target = relation.get("Target", "") if isinstance(relation.tag, str) else ""
        path = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        targets[relation.get("Id", "")] = path
    return targets


def _sheet(name: str, tree: Element, look: _Look, most: int) -> Sheet:
    sheet = Sheet(name)
    for column in below(tree, "cols", "col"):
        if column.get("hidden") in ("1", "true") or 0 <= measure(column.get("width")) < _NARROW:
            sheet.hidden_columns.append((number(column.get("min")), number(column.get("max"))))
    row_number = length = 0
    for row in below(tree, "sheetData", "row"):
        row_number = number(row.get("r")) or row_number + 1
        if row.get("hidden") in ("1", "true") or 0 <= measure(row.get("ht")) < _NARROW:
            sheet.hidden_rows.add(row_number)
        column_number = 0
        for cell in named(row, "c"):
            place = _place(cell.get("r", "")) or (row_number, column_number + 1)
            column_number = place[1]
            sheet.cells[place] = _shown(cell, look)
            length += len(sheet.cells[place])
            if len(sheet.cells) > most or length > _LONGEST:
                raise Unreadable("too_large", "the workbook holds more cells or text than any report.")
    for merge in below(tree, "mergeCells", "mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start and end and start[0] <= end[0] and start[1] <= end[1]:
            sheet.merged.append(Area(*start, *end))
    return sheet


def _shown(cell: Element, look: _Look) -> str:
    """Return what a cell shows; a formula itself where its result is not stored, or was never computed."""
    kind = cell.get("t", "n")
    value = next(named(cell, "v"), None)
    formula = next(named(cell, "f"), None)
    stored = (value.text or "") if value is not None else ""
    if formula is not None and (look.is_stale or not stored) and kind != "str":
        return f"={formula.text or ''}"
    id = number(cell.get("s"))
    style = look.styles[id] if id < len(look.styles) else _USUAL
    if kind == "n" and style.look is Print.PLAIN:
        return shown(stored, style.format, look.from_1904) if stored else ""
    return style.seen(_text(cell, kind, stored, style, look))


def _text(cell: Element, kind: str, stored: str, style: Style, look: _Look) -> Text:
    """Return the text of a cell of a kind (`t`), with its runs; `stored` is its value in the file."""
    if kind == "s":
        n = number(stored)
        return look.texts[n] if stored and n < len(look.texts) else Text("")
    if kind == "inlineStr":
        return next((Text.of(inline) for inline in named(cell, "is")), Text(""))
    if kind == "b":
        return Text("TRUE" if stored == "1" else "FALSE")
    if kind in ("str", "e", "d"):
        return Text(stored)
    return Text(shown(stored, style.format, look.from_1904) if stored else "")


def _place(address: str) -> tuple[int, int] | None:
    """Return the row and column of an address.

    >>> _place("B3"), _place("AA10"), _place("B0")
    ((3, 2), (10, 27), None)
    """
    match = _ADDRESS.fullmatch(address)
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = 26 * column + ord(letter) - ord("A") + 1
    row = int(match[2])
    return (row, column) if 1 <= row <= _LAST_ROW and column <= _LAST_COLUMN else None


def address(row: int, column: int) -> str:
    """Return the address of a cell.

    >>> address(3, 2), address(10, 27)
    ('B3', 'AA10')
    """
    letters = ""
    while column > 0:
        column, letter = divmod(column - 1, 26)
        letters = chr(ord("A") + letter) + letters
    return f"{letters}{row}"
