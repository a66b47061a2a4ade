"""Numbers that lost the white space beside them."""

from __future__ import annotations

import pytest

from nlp.tables.glued import unglued
from nlp.tables.tokens import Kind, Token

PARTED = [
    ("规章0", [("text", "规章"), ("value", "0")]),
    ("3.补正后申请内容仍不明确0件", [("text", "3.补正后申请内容仍不明确"), ("value", "0件")]),
    ("(二)部分公开(区分处理的,只计这12", [("text", "(二)部分公开(区分处理的,只计这"), ("value", "12")]),
    ("0度办理结", [("value", "0"), ("text", "度办理结")]),
    ("1.属于国家秘密", [("text", "1.属于国家秘密")]),
    ("截至2022", [("text", "截至2022")]),
    ("0年", [("value", "0"), ("text", "年")]),
    ("2022年", [("text", "2022年")]),
    ("2022年度", [("text", "2022年度")]),
    ("5个工作日", [("text", "5个工作日")]),
]


@pytest.mark.parametrize(("text", "expected"), PARTED)
def test_a_number_is_parted_from_a_label_of_the_form(text: str, expected: list[tuple[str, str]]) -> None:
    token = Token(Kind.TEXT, 1, 7, 7 + len(text), text)
    parted = list(unglued(token))
    assert [(one.kind.value, one.text) for one in parted] == expected
    assert [(one.start, one.end) for one in parted] == _places(expected)


def _places(pieces: list[tuple[str, str]]) -> list[tuple[int, int]]:
    places, start = [], 7
    for _, text in pieces:
        places.append((start, start + len(text)))
        start += len(text)
    return places
