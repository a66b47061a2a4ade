"""Tells what kind of file some bytes are, by their content."""

from __future__ import annotations

_SIGNATURES: tuple[tuple[bytes, str], ...] = (
    (b"%PDF-", "application/pdf"),
    (b"PK\x03\x04", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "application/msword"),
    (b"\x89PNG", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"GIF8", "image/gif"),
    (b"II*\0", "image/tiff"),
    (b"MM\0*", "image/tiff"),
    (b"\x1f\x8b", "application/gzip"),
    (b"Rar!", "application/vnd.rar"),
    (b"7z\xbc\xaf\x27\x1c", "application/x-7z-compressed"),
    (b"{\\rtf", "application/rtf"),
    (b"\x7fELF", "application/octet-stream"),
    (b"MZ\x90\0", "application/octet-stream"),
    (b"SQLite format 3", "application/vnd.sqlite3"),
)


def media_type(content: bytes) -> str:
    """Return the media type; `text/plain` where nothing says otherwise.

    >>> media_type(b"%PDF-1.7 ..."), media_type("一、总体情况".encode())
    ('application/pdf', 'text/plain')
    """
    for signature, kind in _SIGNATURES:
        if content.startswith(signature):
            return kind
    return "text/plain"
