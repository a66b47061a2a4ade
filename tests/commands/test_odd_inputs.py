"""Commands on odd records and names: what is amiss is said, nothing is a fault, nothing else is written."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from nlp.commands.cli import main
from tests.project import ROOT

SAMPLE = ROOT / "data" / "samples" / "01-tabs-2025.txt"
DEEP = "[" * 100_000 + "]" * 100_000 + "\n"


def run(*arguments: object) -> int:
    with pytest.raises(SystemExit) as exit:
        main([*map(str, arguments)])
    return int(exit.value.code or 0)


@pytest.fixture
def record(tmp_path: Path) -> dict[str, object]:
    assert run("extract", SAMPLE, "-o", tmp_path / "one.jsonl") == 0
    loaded: dict[str, object] = json.loads((tmp_path / "one.jsonl").read_text(encoding="utf-8"))
    return loaded


@pytest.mark.parametrize("cells", [[], ["nonsense"], ["requests.total"]])
def test_a_sum_without_the_ids_of_its_cells_is_told_as_far_as_it_goes(
    cells: list[str], record: dict[str, object], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    checks = record["checks"]
    assert isinstance(checks, list)
    checks[0] |= {"id": "odd", "cells": cells, "outcome": "broken", "blame": "source"}
    (tmp_path / "odd.jsonl").write_text(json.dumps(record), encoding="utf-8")
    assert run("check", tmp_path / "odd.jsonl") == 1
    assert "数字不平衡" in capsys.readouterr().out


@pytest.mark.parametrize("ending", ["xlsx", "parquet", "pdf"])
def test_check_writes_no_text_into_a_file_that_promises_something_else(
    ending: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run("check", SAMPLE, "-o", tmp_path / f"d.{ending}") == 2
    assert f"not as .{ending}" in capsys.readouterr().err
    assert not (tmp_path / f"d.{ending}").exists()


@pytest.mark.parametrize("command", ["check", "export", "agencies", "panel", "reuse", "overview", "apply"])
def test_a_line_that_is_nested_without_end_is_no_record(
    command: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    deep = tmp_path / "deep.jsonl"
    deep.write_text(DEEP, encoding="utf-8")
    options = {"export": ("-o", tmp_path / "out.csv"), "panel": ("-o", tmp_path / "out.csv")}
    options |= {"overview": ("-o", tmp_path / "out.html"), "apply": (deep,)}
    assert run(command, deep, *options.get(command, ())) in (1, 3)
    told = capsys.readouterr()
    assert "Traceback" not in told.err
    assert "fault" not in told.out + told.err


@pytest.mark.parametrize("name", [".", "..", "../own", "a/."])
def test_a_text_whose_name_leads_out_of_the_folder_is_not_written(name: str, tmp_path: Path) -> None:
    text = "一、总体情况"
    row = {"name": name, "text": text, "label": [[0, len(text), "heading"]]}
    (tmp_path / "texts.jsonl").write_text(json.dumps(row) + "\n", encoding="utf-8")
    out = tmp_path / "labels" / "own"
    assert run("labels", "import", tmp_path / "texts.jsonl", "--from", "doccano", "-o", out) == 3
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [tmp_path / "texts.jsonl"]
