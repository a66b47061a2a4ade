"""Words are the same whichever build of jieba cuts them, and nobody else's files are touched."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.text import words as module
from nlp.text.words import fast_cutter, signs, stock_cutter, words

TABLE = (
    ("行政许可\t322 件", ["行政许可", "¦", "件"]),
    ("规章 | 0 | 0 | 0 |", ["规章", "¦"]),
    ("三 、本 年 度办 理 结果", ["三", "、", "本年度", "办理", "结果"]),
    ("2023年1月1日起", ["◷", "起"]),
    ("发布时间:2024-01-15", ["发布", "时间", ":", "◷"]),
    ("电子邮箱:gkb_01@example.gov.cn", ["电子邮箱", ":", "✉"]),
    ("www.example.gov.cn/zwgk 公开", ["✉", "公开"]),
    ("收费53.6318 万元", ["收费", "￥"]),
    ("增长12.5%", ["增长", "№", "％"]),
    ("- 4 -", ["–", "№", "–"]),
    ("创建 and 文明", ["创建", "α", "文明"]),
    ("一是\n信息", ["一", "是", "\n", "信息"]),
    ("鿕鿖𠀀", ["□", "□", "□"]),
    ("", []),
)


@pytest.mark.parametrize(("text", "expected"), TABLE, ids=[text or "nothing" for text, _ in TABLE])
def test_a_text_is_cut_into_these_words(text: str, expected: list[str]) -> None:
    assert words(text) == expected


stock = stock_cutter()
fast = fast_cutter()
chinese = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=12)
labels = st.sampled_from(("政府信息公开", "规范性文件", "结转下年度", "3.危及“三安全一稳定”", "总计"))
marks = st.text("+#&._%-|\t\n /0123456789,，。（）ab@", max_size=6)
mixed = st.lists(st.one_of(chinese, labels, marks, st.text(max_size=4)), max_size=10).map("".join)


@settings(max_examples=400, deadline=None)
@given(mixed)
def test_both_builds_of_jieba_give_the_same_words(text: str) -> None:
    assert fast(signs(text)) == stock(signs(text))


@given(mixed)
def test_what_the_builds_differ_in_is_gone_before_they_cut(text: str) -> None:
    assert not set(signs(text)) & set("+#&._%-")
    assert all("一" <= character <= "龥" for character in signs(text) if "㐀" <= character <= "鿿")


@given(mixed)
def test_line_feeds_stay_where_they_are(text: str) -> None:
    assert words(text).count("\n") == text.count("\n")


def test_stock_jieba_leaves_the_shared_temporary_folder_alone_and_says_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    planted = tmp_path / "jieba.cache"
    planted.write_bytes(b"anybody's")
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    assert stock_cutter()("政府信息公开") == ["政府", "信息", "公开"]
    assert [*tmp_path.iterdir()] == [planted]
    assert planted.read_bytes() == b"anybody's"
    assert capfd.readouterr().err == ""


def test_stock_jieba_cuts_where_the_fast_build_is_not_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "find_spec", lambda name: None)
    monkeypatch.setattr(module, "stock_cutter", lambda: lambda text: ["stock", text])
    module.cutter.cache_clear()
    assert words("公开") == ["stock", "公开"]
    module.cutter.cache_clear()
