"""Scraped text does nothing to whoever opens it: in Excel it is text, in CSV it is what the page said."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from collections import Counter
from pathlib import Path

import pytest
from lxml import etree

from nlp.record.model import Failure, Problem, Report, Section, Source
from nlp.writers import jsonl
from nlp.writers.csv import is_formula
from nlp.writers.exporting import exporting
from nlp.writers.formats import Choices, destination
from nlp.writers.remarks import Remarks
from tests.writers.hostile import hostile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NUMBERS = [1_500, pytest.param(100_000, marks=pytest.mark.full)]
A_RECORD = 500


def records(texts: list[str]) -> list[Report]:
    """Return records that hold the texts as problems, the first of each handful wherever one may be."""
    handfuls = [texts[start : start + A_RECORD] for start in range(0, len(texts), A_RECORD)]
    return [
        Report(
            source=Source(some[0], some[1], some[2], some[3], some[4], 0, 1),
            organization=some[5],
            form=some[6],
            sections=[Section(some[7], some[8], 1, (1, 1), some[9])],
            problems=[Problem(text, (1, 1), (0, 1)) for text in some],
            error=Failure(some[10], some[11]),
        )
        for some in handfuls
    ]


def written(texts: list[str], path: Path, choices: Choices) -> list[str]:
    remarks = Remarks()
    with exporting(destination(str(path)), choices, remarks) as sink:
        for record in records(texts):
            sink.write(jsonl.line(record))
    return remarks.sentences()


@pytest.mark.parametrize("number", NUMBERS)
def test_no_hostile_text_is_a_formula_or_a_link_in_excel(number: int, tmp_path: Path) -> None:
    texts = list(hostile(number))
    said = written(texts, tmp_path / "out.xlsx", Choices())
    kinds, found = Counter[str | None](), []
    with zipfile.ZipFile(tmp_path / "out.xlsx") as book:
        assert [name for name in book.namelist() if "_rels/sheet" in name or "external" in name.lower()] == []
        shared = ["".join(one.itertext()) for one in etree.parse(book.open("xl/sharedStrings.xml")).getroot()]
        for name in (name for name in book.namelist() if name.startswith("xl/worksheets/sheet")):
            for _, cell in etree.iterparse(book.open(name), tag=(f"{MAIN}c", f"{MAIN}f", f"{MAIN}hyperlink")):
                assert cell.tag == f"{MAIN}c"
                kinds[cell.get("t")] += 1
                if (
                    name.endswith("/sheet3.xml")
                    and cell.get("r", "").startswith("G")
                    and cell.get("r") != "G1"
                ):
                    text = "".join(cell.itertext())
                    found.append(unescaped(shared[int(text)] if cell.get("t") == "s" else text))
                cell.clear()
    assert set(kinds) == {None, "b", "s", "inlineStr"}
    assert found == texts
    assert [sentence for sentence in said if "_xHHHH_" in sentence]


def unescaped(text: str) -> str:
    """Return a text as Excel reads it."""
    return re.sub(r"_x([0-9A-F]{4})_", lambda code: chr(int(code[1], 16)), text)


@pytest.mark.parametrize("number", NUMBERS)
def test_csv_says_what_the_page_said_and_that_some_of_it_looks_like_formulas(
    number: int, tmp_path: Path
) -> None:
    texts = list(hostile(number))
    said = written(texts, tmp_path / "out.csv", Choices(tables=("items",)))
    assert in_csv(tmp_path / "out.csv") == texts
    assert [sentence for sentence in said if "may compute" in sentence]


@pytest.mark.parametrize("number", NUMBERS)
def test_guarded_csv_has_no_formula_and_gives_the_texts_back(number: int, tmp_path: Path) -> None:
    texts = list(hostile(number))
    said = written(texts, tmp_path / "out.csv", Choices(tables=("items",), guard=True))
    found = in_csv(tmp_path / "out.csv")
    assert [text for text in found if is_formula(text) or re.match(r"[=@\t\r\n]|[+-][^-\d]", text)] == []
    assert [text.removeprefix("'") for text in found] == texts
    assert said == []


def in_csv(path: Path) -> list[str]:
    rows = csv.DictReader(io.StringIO(path.read_bytes().decode("utf-8-sig"), newline=""))
    return [row["text"] for row in rows]
