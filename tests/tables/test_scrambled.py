"""Which tables are searched for another order of their numbers, and what that takes."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import pytest
from msgspec.structs import replace

from nlp.tables import scrambled
from nlp.tables.assemble import Assembly, assemble
from nlp.tables.solver.bands import Search
from nlp.tables.solver.frame import frame
from nlp.tables.solver.lanes import lanes
from nlp.tables.solver.skyline import NARROW, ways
from nlp.tables.solver.skyline_telling import tell_boxes
from nlp.tables.solver.stream import Gap, Number, Stream
from nlp.text.lines import split
from tests.tables.scrambled import LABELS, ROWS, TABLE, by_columns, grid

LARGEST = 100 * 2**20
"""In bytes: what the search may keep of the ways to fill a table."""


def one_cell_a_line(rows: Sequence[Sequence[object]]) -> str:
    """Return a page on which each label, and each cell behind it, has a line."""
    return "\n".join(str(cell) for label, row in zip(LABELS, rows, strict=True) for cell in (label, *row))


def assembled(page: str) -> Assembly:
    lines = split(page)
    labels = [None if line.blank else "table_row" for line in lines]
    return assemble(lines, labels, {"requests": (1, len(lines))}, 2019)


@pytest.fixture
def searches(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    """The searches that are made from here on."""
    made: list[object] = []
    search: Callable[..., object] = scrambled.band_readings

    def noted(*page: object) -> object:
        made.append(page)
        return search(*page)

    monkeypatch.setattr(scrambled, "band_readings", noted)
    return made


@pytest.mark.parametrize("two", ["3 6", "3|6", "12|15", "3\t6"])
def test_lines_of_two_numbers_are_faults_of_their_rows_alone(two: str, searches: list[object]) -> None:
    rows: list[list[object]] = [[*row] for row in grid()]
    faulty = [ROWS.index("new_received"), ROWS.index("granted")]
    for row in faulty:
        rows[row][2] = two
    cells = assembled(one_cell_a_line(rows)).tables["requests"]
    assert not searches
    for row in faulty:
        assert "ambiguous" in {cell.state for cell in cells[ROWS[row]].values()}
    for row in set(range(len(ROWS))).difference(faulty):
        assert [cell.value for cell in cells[ROWS[row]].values()] == grid()[row]


def test_columns_that_stand_apart_are_searched(searches: list[object]) -> None:
    assembled("\n".join(LABELS) + "\n\n" + by_columns(grid(), [1, 2, 3, 0, 4, 6, 5]))
    assert searches


def test_the_search_keeps_little_of_each_way() -> None:
    """Four numbers too many leave thousands of bands to fill, each in hundreds of orders."""
    numbers = [Number(value) for row in grid() for value in row]
    search = Search(Stream([*numbers, *[Number(1)] * 4]), frame(TABLE, ROWS))
    bands = [band for place in search.bands.values() for band in place]
    assert sum(band.places.nbytes + band.prices.nbytes + band.lacking.nbytes for band in bands) < LARGEST


def test_labels_without_a_number_are_no_blank_rows_where_another_table_has_all_of_them() -> None:
    """As pdftotext gives a page: the labels of 三, those of 四, then the numbers of both."""
    labels = [*LABELS, "行政复议", "结果维持", "结果纠正", "其他结果", "尚未审结", "总计"]
    numbers = "\n\n".join(["0"] * 15) + "\n\n" + by_columns(grid())
    lines = split("\n".join(labels) + "\n\n" + numbers)
    spans = {"requests": (1, len(LABELS)), "review_litigation": (len(LABELS) + 1, len(lines))}
    read = assemble(lines, [None if line.blank else "table_row" for line in lines], spans, 2019)
    for row, values in zip(ROWS, grid(), strict=True):
        for cell, value in zip(read.tables["requests"][row].values(), values, strict=True):
            assert cell.state == "ambiguous" or (cell.state, cell.value) == ("printed", value)


def test_columns_are_doubted_where_another_part_comes_to_more_than_persons() -> None:
    """As pdfminer gives a page: persons, who alone asked, are the last column but one that it prints."""
    asked = {"new_received": 2, "granted": 2, "total": 2}
    found = [[asked.get(row, 0), 0, 0, 0, 0, 0, asked.get(row, 0)] for row in ROWS]
    read = assembled("\n\n".join(LABELS) + "\n\n" + by_columns(found, [1, 2, 3, 4, 5, 0, 6]))
    for row, values in zip(ROWS, found, strict=True):
        for cell, value in zip(read.tables["requests"][row].values(), values, strict=True):
            assert cell.state == "ambiguous" or (cell.state, cell.value) == ("printed", value)


def test_a_number_that_goes_on_a_column_is_not_put_aside_for_the_sums_alone() -> None:
    """The last total is printed wrong, and a number of another page would close its sums."""
    numbers = [
        Number(row[column], Gap.IN_BOX if at else Gap.BOX_END)
        for column in range(7)
        for at, row in enumerate(grid())
    ]
    numbers[-1] = replace(numbers[-1], value=9)
    stream = Stream([*numbers, Number(4, Gap.BOX_END)])
    table = lanes(frame(TABLE, ROWS))
    (solution,) = tell_boxes(ways(stream, table, NARROW), stream, table)
    last = solution.cells["carried_forward", "total"]
    assert not last.told
    assert {choice.mark for choice in last.choices} == {4, 9}
