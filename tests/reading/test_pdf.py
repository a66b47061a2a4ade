"""PDFs: characters to lines, rules to tables, lines to paragraphs; what gives no text."""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nlp.reading.document import Unreadable
from nlp.reading.pdf.reading import read
from tests.hostile.making import pdf, ruled, shown

LONG = "this line is long enough to be one"


def lines(*content: bytes, page: bytes = b"") -> list[str]:
    return read(pdf(b"".join(content), page=page)).text.split("\n")


def grid(xs: list[float], ys: list[float]) -> bytes:
    """Return the rules of a table, all of them."""
    across = [ruled(xs[0], y, xs[-1], y) for y in ys]
    return b"".join([*across, *(ruled(x, ys[0], x, ys[-1]) for x in xs)])


def test_what_stands_at_one_height_is_a_line_from_the_left() -> None:
    assert lines(shown("second", 85, 700), shown(LONG, 100, 750), shown("first", 60, 700)) == [
        LONG,
        "first second",
    ]


def test_a_clear_gap_parts_cells() -> None:
    assert lines(shown(LONG, 60, 750), shown("0", 60, 700), shown("7", 160, 700)) == [LONG, "0\t7"]


def test_rules_make_cells() -> None:
    found = lines(
        shown(LONG, 60, 750),
        grid([50, 150, 250], [600, 620, 640]),
        shown("a", 60, 625),
        shown("1", 160, 625),
        shown("b", 60, 605),
    )
    assert found == [LONG, "a\t1", "b\t"]


def test_merged_cells_stand_once() -> None:
    rules = ruled(50, 640, 250, 640) + ruled(50, 600, 250, 600) + ruled(100, 620, 250, 620)
    rules += b"".join(ruled(x, 600, x, 640) for x in (50, 100, 250))
    found = lines(
        rules, shown(LONG, 60, 750), shown("m", 60, 616), shown("1", 160, 625), shown("2", 160, 605)
    )
    assert found == [LONG, "m\t1", "\t2"]


def test_a_label_on_two_lines_is_one_cell() -> None:
    found = lines(
        grid([50, 150, 250], [600, 640]),
        shown(LONG, 60, 750),
        shown("up", 60, 625),
        shown("low", 60, 610),
        shown("1", 160, 618),
    )
    assert found == [LONG, "up low\t1"]


def test_a_number_wider_than_its_cell_stays_whole() -> None:
    found = lines(
        grid([50, 70, 90], [600, 620]), shown(LONG, 60, 750), shown("12345", 72, 605), shown("7", 55, 605)
    )
    assert found == [LONG, "7\t12345"]


def test_thin_boxes_are_rules_and_shades_are_not() -> None:
    boxes = b"".join(b"%d 600 1 20 re f\n" % x for x in (50, 150, 250))
    boxes += b"50 600 200 1 re f\n50 619 200 1 re f\n" + b"1 1 0 rg 40 590 300 100 re f 0 g\n"
    assert lines(boxes, shown(LONG, 60, 750), shown("a", 60, 605), shown("1", 160, 605)) == [LONG, "a\t1"]


def test_writing_printed_twice_to_look_bold_is_read_once() -> None:
    assert lines(shown(LONG, 60, 700), shown(LONG, 60.3, 700)) == [LONG]


@pytest.mark.parametrize(
    ("turned", "matrix"), [(90, "0 1 -1 0 300 100"), (180, "-1 0 0 -1 300 400"), (270, "0 -1 1 0 300 600")]
)
def test_a_page_that_is_turned_is_read_upright(turned: int, matrix: str) -> None:
    content = f"BT /F 10 Tf {matrix} Tm ({LONG}) Tj 0 -20 Td (below) Tj ET".encode()
    assert lines(content) == [LONG, "below"]
    assert lines(content, page=b"/Rotate %d" % turned) == [LONG, "below"]


def test_page_numbers_are_left_out() -> None:
    assert lines(shown(LONG, 60, 700), shown("- 3 -", 280, 40)) == [LONG]


def test_a_full_line_goes_on_in_the_next() -> None:
    full = "x" * 20 + " " + "y" * 20
    found = lines(*(shown(text, 60, 700 - 15 * n) for n, text in enumerate([full, full, "end", "new line"])))
    assert found == [f"{full} {full} end", "new line"]


