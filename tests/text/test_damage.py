"""Text whose characters are others than the page shows."""

from __future__ import annotations

import random

import pytest

from nlp.text.damage import is_damaged

PAGE = (
    "二、存在的主要问题及改进情况。一是公开内容不够全面，个别栏目更新不够及时；二是工作人员业务水平有待提高。"
    "下一步，我局将加强学习培训，完善工作制度，明确专人负责，做到应公开尽公开，不断提高政府信息公开工作质量。"
)


def test_what_people_write_is_no_damage() -> None:
    assert not is_damaged(PAGE)
    assert not is_damaged("this line is long enough to be one, and it is of plain letters; so is this one")
    assert not is_damaged("規範性檔案的管理工作進一步加強，全年主動公開政府資訊三百餘條，辦理及時。" * 3)
    assert not is_damaged("乬亪仜")


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: "".join(chr(ord(sign) + 7) if sign > "一" else sign for sign in text),
        lambda text: text.encode("gbk").decode("latin-1"),
        lambda text: text.encode().decode("gbk", "ignore"),
        lambda text: "".join(chr(0xE000 + ord(sign) % 6000) if sign > "一" else sign for sign in text),
        lambda text: "".join(random.Random(1).sample(text, len(text))),
    ],
    ids=["other characters", "letters with accents", "another encoding", "no characters", "common ones"],
)
def test_damage_is_told(damage: object) -> None:
    assert callable(damage)
    assert is_damaged(damage(PAGE))
