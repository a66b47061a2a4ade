"""Rows whose labels a tool has torn up: known by their characters and the rows around them."""

from __future__ import annotations

import pytest

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.reordered_labels import with_reordered_labels
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split

FIRST, LAST = "1.属于国家秘密 0 0 0 0 0 0 0", "4.保护第三方合法权益 0 0 0 0 0 0 0"
THIRD = "3.危及“三安全一稳定” 0 0 0 0 0 0 0"


def rows(*lines: str, edition: str = "2021") -> list[str]:
    known = lexicon(edition, "requests")
    found = [token for line in split("\n".join(lines)) for token in tokens(line)]
    return [match.row for match in with_reordered_labels(found, match_labels(found, known), known).rows]


TORN = [
    "2 止 .其 公 他 开 法 律 行 政 法 规 禁 1 0 0 0 0 0 1",
    "( 公 三 开 ) 2 禁 .其 止 他 公 法 开 律 不 行 予 政 法 规 1 0 0 0 0 0 1",
    "三、本年度办2.其他法律行政法规禁止公开结果 1 0 0 0 0 0 1",
]


@pytest.mark.parametrize("torn", TORN)
def test_a_label_is_known_by_its_characters_and_its_neighbours(torn: str) -> None:
    assert rows(FIRST, torn, THIRD)[1] == "denied_prohibited_by_law"


@pytest.mark.parametrize("torn", TORN[:2])
def test_where_the_row_is_named_or_has_no_place_it_is_not_found_again(torn: str) -> None:
    named = rows(FIRST, "2.其他法律行政法规禁止公开 0 0 0 0 0 0 0", torn, THIRD)
    assert named.count("denied_prohibited_by_law") == 1
    assert "denied_prohibited_by_law" not in rows(THIRD, torn, LAST)


def test_other_characters_are_another_label() -> None:
    assert (
        "denied_prohibited_by_law" not in rows(FIRST, "2.其他地方规章办法不许发布 1 0 0 0 0 0 1", THIRD)[1:-1]
    )
    assert rows(FIRST, "( 不 三 予 ) 公 开 1 0 0 0 0 0 1", THIRD) == rows(FIRST, THIRD)


def test_a_label_without_numbers_is_no_row() -> None:
    assert rows(FIRST, TORN[0].split(" 1 ")[0], THIRD) == rows(FIRST, THIRD)
