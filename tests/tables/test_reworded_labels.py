"""Rows whose labels an agency words in its own way: known by their likeness and the rows around them."""

from __future__ import annotations

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.reworded_labels import with_reworded_labels
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split

FIRST, LAST = "1.属于国家秘密 0 0 0 0 0 0 0", "4.保护第三方合法权益 0 0 0 0 0 0 0"
THIRD = "3.危及“三安全一稳定” 0 0 0 0 0 0 0"


def rows(*lines: str, edition: str = "2021") -> list[str]:
    known = lexicon(edition, "requests")
    found = [token for line in split("\n".join(lines)) for token in tokens(line)]
    return [match.row for match in with_reworded_labels(found, match_labels(found, known), known).rows]


REWORDED = "2.其它法律行政法规不许公开 1 0 0 0 0 0 1"


def test_a_label_is_known_by_its_likeness_and_its_neighbours() -> None:
    assert rows(FIRST, REWORDED, THIRD)[1] == "denied_prohibited_by_law"


def test_where_the_row_is_named_or_has_no_place_it_is_not_found_again() -> None:
    named = rows(FIRST, "2.其他法律行政法规禁止公开 0 0 0 0 0 0 0", REWORDED, THIRD)
    assert named.count("denied_prohibited_by_law") == 1
    assert "denied_prohibited_by_law" not in rows(THIRD, REWORDED, LAST)


def test_other_words_are_another_label() -> None:
    assert rows(FIRST, "2.其他地方规章办法不许发布 1 0 0 0 0 0 1", THIRD) == rows(FIRST, THIRD)


def test_a_label_without_numbers_is_no_row() -> None:
    assert rows(FIRST, REWORDED.split(" 1 ")[0], THIRD) == rows(FIRST, THIRD)
