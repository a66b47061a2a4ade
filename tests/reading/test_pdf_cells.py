"""What a page of a PDF draws on and around the digits in a cell: lines, boxes, covers, nothing at all."""

from __future__ import annotations

import pytest

from nlp.reading.pdf.reading import read
from nlp.text.cells import UNREAD
from tests.hostile.making import pdf, ruled, shown

LONG = "this line is long enough to be one"
GRID = b"".join(
    [
        *(ruled(50, y, 250, y) for y in (600, 620, 640)),
        *(ruled(x, 600, x, 640) for x in (50, 150, 250)),
    ]
)
SEEN = shown("12", 180, 605)


def cell(drawn: bytes, page: bytes = b"") -> str:
    """Return the text of the cell beside a label on a page that draws something there."""
    labels = shown(LONG, 60, 750) + shown("granted", 60, 605) + shown("denied", 60, 625)
    text = read(pdf(GRID + labels + shown("2023", 180, 625) + drawn, page=page)).text
    return text.split("\n")[-1].split("\t", 1)[1]


def in_state(state: str, drawn: bytes) -> bytes:
    """Return what draws something in a state of the graphics."""
    return f"q {state} ".encode() + drawn + b" Q\n"


HIDDEN = {
    "invisible": in_state("3 Tr", shown("62", 160, 605)) + SEEN,
    "invisible right before": in_state("3 Tr", shown("62", 168.9, 605)) + SEEN,
    "white": in_state("1 g", shown("62", 168.9, 605)) + SEEN,
    "white in another colour space": in_state("0 0 0 0 k", shown("62", 168.9, 605)) + SEEN,
    "nearly white": in_state("0.98 g", shown("62", 168.9, 605)) + SEEN,
    "white on a white box": b"1 g 155 601 80 18 re f " + shown("62", 168.9, 605) + b"0 g " + SEEN,
    "covered": shown("62", 175, 605) + b"1 g 165 602 40 16 re f 0 g\n" + SEEN,
    "covered with black": shown("62", 200, 605) + b"195 602 25 16 re f\n" + SEEN,
    "clipped": in_state("0 0 9 9 re W n", shown("62", 168.9, 605)) + SEEN,
    "clipped twice": in_state("50 600 99 99 re W n 0 600 160 9 re W n", shown("62", 168.9, 605)) + SEEN,
    "too small to be read": shown("62", 191.2, 605, 0.8) + SEEN,
}


@pytest.mark.parametrize("drawn", HIDDEN.values(), ids=HIDDEN)
def test_what_a_page_does_not_show_is_none_of_a_number(drawn: bytes) -> None:
    assert cell(drawn) == "12"


SHOWN = {
    "white on blue": in_state("0 0 1 rg 150 600 100 20 re f 1 g", SEEN),
    "a pale grey": in_state("0.9 g", SEEN),
    "a white box below": b"1 g 150 600 100 20 re f 0 g\n" + SEEN,
    "a clip of its cell": in_state("150 600 100 20 re W n", SEEN),
    "a white box beside": SEEN + b"1 g 200 602 30 16 re f 0 g\n",
    "underlined": SEEN + ruled(179, 603.5, 192, 603.5),
    "a box around it": SEEN + b"177 602 18 13 re S\n",
    "lines around it": SEEN
    + b"".join(ruled(*line) for line in [(177, 602, 195, 602), (177, 615, 195, 615)])
    + b"".join(ruled(*line) for line in [(177, 602, 177, 615), (195, 602, 195, 615)]),
    "a circle around it": SEEN + b"175 605 m 175 618 197 618 197 605 c 197 600 175 600 175 605 c S\n",
    "a diagonal beside it": SEEN + ruled(205, 602, 245, 618),
}


@pytest.mark.parametrize("drawn", SHOWN.values(), ids=SHOWN)
def test_a_number_that_is_seen_stays(drawn: bytes) -> None:
    assert cell(drawn) == "12"


def test_invisible_text_over_a_picture_is_that_of_a_scan() -> None:
    picture = b"q 120 0 0 40 140 590 cm BI /W 1 /H 1 /CS /G /BPC 8 ID x EI Q\n"
    assert cell(picture + in_state("3 Tr", SEEN)) == "12"


def test_a_page_whose_writing_is_drawn_keeps_its_invisible_text() -> None:
    drawn = GRID + shown(LONG, 60, 750) + shown("granted", 60, 605)
    assert read(pdf(in_state("3 Tr", drawn + SEEN))).text.split("\n")[-1] == "granted\t12"


def test_text_of_a_layer_is_read_where_the_layer_is_shown() -> None:
    layer = b"/OC /L BDC " + shown("62", 168.9, 605) + b" EMC\n" + SEEN
    content = pdf(GRID + shown(LONG, 60, 750) + shown("2023", 180, 625) + shown("granted", 60, 605) + layer)
    content = content.replace(b"/Resources<<", b"/Resources<</Properties<</L 9 0 R>>")
    content = content.replace(b"trailer", b"9 0 obj<</Type/OCG/Name(notes)>>endobj\ntrailer")
    for switched, text in ((b"/OFF[9 0 R]", "12"), (b"", "6212")):
        catalog = b"/Pages 2 0 R/OCProperties<</OCGs[9 0 R]/D<<%s>>>>>>endobj\n2" % switched
        whole = content.replace(b"/Pages 2 0 R>>endobj\n2", catalog)
        assert read(whole).text.split("\n")[-1] == f"granted\t{text}"


