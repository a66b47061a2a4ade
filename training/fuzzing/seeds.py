"""Whole files of every kind, to be damaged: the sample reports, and what is made of them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache
from html import escape
from io import BytesIO
from itertools import cycle
from pathlib import Path
from random import Random
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

from nlp.reading.text import decode
from nlp.resources import folder
from training.fuzzing.markup import MARKUP
from training.fuzzing.packed import PDF, ZIPPED
from training.fuzzing.pieces import BYTES, TEXT, Damage, in_encoding
from training.rendering.ofd import HABITS, ofd

_RENDERED = Path(__file__).parents[2] / "tests" / "renderings"
_SAVED = (
    b"From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    b"--x\r\nContent-Type: text/html\r\n\r\n"
)
_SHORT = 60
"""In lines: what is converted from a sample is made of its beginning."""


def samples() -> list[str]:
    """Return the sample reports."""
    paths = sorted((folder("data") / "samples").glob("*.txt"))
    return [decode(path.read_bytes()).text for path in paths]


def _texts() -> list[bytes]:
    return [text.encode() for text in samples()]


def _pages() -> list[bytes]:
    tables = [_rows(text) for text in samples()[:3]]
    made = [
        f"<html><head><title>{lines[0][0]}</title></head><body>{_html(lines)}</body></html>"
        for lines in tables
    ]
    return [*_rendered("html"), *(page.encode() for page in made)]


def _markdown() -> list[bytes]:
    pages = [f"# {lines[0][0]}\n\n{_html(lines)}".encode() for lines in map(_rows, samples()[:2])]
    return [samples()[5].encode(), *pages]


def _rows(text: str) -> list[list[str]]:
    return [line.replace("|", "\t").split("\t") for line in text.split("\n")[:_SHORT]]


def _html(lines: list[list[str]]) -> str:
    parts = []
    for line in lines:
        cells = "".join(f'<td colspan="1" rowspan="1">{escape(cell)}</td>' for cell in line)
        parts.append(f"<table><tr>{cells}</tr></table>" if len(line) > 1 else f"<p>{escape(line[0])}</p>")
    return "\n".join(parts).replace("</table>\n<table>", "\n")


def _rendered(ending: str) -> list[bytes]:
    """Return the reports of the tests in a format; none where the tests are not there."""
    return [path.read_bytes() for path in sorted(_RENDERED.glob(f"*.{ending}"))]


def _ofds() -> list[bytes]:
    pdfs = _rendered("pdf")
    return [ofd(content, habit) for content, habit in zip(cycle(pdfs), HABITS, strict=False)] if pdfs else []


def _workbooks() -> list[bytes]:
    import xlsxwriter

    made = []
    for text in samples()[:3]:
        file = BytesIO()
        book = xlsxwriter.Workbook(file, {"in_memory": True})
        sheet = book.add_worksheet("表")
        percent = book.add_format({"num_format": "0.0%"})
        for n, line in enumerate(_rows(text)):
            for column, cell in enumerate(line):
                number = int(cell) if cell.strip().isdecimal() else None
                sheet.write(n, column, cell if number is None else number, percent if n % 17 == 3 else None)
        sheet.merge_range(80, 0, 82, 3, "三、收到和处理政府信息公开申请情况")
        sheet.write_formula(83, 0, "=SUM(A1:A3)", None, 7)
        book.close()
        made.append(file.getvalue())
    return made


def _zips() -> list[bytes]:
    texts = _texts()
    inner = zipped({"甲.txt": texts[0], "乙.html": _pages()[0]})
    return [zipped({"2023/甲.txt": texts[0], "b.docx": b"", "c.zip": inner}), inner]


def _seven_zips() -> list[bytes]:
    import py7zr

    file = BytesIO()
    with py7zr.SevenZipFile(file, "w") as archive:
        archive.writestr(_texts()[0], "2023/甲.txt")
        archive.writestr(_pages()[0], "乙.html")
    return [file.getvalue()]


def zipped(parts: dict[str, bytes]) -> bytes:
    """Return a ZIP archive."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def _pictures() -> list[bytes]:
    """Return a page as PNG, JPEG and TIFF, of several modes and ways of packing."""
    import pypdfium2 as pdfium

    made = []
    for content in _rendered("pdf")[:1]:
        document = pdfium.PdfDocument(content)
        page = document[0].render(scale=0.6).to_pil()
        document.close()
        ways: list[tuple[str, str, dict[str, Any]]] = [
            *(("PNG", "L", {}), ("PNG", "P", {}), ("PNG", "RGBA", {}), ("JPEG", "RGB", {"quality": 70})),
            *(("JPEG", "L", {"progressive": True}), ("TIFF", "1", {"compression": "group4"})),
            *(
                ("TIFF", "RGB", {"compression": "tiff_lzw"}),
                ("TIFF", "L", {"compression": "tiff_adobe_deflate"}),
            ),
        ]
        for format, mode, settings in ways:
            file = BytesIO()
            page.convert(mode).save(file, format, **settings)
            made.append(file.getvalue())
    return made


