"""A dress is taken off the pages that wear it, and off no others."""

from __future__ import annotations

import pytest

from nlp.text.dress import Affixes, Dress, undressed

NUMBERED: Dress = (Affixes(" 0 "),)
SERVED: Dress = (Affixes(' {"text": "', '"},'),)

PAGE = ["某某县水利局2023年政府信息公开工作年度报告", "", "一、总体情况", *["规章\t0\t12\t3"] * 9]


def numbered(lines: list[str]) -> str:
    return "\n".join(f"{n:>6}  {line}".rstrip() for n, line in enumerate(lines, 1))


def test_every_character_keeps_its_place() -> None:
    text = numbered(PAGE)
    bare = undressed(text, [NUMBERED])
    assert len(bare) == len(text)
    assert bare.index("一、总体情况") == text.index("一、总体情况")
    assert [line.strip() for line in bare.split("\n")] == PAGE


def test_tabs_in_json_are_tabs() -> None:
    lines = [line.replace("\t", "\\t") for line in PAGE if line]
    text = "\n".join(f' {{"text": "{line}"}},' for line in lines)
    bare = undressed(text, [NUMBERED, SERVED])
    assert len(bare) == len(text)
    assert [cell.strip() for cell in bare.split("\n")[-1].split("\t")] == ["规章", "0", "12", "3"]


@pytest.mark.parametrize("lines", [PAGE, ["  1  规章"] * 9, [*PAGE, *["   12  规章"] * 30]])
def test_other_pages_and_short_ones_stay_as_they_are(lines: list[str]) -> None:
    assert undressed("\n".join(lines), [NUMBERED]) == "\n".join(lines)
