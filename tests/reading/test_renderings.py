"""A generated report gives the same record as page, Word document and PDF (benchmarks/renderings.py)."""

from __future__ import annotations

import json

import pytest

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from tests.project import ROOT

RENDERINGS = ROOT / "tests" / "renderings"


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


@pytest.mark.parametrize("kind", ["html", "docx", "pdf"])
@pytest.mark.parametrize("name", ["0173", "0179"])
def test_a_rendering_is_read_exactly(reader: Reader, name: str, kind: str) -> None:
    gold = json.loads((RENDERINGS / f"{name}.json").read_text(encoding="utf-8"))
    report = reader.read(Input(str(RENDERINGS / f"{name}.{kind}")))
    printed = {id: cell.value for id, cell in report.cells() if cell.state != "missing"}
    assert printed == {
        f"{table}.{row}.{column}": value
        for table, rows in gold["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }
    kinds = [section.kind for section in report.sections if section.kind != "preface"]
    assert kinds == list(gold["sections"])
    assert [item.text for item in report.problems] == [item["text"] for item in gold["problems"]]