def test_digits_of_which_a_part_is_covered_are_unread() -> None:
    assert set(cell(shown("6212", 175, 605) + b"1 g 170 602 16 16 re f 0 g\n")) == {UNREAD}


STRUCK = {
    "right before": shown("33", 168.9, 605) + ruled(168.9, 608.5, 180, 608.5) + SEEN,
    "apart": shown("33", 160, 605) + ruled(159, 608, 172, 608) + SEEN,
    "with a thin box": shown("33", 160, 605) + b"160 608 11 0.6 re f\n" + SEEN,
    "a digit, by a short line": shown("3", 170, 605) + ruled(170, 608.5, 175.5, 608.5) + SEEN,
    "behind": SEEN + shown("33", 195, 605) + ruled(195, 608, 206, 608),
    "with a slanted line": shown("33", 160, 605) + ruled(159, 604, 172, 613) + SEEN,
    "with a unit": shown("33", 160, 605) + ruled(159, 608, 172, 608) + SEEN,
}


@pytest.mark.parametrize("drawn", STRUCK.values(), ids=STRUCK)
def test_struck_out_digits_are_none_of_the_number_beside_them(drawn: bytes) -> None:
    assert cell(drawn) == "12"


DOUBTFUL = {
    "struck out alone": SEEN + ruled(179, 608.5, 192, 608.5),
    "struck out alone, slanted": SEEN + ruled(178, 604, 193, 613),
    "struck out amid": shown("1234", 180, 605) + ruled(186, 608.5, 197, 608.5),
    "small on its line": SEEN + shown("6", 191.2, 605, 5.5),
}


@pytest.mark.parametrize("drawn", DOUBTFUL.values(), ids=DOUBTFUL)
def test_a_cell_whose_number_is_in_doubt_is_unread(drawn: bytes) -> None:
    assert set(cell(drawn)) == {UNREAD}


NARROW = b"".join(
    [
        *(ruled(50, y, 170, y) for y in (600, 620)),
        *(ruled(x, 600, x, 620) for x in (50, 110, 130, 150, 170)),
    ]
)


def narrow(*drawn: bytes) -> list[str]:
    """Return the cells of a row of narrow ones."""
    text = read(pdf(NARROW + shown(LONG, 60, 750) + shown("granted", 60, 605) + b"".join(drawn))).text
    return text.split("\n")[-1].split("\t")[1:]


def test_numbers_wider_than_their_cells_are_not_cut() -> None:
    assert narrow(shown("23456", 106.1, 605), shown("7", 137, 605), shown("8", 157, 605)) == [
        "23456",
        "7",
        "8",
    ]
    assert narrow(shown("2345", 108.9, 605), shown("6789", 132.5, 605)) == ["2345", "6789", ""]


def test_numbers_of_two_cells_that_touch_are_unread() -> None:
    cells = narrow(shown("2345", 108.9, 605), shown("6789", 131.3, 605))
    assert [{*cell} for cell in cells] == [{UNREAD}] * 3


def test_boxes_that_are_all_the_cells_of_a_table_are_its_cells() -> None:
    """Their outer frame has no lines between them, as tables of pages with space between cells have it."""
    boxes = b"".join(b"%d %d 90 16 re S\n" % (x, y) for x in (54, 154) for y in (604, 624))
    words = (
        shown("granted", 60, 607) + shown("12", 180, 607) + shown("denied", 60, 627) + shown("3", 180, 627)
    )
    text = read(pdf(b"50 600 200 44 re S\n" + boxes + shown(LONG, 60, 750) + words)).text
    rows = [[cell for cell in line.split("\t") if cell] for line in text.split("\n")[1:]]
    assert rows == [["denied", "3"], ["granted", "12"]]


def test_what_stands_around_a_table_within_a_frame_is_prose() -> None:
    """A site laid out as one table is printed with its lines; one side is that of the table in it."""
    above = [shown(f"above {n}", 60, 750 - 14 * n) for n in range(3)]
    words = shown("granted", 60, 607) + shown("12", 180, 607)
    cells = b"".join(b"%d 604 %d 16 re S\n" % (x, width) for x, width in ((57, 95), (152, 348)))
    below = [shown(f"below {n}", 60, 560 - 14 * n) for n in range(3)]
    frame = b"50 500 450 270 re S\n"
    text = read(pdf(frame + cells + b"".join(above) + words + b"".join(below))).text
    rows = [[cell for cell in line.split("\t") if cell] for line in text.split("\n")]
    assert rows[:3] == [["above 0"], ["above 1"], ["above 2"]]
    assert rows[3:] == [["granted", "12"], ["below 0"], ["below 1"], ["below 2"]]


def test_a_row_of_one_cell_with_a_line_or_two_stays_a_row() -> None:
    cells = b"50 604 200 40 re S\n50 588 100 16 re S\n150 588 100 16 re S\n"
    words = shown("a title", 60, 630) + shown("goes on", 60, 612) + shown("granted", 60, 591)
    text = read(pdf(cells + shown(LONG, 60, 750) + words + shown("12", 180, 591))).text
    assert text.split("\n")[1:] == ["a title goes on", "granted\t12"]
