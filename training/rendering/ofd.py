"""Writes a PDF's characters and lines as an OFD, in the habits of different programs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from io import BytesIO
from itertools import pairwise
from typing import Literal, NamedTuple
from xml.sax.saxutils import escape
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from nlp.reading.pdf.objects import objects_of
from nlp.reading.pdf.rules import Rules, rules

Habit = Literal["line", "character", "runs", "scaled", "template"]
"""How a program writes text.

- `line`: a TextObject for each line, with its steps one by one.
- `character`: a TextObject for each character, its boundary that of the character.
- `runs`: a line with equal steps counted (`g 5 4.2`), lines ruled in one path.
- `scaled`: letters of one millimetre, scaled by a CTM; paths as well.
- `template`: the lines of tables in a template of the page, paths from the root, a root without a prefix.
"""
HABITS: tuple[Habit, ...] = ("line", "character", "runs", "scaled", "template")
_MM = 25.4 / 72
_CHINESE = 0x2E80
_WIDE_GAP = 2.0
"""In sizes of letters: what stands behind a wider gap is an object of its own."""
_NAMESPACE = "http://www.ofdspec.org/2016"


class _Letter(NamedTuple):
    """A character: its left edge, width, baseline from the top of the page, and size, in millimetres."""

    text: str
    x: float
    width: float
    y: float
    size: float


def ofd(content: bytes, habit: Habit) -> bytes:
    """Return a PDF whose pages stand upright as an OFD with the same characters and lines."""
    document = pdfium.PdfDocument(content)
    try:
        pages = [_page(document[n]) for n in range(len(document))]
    finally:
        document.close()
    return _zipped(pages, habit)


class _Page(NamedTuple):
    width: float
    height: float
    lines: list[list[_Letter]]
    ruled: list[tuple[float, float, float, float]]


def _page(page: pdfium.PdfPage) -> _Page:
    width, height = page.get_size()
    letters = list(_letters(page, height))
    drawn = rules(objects_of(page), lambda left, bottom, right, top: (left, bottom, right, top))
    page.close()
    return _Page(width * _MM, height * _MM, _lines(letters), list(_ruled(drawn, height)))


def _letters(page: pdfium.PdfPage, height: float) -> Iterator[_Letter]:
    """Yield the characters of a page in the order of the PDF, without those that pdfium adds."""
    text = page.get_textpage()
    x, y = pdfium_c.c_double(), pdfium_c.c_double()
    box = pdfium_c.FS_RECTF()
    found: list[tuple[str, float, float, float, float]] = []
    for n in range(text.count_chars()):
        pdfium_c.FPDFText_GetLooseCharBox(text.raw, n, box)
        pdfium_c.FPDFText_GetCharOrigin(text.raw, n, x, y)
        code = pdfium_c.FPDFText_GetUnicode(text.raw, n)
        if code > 0 and box.right > box.left and code not in (10, 13) and not 0xD800 <= code < 0xE000:
            size = pdfium_c.FPDFText_GetFontSize(text.raw, n)
            found.append((chr(code), box.left, box.right - box.left, height - y.value, size))
    text.close()
    factors = [width / size for one, _, width, _, size in found if ord(one) > _CHINESE and size > 0]
    factor = float(np.median(factors)) if factors else 1.0
    for one, left, width, baseline, size in found:
        yield _Letter(one, left * _MM, width * _MM, baseline * _MM, size * factor * _MM)


def _lines(letters: Sequence[_Letter]) -> list[list[_Letter]]:
    """Return letters in groups that stand on one baseline, one behind the other."""
    lines: list[list[_Letter]] = []
    for letter in letters:
        if lines:
            last = lines[-1][-1]
            goes_on = abs(last.y - letter.y) < 0.01 and abs(last.size - letter.size) < 0.01
            gap = letter.x - last.x - last.width
            if goes_on and letter.x > last.x and gap < _WIDE_GAP * letter.size:
                lines[-1].append(letter)
                continue
        lines.append([letter])
    return lines


def _ruled(drawn: Rules, height: float) -> Iterator[tuple[float, float, float, float]]:
    for y, left, right in drawn.across:
        yield left * _MM, (height - y) * _MM, right * _MM, (height - y) * _MM
    for x, bottom, top in drawn.down:
        yield x * _MM, (height - top) * _MM, x * _MM, (height - bottom) * _MM


def _zipped(pages: Sequence[_Page], habit: Habit) -> bytes:
    file = BytesIO()
    prefix = "" if habit == "template" else "ofd:"
    start = "/Doc_0/" if habit == "template" else ""
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:

        def add(name: str, xml: str) -> None:
            root, _, rest = xml.partition(">")
            with_namespace = f"{root} xmlns{':ofd' if prefix else ''}='{_NAMESPACE}'>{rest}"
            tags = with_namespace.replace("</", "\0").replace("<", f"<{prefix}").replace("\0", f"</{prefix}")
            archive.writestr(name, f"<?xml version='1.0' encoding='UTF-8'?>{tags}")

        add("OFD.xml", "<OFD><DocBody><DocRoot>Doc_0/Document.xml</DocRoot></DocBody></OFD>")
        named = "".join(
            f"<Page ID='{n + 1}' BaseLoc='{start}Pages/Page_{n}/Content.xml'/>" for n in range(len(pages))
        )
        templates = "".join(
            f"<TemplatePage ID='t{n}' BaseLoc='{start}Tpls/Tpl_{n}/Content.xml'/>" for n in range(len(pages))
        )
        width, height = (pages[0].width, pages[0].height) if pages else (210.0, 297.0)
        area = f"<PageArea><PhysicalBox>0 0 {width:.4f} {height:.4f}</PhysicalBox></PageArea>"
        common = f"<CommonData>{area}{templates if habit == 'template' else ''}</CommonData>"
        add("Doc_0/Document.xml", f"<Document>{common}<Pages>{named}</Pages></Document>")
        for n, page in enumerate(pages):
            box = f"<Area><PhysicalBox>0 0 {page.width:.4f} {page.height:.4f}</PhysicalBox></Area>"
            text = "".join(_text(line, habit) for line in page.lines)
            ruled = _paths(page, habit)
            used = ""
            if habit == "template":
                add(
                    f"Doc_0/Tpls/Tpl_{n}/Content.xml",
                    f"<Page><Content><Layer>{ruled}</Layer></Content></Page>",
                )
                used, ruled = f"<Template TemplateID='t{n}' ZOrder='Background'/>", ""
            content = f"<Content><Layer Type='Body'>{text}{ruled}</Layer></Content>"
            add(f"Doc_0/Pages/Page_{n}/Content.xml", f"<Page>{box}{used}{content}</Page>")
    return file.getvalue()


def _text(line: Sequence[_Letter], habit: Habit) -> str:
    if habit == "character":
        return "".join(_object([letter], letter.size, 1.0, habit) for letter in line)
    scale = line[0].size if habit == "scaled" else 1.0
    return _object(line, line[0].size, scale, habit)


def _object(line: Sequence[_Letter], size: float, scale: float, habit: Habit) -> str:
    """Return a TextObject; its boundary is as high as the letters, its coordinates `scale` times smaller."""
    first = line[0]
    left, top = first.x, first.y - size
    width = line[-1].x + line[-1].width - left
    steps = [f"{(after.x - letter.x) / scale:.4f}" for letter, after in pairwise(line)]
    written = _counted(steps) if habit == "runs" else steps
    delta = f" DeltaX='{' '.join(written)}'" if steps else ""
    matrix = f" CTM='{scale:.5f} 0 0 {scale:.5f} 0 0'" if scale != 1.0 else ""
    string = escape("".join(letter.text for letter in line))
    return (
        f"<TextObject Boundary='{left:.4f} {top:.4f} {width:.4f} {size * 1.2:.4f}' Font='1' "
        f"Size='{size / scale:.4f}'{matrix}>"
        f"<TextCode X='0' Y='{size / scale:.4f}'{delta}>{string}</TextCode></TextObject>"
    )


def _counted(steps: Sequence[str]) -> list[str]:
    """Return steps with equal ones counted: `g 3 4.2` for three of them."""
    written: list[str] = []
    n = 0
    while n < len(steps):
        count = 1
        while n + count < len(steps) and steps[n + count] == steps[n]:
            count += 1
        written += ["g", str(count), steps[n]] if count > 1 else [steps[n]]
        n += count
    return written


def _paths(page: _Page, habit: Habit) -> str:
    if not page.ruled:
        return ""
    whole = f"0 0 {page.width:.4f} {page.height:.4f}"
    if habit == "runs":
        data = " ".join(f"M {a:.4f} {b:.4f} L {c:.4f} {d:.4f}" for a, b, c, d in page.ruled)
        return f"<PathObject Boundary='{whole}'><AbbreviatedData>{data}</AbbreviatedData></PathObject>"
    scale = 0.5 if habit == "scaled" else 1.0
    matrix = f" CTM='{scale} 0 0 {scale} 0 0'" if scale != 1.0 else ""
    paths = []
    for left, top, right, bottom in page.ruled:
        ends = f"M 0 0 L {(right - left) / scale:.4f} {(bottom - top) / scale:.4f}"
        boundary = f"{left:.4f} {top:.4f} {right - left:.4f} {bottom - top:.4f}"
        data = f"<AbbreviatedData>{ends}</AbbreviatedData>"
        paths.append(f"<PathObject Boundary='{boundary}'{matrix}>{data}</PathObject>")
    return "".join(paths)
