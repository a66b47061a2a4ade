"""Makes the font of boxes for Chinese text without a font; run as a module, with fontTools."""

from __future__ import annotations

from typing import Any

from nlp.reading.pdf.fallback_font import FILE
from nlp.resources import folder

_EM = 1000
_ASCENT, _DESCENT = 880, -120
_SIDE = 40
"""In units: what a character leaves free on each side."""
_WIDTHS = {".notdef": _EM, "box": _EM, "letter": _EM // 2}
"""In units: Chinese fonts have letters and digits of half the width."""


def main() -> None:
    """Write the font."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    low, high = _DESCENT + _SIDE, _ASCENT - _SIDE
    glyphs = {}
    for name, width in _WIDTHS.items():
        pen = TTGlyphPen(None)
        pen.moveTo((_SIDE, low))
        for corner in ((_SIDE, high), (width - _SIDE, high), (width - _SIDE, low)):
            pen.lineTo(corner)
        pen.closePath()
        glyphs[name] = pen.glyph()
    builder = FontBuilder(_EM)
    builder.setupGlyphOrder(list(_WIDTHS))
    builder.setupCharacterMap({})
    builder.font["cmap"].tables = [_all_as_boxes()]
    builder.setupGlyf(glyphs)
    builder.setupHorizontalMetrics({name: (width, _SIDE) for name, width in _WIDTHS.items()})
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": "Nianbao Box", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(folder("data") / "pdf" / FILE)


def _all_as_boxes() -> Any:
    """Return the map of all characters of the basic plane to two glyphs (format 13, many to one)."""
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = {**dict.fromkeys(range(0x21, 0x7F), "letter"), **dict.fromkeys(range(0x7F, 0xFFFE), "box")}
    return table


if __name__ == "__main__":
    main()
