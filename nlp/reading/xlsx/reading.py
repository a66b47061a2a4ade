"""Reads a workbook, such as a form that was filled in, into a text with its tables."""

from __future__ import annotations

from nlp.reading.document import DecodedText, GivenTable, Unreadable
from nlp.reading.docx.parts import opened
from nlp.reading.places import SheetPlaces
from nlp.reading.spans import moved
from nlp.reading.xlsx.layout import Paragraph, SheetTable, parts
from nlp.reading.xlsx.workbook import sheets

_LONGEST = 8_000_000
"""In characters: no report has more text; one shared text may stand in many cells."""


def read(content: bytes) -> DecodedText:
    """Return the text of the sheets of a workbook that are not hidden; raises Unreadable."""
    text = _Text()
    with opened(content) as archive:
        for sheet in sheets(archive):
            for part in parts(sheet):
                text.add(part, sheet.name)
    whole = "\n".join(text.pieces)
    if not whole.strip():
        raise Unreadable("empty", "the workbook shows no text; hidden sheets are not read.")
    return DecodedText(whole, None, tables=tuple(text.tables), places=SheetPlaces(*text.sorted_places()))


class _Text:
    """Puts the parts of sheets together."""

    def __init__(self) -> None:
        self.pieces: list[str] = []
        self.tables: list[GivenTable] = []
        self.places: list[tuple[int, tuple[str, str]]] = []
        self.length = 0

    def add(self, part: Paragraph | SheetTable, sheet: str) -> None:
        """Add a part of a sheet with a name; raises Unreadable (`too_large`)."""
        if isinstance(part, Paragraph):
            piece = part.text
            self.places.append((self.length, (sheet, part.address)))
        else:
            piece = part.tabbed.text
            if not piece:
                return
            table = moved(part.tabbed.table, self.length)
            self.tables.append(table)
            for row in table.rows:
                for cell in row:
                    if cell.start < cell.end:
                        address = part.addresses[cell.row, cell.column]
                        self.places.append((cell.start, (sheet, address)))
        self.pieces.append(piece)
        self.length += len(piece) + 1
        if self.length > _LONGEST:
            raise Unreadable("too_large", "the workbook holds more text than any report.")

    def sorted_places(self) -> tuple[list[int], list[tuple[str, str]]]:
        """Return where texts begin, ascending, and whose they are."""
        in_order = sorted(self.places)
        return [start for start, _ in in_order], [place for _, place in in_order]
