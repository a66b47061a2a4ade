"""Pictures of pages: set straight, cut along their ruled lines, recognised; what is in doubt stays so."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import numpy as np
import pytest

from nlp.pipeline import Reader
from nlp.reading.document import Unreadable
from nlp.reading.inputs import BytesInput, Input
from nlp.reading.pdf.reading import read as read_pdf
from nlp.reading.pdf.ruled import ruled_tables
from nlp.reading.scan import engine as engines
from nlp.reading.scan.digits import Extent, cell_read, may_be_number
from nlp.reading.scan.engine import Engine, Letter, Line
from nlp.reading.scan.pictures import read
from nlp.record.model import Report
from nlp.text.cells import UNREAD
from tests.hostile.making import pdf

HERE = Path(__file__).parent
"""`page.html`, printed by Chromium, then scanned and photographed by training.scans.cameras."""
NEEDS_ENGINE = pytest.mark.skipif(not engines.name(), reason="needs pip install 'nianbao[ocr]'")
SCANNED = HERE / "scanned.jpg"
DIGIT = Extent(0.5, 0.7)


def line(text: str, score: float = 0.99, as_number: str | None = None, among: float = 1.0) -> Line:
    letters = [Letter(sign, score, 0.5) for sign in text]
    number = [Letter(sign, score, 0.5, among=among) for sign in (text if as_number is None else as_number)]
    return Line(letters, number)


def test_a_number_that_is_read_alike_twice_is_sure() -> None:
    cell = cell_read([line("17")], [line("17")], Extent(1.0, 0.7))
    assert cell is not None
    assert (cell.text, cell.options) == ("17", None)


@pytest.mark.parametrize(("one", "two"), [("3", "8"), ("1", "7"), ("0", "")])
def test_a_number_that_is_read_in_two_ways_is_in_doubt(one: str, two: str) -> None:
    cell = cell_read([line(one)], [line(two)], DIGIT)
    assert cell is not None
    assert cell.options is not None
    assert set(cell.options) == {text for text in (one, two) if text}


def test_a_number_of_a_low_score_is_in_doubt() -> None:
    cell = cell_read([line("4", 0.84)], [line("4", 0.99)], DIGIT)
    assert cell is not None
    assert cell.options == ("4",)


def test_ink_too_wide_for_the_number_shows_that_a_digit_was_lost() -> None:
    cell = cell_read([line("4")], [line("4")], Extent(1.4, 0.7))
    assert cell is not None
    assert cell.options == ("4",)


def test_ink_without_a_character_is_no_blank_cell() -> None:
    for one, two in (("", ""), ("è", ""), ("7.", "")):
        cell = cell_read([line(one)], [line(two)], DIGIT)
        assert cell is not None
        assert cell.text
        assert cell.options is not None
    cell = cell_read([line("")], [line("")], DIGIT)
    assert cell is not None
    assert (cell.text, cell.options) == (UNREAD, ())


def test_a_dash_is_blank_and_a_digit_is_no_dash() -> None:
    flat, high = Extent(0.6, 0.1), Extent(0.6, 0.7)
    blank = cell_read([line("—", 0.5)], [line("-", 0.5)], flat)
    numeral = cell_read([line("一")], [line("—")], flat)
    digit = cell_read([line("—")], [line("—")], high)
    assert blank is not None
    assert blank.options is None
    assert numeral is not None
    assert (numeral.text, numeral.score) == ("—", 0.9)
    assert digit is not None
    assert digit.options == ()


@pytest.mark.parametrize(
    ("one", "two", "slant", "text", "is_sure"),
    [
        ("1", "/", 0.4, "/", True),
        ("1", "/", 0.02, "1", True),
        ("1", "1", 0.02, "1", True),
        ("1", "1", 0.4, "1", False),
        ("/", "1", 0.2, "/", False),
    ],
)
def test_the_slant_tells_a_slash_from_the_digit_one(
    one: str, two: str, slant: float, text: str, is_sure: bool
) -> None:
    cell = cell_read([line(one)], [line(two)], Extent(0.3, 0.7, slant))
    assert cell is not None
    assert cell.text == text
    assert (cell.options is None) is is_sure


def test_a_letter_where_a_number_belongs_is_not_taken_for_one() -> None:
    cell = cell_read([line("è", 0.6, "6", among=0.1)], [line("6", 0.99)], DIGIT)
    assert cell is not None
    assert cell.options is not None


def test_words_are_left_as_they_are() -> None:
    assert cell_read([line("总计")], [line("总计")], Extent(2.0, 1.0)) is None
    assert not may_be_number([line("行政规范性文件")])


def _table(width: int = 1400, height: int = 1000) -> np.ndarray[tuple[int, int], np.dtype[np.uint8]]:
    """Return the picture of a table of two rows and three columns."""
    picture = np.full((height, width), 255, np.uint8)
    for y in (300, 380, 460):
        picture[y : y + 3, 200:1201] = 0
    for x in (200, 600, 900, 1198):
        picture[300:463, x : x + 3] = 0
    return picture


@NEEDS_ENGINE
@pytest.mark.parametrize("angle", [-3.0, 0.4])
def test_a_table_that_lies_askew_is_set_straight_and_has_its_cells(angle: float) -> None:
    import cv2

    from nlp.reading.scan.ink import ink_of
    from nlp.reading.scan.ruling import ruled_lines
    from nlp.reading.scan.straight import straightened

    picture = _table()
    height, width = picture.shape
    turn = cv2.getRotationMatrix2D((width / 2, height / 2), angle, 1)
    askew = cv2.warpAffine(picture, turn, (width, height), borderValue=255)
    straight = straightened(np.asarray(askew, np.uint8))
    rules, _ = ruled_lines(ink_of(straight.picture))
    (table,) = ruled_tables(rules)
    assert (len(table.xs), len(table.ys), len(table.extents())) == (4, 3, 6)


@NEEDS_ENGINE
def test_characters_of_large_size_are_no_table() -> None:
    from nlp.reading.scan.ink import ink_of
    from nlp.reading.scan.ruling import ruled_lines

    picture = np.full((1000, 1400), 255, np.uint8)
    for x in range(200, 1000, 130):  # signs like 王 and 中, 25 points high
        picture[400:500, x + 45 : x + 53] = 0
        for y in (400, 446, 492):
            picture[y : y + 8, x : x + 100] = 0
    assert ruled_tables(ruled_lines(ink_of(picture))[0]) == []


def _values(report: Report) -> dict[str, object]:
    return {
        id: cell.value
        for id, cell in report.cells()
        if id.startswith("disclosure.") and cell.state in ("printed", "blank")
    }


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@NEEDS_ENGINE
@pytest.mark.parametrize("name", ["scanned.jpg", pytest.param("photographed.jpg", marks=pytest.mark.full)])
def test_a_page_is_read_from_its_picture(name: str, reader: Reader) -> None:
    report = reader.read(Input(str(HERE / name)))
    printed = reader.read(Input(str(HERE / "page.html")))
    assert (report.organization, report.year, report.form) == ("青石县水利局", 2023, "2021")
    assert _values(report) == _values(printed)
    assert report.source.ocr == engines.name()
    cell = report.cell("disclosure.normative_documents.in_force")
    assert cell.page == 1
    assert 0.9 < cell.confidence < 1
    left, bottom, right, top = cell.box or (0, 0, 0, 0)
    assert 640 < left < right < 760
    assert 3 < top - bottom < 25


@NEEDS_ENGINE
@pytest.mark.full
@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_page_that_lies_on_its_side_is_read(quarters: int, reader: Reader) -> None:
    from PIL import Image

    turned = BytesIO()
    Image.open(SCANNED).rotate(90 * quarters, expand=True).save(turned, "PNG")
    report = reader.read(BytesInput("turned.png", content=turned.getvalue()))
    assert _values(report) == _values(reader.read(Input(str(HERE / "page.html"))))


@NEEDS_ENGINE
@pytest.mark.full
@pytest.mark.parametrize("kind", ["PDF", "TIFF"])
def test_several_pages_are_read_one_after_the_other(kind: str, reader: Reader) -> None:
    from PIL import Image

    file = BytesIO()
    page = Image.open(SCANNED)
    page.save(file, kind, save_all=True, append_images=[Image.new("L", page.size, 255), page])
    report = reader.read(BytesInput(f"pages.{kind.lower()}", content=file.getvalue()))
    pages = {cell.page for _, cell in report.cells() if cell.span is not None}
    assert report.year == 2023
    assert pages <= {1, 3}


@pytest.mark.parametrize("kind", [b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"II*\0", b"MM\0*"])
@NEEDS_ENGINE
def test_a_damaged_picture_is_told(kind: bytes) -> None:
    with pytest.raises(Unreadable) as reason:
        read(kind + bytes(200))
    assert reason.value.code == "damaged"


def test_without_the_extra_it_is_said_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engines, "NEEDED", ("no_such_module",))
    engines.engine.cache_clear()
    try:
        with pytest.raises(Unreadable, match="nianbao\\[ocr\\]") as reason:
            read((SCANNED).read_bytes())
    finally:
        engines.engine.cache_clear()
    assert reason.value.code == "no_text_layer"


def test_a_person_may_want_none() -> None:
    for content, reading in ((pdf(b"0 0 100 100 re f"), read_pdf), (SCANNED.read_bytes(), read)):
        with pytest.raises(Unreadable, match="--ocr never") as reason:
            reading(content, "never")
        assert reason.value.code == "no_text_layer"


@NEEDS_ENGINE
def test_the_engine_needs_no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    def refused(*_: object) -> None:
        raise AssertionError("a connection was asked for")

    monkeypatch.setattr(socket.socket, "connect", refused)
    model = engines.model_file()
    assert model is not None
    blank = np.full((48, 64), 255, np.uint8)
    assert Engine(model).lines([blank]) == [Line([], [])]


@pytest.mark.parametrize(
    "words", ["Insufficient memory) Failed to allocate", "Status Message: std::bad_alloc"]
)
def test_libraries_that_run_out_of_memory_are_told_as_any_other(words: str) -> None:
    from nlp.reading.scan import page

    with pytest.raises(MemoryError), page._out_of_memory():
        raise RuntimeError(words)
    with pytest.raises(RuntimeError), page._out_of_memory():
        raise RuntimeError("something else")
