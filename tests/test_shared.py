"""Real reports read as a person read them; they lie beside the project, not in it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest

from nlp.form.form import Column
from nlp.record.model import Report
from nlp.resources import folder
from nlp.tables.page.cell_values import number

ROWS_KEPT = (
    "seeds/000_6bff9ef291813ace",
    "seeds/001_52d59135e331474d",
    "seeds/002_73a337edb7ff8878",
    "seeds/003_91d3ca9b7d2b23aa",
    "seeds/004_fb018a2448d6dbcd",
    "text/hongze2023.pdfium",
    "text/hongze2023.pdfplumber",
    "text/hongze2023.pdfplumber-layout",
    "text/hongze2023.poppler-layout",
    "text/hongze2023.poppler-raw",
    "text/hongze2023.pymupdf",
    "text/hongze2023.pypdf",
)
NUMBERS_APART = ("text/hongze2023.pdfminer", "text/hongze2023.poppler")
HONGZE = tuple(name for name in (*ROWS_KEPT, *NUMBERS_APART) if "hongze" in name)
KEPT = pytest.mark.parametrize("name", ROWS_KEPT)
MONEY = Column("amount", "", unit="万元")


class Pair:
    """A document's report and its gold record."""

    def __init__(self, report: Report, gold: dict[str, Any]) -> None:
        self.report = report
        self.gold = gold

    def wrong(self) -> dict[str, tuple[object, str, object]]:
        """The cells that differ from gold: printed with another value, or in another state."""
        cells = dict(self.report.cells())
        differing: dict[str, tuple[object, str, object]] = {}
        for id, value in _gold_cells(self.gold):
            cell = cells[id]
            if cell.state != ("blank" if value is None else "printed") or cell.value != value:
                differing[id] = (value, cell.state, cell.value)
        return differing


def _gold_cells(gold: dict[str, Any]) -> list[tuple[str, Any]]:
    return [
        (f"{table}.{row}.{column}", number(value, MONEY) if isinstance(value, str) else value)
        for table, rows in gold["tables"].items()
        for row, columns in rows.items()
        for column, value in columns.items()
    ]


@pytest.fixture(scope="session")
def pairs(shared: Path) -> dict[str, Pair]:
    if not (folder("models") / "lines").is_dir():
        pytest.skip("no model is shipped")
    pipeline = pytest.importorskip("nlp.pipeline")
    inputs = pytest.importorskip("nlp.reading.inputs")
    reader = pipeline.Reader()
    return {
        name: Pair(
            reader.read(inputs.Input(str(shared / f"{name}.txt"))),
            json.loads((shared / "gold/reports" / f"{Path(name).name}.json").read_text(encoding="utf-8")),
        )
        for name in (*ROWS_KEPT, *NUMBERS_APART)
    }


@KEPT
def test_every_cell_is_exact(pairs: dict[str, Pair], name: str) -> None:
    assert pairs[name].wrong() == {}


@pytest.mark.parametrize("name", [*ROWS_KEPT, *NUMBERS_APART])
def test_no_cell_is_silently_wrong(pairs: dict[str, Pair], name: str) -> None:
    assert pairs[name].report.review or not pairs[name].wrong()


@pytest.mark.parametrize("name", NUMBERS_APART)
def test_no_cell_is_wrong_where_numbers_stand_apart(pairs: dict[str, Pair], name: str) -> None:
    states = {state for _, state, _ in pairs[name].wrong().values()}
    assert states <= {"ambiguous"}


@pytest.mark.parametrize("name", HONGZE)
def test_the_two_broken_sums_are_blamed_on_the_source(pairs: dict[str, Pair], name: str) -> None:
    broken = {check.id: check.blame for check in pairs[name].report.checks if check.outcome == "broken"}
    assert broken == {
        "review_litigation.row_total.review": "source",
        "review_litigation.row_total.litigation_after_review": "source",
    }


@KEPT
@pytest.mark.parametrize("field", ["year", "organization", "form"])
def test_what_the_document_is(pairs: dict[str, Pair], name: str, field: str) -> None:
    assert getattr(pairs[name].report, field) == pairs[name].gold[field]


@KEPT
def test_chapters_span_the_lines_of_gold(pairs: dict[str, Pair], name: str) -> None:
    wanted = {kind: tuple(span) for kind, span in pairs[name].gold["sections"].items()}
    found = {section.kind: section.lines for section in pairs[name].report.sections}
    assert {kind: found.get(kind) for kind in wanted} == wanted


@KEPT
@pytest.mark.parametrize("field", ["problems", "improvements"])
def test_items_are_those_of_gold(pairs: dict[str, Pair], name: str, field: str) -> None:
    found = [_bare(item.text) for item in getattr(pairs[name].report, field)]
    assert found == [_bare(item["text"]) for item in pairs[name].gold[field]]


def _bare(text: str) -> str:
    return re.sub(r"\s", "", text)
