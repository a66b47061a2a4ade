"""Lines joined into paragraphs that know where they stand."""

from __future__ import annotations

import pytest

from nlp.narrative.paragraphs.extent import Extent
from nlp.narrative.paragraphs.passage import Passage
from nlp.narrative.paragraphs.prose import Prose
from nlp.text.lines import split

WRAPPED = (
    "全年公开政府信息三百条，办理依申请公开\n两件，回应群众关切的问题四十余个，做到\n件件有回音，事事有着落。"
)


def read(text: str, *labels: str) -> Passage:
    lines = split(text)
    prose = Prose(lines, labels or ["narrative"] * len(lines))
    return prose.passage(Extent(0, len(lines) - 1))


@pytest.mark.parametrize("between", ["\n", "\n\n", "\n- 4 -\n", "\n　　\n"])
def test_wrapped_lines_are_one_paragraph_whatever_stands_between(between: str) -> None:
    assert read(WRAPPED.replace("\n", between)).text == WRAPPED.replace("\n", "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("公开三百条。\n办理两件。", "公开三百条。\n办理两件。"),
        ("（一）主动公开\n公开三百条", "（一）主动公开\n公开三百条"),
        ("一是甲\n二是乙", "一是甲\n二是乙"),
        ("第 一 ， 政 策 解 读", "第一，政策解读"),
        ("共 3 条，其 中", "共 3 条，其中"),
        ("[bookmark: _Toc12]**主动公开。**三百条", "主动公开。三百条"),
    ],
)
def test_paragraphs_break_where_they_end(text: str, expected: str) -> None:
    assert read(text).text == expected


def test_every_character_knows_its_place() -> None:
    text = WRAPPED.replace("\n", "\n- 4 -\n   ")
    passage = read(text)
    for place, character in enumerate(passage.text):
        assert text[passage.span(place, place + 1)[0]] == character
    assert passage.lines(0, len(passage.text)) == (1, 5)