def test_the_place_of_a_cell_is_known() -> None:
    found = read(pdf(shown(LONG, 60, 700)))
    assert found.positions is not None
    page, box = found.positions.of((0, 4)) or (0, ())
    assert page == 1
    assert box[0] == pytest.approx(60, abs=1)
    assert box[1] < 702 < box[3]


BAD = {
    "no_text_layer": pdf(b"0 0 100 100 re f"),
    "damaged": b"%PDF-1.7\nnothing more",
    "encrypted": b"".join(
        (
            b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n",
            b"2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\n",
            b"3 0 obj<</Filter/Standard/V 1/R 2/P -4/O<" + b"00" * 32 + b">/U<" + b"00" * 32 + b">>>endobj\n",
            b"trailer<</Root 1 0 R/Encrypt 3 0 R/ID[<00><00>]>>",
        )
    ),
}


@pytest.mark.parametrize("code", BAD)
def test_what_gives_no_text_says_why(code: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read(BAD[code])
    assert refusal.value.code == code


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=40), st.integers(0, 700))
def test_a_damaged_pdf_is_unreadable_or_read(noise: bytes, at: int) -> None:
    whole = pdf(grid([50, 150, 250], [600, 640]) + shown(LONG, 60, 700))
    with suppress(Unreadable):
        read(whole[:at] + noise + whole[at + len(noise) :])


operators = st.sampled_from(
    ["q", "Q", "BT", "ET", "m", "l", "re", "S", "f", "h", "c", "Tj", "Td", "Tm", "cm", "Do"]
)
operands = st.sampled_from(["0", "1", "-1", "1e9", "600", "(a)", "/F", "[]"])


@settings(max_examples=60, deadline=None)
@given(st.lists(operators | operands, max_size=60))
def test_any_content_is_a_text_or_unreadable(words: list[str]) -> None:
    with suppress(Unreadable):
        read(pdf(shown(LONG, 60, 700) + " ".join(words).encode()))


def test_a_real_report_is_read_exactly(shared: Path) -> None:
    from nlp.pipeline import Reader
    from nlp.reading.inputs import Input

    report = Reader().read(Input(str(shared / "pdf/hongze2023.pdf")))
    gold = json.loads((shared / "gold/reports/hongze2023.pdfium.json").read_text(encoding="utf-8"))
    for table, rows in gold["tables"].items():
        for row, columns in rows.items():
            found = {id: cell.value for id, cell in report.tables[table][row].items()}
            assert found == columns
    assert {check.id: check.blame for check in report.checks if check.outcome == "broken"} == {
        "review_litigation.row_total.review": "source",
        "review_litigation.row_total.litigation_after_review": "source",
    }
    assert [item.text for item in report.problems] == [item["text"] for item in gold["problems"]]
    assert [item.text for item in report.improvements] == [item["text"] for item in gold["improvements"]]
    assert report.review == []
    assert all(cell.page and cell.box for _, cell in report.cells() if cell.state == "printed")


@pytest.mark.parametrize("appearance", [b"/AP<</N 7 0 R>>", b""])
def test_what_was_filled_in_in_the_fields_of_a_form_is_read(appearance: bytes) -> None:
    """Also where the program that filled it in left it to others to draw."""
    whole = pdf(shown(LONG, 60, 750) + shown("granted", 60, 700), page=b"/Annots[6 0 R]")
    form = b"/AcroForm<</Fields[6 0 R]/DR<</Font<</F 5 0 R>>>>/DA(/F 10 Tf 0 g)>>"
    drawn = b"/Tx BMC q BT /F 10 Tf 2 3 Td (4711) Tj ET Q EMC"
    field = (
        b"6 0 obj<</Type/Annot/Subtype/Widget/FT/Tx/T(n)/V(4711)/Rect[300 698 360 712]/F 4/DA(/F 10 Tf 0 g)"
    )
    box = b"7 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 60 14]/Resources<</Font<</F 5 0 R>>>>/Length %d>>"
    more = (
        field + appearance + b">>endobj\n" + box % len(drawn) + b"stream\n" + drawn + b"\nendstream endobj\n"
    )
    content = whole.replace(b"/Pages 2 0 R", b"/Pages 2 0 R" + form).replace(b"trailer", more + b"trailer")
    assert read(content).text.split("\n") == [LONG, "granted\t4711"]
