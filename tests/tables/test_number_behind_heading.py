"""The last number of 二 behind the heading of 三: whose it is."""

from __future__ import annotations

import pytest

from nlp.form import form as forms
from nlp.tables.number_behind_heading import with_displaced_number
from nlp.tables.page.regions import Region
from nlp.tables.page.tokens import tokens
from nlp.text.lines import split

FORM = forms.named("2021")
FIRST = "规章 1 0 4\n规范性文件 2 0 9\n行政许可 5\n行政处罚 6\n行政强制 7"
FEES, HEADERS = "行政事业性收费", "自然人\n总计"


def requests(row: str = "0 0 0 0 0 0 0") -> str:
    labels = [row.spellings[0] for row in FORM.table("requests").rows if not row.optional]
    return "\n".join(f"{label}\n{row}" for label in labels)


def handed_back(first: str, second: str) -> str:
    """Return the numbers of the first table, given the pages of two."""
    lines = split(f"{first}\n{second}")
    of_first = first.count("\n") + 1
    regions = {
        "disclosure": Region("disclosure", [token for line in lines[:of_first] for token in tokens(line)]),
        "requests": Region("requests", [token for line in lines[of_first:] for token in tokens(line)]),
    }
    found = with_displaced_number(FORM, regions, lines)
    return " ".join(
        token.text for token in found["disclosure"].tokens if token.text.strip("0123456789.") == ""
    )


@pytest.mark.parametrize("number", ["0", "199.2701", "1862"])
def test_the_number_that_the_first_table_lacks_at_its_end_is_its_own(number: str) -> None:
    whole = f"{number}\n{HEADERS}\n{requests()}"
    assert handed_back(f"{FIRST}\n{FEES}", whole) == f"1 0 4 2 0 9 5 6 7 {number}"


WITHOUT = {
    "it may count pages": (f"{FIRST}\n{FEES}", f"3\n{HEADERS}\n{requests()}"),
    "the first table lacks none": (f"{FIRST}\n{FEES} 8", f"0\n{HEADERS}\n{requests()}"),
    "the first table lacks two": (f"{FIRST[:-2]}\n{FEES}", f"0\n{HEADERS}\n{requests()}"),
    "the first table lacks one elsewhere": (f"{FIRST[:-2]}\n{FEES} 8", f"0\n{HEADERS}\n{requests()}"),
    "the second table lacks one": (f"{FIRST}\n{FEES}", f"0\n{HEADERS}\n{requests()[:-2]}"),
    "it is not alone": (f"{FIRST}\n{FEES}", f"0\n0\n{HEADERS}\n{requests()}"),
    "it stands behind labels": (f"{FIRST}\n{FEES}", f"{HEADERS}\n0\n{requests()}"),
}


@pytest.mark.parametrize(("first", "second"), WITHOUT.values(), ids=WITHOUT)
def test_a_number_is_not_handed_back_where(first: str, second: str) -> None:
    known = [token.text for line in split(first) for token in tokens(line) if token.text.isdigit()]
    assert handed_back(first, second).split() == known
