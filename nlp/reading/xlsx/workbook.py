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
from nlp.reading.xlsx.formats import BUILT_IN, GENERAL, shown

Element = etree._Element
_ADDRESS = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_LAST_ROW, _LAST_COLUMN = 1_048_576, 16_384
_MOST_CELLS = 100_000
"""A workbook with more cells is no report."""
_LONGEST = 8_000_000
"""In characters: a sheet of a report has less text; one shared text may stand in many cells."""
_MOST_SHEETS = 200
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")


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
    for n, entry in enumerate(_below(book, "sheets", "sheet")):
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
    """What cells refer to: shared texts, number formats by style, from when days count, stale results."""

    texts: list[str]
    formats: list[str]
    from_1904: bool
    is_stale: bool

    @classmethod
    def of(cls, archive: ZipFile, book: Element) -> _Look:
        """Read it; programs that write formulas without computing them say so (`fullCalcOnLoad`)."""
        properties = next(_named(book, "workbookPr"), None)
        computing = next(_named(book, "calcPr"), None)
        from_1904 = properties is not None and properties.get("date1904") in ("1", "true")
        is_stale = computing is not None and computing.get("fullCalcOnLoad") in ("1", "true")
        return cls(_texts(archive), _formats(archive), from_1904, is_stale)


def _texts(archive: ZipFile) -> list[str]:
    tree = part(archive, "xl/sharedStrings.xml")
    return [] if tree is None else [_text(item) for item in _named(tree, "si")]


def _text(item: Element) -> str:
    """Return a text with its runs, without the readings (phonetic guides) above them."""
    written = []
    walk = etree.iterwalk(item, events=("start",))
    for _, node in walk:
        name = _local(node)
        if name in ("rPh", "phoneticPr"):
            walk.skip_subtree()
        elif name == "t":
            written.append(node.text or "")
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), "".join(written))


def _formats(archive: ZipFile) -> list[str]:
    tree = part(archive, "xl/styles.xml")
    if tree is None:
        return []
    own = {
        entry.get("numFmtId"): entry.get("formatCode", GENERAL) for entry in _below(tree, "numFmts", "numFmt")
    }
    formats = []
    for style in _below(tree, "cellXfs", "xf"):
        id = style.get("numFmtId", "0")
        built_in = BUILT_IN.get(int(id), GENERAL) if id.isdecimal() and len(id) < 6 else GENERAL
        formats.append(own.get(id, built_in))
    return formats


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
    for column in _below(tree, "cols", "col"):
        if column.get("hidden") in ("1", "true"):
            sheet.hidden_columns.append((_int(column.get("min")), _int(column.get("max"))))
    row_number = length = 0
    for row in _below(tree, "sheetData", "row"):
        row_number = _int(row.get("r")) or row_number + 1
        if row.get("hidden") in ("1", "true"):
            sheet.hidden_rows.add(row_number)
        column_number = 0
        for cell in _named(row, "c"):
            place = _place(cell.get("r", "")) or (row_number, column_number + 1)
            column_number = place[1]
            sheet.cells[place] = _shown(cell, look)
            length += len(sheet.cells[place])
            if len(sheet.cells) > most or length > _LONGEST:
                raise Unreadable("too_large", "the workbook holds more cells or text than any report.")
    for merge in _below(tree, "mergeCells", "mergeCell"):
        first, _, last = merge.get("ref", "").partition(":")
        start, end = _place(first), _place(last)
        if start and end and start[0] <= end[0] and start[1] <= end[1]:
            sheet.merged.append(Area(*start, *end))
    return sheet


def _shown(cell: Element, look: _Look) -> str:
    """Return what a cell shows; a formula itself where its result is not stored, or was never computed."""
    kind = cell.get("t", "n")
    value = next(_named(cell, "v"), None)
    formula = next(_named(cell, "f"), None)
    stored = (value.text or "") if value is not None else ""
    if formula is not None and (look.is_stale or not stored) and kind != "str":
        return f"={formula.text or ''}"
    if kind == "s":
        n = _int(stored)
        return look.texts[n] if stored and n < len(look.texts) else ""
    if kind == "inlineStr":
        return "".join(_text(inline) for inline in _named(cell, "is"))
    if kind == "b":
        return "TRUE" if stored == "1" else "FALSE"
    if kind in ("str", "e", "d"):
        return stored
    style = _int(cell.get("s"))
    format = look.formats[style] if style < len(look.formats) else GENERAL
    return shown(stored, format, look.from_1904) if stored else ""


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


def _int(text: str | None) -> int:
    """Return a number as files have it, 0 for none."""
    return int(text) if text and text.isdecimal() and len(text) < 9 else 0


def _local(node: Element) -> str:
    return str(node.tag).rpartition("}")[2] if isinstance(node.tag, str) else ""


def _named(parent: Element, name: str) -> Iterator[Element]:
    return (child for child in parent if _local(child) == name)


def _below(tree: Element, group: str, name: str) -> Iterator[Element]:
    for parent in _named(tree, group):
        yield from _named(parent, name)
