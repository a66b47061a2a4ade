"""Checking tells everything that is wrong with label files, each problem with its file and line."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from training.labels.checking import check
from training.labels.label_files import write
from training.model.train import corpus

TEXT = "一、总体情况\n\n我局认真贯彻落实政府信息公开条例，主动公开各类信息。\n0\t0\n"
LABELS = ["heading", "", "narrative", "numeric_cell", ""]


def told(*arguments: object, **options: object) -> list[tuple[str, int, str]]:
    problems = check(*arguments, **options)[1]  # type: ignore[arg-type]
    return [(Path(one.file).name, one.row, one.message) for one in problems]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A label file without fault, and the text that it was made from."""
    (tmp_path / "texts").mkdir()
    (tmp_path / "texts" / "a2023.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "labelled").mkdir()
    write(tmp_path / "labelled" / "a2023.tsv", TEXT, LABELS)
    return tmp_path


def test_a_file_without_fault_has_no_problems(folder: Path) -> None:
    assert told([folder / "labelled"], texts=[str(folder / "texts")]) == []


def test_real_label_files_have_no_problems(shared: Path) -> None:
    assert told([shared / "gold" / "lines"], texts=[str(shared / "seeds")]) == []


def test_an_altered_line_is_told_with_its_number(folder: Path) -> None:
    write(folder / "labelled" / "a2023.tsv", TEXT.replace("我局", "本局"), LABELS)
    ((file, row, message),) = told([folder / "labelled"], texts=[str(folder / "texts")])
    assert (file, row) == ("a2023.tsv", 3)
    assert "the text was altered" in message


def test_every_altered_line_is_told_beside_the_labels_that_are_none(folder: Path) -> None:
    altered = TEXT.replace("我局", "本局").replace("0\t0", "0\t1")
    write(folder / "labelled" / "a2023.tsv", altered, ["title", *LABELS[1:]])
    found = told([folder / "labelled"], texts=[str(folder / "texts")])
    assert [row for _, row, _ in found] == [1, 3, 4]
    assert "'title' is no label" in found[0][2]


def test_rows_that_were_added_or_lost_are_told(folder: Path) -> None:
    write(folder / "labelled" / "a2023.tsv", TEXT.replace("\n\n", "\n"), [LABELS[0], *LABELS[2:]])
    messages = [message for _, _, message in told([folder / "labelled"], texts=[str(folder / "texts")])]
    assert any("4 rows, but" in message and "5 lines" in message for message in messages)


def test_a_file_without_its_text_is_told(folder: Path) -> None:
    (folder / "texts" / "a2023.txt").rename(folder / "texts" / "b.txt")
    assert "no text of this name" in told([folder / "labelled"], texts=[str(folder / "texts")])[0][2]


def test_the_same_line_between_the_same_lines_has_one_label(folder: Path) -> None:
    other = ["heading", "", "heading", "numeric_cell", ""]
    write(folder / "labelled" / "b2023.tsv", TEXT, other)
    write(folder / "labelled" / "c2023.tsv", TEXT, LABELS)
    ((file, row, message),) = told([folder / "labelled"])
    assert (file, row) == ("b2023.tsv", 3)
    assert "is heading here, but narrative in" in message


def test_a_number_may_be_a_page_number_elsewhere(tmp_path: Path) -> None:
    write(tmp_path / "a2023.tsv", "7\n4\n0", ["numeric_cell"] * 3)
    write(tmp_path / "b2023.tsv", "无。\n7\n4\n0\n无。", ["narrative", *["furniture"] * 3, "narrative"])
    assert told([tmp_path]) == []


def test_problems_of_every_file_come_at_once(folder: Path) -> None:
    (folder / "labelled" / "b.tsv").write_text("title\t一、总体情况\n", encoding="utf-8")
    (folder / "labelled" / "c.tsv").write_text("no tab\n", encoding="utf-8")
    write(folder / "labelled" / "a2023.tsv", TEXT + "多一行", [*LABELS[:4], "narrative"])
    found = told([folder / "labelled"], texts=[str(folder / "texts")])
    assert {(file, row) for file, row, _ in found} >= {("a2023.tsv", 5), ("b.tsv", 1), ("c.tsv", 1)}


def test_a_file_that_is_trained_on_and_held_out_is_told(tmp_path: Path) -> None:
    one, other = corpus(3, 2)
    for place in ("train", "held_out"):
        (tmp_path / place).mkdir()
    write(tmp_path / "train" / "甲局2022.tsv", one.text, one.labels)
    write(tmp_path / "train" / "乙局2022.tsv", other.text, other.labels)
    shorter = one.text.split("\n")[3:]
    write(tmp_path / "held_out" / "丙局2022.tsv", "\n".join(shorter), one.labels[3:])
    ((file, row, message),) = told([tmp_path])
    assert (file, row) == ("丙局2022.tsv", 0)
    assert "nearly the same as" in message
    assert "甲局2022.tsv" in message


def test_another_report_of_an_agency_that_is_trained_on_is_told(tmp_path: Path) -> None:
    one, other = corpus(3, 2)
    write(tmp_path / "甲局2022.tsv", one.text, one.labels)
    (tmp_path / "apart").mkdir()
    write(tmp_path / "apart" / "甲局2023.tsv", other.text, other.labels)
    found = told([tmp_path / "甲局2022.tsv"], held_out=[tmp_path / "apart"])
    assert [(file, "same agency" in message) for file, _, message in found] == [("甲局2023.tsv", True)]


def test_reports_of_different_agencies_are_not_alike(tmp_path: Path) -> None:
    for n, one in enumerate(corpus(4, 20)):
        place = tmp_path / ("held_out" if n % 2 else "train")
        place.mkdir(exist_ok=True)
        write(place / f"{n}局2022.tsv", one.text, one.labels)
    assert [message for _, _, message in told([tmp_path]) if "held out" in message] == []


def test_a_file_named_twice_is_no_duplicate_of_itself(folder: Path) -> None:
    shutil.copytree(folder / "labelled", folder / "again")
    assert told([folder / "labelled", folder / "labelled" / "a2023.tsv"]) == []
