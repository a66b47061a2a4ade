"""Gives pdfium a font for Chinese text whose font neither the PDF nor the machine has."""

from __future__ import annotations

import ctypes
from functools import cache
from typing import Any

from pypdfium2 import PdfSysfontBase

from nlp.reading.patterns import pattern
from nlp.resources import folder

FILE = "box.ttf"
"""A font of boxes as large as Chinese characters, and half as wide for letters and digits.

`training/rendering/box_font.py` makes it.
"""
_FALLBACK = 1
"""What names this font to pdfium; the machine's own fonts are named by addresses."""
_NAME = b"Nianbao Box\0"
_SIMPLIFIED = 134
_CHARSETS = (128, 129, _SIMPLIFIED, 136)
"""The numbers of Japanese, Korean, simplified and traditional Chinese (fpdf_sysfontinfo.h)."""


class Fonts(PdfSysfontBase):  # type: ignore[misc]
    """The machine's fonts as pdfium finds them, and the fallback where it finds none for Chinese text.

    Without one the ink of a character has no height, and pdfium then takes what stands printed again below
    for the same text printed twice and drops it: on a machine without Chinese fonts, numbers were lost.
    The methods are pdfium's callbacks (fpdf_sysfontinfo.h).
    """

    def __init__(self, default: PdfSysfontBase | None = None) -> None:
        super().__init__(default)
        self.font = (folder("data") / "pdf" / FILE).read_bytes()

    def MapFont(
        self, fonts: Any, weight: int, italic: int, charset: int, pitch: int, face: Any, exact: Any
    ) -> int | None:
        """Return what names the font for some text, None for none.

        A PDF need not say that a font is Chinese; its name does. pdfium's own fonts would do for the letters
        and digits of such a font, but a character that they lack has no ink, and one that is alone was lost.
        """
        found: int | None = super().MapFont(fonts, weight, italic, charset, pitch, face, exact)
        if found is None and (charset in _CHARSETS or _is_chinese(ctypes.cast(face, ctypes.c_char_p).value)):
            return _FALLBACK
        return found

    def GetFontData(self, fonts: Any, font: int, table: int, buffer: Any, size: int) -> int:
        """Copy a font to a buffer that is large enough for it; return its size in bytes.

        `table` names one table of the font, or is 0 for all of it. The fallback is only asked for as a whole.
        """
        if font != _FALLBACK:
            copied: int = super().GetFontData(fonts, font, table, buffer, size)
            return copied
        return 0 if table else _copied(self.font, buffer, size)

    def GetFaceName(self, fonts: Any, font: int, buffer: Any, size: int) -> int:
        """Copy the name of a font, which ends with a null; return its size in bytes."""
        if font != _FALLBACK:
            copied: int = super().GetFaceName(fonts, font, buffer, size)
            return copied
        return _copied(_NAME, buffer, size)

    def GetFontCharset(self, fonts: Any, font: int) -> int:
        """Return the number of the writing that a font is for."""
        if font != _FALLBACK:
            charset: int = super().GetFontCharset(fonts, font)
            return charset
        return _SIMPLIFIED

    def DeleteFont(self, fonts: Any, font: int) -> None:
        """Let go of a font."""
        if font != _FALLBACK:
            super().DeleteFont(fonts, font)


def _is_chinese(face: bytes | None) -> bool:
    """Return whether the name of a font is that of a Chinese one; GBK and UTF-8 names are.

    >>> _is_chinese(b"SimSun"), _is_chinese("宋体".encode("gbk")), _is_chinese(b"Calibri"), _is_chinese(None)
    (True, True, False, False)
    """
    if face is None:
        return False
    return not face.isascii() or pattern("sheet", "chinese_font").search(face.decode("ascii")) is not None


def _copied(data: bytes, buffer: Any, size: int) -> int:
    """Copy bytes to a buffer of some size, if it is large enough; return how many they are."""
    if size >= len(data):
        ctypes.memmove(buffer, data, len(data))
    return len(data)


@cache
def with_fallback() -> None:
    """Have pdfium use the fallback font in this process."""
    Fonts().setup()
