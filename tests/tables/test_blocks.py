"""Tables whose numbers come in boxes: some rows and some columns at a time."""

from __future__ import annotations

import pytest

from nlp.form.labels.lexicon import lexicon
from nlp.tables.labels.row_matches import match_labels
from nlp.tables.layouts.blocks import read_text_blocks
from nlp.tables.page.tokens import Token
from nlp.tables.reading import Reading
from tests.tables.scrambled import COLUMNS, ROWS, Grid, box, by_columns, grid, page

KNOWN = lexicon("2019", "requests")
OTHERS = [lexicon("2019", "review_litigation"), lexicon("2019", "disclosure")]
ALL = slice(None)
WIDE = "\n".join(COLUMNS[2:5])


def read(*boxes: str) -> tuple[Reading, list[Token]] | None:
    found = page(*boxes)
    return read_text_blocks(found, match_labels(found, KNOWN), KNOWN, OTHERS)


def numbers(reading: Reading) -> Grid:
    return [[int(token.text) for token in reading.runs[row]] for row in ROWS]


PAGES = {
    "a column in each box": [box(grid(), ALL, slice(n, n + 1)) for n in range(7)],
    "several columns in a box, row by row": [
        box(grid(), ALL, slice(0, 2)),
        f"{WIDE}\n{box(grid(), ALL, slice(2, 5))}",
        box(grid(), ALL, slice(5, 7)),
    ],
    "the rows of two pages": [
        box(grid(), slice(0, 9), slice(0, 2)),
        box(grid(), slice(0, 9), slice(2, 7)),
        box(grid(), slice(9, 23), slice(0, 2)),
        box(grid(), slice(9, 23), slice(2, 7)),
    ],
    "the second page's columns before the first page's last ones": [
        box(grid(), slice(0, 9), slice(0, 5)),
        box(grid(), slice(9, 23), slice(0, 5)),
        box(grid(), slice(0, 9), slice(5, 6)),
        box(grid(), slice(0, 9), slice(6, 7)),
        box(grid(), slice(9, 23), slice(5, 6)),
        box(grid(), slice(9, 23), slice(6, 7)),
    ],
    "every number in a box of its own, column by column": [by_columns(grid())],
}


@pytest.mark.parametrize("boxes", PAGES.values(), ids=PAGES)
def test_boxes_are_laid_as_the_sums_demand(boxes: list[str]) -> None:
    found = read(*boxes)
    assert found is not None
    reading, left = found
    assert (numbers(reading), left, reading.alternatives) == (grid(), [], {})
    assert not reading.unsure


def test_numbers_under_another_tables_headers_are_left_over() -> None:
    columns = [box(grid(), ALL, slice(n, n + 1)) for n in range(7)]
    four = "结果维持\n7\n结果纠正\n0\n其他结果\n1"
    found = read(*columns[:4], four, *columns[4:])
    assert found is not None
    assert numbers(found[0]) == grid()
    assert [token.text for token in found[1]] == ["7", "0", "1"]


def test_a_column_goes_where_its_header_says() -> None:
    columns = [f"{COLUMNS[n]}\n{box(grid(), ALL, slice(n, n + 1))}" for n in (1, 2, 3, 4, 5, 0, 6)]
    found = read(*columns)
    assert found is not None
    assert numbers(found[0]) == grid()


def test_columns_without_headers_whose_totals_do_not_come_last_are_in_doubt() -> None:
    found = read(f"{COLUMNS[6]}\n{COLUMNS[5]}\n" + by_columns(grid(), (0, 1, 2, 3, 4, 6, 5)))
    assert found is None or set(found[0].alternatives) >= {"new_received", "granted"}


def test_numbers_that_break_the_sums_in_every_order_are_no_reading() -> None:
    numbers = [n * n % 11 for n in range(7 * len(ROWS))]
    assert read("\n\n".join(map(str, numbers))) is None


def test_too_few_numbers_are_no_reading() -> None:
    assert read(*[box(grid(), ALL, slice(n, n + 1)) for n in range(6)]) is None
