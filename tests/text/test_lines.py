"""Lines of a text: as they stand, as they are read, where they start."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from nlp.text.lines import split

TEXTS = st.text(st.sampled_from("0１规章\n\r\t\f\u200b\ufeff\u3000 ab。\u2028\u0085"), max_size=80)


def test_lines_are_counted_from_one_at_line_feeds_alone() -> None:
    assert [(line.n, line.raw) for line in split("一\r\n二\f三\u2028四\n")] == [
        (1, "一\r"),
        (2, "二\f三\u2028四"),
        (3, ""),
    ]


def test_an_empty_text_is_one_blank_line() -> None:
    (line,) = split("")
    assert line.blank
    assert (line.n, line.start) == (1, 0)


def test_a_line_of_invisible_characters_is_blank() -> None:
    assert all(line.blank for line in split("\u200b\u3000\ufeff\n\t\t\n \r"))


def test_plain_is_folded_without_holes_and_outer_space() -> None:
    (line,) = split("　（七）总\u200b计　１２ ")
    assert line.plain == "(七)总计 12"
    assert line.folded[line.folded.index("1")] == "1"
    assert line.raw[line.folded.index("1")] == "１"


@given(TEXTS)
def test_raw_lines_joined_are_the_text(text: str) -> None:
    assert "\n".join(line.raw for line in split(text)) == text


@given(TEXTS)
def test_every_line_starts_where_it_says(text: str) -> None:
    for line in split(text):
        assert text[line.start : line.start + len(line.raw)] == line.raw
        assert len(line.folded) == len(line.raw)
