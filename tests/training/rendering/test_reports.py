"""Reports before they go through tools: what they say, what paper they are on, the files they become."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from training.rendering import paper, site, word
from training.rendering.paper import NUMBER
from training.rendering.reports import MEASURE, TRAIN, Rendered, reports
from training.rendering.tools import tools


@cache
def drawn() -> tuple[Rendered, ...]:
    return tuple(reports(MEASURE, 8))


def gold(report: Rendered) -> Any:
    return report.gold


def test_the_same_set_is_drawn_every_time() -> None:
    assert list(reports(MEASURE, 3)) == list(drawn()[:3])


def test_no_agency_is_trained_on_and_measured_on() -> None:
    measured = {report.agency.name for report in reports(MEASURE, 40)}
    assert not measured & {report.agency.name for report in reports(TRAIN)}


def test_what_is_measured_on_is_never_all_zeros() -> None:
    for report in drawn():
        for table in {"requests", "disclosure"} & set(gold(report)["tables"]):
            assert any(v for row in gold(report)["tables"][table].values() for v in row.values())


def test_numbers_have_room_in_their_columns() -> None:
    for n, report in enumerate(drawn()):
        tables = report.draft.grids()
        sheet = paper.drawn(Random(f"room/{n}")).fitting(tables)
        for grid in tables:
            widths = sheet.widths(grid)
            assert sum(widths) == pytest.approx(sheet.room)
            if sheet.too_narrow or sheet.table_letters <= 5:
                continue
            for box in grid.boxes:
                longest = max((len(n) for n in NUMBER.findall(box.text)), default=0) if box.figure else 0
                room = sum(widths[box.column : box.column + box.across]) - 2 * sheet.padding * box.across
                assert 0.55 * longest * sheet.table_letters * 0.3528 <= room + 0.01


def test_a_page_and_a_word_document_are_read_as_the_report_says(tmp_path: Path) -> None:
    """Both are read exactly, whatever the paper: this is the project's own reader, not a scraper's tool."""
    reader = Reader()
    for n, report in enumerate(drawn()):
        sheet = paper.drawn(Random(f"read/{n}")).fitting(report.draft.grids())
        (tmp_path / "a.docx").write_bytes(word.document(report.draft, sheet))
        page = site.page(report.draft, sheet, report.facts, Random(n))
        (tmp_path / "a.html").write_text(page, encoding="utf-8")
        for kind in ("docx", "html"):
            found = reader.read(Input(str(tmp_path / f"a.{kind}")))
            printed = {id: cell.value for id, cell in found.cells() if cell.state != "missing"}
            assert printed == {
                f"{table}.{row}.{column}": value
                for table, rows in gold(report)["tables"].items()
                for row, cells in rows.items()
                for column, value in cells.items()
            }, (report.name, kind)


def test_files_are_the_same_bytes_every_time() -> None:
    report = drawn()[0]
    sheet = paper.drawn(Random("bytes")).fitting(report.draft.grids())
    assert word.document(report.draft, sheet) == word.document(report.draft, sheet)
    pages = {site.page(report.draft, sheet, report.facts, Random("bytes")) for _ in range(2)}
    assert len(pages) == 1


def test_slow_tools_read_pdfs_of_both_makers() -> None:
    """PDFs of even numbers are LibreOffice's, of odd ones Chromium's."""
    assert all(tool.every % 2 for tool in tools() if tool.reads == "pdf")


def test_one_tool_of_each_kind_is_kept_out() -> None:
    assert sorted(tool.reads for tool in tools() if tool.kept_out) == ["docx", "html", "pdf"]
