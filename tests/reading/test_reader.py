"""From an input to its document."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from nlp.reading import reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input

PAGE = "青禾县水务局2021年政府信息公开工作年度报告\n一、总体情况\n规章 3 0 12\n"


def written(folder: Path, content: bytes) -> Input:
    (folder / "a.txt").write_bytes(content)
    return Input(str(folder / "a.txt"))


def test_a_document_knows_its_source(tmp_path: Path) -> None:
    content = PAGE.encode("gb18030")
    document = reader.read(written(tmp_path, content))
    assert document.text == PAGE
    source = document.source
    assert (source.name, source.media_type, source.encoding) == ("a.txt", "text/plain", "gb18030")
    assert source.sha256 == hashlib.sha256(content).hexdigest()
    assert (source.lines, source.replaced_characters) == (4, 0)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_bytes_decoded_in_the_named_encoding_are_the_text(tmp_path: Path, encoding: str) -> None:
    content = PAGE.encode(encoding)
    document = reader.read(written(tmp_path, content))
    assert document.source.encoding is not None
    assert content.decode(document.source.encoding, "replace") == document.text


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"\n \n", "empty"),
        (b"GIF89a", "unsupported"),
        (bytes(range(256)) * 9, "binary"),
    ],
)
def test_what_gives_no_text_says_why(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        reader.read(written(tmp_path, content))
    assert refusal.value.code == code
    assert refusal.value.message.endswith(".")


def test_an_unread_input_still_has_a_source() -> None:
    source = reader.nothing_of(Input("in/x.txt"))
    assert (source.name, source.path, source.encoding, source.lines) == ("x.txt", "in/x.txt", None, 0)
