"""CSV and Parquet: one file a table, described beside it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from pyarrow import parquet

from nlp.record.model import Problem, Report, Source
from nlp.writers import jsonl
from nlp.writers.exporting import exporting
from nlp.writers.formats import Choices, destination
from nlp.writers.remarks import Remarks
from nlp.writers.tables import named, tables

ALL = Choices()
SOURCE = Source("a.txt", "in/a.txt", "", "text/plain", "utf-8", 0, 1)


def written(path: Path | str, to: str | None = None, text: str = "a", choices: Choices = ALL) -> list[str]:
    record, remarks = Report(source=SOURCE, problems=[Problem(text, (1, 1), (0, 1))]), Remarks()
    with exporting(destination(str(path), to), choices, remarks) as sink:
        sink.write(jsonl.line(record))
    return remarks.sentences()


def package(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "datapackage.json").read_text(encoding="utf-8"))
    return found


def test_excel_sees_by_the_mark_that_it_is_utf_8(tmp_path: Path) -> None:
    written(tmp_path / "out.csv")
    assert (tmp_path / "out.csv").read_bytes().startswith(b"\xef\xbb\xbfreport,id,organization,year,")


def test_headers_can_be_chinese(tmp_path: Path) -> None:
    written(tmp_path / "out.csv", choices=Choices(headers="zh", tables=("items",)))
    first = (tmp_path / "out.csv").read_text(encoding="utf-8-sig").splitlines()[0]
    assert first.split(",") == named("items").headers("zh")
    fields = package(tmp_path)["resources"][0]["schema"]["fields"]
    assert [field["name"] for field in fields] == named("items").headers("zh")


@pytest.mark.parametrize("to", ["csv", "csv.gz", "parquet"])
def test_a_folder_holds_a_file_a_table(tmp_path: Path, to: str) -> None:
    written(tmp_path / "new", to)
    names = {path.name for path in (tmp_path / "new").iterdir()}
    assert names - {"datapackage.json"} == {f"{table.id}.{to}" for table in tables()}
    assert ("datapackage.json" in names) == to.startswith("csv")


def test_the_description_names_every_file_and_column_with_its_type(tmp_path: Path) -> None:
    written(tmp_path / "out", "csv")
    resources = {one["name"]: one for one in package(tmp_path / "out")["resources"]}
    assert list(resources) == [table.id for table in tables()]
    for table in tables():
        fields = resources[table.id]["schema"]["fields"]
        assert [field["name"] for field in fields] == [column.id for column in table.columns]
        assert {field["type"] for field in fields} <= {"integer", "number", "string", "boolean", "array"}
        assert (tmp_path / "out" / resources[table.id]["path"]).is_file()
    assert resources["reports"]["schema"]["primaryKey"] == ["report"]
    assert resources["cells"]["schema"]["foreignKeys"][0]["reference"] == {
        "resource": "reports",
        "fields": ["report"],
    }


def test_files_that_are_written_one_by_one_are_described_together(tmp_path: Path) -> None:
    for name, table in (("a.csv", "reports"), ("b.csv", "cells"), ("c.csv", "cells"), ("a.csv", "items")):
        written(tmp_path / name, choices=Choices(tables=(table,)))
    (tmp_path / "b.csv").unlink()
    written(tmp_path / "d.csv", choices=Choices(tables=("checks",)))
    told = {one["path"]: one["name"] for one in package(tmp_path)["resources"]}
    assert told == {"d.csv": "checks", "a.csv": "items", "c.csv": "cells"}


@pytest.mark.parametrize("content", ['{"name": "others"}', "{", "[]"])
def test_a_description_of_other_data_stays_as_it_is_and_is_told_of(tmp_path: Path, content: str) -> None:
    (tmp_path / "datapackage.json").write_text(content)
    said = written(tmp_path / "out.csv")
    assert (tmp_path / "datapackage.json").read_text() == content
    assert said == [f"Descriptions of other data, left as they are: 1 (first: {tmp_path}/datapackage.json)."]


def test_the_same_records_give_the_same_bytes(tmp_path: Path) -> None:
    for folder in ("one", "two"):
        written(tmp_path / folder, "csv.gz")
    for path in (tmp_path / "one").iterdir():
        assert path.read_bytes() == (tmp_path / "two" / path.name).read_bytes()


def test_parquet_says_what_its_columns_hold(tmp_path: Path) -> None:
    written(tmp_path / "items.parquet", choices=Choices(tables=("items",)))
    schema = parquet.read_schema(tmp_path / "items.parquet")
    assert schema.field("text").metadata[b"description"].startswith(b"What it says")
    assert [str(schema.field(name).type) for name in ("report", "text", "answers")] == [
        *("int64", "string", "list<element: int64>")
    ]
