"""PDFs whose fonts neither they nor the machine have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

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
