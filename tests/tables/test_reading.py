"""Which numbers belong to which row's label."""

from __future__ import annotations

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.layouts.beside import alongside, lines_of_numbers
from nlp.tables.layouts.rows import following
from nlp.tables.page.tokens import tokens
from nlp.tables.reading import Reading
from nlp.tables.score import weights
from nlp.text.lines import split

BETWEEN = """（一）予以公开 2 0 0 0 0 0 2
（二）部分公开（区分处理的，只计这一情
9 0 0 1 0 0 10
形，不计其他情形）"""
BEFORE = "4 0 0 0 0 0 4\n5.要求行政机关确认或重\n新出具已获取信息\n（七）总计 6 0 0 0 0 0 6"


def placed(page: str, layout: str) -> Reading:
    known = lexicon("2021", "requests")
    found = [token for line in split(page) for token in tokens(line)]
    matches = match_labels(found, known)
    if layout == "rows":
        return following(found, matches, known.table)
    return alongside(found, matches, known.table, lines_of_numbers(found, known.table))


def numbers(reading: Reading, row: str) -> list[str]:
    return [token.text for token in reading.runs[row] if token.text]


def test_numbers_behind_a_label_are_its_own() -> None:
    reading = placed("（一）予以公开 2 0 0 0 0 0 2\n（七）总计 3 0 0 0 0 0 3", "rows")
    assert reading.faults.none
    assert numbers(reading, "granted") == ["2", "0", "0", "0", "0", "0", "2"]
    assert not reading.unassigned


def test_numbers_between_the_halves_of_a_label_are_its_own() -> None:
    for layout in ("rows", "beside"):
        assert numbers(placed(BETWEEN, layout), "partially_granted") == ["9", "0", "0", "1", "0", "0", "10"]


def test_numbers_before_a_wrapped_label_cost_less_alongside() -> None:
    one, other = placed(BEFORE, "beside"), placed(BEFORE, "rows")
    assert one.faults.cost(weights()) < other.faults.cost(weights())
    assert numbers(one, "rejected_reissue") == ["4", "0", "0", "0", "0", "0", "4"]
    assert numbers(one, "total") == ["6", "0", "0", "0", "0", "0", "6"]


def test_numbers_that_no_label_precedes_are_orphans() -> None:
    reading = placed("7 7\n（一）予以公开 2 0 0 0 0 0 2", "rows")
    assert [token.text for token in reading.unassigned] == ["7", "7"]
    assert not reading.faults.none


def test_a_row_named_twice_with_other_numbers_is_in_doubt() -> None:
    reading = placed("（一）予以公开 2 0 0 0 0 0 2\n（一）予以公开 5 0 0 0 0 0 5", "rows")
    assert list(reading.alternatives) == ["granted"]


def test_a_row_named_twice_with_the_same_numbers_is_not() -> None:
    reading = placed("（一）予以公开 2 0 0 0 0 0 2\n（一）予以公开 2 0 0 0 0 0 2", "rows")
    assert not reading.alternatives
