"""Workbooks that a person corrected, as corrections of the records that they were written from."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from nlp.commands.cli import main
from nlp.correcting.files import read
from nlp.record.corrections import Correction
from nlp.resources import folder

SAMPLE = folder("data") / "samples" / "01-tabs-2025.txt"
TOTAL = "requests.total.natural_person"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as ended:
        main([str(argument) for argument in arguments])
    return int(ended.value.code or 0)


@pytest.fixture(scope="module")
def records(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("records") / "records.jsonl"
    assert run("extract", SAMPLE, "-o", file) == 0
    return file


def edited(records: Path, where: Path, **values: Any) -> Path:
    """Return a workbook of the records with other values, by the ids of cells and facts, dots as `__`."""
    assert run("gold", "export", records, "-o", where, "--overwrite") == 0
    file = next(where.glob("*.xlsx"))
    book = load_workbook(file)
    rows = book["_nianbao"].iter_rows(min_row=2, max_col=4, values_only=True)
    places = {id: (sheet, address) for kind, sheet, address, id in rows if kind in ("cell", "fact")}
    for name, value in values.items():
        sheet, address = places[name.replace("__", ".")]
        book[str(sheet)][str(address)].value = value
    book.save(file)
    return file


def corrections(book: Path, *options: str) -> list[Correction]:
    file = book.with_suffix(".jsonl")
    assert run("gold", "import", book, "--corrections", file, "--by", "Li", *options) == 0
    return read(str(file)).corrections


def test_a_workbook_that_nobody_touched_corrects_nothing(records: Path, tmp_path: Path) -> None:
    assert corrections(edited(records, tmp_path)) == []


def test_what_was_changed_becomes_corrections_that_apply(records: Path, tmp_path: Path) -> None:
    book = edited(records, tmp_path, requests__total__natural_person=99, year=1999)
    made = corrections(book)
    record = json.loads(records.read_text(encoding="utf-8"))
    was = record["tables"]["requests"]["total"]["natural_person"]["value"]
    assert [(line.field, line.value, line.by) for line in made] == [
        ("year", 1999, "Li"),
        (f"tables.{TOTAL}", 99, "Li"),
    ]
    assert made[1].read == {"state": "printed", "value": was}
    out = tmp_path / "corrected.jsonl"
    assert run("apply", records, book.with_suffix(".jsonl"), "-o", out) == 0
    corrected = json.loads(out.read_text(encoding="utf-8"))
    cell = corrected["tables"]["requests"]["total"]["natural_person"]
    assert (cell["value"], cell["state"], corrected["year"]) == (99, "corrected", 1999)
    assert [review["code"] for review in corrected["review"]] == ["sums_broken"]


def test_a_workbook_that_is_imported_twice_adds_nothing(records: Path, tmp_path: Path) -> None:
    book = edited(records, tmp_path, requests__total__natural_person=99)
    assert corrections(book) == corrections(book)


def test_items_and_borders_are_corrected_in_the_workbook(records: Path, tmp_path: Path) -> None:
    book = edited(records, tmp_path)
    opened = load_workbook(book)
    opened["问题"]["B2"].value = "换了说法"
    kind, last = opened["章节"]["A2"].value, opened["章节"]["C2"].value
    opened["章节"]["C2"].value = last + 1
    opened.save(book)
    made = {line.field: line for line in corrections(book)}
    assert set(made) == {"problems", f"sections.{kind}"}
    assert made["problems"].value[0] == "换了说法"
    assert made["problems"].read[1:] == made["problems"].value[1:]
    assert made[f"sections.{kind}"].value["lines"][1] == last + 1


def test_all_that_was_looked_at_can_be_confirmed(records: Path, tmp_path: Path) -> None:
    book = edited(records, tmp_path, requests__total__natural_person=None)
    made = corrections(book, "--confirm")
    states = {line.field: line.state for line in made}
    assert states.pop(f"tables.{TOTAL}") == "corrected"
    assert set(states.values()) == {"confirmed"}
    cells = json.loads(records.read_text(encoding="utf-8"))["tables"]
    facts = ["organization", "year", "form"]
    assert list(states)[:3] == facts
    assert len(made) - len(facts) == sum(len(row) for table in cells.values() for row in table.values())


def test_a_corrected_record_goes_through_the_workbook_again(records: Path, tmp_path: Path) -> None:
    file = edited(records, tmp_path / "a", requests__total__natural_person=99).with_suffix(".jsonl")
    corrections(file.with_suffix(".xlsx"))
    once = tmp_path / "once.jsonl"
    assert run("apply", records, file, "-o", once) == 0
    made = corrections(edited(once, tmp_path / "b", requests__total__natural_person=98))
    assert [(line.value, line.read["value"]) for line in made] == [
        (98, json.loads(once.read_text())["tables"]["requests"]["total"]["natural_person"]["read"]["value"])
    ]


def test_a_workbook_of_a_record_without_a_report_is_told(tmp_path: Path, capsys: Any) -> None:
    gold = tmp_path / "a.json"
    gold.write_text('{"source": "a", "year": 2022, "form": "2021", "tables": {}}', encoding="utf-8")
    assert run("gold", "export", gold, "-o", tmp_path) == 0
    assert run("gold", "import", tmp_path / "a.xlsx", "--corrections", tmp_path / "c.jsonl") == 3
    assert "does not say what was read" in capsys.readouterr().err
    assert not (tmp_path / "c.jsonl").exists()
