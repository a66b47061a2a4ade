"""Knowing every label of a table."""

from __future__ import annotations

import pytest

from nlp.form import form as forms
from nlp.form.labels.lexicon import Lexicon, lexicon
from nlp.form.labels.normalised import label_key

FORMS = [
    pytest.param(form, table, id=f"{form.edition}-{table.id}")
    for form in forms.editions()
    for table in form.tables
]


@pytest.mark.parametrize(("form", "table"), FORMS)
def test_every_spelling_names_its_row(form: forms.Form, table: forms.Table) -> None:
    known = lexicon(form.edition, table.id)
    for row in table.rows:
        for spelling in row.spellings:
            match = known.row(label_key(spelling))
            assert match is not None
            assert match.row == row.id


@pytest.fixture(scope="module")
def requests() -> Lexicon:
    return lexicon("2021", "requests")


MISSPELT = [
    ("本机关不掌握相关政府信思", "unavailable_not_held"),
    ("保护第三方合法权", "denied_third_party_rights"),
    ("本年新收政府信息公开申情数量", "new_received"),
    ("上年结转政府信息公开申情数量", "carried_over"),
    ("要求行政机关确认或重新出俱已获取信息", "rejected_reissue"),
]


@pytest.mark.parametrize(("key", "row"), MISSPELT)
def test_a_misspelt_label_is_known_with_less_certainty(requests: Lexicon, key: str, row: str) -> None:
    match = requests.row(key)
    assert match is not None
    assert match.row == row
    assert match.similarity < 1


@pytest.mark.parametrize("key", ["申请数量", "政府信息公开", "自然人", "其他", "属于", "本年度办理结果"])
def test_a_text_like_no_row_or_like_several_names_none(requests: Lexicon, key: str) -> None:
    match = requests.row(key)
    assert match is None or match.row == "other_remaining"


def test_groups_and_headers_are_known_by_their_pieces(requests: Lexicon) -> None:
    assert requests.is_part_of_group("度办理")
    assert requests.is_header("社会公益")
    assert not requests.is_header("予以公开")
