"""PDFs whose fonts neither they nor the machine have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from nlp.reading.pdf.reading import read
from tests.hostile.making import pdf
from tests.reading.drawing import Drawing

WITHOUT_FONTS = """
import sys
from pypdfium2 import PdfSysfontBase
from nlp.reading.pdf import fallback_font, reading


class NoFonts(PdfSysfontBase):
    def MapFont(self, *_): return None
    def GetFont(self, *_): return None
    def EnumFonts(self, *_): return None


fonts = fallback_font.Fonts if sys.argv[1] == "fallback" else PdfSysfontBase
fonts(NoFonts()).setup()
fallback_font.with_fallback = reading.with_fallback = lambda: None
sys.stdout.reconfigure(encoding="utf-8")
print(reading.read(sys.stdin.buffer.read()).text)
"""
"""Reads a PDF on a machine that has no font at all."""

LINE = "以上情况，特此报告。" * 4


@pytest.mark.parametrize(("fonts", "kept"), [("fallback", 12), ("none", 1)])
def test_the_same_text_printed_below_is_kept_on_a_machine_without_fonts(fonts: str, kept: int) -> None:
    """The second arm shows what the fallback is for: pdfium alone keeps one line of them."""
    page = Drawing()
    page.prose("青禾县水务局2023年政府信息公开工作年度报告")
    for n in range(12):
        page.say(LINE, 50, 600 - 14 * n)
    root = Path(__file__).parents[2]
    run = subprocess.run(
        [sys.executable, "-c", WITHOUT_FONTS, fonts],
        input=page.pdf(),
        capture_output=True,
        check=True,
        cwd=root,
    )
    assert run.stdout.decode().count(LINE) == kept


UNNAMED = b"".join(
    (
        b"8 0 obj<</Type/Font/Subtype/Type0/BaseFont/%s/Encoding/Identity-H/DescendantFonts[9 0 R]",
        b"/ToUnicode 10 0 R>>endobj\n9 0 obj<</Type/Font/Subtype/CIDFontType2/BaseFont/%s/DW 1000",
        b"/CIDSystemInfo<</Registry(Adobe)/Ordering(Identity)/Supplement 0>>/CIDToGIDMap/Identity",
        b"/FontDescriptor<</Type/FontDescriptor/FontName/%s/Flags 4/FontBBox[0 -200 1000 900]/ItalicAngle 0",
        b"/Ascent 880/Descent -120/CapHeight 700/StemV 80>>>>endobj\n10 0 obj<</Length 194>>stream\n",
        b"begincmap /CMapName /A def /CMapType 2 def 1 begincodespacerange <0000> <FFFF> endcodespacerange ",
        b"2 beginbfrange <4E00> <4EFF> <4E00>\n<9600> <96FF> <9600> endbfrange endcmap",
        b"\nendstream endobj\ntrailer",
    )
)
"""A font that does not say that it is Chinese, as programs that are not Chinese write it."""


@pytest.mark.parametrize("name", [b"SimSun", b"FZXiaoBiaoSong-B05S", b"#CB#CE#CC#E5"])
@pytest.mark.parametrize("numeral", "零三")
def test_a_chinese_character_alone_is_read_in_a_font_that_nobody_has(name: bytes, numeral: str) -> None:
    shown = f"BT /C 10 Tf 60 700 Td <{numeral.encode('utf-16-be').hex()}> Tj ET "
    beside = "BT /F 10 Tf 60 750 Td (this line is long enough to be one) Tj ET "
    whole = pdf((beside + shown).encode()).replace(b"/F 5 0 R", b"/F 5 0 R/C 8 0 R")
    whole = whole.replace(b"trailer", UNNAMED.replace(b"%s", name))
    assert read(whole).text.split("\n")[-1] == numeral
