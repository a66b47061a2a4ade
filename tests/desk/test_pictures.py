"""Pictures of pages at the desk: as large as the boxes of cells take them to be."""

from __future__ import annotations

import pytest

from nlp.desk.pictures import NoPicture, drawn
from tests.project import ROOT

SCANNED = ROOT / "tests" / "reading" / "scan" / "scanned.jpg"


def test_a_picture_is_shown_as_a_page_as_long_as_a4() -> None:
    picture = drawn(SCANNED.read_bytes(), 1)
    assert max(picture.width, picture.height) == pytest.approx(842)
    assert picture.pages == 1
    assert picture.png.startswith(b"\x89PNG")


@pytest.mark.parametrize("number", [0, 2])
def test_a_page_that_is_not_there_is_told(number: int) -> None:
    with pytest.raises(NoPicture):
        drawn(SCANNED.read_bytes(), number)


def test_a_damaged_picture_is_told() -> None:
    with pytest.raises(NoPicture):
        drawn(SCANNED.read_bytes()[:60], 1)
