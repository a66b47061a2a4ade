"""Tells what kind of file some bytes are, by their content."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

PDF = "application/pdf"
TEXT = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"
SAVED_PAGE = "multipart/related"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLD_WORD = "application/msword"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORD),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"{\\rtf", RTF),
    (b"\x7fELF", "application/octet-stream"),
    (b"MZ\x90\0", "application/octet-stream"),
    (b"SQLite format 3", "application/vnd.sqlite3"),
)


_HEAD = 4096
_PDF_WITHIN = 1024
"""How far into a file the mark of a PDF may stand, as its standard has it."""
_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|center|div|span|script|style|link|h1|h2|p|article)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_HOLDS = re.compile(rb"<(?:html|body)(?:\s[^<>]{0,400})?>", re.IGNORECASE)
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|\?xml)\b", re.IGNORECASE)
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_TABLES = re.compile(rb"<table[\s>].*?</table>", re.IGNORECASE | re.DOTALL)
_PARAGRAPHS = re.compile(rb"</p>|<br ?/?>", re.IGNORECASE)
_MARKS = re.compile(rb"^(?:#{1,6} |\|[ :]*-{3})", re.MULTILINE)
"""What only Markdown has: headings and the rules of tables, at the beginning of a line."""
_LONG = 900
_RULE = re.compile(rb"\| *:?-{3,}:? *\|")
_SAVED = re.compile(
    rb"(?:From|MIME-Version|Subject|Snapshot-Content-Location):.*?multipart/related", re.DOTALL
)
_MEMBERS = {"word/document.xml": DOCX, "xl/workbook.xml": "application/vnd.ms-excel", "content.xml": ODT}


def media_type(content: bytes) -> str:
    """Return the media type; `text/plain` where nothing says otherwise.

    >>> media_type(b"%PDF-1.7 ..."), media_type("一、总体情况".encode()), media_type(b"<html><body>")
    ('application/pdf', 'text/plain', 'text/html')
    >>> media_type("## 二、\\n<table><tr><td>规章</td></tr></table>".encode())
    'text/markdown'
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return _zipped(content) if kind == "application/zip" else kind
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    head = content[:_HEAD].replace(b"\0", b"")
    if _SAVED.match(head):
        return SAVED_PAGE
    if _OPENS.match(head) or _HOLDS.search(head) or _TABLE.search(content):
        return _of_markup(content, head)
    return MARKDOWN if b"---" in content and _is_folded(content) else TEXT


def _of_markup(content: bytes, head: bytes) -> str:
    """Tell a page, or a piece of one, from Markdown with some markup in it (pandoc, MinerU)."""
    if _PAGE.match(head):
        return HTML
    piece = _OPENS.match(head) or _HOLDS.search(head) or _PARAGRAPHS.search(_TABLES.sub(b"", content))
    return MARKDOWN if _MARKS.search(content) or not piece else HTML


def _is_folded(content: bytes) -> bool:
    """Tell whether a row of Markdown holds the rule of another table, or pages of text are a table's head."""
    before = b""
    for line in content.split(b"\n"):
        if b"---" in line:
            rule = _RULE.search(line)
            if rule and line[: rule.start()].strip(b"|:- \t\r"):
                return True
            if line.startswith(b"---") and len(before.partition(b"|")[0]) >= _LONG:
                return True
        before = line
    return False


def _zipped(content: bytes) -> str:
    """Tell what a zipped file holds, by the names of its parts."""
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            names = archive.NameToInfo
            return next((kind for name, kind in _MEMBERS.items() if name in names), "application/zip")
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        return DOCX if b"word/" in content else "application/zip"
