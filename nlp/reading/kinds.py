"""The media type of a file, by its content."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO

PDF = "application/pdf"
TEXT = "text/plain"
HTML = "text/html"
MARKDOWN = "text/markdown"
SAVED_PAGE = "multipart/related"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
OLD_WORD = "application/msword"
OLD_EXCEL = "application/vnd.ms-excel"
RTF = "application/rtf"
ODT = "application/vnd.oasis.opendocument.text"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
OFD = "application/ofd"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ZIP = "application/zip"
SEVEN_ZIP = "application/x-7z-compressed"
PNG = "image/png"
JPEG = "image/jpeg"
TIFF = "image/tiff"
GZIP = "application/gzip"
RAR = "application/vnd.rar"

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", PDF),
    (b"PK\x03\x04", ZIP),
    (b"PK\x05\x06", ZIP),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", OLD_WORD),
    (b"\x89PNG", PNG),
    (b"\xff\xd8\xff", JPEG),
    (b"GIF8", "image/gif"),
    (b"II*\0", TIFF),
    (b"MM\0*", TIFF),
    (b"\x1f\x8b", GZIP),
    (b"Rar!", RAR),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (b"{\\rtf", RTF),
    (b"\x7fELF", "application/octet-stream"),
    (b"MZ\x90\0", "application/octet-stream"),
    (b"SQLite format 3", "application/vnd.sqlite3"),
)
"""How the files of each kind begin."""

_HEAD = 4096
"""In bytes: the beginning of a file in which markup is looked for."""
_PDF_WITHIN = 1024
"""In bytes: the signature of a PDF may stand so far into a file, as its standard has it."""
_OPENS = re.compile(
    rb"(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)?\s*(?:<\?xml[^>]{0,200}>\s*|<!--.{0,2000}?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|meta|title|table|center|div|span|script|style|link|h1|h2|p|article)[\s>/]",
    re.IGNORECASE | re.DOTALL,
)
_HOLDS = re.compile(rb"<(?:html|body)(?:\s[^<>]{0,400})?>", re.IGNORECASE)
"""What a file of HTML, or of a part of a page, begins with."""
_PAGE = re.compile(rb"(?:\xef\xbb\xbf)?\s*<(?:!doctype|html|head|body|meta|\?xml)\b", re.IGNORECASE)
_TABLE = re.compile(rb"<table[\s>]", re.IGNORECASE)
_TABLES = re.compile(rb"<table[\s>].*?</table>", re.IGNORECASE | re.DOTALL)
_PARAGRAPHS = re.compile(rb"</p>|<br ?/?>", re.IGNORECASE)
_MARKS = re.compile(rb"^(?:#{1,6} |\|[ :]*-{3})", re.MULTILINE)
"""What only Markdown has at the beginning of a line: headings and the rules below the heads of tables."""
_LONG = 900
"""In bytes: no head of a table in Markdown is longer, but a whole report that was made one is."""
_RULE = re.compile(rb"\| *:?-{3,}:? *\|")
_SAVED = re.compile(
    rb"(?:From|MIME-Version|Subject|Snapshot-Content-Location):.*?multipart/related", re.DOTALL
)
_OLD_WORD_PARTS = tuple(name.encode("utf-16-le") for name in ("WordDocument", "CONTENTS", "MatOST"))
_OLD_EXCEL_PARTS = tuple(name.encode("utf-16-le") for name in ("Workbook\0", "Book\0"))
"""Names of parts of files that hold others (OLE), as word processors and spreadsheets write them."""
_SPREADSHEET = b"mimetype" + ODS.encode()
_FIRST_NAME = 30
"""Where that stands at the beginning of a spreadsheet of OpenDocument: behind the head of its first part."""
_MEMBERS = {"word/document.xml": DOCX, "xl/workbook.xml": XLSX, "ofd.xml": OFD, "content.xml": ODT}
"""What documents that are zipped hold, in small letters."""


def media_type(content: bytes) -> str:
    """Return the media type of a file; `text/plain` where no other is recognised.

    >>> media_type(b"%PDF-1.7 ..."), media_type("一、总体情况".encode()), media_type(b"<html><body>")
    ('application/pdf', 'text/plain', 'text/html')
    >>> media_type("## 二、\\n<table><tr><td>规章</td></tr></table>".encode())
    'text/markdown'
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            if kind == OLD_WORD:
                return _kind_of_compound_file(content)
            return _kind_of_archive(content) if kind == ZIP else kind
    if b"%PDF-" in content[:_PDF_WITHIN]:
        return PDF
    head = content[:_HEAD].replace(b"\0", b"")
    if _SAVED.match(head):
        return SAVED_PAGE
    if _OPENS.match(head) or _HOLDS.search(head) or _TABLE.search(content):
        return _kind_of_markup(content, head)
    if b"---" in content and _is_folded_markdown(content):
        return MARKDOWN
    return TEXT


def _kind_of_markup(content: bytes, head: bytes) -> str:
    """Return HTML for a page or a part of one, MARKDOWN for Markdown with markup in it (pandoc, MinerU)."""
    if _PAGE.match(head):
        return HTML
    if _MARKS.search(content):
        return MARKDOWN
    if _OPENS.match(head) or _HOLDS.search(head) or _PARAGRAPHS.search(_TABLES.sub(b"", content)):
        return HTML
    return MARKDOWN


def _is_folded_markdown(content: bytes) -> bool:
    """Return whether Markdown has several lines of a table in one, or a whole text as the head of a table.

    Both come from sites that lay out the page as a table. Other Markdown is read like plain text.
    """
    line_before = b""
    for line in content.split(b"\n"):
        if b"---" in line:
            rule = _RULE.search(line)
            if rule and line[: rule.start()].strip(b"|:- \t\r"):
                return True
            head, _, _ = line_before.partition(b"|")
            if line.startswith(b"---") and len(head) >= _LONG:
                return True
        line_before = line
    return False


def kind_of_members(names: Iterable[str]) -> str:
    """Return the media type of a zipped file by the names of its members: ZIP for no document.

    >>> kind_of_members(["OFD.xml", "Doc_0/Document.xml"]), kind_of_members(["2023/report.docx"])
    ('application/ofd', 'application/zip')
    """
    plain = {name.replace("\\", "/").lstrip("/").lower() for name in names}
    for name, kind in _MEMBERS.items():
        if name in plain:
            return kind
    return ZIP


def _kind_of_compound_file(content: bytes) -> str:
    """Return OLD_EXCEL for what a spreadsheet program wrote and no word processor, else OLD_WORD."""
    is_of_word = any(name in content for name in _OLD_WORD_PARTS)
    is_of_excel = any(name in content for name in _OLD_EXCEL_PARTS)
    return OLD_EXCEL if is_of_excel and not is_of_word else OLD_WORD


def _kind_of_archive(content: bytes) -> str:
    """Return the media type of a zipped file by the names of its members."""
    if content.find(_SPREADSHEET, 0, _HEAD) == _FIRST_NAME:
        return ODS
    try:
        with zipfile.ZipFile(BytesIO(content)) as archive:
            return kind_of_members(archive.NameToInfo)
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError):
        # A damaged Word document is reported as one that cannot be unpacked.
        return DOCX if b"word/" in content else ZIP
