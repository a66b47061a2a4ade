"""How the texts of a workbook look, whose runs may have fonts of their own, and how its cells do."""

from __future__ import annotations

import re
from typing import NamedTuple

from lxml import etree

from nlp.reading.marked_digits import Print, seen
from nlp.reading.xlsx.elements import below, local, measure, named, number
from nlp.reading.xlsx.formats import BUILT_IN, GENERAL

Element = etree._Element

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_OFF = ("0", "false")
_WHITE = (("rgb", "FFFFFFFF"), ("rgb", "00FFFFFF"), ("theme", "0"), ("indexed", "1"), ("indexed", "9"))
"""The attributes of a colour that is white, and their values."""
_ILLEGIBLE = 2.0
"""In points: print of no larger size is a speck."""


class Text(NamedTuple):
    """A text, and how its runs look, in order; no runs where it has the font of its cell alone.

    The look of a run is None where it has the font of the cell.
    """

    plain: str
    runs: tuple[tuple[str, Print | None], ...] = ()

    @classmethod
    def of(cls, item: Element) -> Text:
        """Return a text of the file, without the readings (phonetic guides) above it."""
        if len(item) == 1 and local(item[0]) == "t":
            return cls(_unescaped(item[0]))
        runs: list[tuple[str, Print | None]] = []
        for child in item:
            name = local(child)
            if name == "t":
                runs.append((_unescaped(child), None))
            elif name == "r":
                font = next(named(child, "rPr"), None)
                text = "".join(_unescaped(node) for node in named(child, "t"))
                runs.append((text, None if font is None else look_of_font(font)))
        plain = "".join(text for text, _ in runs)
        return cls(plain, tuple(runs) if any(look for _, look in runs) else ())


class Style(NamedTuple):
    """What a style says of its cells: the number format, how the font looks, whether they are filled."""

    format: str = GENERAL
    look: Print = Print.PLAIN
    is_filled: bool = False

    def seen(self, text: Text) -> str:
        """Return what a cell of the style shows of a text, without what is no part of its number."""
        if not text.runs and self.look is Print.PLAIN:
            return text.plain
        runs = text.runs or ((text.plain, None),)
        return "".join(seen([(run, self._look(look)) for run, look in runs]))

    def _look(self, own: Print | None) -> Print:
        """Return how a run looks in a cell of the style: white is seen where the cell is filled."""
        look = own or self.look
        return Print.PLAIN if look is Print.UNSEEN and self.is_filled else look


def styles(part: Element | None) -> list[Style]:
    """Return the styles of cells by their numbers; `part` is styles.xml, None where there is none."""
    if part is None:
        return []
    formats = {
        entry.get("numFmtId"): entry.get("formatCode", GENERAL) for entry in below(part, "numFmts", "numFmt")
    }
    looks = [look_of_font(font) for font in below(part, "fonts", "font")]
    fills = [_is_filled(fill) for fill in below(part, "fills", "fill")]
    found = []
    for style in below(part, "cellXfs", "xf"):
        id = style.get("numFmtId", "0")
        built_in = BUILT_IN.get(int(id), GENERAL) if id.isdecimal() and len(id) < 6 else GENERAL
        font, fill = number(style.get("fontId")), number(style.get("fillId"))
        look = looks[font] if font < len(looks) else Print.PLAIN
        found.append(Style(formats.get(id, built_in), look, fill < len(fills) and fills[fill]))
    return found


def look_of_font(font: Element) -> Print:
    """Return how a font prints, on paper that is white.

    >>> look_of_font(etree.XML("<font><strike/></font>")), look_of_font(etree.XML("<font><b/></font>"))
    (<Print.STRUCK: 'struck'>, <Print.PLAIN: 'plain'>)
    """
    settings = {local(setting): setting for setting in font}
    strike, raised = settings.get("strike"), settings.get("vertAlign")
    if strike is not None and strike.get("val") not in _OFF:
        return Print.STRUCK
    if raised is not None and raised.get("val") in ("superscript", "subscript"):
        return Print.RAISED
    colour, size = settings.get("color"), settings.get("sz")
    is_white = colour is not None and any(colour.get(name) == value for name, value in _WHITE)
    is_speck = size is not None and 0 < measure(size.get("val")) <= _ILLEGIBLE
    return Print.UNSEEN if is_speck or is_white else Print.PLAIN


def _is_filled(fill: Element) -> bool:
    """Return whether a fill is of another colour than white."""
    pattern = next(named(fill, "patternFill"), None)
    if pattern is None:
        return True
    colour = next(named(pattern, "fgColor"), None)
    is_white = colour is not None and any(colour.get(name) == value for name, value in _WHITE)
    return pattern.get("patternType", "none") != "none" and not is_white


def _unescaped(node: Element) -> str:
    text = node.text or ""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
