"""Telling what kind of file some bytes are."""

from __future__ import annotations

import pytest

from nlp.reading.kinds import media_type

KINDS = [
    (b"%PDF-1.4\n", "application/pdf"),
    (b"PK\x03\x04\x14\x00", "application/zip"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(8), "application/msword"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"{\\rtf1\\ansi", "application/rtf"),
    ("一、总体情况".encode(), "text/plain"),
    ("一、总体情况".encode("utf-16"), "text/plain"),
    (b"", "text/plain"),
]


@pytest.mark.parametrize(("content", "kind"), KINDS)
def test_kind_is_told_by_content(content: bytes, kind: str) -> None:
    assert media_type(content) == kind
