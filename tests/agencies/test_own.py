"""The user's own file of agencies: what it decides, and what is wrong with it in words."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.agencies.agencies import agency_of
from nlp.agencies.own import BadAgencies, parsed, read
from tests.agencies.reporting import report


def test_the_own_file_goes_first_by_printed_name_and_by_canonical_name() -> None:
    own = parsed(
        "printed,name\n城管局,洛阳市西工区城市管理局\n洛阳市西工区城市管理局,洛阳市西工区执法局\n", "f"
    )
    first = agency_of(report("城 管 局"), own)
    second = agency_of(report("西工區城管局"), own)
    assert first is not None
    assert second is not None
    assert (first.name, first.code, first.kind) == ("洛阳市西工区城市管理局", "410303", "urban_management")
    assert second.name == "洛阳市西工区执法局"


def test_a_pattern_and_a_path_say_which_records_are_meant() -> None:
    own = parsed(
        "printed,path,name,code,kind,level\n鼓楼区*,*/kf/*,开封市鼓楼区某局,410204,finance,county\n", "f"
    )
    inside = agency_of(report("鼓楼区财政局", path="x/kf/1.txt"), own)
    outside = agency_of(report("鼓楼区财政局", path="x/nj/1.txt"), own)
    assert inside is not None
    assert (inside.name, inside.place) == ("开封市鼓楼区某局", ("河南省", "开封市", "鼓楼区"))
    assert outside is not None
    assert outside.name is None


def test_files_of_spreadsheets_are_read(tmp_path: Path) -> None:
    text = "printed,name\r\n城管局,洛阳市城市管理局\r\n"
    for encoding, end in (("utf-8-sig", "\r\n"), ("gb18030", "\n"), ("utf-8", "\r")):
        file = tmp_path / f"{encoding}.csv"
        file.write_bytes(text.replace("\r\n", end).encode(encoding))
        assert read(str(file)).rows[0].agency.name == "洛阳市城市管理局"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("name,printed,town\n", "own.csv:1: the columns are"),
        ("name\nx\n", "printed and name are needed"),
        ("printed,name\n甲,\n", "own.csv:2: the field “name” is empty."),
        ("printed,name,code\n甲,乙,000000\n", "own.csv:2: no division has the code “000000”."),
        ("printed,name,kind\n\n甲,乙,schools\n", "own.csv:3: there is no kind “schools”"),
        ("printed,name,level\n甲,乙,town\n", "own.csv:2: there is no level “town”"),
        ("printed,name\n甲,乙,丙\n", "own.csv:2: the line has more fields than the header."),
        ('printed,name\n"' + "甲" * 200_000, "own.csv: is no table of lines and commas"),
    ],
)
def test_what_is_wrong_is_said_with_its_line(text: str, said: str) -> None:
    with pytest.raises(BadAgencies) as error:
        parsed(text, "own.csv")
    assert said in str(error.value)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(BadAgencies, match=r"none\.csv: could not be read"):
        read(str(tmp_path / "none.csv"))
