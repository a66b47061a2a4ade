"""Tables whose numbers a tool printed in another order: the search tells cells by all sums of the form."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from msgspec.structs import replace

from nlp.form import form as forms
from nlp.form.labels.lexicon import lexicon
from nlp.tables.layouts.bands import band_readings, columns_named
from nlp.tables.page.regions import Region
from nlp.tables.page.tokens import tokens
from nlp.tables.solver.frame import frame
from nlp.tables.solver.solution import Solution
from nlp.tables.solver.solve import solve, solve_both
from nlp.tables.solver.stream import Gap, Number, Stream
from nlp.text.lines import split
from tests.tables.scrambled import COLUMNS, ROWS, TABLE, Grid, by_columns, grid, page

REVIEWS = forms.named("2019").table("review_litigation")
REVIEW_ROWS = [row.id for row in REVIEWS.rows]
GRID, REVIEW_GRID = frame(TABLE, ROWS), frame(REVIEWS, REVIEW_ROWS)
BLANK_TOTALS = (
    frame(TABLE, ROWS, without_totals=True),
    frame(REVIEWS, REVIEW_ROWS, without_totals=True),
)
CASES = [3, 1, 0, 2, 6, 0, 0, 1, 0, 1, 2, 0, 0, 0, 2]
"""The one row of 四: 6 reviews, 1 case without a review, 2 behind one."""


def stream(values: Sequence[int | None], gap: Gap = Gap.BLANK_LINE) -> Stream:
    return Stream([Number(value, gap) for value in values])


def block(found: Grid, rows: range, columns: range) -> list[int]:
    """Return the numbers of some rows and columns, row by row."""
    return [found[row][column] for row in rows for column in columns]


def columns_of(found: Grid, rows: range, columns: range) -> list[int]:
    """Return the numbers of some rows and columns, column by column."""
    return [found[row][column] for column in columns for row in rows]


def solved(values: Sequence[int | None]) -> Solution:
    found = solve(stream(values), TABLE, ROWS)
    assert found is not None
    return found


def wrong(values: Sequence[int | None], found: Solution, truth: Grid) -> list[tuple[str, str]]:
    """Return the cells that are told something else than the table says."""
    right = {
        (row, column.id): truth[n][m] for n, row in enumerate(ROWS) for m, column in enumerate(TABLE.columns)
    }
    return [cell for cell, place in found.told().items() if values[place] != right[cell]]


ALL, HEAD, REST = range(23), range(10), range(10, 23)
PAGES = {
    "row after row": block(grid(), ALL, range(7)),
    "one column after the other": columns_of(grid(), ALL, range(7)),
    "a box of four columns, then columns": [
        *block(grid(), ALL, range(4)),
        *columns_of(grid(), ALL, range(4, 7)),
    ],
    "ten rows in columns, the rest in rows": [
        *columns_of(grid(), HEAD, range(7)),
        *block(grid(), REST, range(7)),
    ],
    "two blocks of columns, each cut at the tenth row": [
        *block(grid(), HEAD, range(5)),
        *columns_of(grid(), REST, range(5)),
        *columns_of(grid(), HEAD, range(5, 7)),
        *columns_of(grid(), REST, range(5, 7)),
    ],
}


@pytest.mark.parametrize("name", PAGES)
def test_most_cells_are_told_and_none_wrong(name: str) -> None:
    found = solved(PAGES[name])
    assert not wrong(PAGES[name], found, grid())
    assert len(found.told()) >= 100
    assert not found.broken


def boxed(*boxes: Sequence[int]) -> Stream:
    """Return a stream of boxes, a blank line before each."""
    return Stream(
        [Number(value, Gap.LINE_END if n else Gap.BLANK_LINE) for box in boxes for n, value in enumerate(box)]
    )


def test_boxes_of_two_bands_that_are_woven_into_each_other_are_sorted() -> None:
    """Four columns of the first three rows, the first ones of the next rows, then what is left of all."""
    table = grid()
    boxes = [[row[column] for row in table[:3]] for column in range(4)]
    boxes += [[table[3][column]] for column in range(3)]
    boxes += [[row[0] for row in table[4:21]]]
    boxes += [[row[column] for row in table[:3]] for column in range(4, 7)]
    boxes += [[table[3][column]] for column in range(3, 7)]
    boxes += [[row[column] for row in table[4:21]] for column in range(1, 7)]
    boxes += [[row[column] for row in table[21:]] for column in range(7)]
    stream = boxed(*boxes)
    found = solve(stream, TABLE, ROWS)
    assert found is not None
    assert not found.broken
    values = [number.value for number in stream.numbers]
    assert not wrong(values, found, table)
    assert len(found.told()) >= 100


def test_a_box_before_the_first_column_is_sorted_among_other_rows() -> None:
    """A box of three columns is printed before the first one, the rest of its rows behind other rows."""
    table = grid()
    boxes = [block(table, range(3), range(2, 5))]
    boxes += [[row[column] for row in table[:3]] for column in range(2)]
    boxes += [[row[column] for row in table[3:12]] for column in range(2)]
    boxes += [[row[column] for row in table[:3]] for column in range(5, 7)]
    boxes += [[row[column] for row in table[3:12]] for column in range(2, 7)]
    boxes += [[row[column] for row in table[12:]] for column in range(7)]
    stream = boxed(*boxes)
    found = solve(stream, TABLE, ROWS)
    assert found is not None
    assert not found.broken
    assert not wrong([number.value for number in stream.numbers], found, table)
    assert found.cells["new_received", "total"].best in found.told().values()


def test_a_best_guess_is_right_where_nothing_is_told() -> None:
    values = PAGES["one column after the other"]
    best = [reading.best for reading in solved(values).cells.values()]
    assert [values[place] for place in best] == block(grid(), ALL, range(7))


def test_parts_are_doubted_where_totals_are_out_of_turn() -> None:
    """Sums tell the totals, but not which of the other columns stand behind them."""
    values = [
        *columns_of(grid(), ALL, range(5)),
        *columns_of(grid(), ALL, range(6, 7)),
        *columns_of(grid(), ALL, range(5, 6)),
    ]
    found = solved(values)
    assert not wrong(values, found, grid())
    assert ("new_received", "natural_person") not in found.told()
    assert ("new_received", "total") in found.told()


def test_columns_behind_their_own_headers_are_not_doubted() -> None:
    """The totals stand before the last column; the first five have their headers."""
    values = [
        *columns_of(grid(), ALL, range(5)),
        *columns_of(grid(), ALL, range(6, 7)),
        *columns_of(grid(), ALL, range(5, 6)),
    ]
    numbers = [*stream(values).numbers]
    for column, first in zip(TABLE.columns[:5], range(0, len(numbers), len(ROWS)), strict=False):
        numbers[first] = replace(numbers[first], gap=Gap.LABEL, columns=(column.id,))
    found = solve(Stream(numbers), TABLE, ROWS)
    assert found is not None
    assert not wrong(values, found, grid())
    assert found.told().keys() >= {("total", "natural_person"), ("total", "commercial_enterprise")}


def test_columns_that_a_sum_down_tells_from_each_other_are_not_doubted() -> None:
    """The totals of ten rows stand before the last column: the sums over all rows tell the columns."""
    values = [
        *columns_of(grid(), HEAD, range(5)),
        *columns_of(grid(), HEAD, range(6, 7)),
        *columns_of(grid(), HEAD, range(5, 6)),
        *block(grid(), REST, range(7)),
    ]
    found = solved(values)
    assert not wrong(values, found, grid())
    assert found.told().keys() >= {("granted", "natural_person"), ("granted", "commercial_enterprise")}


def test_page_numbers_are_put_aside() -> None:
    values = PAGES["row after row"]
    numbers = [*stream(values).numbers]
    numbers.insert(70, Number(3, Gap.BLANK_LINE))
    found = solve(Stream(numbers), TABLE, ROWS)
    assert found is not None
    assert found.aside == (70,)


def test_a_displaced_number_finds_its_cell() -> None:
    """The 31 of the first row stands behind the table."""
    values = PAGES["row after row"]
    moved = [*values[:6], *values[7:], values[6]]
    found = solved(moved)
    assert moved[found.cells["new_received", "total"].best] == 31
    assert not wrong(moved, found, grid())


def test_a_misprinted_total_is_not_told() -> None:
    table = grid()
    table[2][6] += 4
    values = block(table, ALL, range(7))
    found = solved(values)
    assert not wrong(values, found, table)
    assert ("granted", "total") not in found.told()


def test_nothing_is_told_of_numbers_that_are_no_table() -> None:
    values = [n % 11 for n in range(161)]
    found = solve(stream(values), TABLE, ROWS)
    assert found is None or not found.told()


def test_too_few_numbers_are_no_table() -> None:
    assert solve(stream([1, 2, 3]), TABLE, ROWS) is None


def test_a_printed_mark_of_a_blank_cell_is_not_a_zero() -> None:
    values: list[int | None] = [*PAGES["row after row"]]
    values[8] = None
    found = solved(values)
    assert found.cells["carried_over", "commercial_enterprise"].best == 8


def test_one_row_in_order_is_told_by_its_headers() -> None:
    ids = [column.id for column in REVIEWS.columns] * 3
    numbers = [Number(value, Gap.LABEL, columns=(id,)) for value, id in zip(CASES, ids, strict=True)]
    found = solve(Stream(numbers), REVIEWS, REVIEW_ROWS)
    assert found is not None
    assert [numbers[place].value for place in found.told().values()] == CASES


def test_columns_among_the_numbers_of_another_table_go_back() -> None:
    """The last two columns of 三 stand among the numbers of 四."""
    table = busy_grid()
    values = [*columns_of(table, ALL, range(5)), *CASES[:5], *columns_of(table, ALL, range(5, 7)), *CASES[5:]]
    large, small = solve_both(stream(values), stream(values), GRID, REVIEW_GRID)
    assert not large.broken
    assert not wrong(values, large, table)
    assert ("total", "total") in large.told()
    assert [values[reading.best] for reading in small.cells.values()] == CASES


def without_totals(found: Grid) -> list[int]:
    """Return the numbers of all columns but the totals, row by row, and those of 四 behind them."""
    return [*block(found, ALL, range(6)), *(number for n, number in enumerate(CASES) if n % 5 < 4)]


def test_columns_are_told_where_those_of_the_totals_are_blank() -> None:
    values = without_totals(busy_grid())
    (found,) = solve_both(stream(values), stream(values), *BLANK_TOTALS)
    assert not wrong(values, found, busy_grid())
    assert len(found.told()) >= 30


def test_nothing_is_told_where_another_column_than_the_totals_may_be_blank() -> None:
    """What stands last adds up the columns before it: it is the totals themselves."""
    table = [[*row[:5], sum(row[:5])] for row in busy_grid()]
    values = without_totals(table)
    assert solve_both(stream(values), stream(values), *BLANK_TOTALS) == []


def busy_grid() -> Grid:
    """Return a table that has numbers in every other row, and all sums."""
    rows = [[(7 * n + 3 * m) % 11 + (n + m) % 3 if n % 2 else 0 for m in range(6)] for n in range(len(ROWS))]
    place = {row: n for n, row in enumerate(ROWS)}
    for column in range(6):
        rows[place["total"]][column] = sum(row[column] for row in rows[place["granted"] : place["total"]])
        rows[place["carried_forward"]][column] = rows[place["carried_over"]][column]
        rows[place["new_received"]][column] = rows[place["total"]][column]
    return [[*row, sum(row)] for row in rows]


def headed(values: Sequence[int], starts: Sequence[int]) -> list[Number]:
    """Return numbers of which the header of each column stands before one."""
    numbers = [*stream(values).numbers]
    for column, start in zip(TABLE.columns, starts, strict=True):
        numbers[start] = replace(numbers[start], columns=(column.id,))
    return numbers


def test_columns_in_pieces_of_unlike_heights_are_put_together() -> None:
    """Two columns are printed whole, the others in two pieces, the last rows of all at the end."""
    table, cut = busy_grid(), 2
    values = columns_of(table, range(21), range(2))
    values += columns_of(table, range(cut), range(2, 5)) + columns_of(table, range(cut, 21), range(2, 5))
    values += columns_of(table, range(21), range(5, 7)) + columns_of(table, range(21, 23), range(7))
    found = solve(Stream(headed(values, [0, 21, 42, 44, 46, 105, 126])), TABLE, ROWS)
    assert found is not None
    assert not found.broken
    assert not wrong(values, found, table)
    assert len(found.told()) >= 150


def test_a_cell_that_is_blank_without_a_trace_is_left_open() -> None:
    """A number is lacking in the second column: all others are told, whose columns have their headers."""
    values = columns_of(busy_grid(), ALL, range(7))
    numbers = headed(values, range(0, 7 * 23, 23))
    del numbers[23 + 8]
    found = solve(Stream(numbers), TABLE, ROWS)
    assert found is not None
    assert not wrong([number.value for number in numbers], found, busy_grid())
    assert (ROWS[8], TABLE.columns[1].id) not in found.told()
    assert len(found.told()) >= 100


def test_a_page_is_read_with_the_tokens_of_its_cells() -> None:
    """The headers stand before their columns."""
    table = grid()
    boxes = [f"{COLUMNS[n]}\n\n" + "\n\n".join(str(row[n]) for row in table) for n in range(7)]
    text = "\n\n".join(boxes)
    lines = split(text)
    region = Region("requests", [token for line in lines for token in tokens(line)])
    read = band_readings(forms.named("2019"), {"requests": region}, lines)["requests"]
    told = {cell: int(token.text) for cell, token in read.told.items()}
    assert told["new_received", "natural_person"] == 20
    assert told["total", "total"] == 30
    assert len(told) == 161


def test_a_page_without_headers_leaves_its_candidates() -> None:
    found = page(by_columns(grid()))
    lines = split("")
    read = band_readings(forms.named("2019"), {"requests": Region("requests", found)}, lines)["requests"]
    left = [reading for cell, reading in read.solution.cells.items() if cell not in read.told]
    assert left
    assert all(len(reading.choices) > 1 for reading in left)


def test_numbers_behind_the_heading_of_the_next_chapter_go_back() -> None:
    """The last column of 三 and the numbers of 四 stand behind the heading 五."""
    table = busy_grid()
    boxes = ["\n".join(str(row[n]) for row in table) for n in range(7)]
    cases = "\n".join(map(str, CASES))
    text = "\n\n".join([*boxes[:6], "五、存在的主要问题", boxes[6], cases])
    lines = split(text)
    here = [token for line in lines[: text.count("\n", 0, text.index("五"))] for token in tokens(line)]
    regions = {"requests": Region("requests", here), "review_litigation": Region("review_litigation")}
    read = band_readings(forms.named("2019"), regions, lines)["requests"]
    place = {row: n for n, row in enumerate(ROWS)}
    assert len(read.told) >= 50
    assert read.told["new_received", "total"].text == str(table[place["new_received"]][6])


def test_headers_name_their_columns() -> None:
    known = lexicon("2021", "requests")
    assert columns_named(["商业", "企业", "科研", "机构"], known) == (
        "commercial_enterprise",
        "research_institution",
    )
