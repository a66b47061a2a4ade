"""Decoding the bytes of a text."""

from __future__ import annotations

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlp.reading.document import Unreadable
from nlp.reading.text import decode

PAGE = "青禾县水务局2021年政府信息公开工作年度报告\r\n一、总体情况\n\f规章\t3\t0\t12\n本年新收 7 件。"
ENCODED = [
    ("utf-8", "utf-8"),
    ("utf-8-sig", "utf-8-sig"),
    ("gbk", "gb18030"),
    ("gb18030", "gb18030"),
    ("utf-16", "utf-16"),
    ("utf-16-le", "utf-16-le"),
    ("utf-16-be", "utf-16-be"),
    ("utf-32", "utf-32"),
]


@pytest.mark.parametrize(("written", "read"), ENCODED)
def test_a_text_is_read_in_the_encoding_it_was_written_in(written: str, read: str) -> None:
    decoded = decode(PAGE.encode(written))
    assert (decoded.text, decoded.encoding, decoded.replaced) == (PAGE, read, 0)


def test_big_endian_utf_16_with_its_mark() -> None:
    assert decode(b"\xfe\xff" + PAGE.encode("utf-16-be")).text == PAGE


def test_traditional_text_in_big5() -> None:
    page = "政府信息公開工作年度報告，本年新收申請數量 7 件，行政處罰 3 件。" * 4
    assert decode(page.encode("big5hkscs")).text == page


def test_line_endings_form_feeds_and_control_characters_stay() -> None:
    page = "一、总体情况\r\n\f规章\x0b0\x07\n总计\x00 7\n" + PAGE
    decoded = decode(page.encode())
    assert decoded.text == page


@pytest.mark.parametrize("content", [b"", b" \n\t\r\n", b"\0\0\0\0", b"\f\f"])
def test_nothing_but_white_space_is_empty(content: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(content)
    assert refusal.value.code == "empty"


@pytest.mark.parametrize("mark", [b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff"])
def test_a_byte_order_mark_alone_is_empty(mark: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(mark)
    assert refusal.value.code == "empty"


BINARY = [
    bytes(range(256)) * 40,
    b"\x00\x01\x02\x03\xff\xfe\x9c" * 300,
]


@pytest.mark.parametrize("content", BINARY)
def test_a_binary_file_is_refused(content: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        decode(content)
    assert refusal.value.code == "binary"


def test_damaged_bytes_are_replaced_and_counted() -> None:
    content = (PAGE * 20).encode()
    damaged = content[:500] + b"\xff\xfe\xff" + content[500:]
    decoded = decode(damaged)
    assert decoded.encoding == "utf-8"
    assert decoded.replaced >= 3
    assert decoded.text == damaged.decode("utf-8", "replace")


def test_a_text_cut_in_the_middle_of_a_character_is_read() -> None:
    decoded = decode((PAGE * 20).encode()[:-1])
    assert decoded.encoding == "utf-8"
    assert decoded.replaced == 1


@given(st.sampled_from([written for written, _ in ENCODED]), st.integers(1, 4))
def test_the_encoding_named_gives_the_text_back(encoding: str, times: int) -> None:
    content = (PAGE * times).encode(encoding)
    decoded = decode(content)
    assert content.decode(decoded.encoding, "replace") == decoded.text


@given(st.binary(min_size=1, max_size=200))
def test_any_bytes_are_a_text_or_unreadable(content: bytes) -> None:
    with suppress(Unreadable):
        decoded = decode(content)
        assert content.decode(decoded.encoding, "replace") == decoded.text
