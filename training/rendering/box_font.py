"""Makes the font of one box for Chinese text without a font; run as a module, with fontTools."""

from __future__ import annotations

from typing import Any

from nlp.reading.pdf.fallback_font import FILE
from nlp.resources import folder

_EM = 1000
_ASCENT, _DESCENT = 880, -120
_SIDE = 40
"""In units: what a Chinese character leaves free on each side."""


def main() -> None:
    """Write the font."""
    from fontTools.fontBuilder import FontBuilder
    from fontTools.pens.ttGlyphPen import TTGlyphPen

    pen = TTGlyphPen(None)
    left, right, low, high = _SIDE, _EM - _SIDE, _DESCENT + _SIDE, _ASCENT - _SIDE
    pen.moveTo((left, low))
    for corner in ((left, high), (right, high), (right, low)):
        pen.lineTo(corner)
    pen.closePath()
    builder = FontBuilder(_EM)
    box = pen.glyph()
    builder.setupGlyphOrder([".notdef", "box"])
    builder.setupCharacterMap({})
    builder.font["cmap"].tables = [_all_as_box()]
    builder.setupGlyf({".notdef": box, "box": box})
    builder.setupHorizontalMetrics(dict.fromkeys((".notdef", "box"), (_EM, left)))
    builder.setupHorizontalHeader(ascent=_ASCENT, descent=_DESCENT)
    builder.setupNameTable({"familyName": "Nianbao Box", "styleName": "Regular"})
    builder.setupOS2(sTypoAscender=_ASCENT, sTypoDescender=_DESCENT)
    builder.setupPost()
    builder.font["head"].created = builder.font["head"].modified = 0
    builder.font.recalcTimestamp = False
    builder.save(folder("data") / "pdf" / FILE)


def _all_as_box() -> Any:
    """Return the map of all characters of the basic plane to one glyph (format 13, many to one)."""
    from fontTools.ttLib.tables._c_m_a_p import CmapSubtable

    table = CmapSubtable.newSubtable(13)
    table.platformID, table.platEncID, table.language = 3, 10, 0
    table.cmap = dict.fromkeys(range(0x21, 0xFFFE), "box")
    return table


if __name__ == "__main__":
    main()
