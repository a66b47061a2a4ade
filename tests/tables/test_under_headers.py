"""Numbers of 二 that stand under the headers of their columns."""

from __future__ import annotations

from itertools import chain

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.layouts.under_headers import headed
from nlp.tables.page.tokens import tokens
from nlp.tables.reading import Reading
from nlp.text.lines import split

KNOWN = lexicon("2021", "disclosure")
LABELS = "规章\n行政规范性文件\n行政许可\n行政处罚\n行政强制\n行政事业性收费\n"
REST = "\n本年处理决定数量\n910\n本年处理决定数量\n7\n35\n本年收费金额（单位：万元）\n12.5"
COLUMNS = "\n本年制发件数\n1\n4\n\n本年废止件数\n0\n2\n\n现行有效件数\n8\n31\n"


def read(page: str) -> Reading | None:
    found = list(chain.from_iterable(tokens(line) for line in split(page)))
    return headed(found, match_labels(found, KNOWN), KNOWN)


def row(reading: Reading | None, id: str) -> list[str]:
    assert reading is not None
    return [token.text for token in reading.runs[id]]


def test_a_column_under_its_header_is_its_own() -> None:
    reading = read(LABELS + COLUMNS + REST)
    assert row(reading, "regulations") == ["1", "0", "8"]
    assert row(reading, "normative_documents") == ["4", "2", "31"]
    assert row(reading, "coercion") == ["35"]
    assert reading is not None
    assert reading.alternatives == {}


def test_the_same_header_again_is_the_next_sections() -> None:
    reading = read(LABELS + COLUMNS + REST)
    assert (row(reading, "licensing"), row(reading, "penalties")) == (["910"], ["7"])


def test_a_box_of_headers_and_numbers_goes_row_by_row() -> None:
    reading = read(LABELS + "\n本年制发件数\n本年废止件数\n现行有效件数\n1\n0\n8\n4\n2\n31\n" + REST)
    assert row(reading, "normative_documents") == ["4", "2", "31"]
    assert reading is not None
    assert reading.alternatives == {}


def test_columns_in_boxes_apart_from_their_headers_may_come_in_any_order() -> None:
    reading = read(LABELS + "\n本年制发件数\n本年废止件数\n现行有效件数\n\n1\n4\n\n0\n2\n\n8\n31\n" + REST)
    assert reading is not None
    assert {run[0].text for run in reading.alternatives["normative_documents"]} == {"2", "31"}
    assert "licensing" not in reading.alternatives


def test_a_square_of_boxes_may_be_rows_or_columns() -> None:
    page = "\n本年制发件数\n1\n4\n\n本年废止件数\n\n现行有效件数\n\n0\n2\n\n8\n31\n"
    reading = read(LABELS + page + REST)
    assert reading is not None
    runs = [reading.runs["normative_documents"], *reading.alternatives["normative_documents"]]
    assert {tuple(token.text for token in run) for run in runs} >= {("4", "8", "31"), ("4", "2", "31")}


def test_rows_named_between_headers_and_numbers_have_those_behind_them() -> None:
    page = "本年制发件数\n本年废止件数\n现行有效件数\n规章\n\n1\n\n0\n\n8\n行政规范性文件\n\n4\n\n2\n\n31\n"
    rest = "本年处理决定数量\n行政许可\n910\n本年处理决定数量\n行政处罚\n行政强制\n7\n35\n"
    reading = read(page + rest + "行政事业性收费\n本年收费金额（单位：万元）\n12.5")
    assert row(reading, "normative_documents") == ["4", "2", "31"]
    assert row(reading, "fees") == ["12.5"]


def test_headers_out_of_order_leave_the_order_of_a_row_in_doubt() -> None:
    reading = read(LABELS + "\n现行有效件数\n本年制发件数\n本年废止件数\n1\n0\n8\n4\n2\n31\n" + REST)
    assert row(reading, "normative_documents") == ["4", "2", "31"]
    assert reading is not None
    assert {run[0].text for run in reading.alternatives["normative_documents"]} == {"2"}


def test_a_lost_header_leaves_nothing_told() -> None:
    assert read(LABELS + COLUMNS.replace("本年废止件数", "") + REST) is None


def test_a_number_too_many_leaves_nothing_told() -> None:
    assert read(LABELS + COLUMNS + REST.replace("35", "35\n3")) is None
