"""Lines are labelled as a person would label them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.resources import folder
from nlp.text.lines import split
from training.labels import label_files as labelled
from training.model.measuring import scored, scores
from training.model.train import corpus

CLASSIFIER = LineClassifier.load(folder("models") / "lines")


def labels(text: str) -> list[str]:
    return [line.label for line in label_lines(split(text), CLASSIFIER)]


def test_each_line_that_is_not_blank_has_a_number_a_label_and_a_probability() -> None:
    found = label_lines(split("\n一、总体情况\n\n2023年，我局工作有序开展。\n"), CLASSIFIER)
    assert [(line.n, line.label) for line in found] == [(2, "heading"), (4, "narrative")]
    assert all(0.5 < line.confidence <= 1 for line in found)


def test_each_line_has_the_probability_that_it_is_a_tables() -> None:
    found = label_lines(split("行政许可 | 3 |\n3 |\n---|---\n2023年，我局工作有序开展。\n"), CLASSIFIER)
    row, value, border, prose = (line.in_table for line in found)
    assert min(row, value) > 0.9
    assert max(border, prose) < 0.1


def test_a_label_that_the_form_makes_certain_against_the_model_is_certain() -> None:
    (value,) = label_lines(split("--52 |"), CLASSIFIER)
    assert (value.confidence, value.in_table) == (1.0, 1.0)


def test_nothing_has_no_labels() -> None:
    assert labels("") == labels(" \n\t\n") == []


def test_a_table_with_its_numbers_on_lines_of_their_own() -> None:
    row = "\n".join(["（一）予以公开", *"1000001", "（二）部分公开", *"0000000"])
    page = f"三、收到和处理政府信息公开申请情况\n三\n、\n本\n年\n度\n{row}\n- 4 -\n{row}"
    cells = ["table_row", *["numeric_cell"] * 7] * 2
    assert labels(page) == ["heading", *["table_row"] * 5, *cells, "furniture", *cells]


def test_a_heading_is_told_from_a_run_in_heading() -> None:
    page = (
        "一、总体情况\n（一）主动公开情况。\n全年公开信息120条，其中网站公开80条，内容涵盖各个方面。\n"
        "（二）依申请公开情况。全年收到申请3件，均按时答复，没有引发复议和诉讼，群众满意。"
    )
    assert labels(page) == ["heading", "heading", "narrative", "narrative"]


def test_nothing_to_report_is_narrative_and_an_empty_cell_is_a_cell() -> None:
    chapters = "五、存在的主要问题及改进情况\n将加强学习培训。\n六、其他需要报告的事项\n无"
    cells = ["table_row", "numeric_cell"] * 2
    narrative = ["heading", "narrative"] * 2
    assert labels(f"行政处罚\n无\n行政强制\n无\n{chapters}") == [*cells, *narrative]


def test_generated_reports_of_another_seed_are_labelled_almost_without_error() -> None:
    found = scores(scored(CLASSIFIER, document) for document in corpus(20_260_101, 60))
    assert found is not None
    assert found.right.share is not None
    assert found.right.share > 0.99


def test_the_lines_of_five_real_reports(shared: Path) -> None:
    documents = labelled.read([shared / "gold" / "lines"])
    found = scores(scored(CLASSIFIER, document) for document in documents)
    assert found is not None
    assert (found.macro_f1 or 0) >= 0.985


@pytest.mark.parametrize(
    "tool",
    [
        "pdfium",
        "pdfminer",
        "pdfplumber-layout",
        "pdfplumber",
        "poppler-layout",
        "poppler-raw",
        "poppler",
        "pymupdf",
        "pypdf",
    ],
)
def test_what_nine_tools_make_of_a_real_report(shared: Path, tool: str) -> None:
    """Page numbers are furniture, label fragments table rows, numbers alone cells, whatever the layout."""
    text = (shared / "text" / f"hongze2023.{tool}.txt").read_text(encoding="utf-8")
    lines = {line.n: " ".join(line.plain.split()) for line in split(text)}
    found = [(lines[line.n], line.label) for line in label_lines(split(text), CLASSIFIER)]
    pages = {label for line, label in found if re.fullmatch(r"- ?\d ?-", line)}
    pieces = {label for line, label in found if line in ("三", "、", "本", "年", "度", "果", "企业", "机构")}
    numbers = {label for line, label in found if re.fullmatch(r"\d+( \d+)*", line)}
    assert (pages, numbers) == ({"furniture"}, {"numeric_cell"})
    assert pieces <= {"table_row"}