def _old_word() -> list[bytes]:
    """Return a report as .doc, .rtf and .odt, as LibreOffice writes them; none where it is not there."""
    import subprocess
    from tempfile import TemporaryDirectory

    from nlp.reading.office import _installed_program

    program = _installed_program()
    if program is None:
        return []
    made = []
    with TemporaryDirectory() as place:
        source = Path(place) / "a.docx"
        source.write_bytes(_rendered("docx")[0])
        for ending in ("doc", "rtf", "odt"):
            order = [
                program,
                f"-env:UserInstallation=file://{place}/profile",
                "--headless",
                "--convert-to",
                ending,
            ]
            subprocess.run(
                [*order, "--outdir", place, str(source)], capture_output=True, timeout=120, check=False
            )
            if source.with_suffix(f".{ending}").exists():
                made.append(source.with_suffix(f".{ending}").read_bytes())
    return made


KINDS: dict[str, tuple[Callable[[], list[bytes]], tuple[Damage, ...]]] = {
    "text": (_texts, (*TEXT, *TEXT, in_encoding, *BYTES)),
    "html": (_pages, (*MARKUP, *MARKUP, in_encoding, *BYTES)),
    "saved page": (lambda: [_SAVED + page + b"\r\n--x--\r\n" for page in _pages()], (*MARKUP, *BYTES)),
    "markdown": (_markdown, (*MARKUP, *TEXT)),
    "docx": (lambda: _rendered("docx"), tuple(ZIPPED)),
    "ofd": (_ofds, tuple(ZIPPED)),
    "xlsx": (_workbooks, tuple(ZIPPED)),
    "pdf": (lambda: _rendered("pdf"), tuple(PDF)),
    "picture": (_pictures, tuple(BYTES)),
    "zip": (_zips, tuple(ZIPPED)),
    "7z": (_seven_zips, tuple(BYTES)),
    "doc, rtf, odt": (_old_word, (*BYTES, *TEXT)),
}
"""The documents of each kind, and how they are damaged."""


@cache
def seeds(kind: str) -> list[bytes]:
    """Return the documents of a kind; none where what makes them is not installed."""
    try:
        return KINDS[kind][0]()
    except ModuleNotFoundError:
        return []


def damaged(kind: str, seed: int, count: int, start: int = 0) -> Iterator[tuple[str, bytes]]:
    """Yield documents of a kind that are damaged in one to four places; by its name each can be made anew."""
    whole = seeds(kind)
    ways = KINDS[kind][1]
    for n in range(start, start + count if whole else start):
        chance = Random(f"{kind}/{seed}/{n}")
        content = chance.choice(whole)
        for _ in range(chance.choice((1, 1, 2, 4))):
            content = chance.choice(ways)(content, chance)
        yield f"{kind}/{seed}/{n}", content
