"""Draws PDFs of several pages by hand: Chinese writing, ruled tables, rows that a page break tears."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

WIDTH, HEIGHT = 800, 800
"""Pages are square, so that they can be turned."""
SIZE = 10.0
PITCH = 14.0
LEFT, TOP, FOOT = 50.0, 750.0, 60.0
COLUMNS = 50
"""Characters in a line of prose."""
NOTHING: Mapping[int, int] = {}


@dataclass
class Drawing:
    """Pages as they are drawn, from the top; `at` is where the next line goes."""

    pages: list[list[bytes]] = field(default_factory=lambda: [[]])
    at: float = TOP

    def say(self, text: str, x: float, y: float) -> None:
        """Write a text at a place of the page."""
        self.pages[-1].append(said(text, x, y))

    def rule(self, *box: float) -> None:
        left, bottom, right, top = box
        self.pages[-1].append(b"%.2f %.2f m %.2f %.2f l S\n" % (left, bottom, right, top))

    def turn_over(self) -> None:
        """Begin another page; the number of this one goes to its foot."""
        self.say(f"- {len(self.pages)} -", WIDTH / 2 - 10, FOOT / 2)
        self.pages.append([])
        self.at = TOP

    def prose(self, text: str, columns: int = COLUMNS, x: float = LEFT) -> None:
        """Write a paragraph over as many lines as it takes, and pages."""
        for first in range(0, len(text), columns):
            if self.at < FOOT:
                self.turn_over()
            self.say(text[first : first + columns], x, self.at)
            self.at -= PITCH

    def table(
        self, rows: Sequence[Sequence[str]], widths: Sequence[float], torn: Mapping[int, int] = NOTHING
    ) -> None:
        """Draw a ruled table; the page breaks behind so many lines of each row that is torn."""
        for n, row in enumerate(rows):
            cells = [wrapped(text, width) for text, width in zip(row, widths, strict=True)]
            lines = max(map(len, cells))
            if self.at - PITCH * min(lines, torn.get(n, lines)) < FOOT:
                self.turn_over()
            if n in torn:
                self._row([cell[: torn[n]] for cell in cells], widths)
                self.turn_over()
                cells = [cell[torn[n] :] for cell in cells]
            self._row(cells, widths)
        self.at -= 2 * PITCH

    def _row(self, cells: Sequence[Sequence[str]], widths: Sequence[float]) -> None:
        top = self.at + SIZE + 1
        bottom = top - PITCH * max(1, *map(len, cells))
        x = LEFT
        for lines, width in zip(cells, widths, strict=True):
            for n, line in enumerate(lines):
                self.say(line, x + 2, self.at - PITCH * n)
            self.rule(x, bottom, x, top)
            x += width
        self.rule(x, bottom, x, top)
        self.rule(LEFT, top, x, top)
        self.rule(LEFT, bottom, x, bottom)
        self.at -= PITCH * max(1, *map(len, cells))

    def pdf(self, quarters: int = 0, ascent: int = 880, descent: int = -120) -> bytes:
        """Return the pages as a PDF, turned by quarters; the font says that it is so high and so low."""
        turn = TURNS[quarters]
        return document([turn + b"".join(drawn) for drawn in self.pages], ascent, descent)


TURNS = (
    b"",
    b"0 1 -1 0 %d 0 cm " % HEIGHT,
    b"-1 0 0 -1 %d %d cm " % (WIDTH, HEIGHT),
    b"0 -1 1 0 0 %d cm " % WIDTH,
)


def wrapped(text: str, width: float) -> list[str]:
    """Return the lines of a cell; a line feed begins another one."""
    most = max(1, int((width - 4) / SIZE))
    return [
        line[first : first + most] for line in text.split("\n") for first in range(0, max(len(line), 1), most)
    ]


def said(text: str, x: float, y: float, matrix: str = "1 0 0 1") -> bytes:
    """Return what shows a text, Chinese or not, at a place of a page."""
    font, shown = ("/F", text.encode()) if text.isascii() else ("/C", text.encode("utf-16-be"))
    return f"BT {font} {SIZE} Tf {matrix} {x:.2f} {y:.2f} Tm <{shown.hex()}> Tj ET\n".encode()


_FONTS = (
    b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    b"<</Type/Font/Subtype/Type0/BaseFont/STSong-Light/Encoding/UniGB-UCS2-H/DescendantFonts[5 0 R]>>",
    b"<</Type/Font/Subtype/CIDFontType0/BaseFont/STSong-Light/DW 1000/FontDescriptor 6 0 R"
    b"/CIDSystemInfo<</Registry(Adobe)/Ordering(GB1)/Supplement 4>>>>",
    b"<</Type/FontDescriptor/FontName/STSong-Light/Flags 4/FontBBox[0 %d 1000 %d]"
    b"/ItalicAngle 0/Ascent %d/Descent %d/CapHeight 880/StemV 80>>",
)
"""A font for what is ASCII, and one that every reader of PDFs knows for Chinese; no glyph is needed."""


def document(contents: Sequence[bytes], ascent: int, descent: int) -> bytes:
    """Return a PDF of pages with the given content."""
    first = 7
    kids = b" ".join(b"%d 0 R" % (first + 2 * n) for n in range(len(contents)))
    objects = [
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[%s]/Count %d>>" % (kids, len(contents)),
        *_FONTS[:-1],
        _FONTS[-1] % (descent, ascent, ascent, descent),
    ]
    for n, content in enumerate(contents):
        packed = zlib.compress(content)
        objects.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 %d %d]" % (WIDTH, HEIGHT)
            + b"/Resources<</Font<</F 3 0 R/C 4 0 R>>>>/Contents %d 0 R>>" % (first + 2 * n + 1)
        )
        objects.append(b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed))
    written = b"".join(b"%d 0 obj%s endobj\n" % (n, one) for n, one in enumerate(objects, 1))
    return b"%PDF-1.4\n" + written + b"trailer<</Root 1 0 R>>"
