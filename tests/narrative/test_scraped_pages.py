"""Pages as they are scraped: chapters, parts, items and labels, read by the shipped model."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Report, Section

FILES = ("scraped_pages.toml", "scraped_pages_kept_back.toml")
PAGES: list[dict[str, Any]] = []
for file in FILES:
    PAGES += tomllib.loads(Path(__file__).with_name(file).read_text(encoding="utf-8"))["page"]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader()


def sections_of(report: Report, kind: str) -> list[list[int]]:
    """Return the lines of every chapter or part of a kind, in page order."""
    spans: list[list[int]] = []

    def collect(sections: list[Section]) -> None:
        for section in sections:
            if section.kind == kind:
                spans.append(list(section.lines))
            collect(section.sections)

    collect(report.sections)
    return spans


@pytest.mark.parametrize("page", PAGES, ids=[page["name"] for page in PAGES])
def test_a_scraped_page_is_read_as_a_person_reads_it(
    reader: Reader, page: dict[str, Any], tmp_path: Path
) -> None:
    path = tmp_path / "page.txt"
    path.write_text(page["text"], encoding="utf-8")
    report = reader.read(Input(str(path)), with_lines=True)
    assert isinstance(report.lines, list)
    sections = {kind: sections_of(report, kind) for kind in page.get("sections", {})}
    assert sections == {kind: [lines] if lines else [] for kind, lines in page.get("sections", {}).items()}
    if "problems" in page:
        assert [problem.text for problem in report.problems] == page["problems"]
    if "improvements" in page:
        assert [improvement.text for improvement in report.improvements] == page["improvements"]
    last_year = [place for place, item in enumerate(report.improvements) if item.of_last_year is True]
    assert last_year == page.get("last_year", [])
    labels = {str(line.n): line.label for line in report.lines}
    for number, label in page.get("labels", {}).items():
        if label.startswith("!"):
            assert labels[number] != label[1:]
        else:
            assert labels[number] == label, f"line {number}"
