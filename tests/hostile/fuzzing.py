"""Feeds a reader with what atheris makes of its seeds.

Run as `python -m tests.hostile.fuzzing READER FOLDER [-runs=N]`. It ends with a fault
that is no Unreadable, with a crash, or when it has made the runs that were asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from pathlib import Path

from tests.hostile.making import W, cell, docx, paragraph, pdf, ruled, shown, table, zipped

BODY = paragraph("一、总体情况") + table([["规章", "0"], [cell("1")]])
TREE = f"<w:document {W}><w:body>{BODY}</w:body></w:document>"
SHEET = shown("a line that is long enough", 60, 700) + ruled(50, 600, 250, 600) + ruled(50, 600, 50, 640)
SAVED = b"Content-Type: multipart/related; boundary=x\n\n--x\nContent-Type: text/html\n\n<p>a</p>\n--x--"
MARKUP = "<html><table><tr><td rowspan=2>规章<td>0<tr><td>1</table><p>一、总体情况".encode()


def in_document(tree: bytes) -> bytes:
    return zipped({"word/document.xml": tree})


SEEDS: dict[str, tuple[str, str, bytes, Callable[[bytes], bytes]]] = {
    "text": ("nlp.reading.text", "decode", "一、总体情况\n规章 0 1".encode("gb18030"), bytes),
    "html": ("nlp.reading.html.reading", "read", MARKUP, bytes),
    "saved": ("nlp.reading.html.reading", "read_saved", SAVED, bytes),
    "docx": ("nlp.reading.docx.reading", "read", docx(paragraph("一、总体情况")), bytes),
    "tree": ("nlp.reading.docx.reading", "read", TREE.encode(), in_document),
    "pdf": ("nlp.reading.pdf.reading", "read", pdf(SHEET), bytes),
    "sheet": ("nlp.reading.pdf.reading", "read", SHEET, pdf),
}
"""What reads, what it begins with, and what is packed around that: whole files, and the parts inside."""


def main(name: str, place: str, *settings: str) -> None:
    """Feed a reader; what it was fed is kept in a folder."""
    atheris = import_module("atheris")  # only who runs this needs it
    module, function, seed, packed = SEEDS[name]
    with atheris.instrument_imports(include=["nlp.reading"]):
        read = getattr(import_module(module), function)
        unreadable: type[Exception] = import_module("nlp.reading.document").Unreadable
    Path(place, "seed").write_bytes(seed)

    def fed(content: bytes) -> None:
        with suppress(unreadable):
            read(packed(content))

    atheris.Setup([sys.argv[0], place, f"-artifact_prefix={place}{os.sep}", *settings], fed)
    atheris.Fuzz()


if __name__ == "__main__":
    main(*sys.argv[1:])
