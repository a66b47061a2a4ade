"""Reports of one name: a folder for each agency, and `2023.pdf` in each."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from training.gold.workbooks import export
from training.scoring.matching import Unscorable
from training.scoring.score import score_paths


def record(path: str, total: int, sha256: str = "") -> dict[str, Any]:
    name = path.rsplit("/", 1)[-1]
    cells = {"requests": {"total": {"total": total}}}
    return {"source": {"name": name, "path": path, "sha256": sha256}, "form": "2021", "tables": cells}


def lines(path: Path, *records: dict[str, Any]) -> str:
    path.write_text("".join(json.dumps(one) + "\n" for one in records), encoding="utf-8")
    return str(path)


def right(gold: str, predicted: str) -> tuple[int, int]:
    cells = score_paths(gold, predicted).cells.cells
    return cells.count, cells.of


def test_records_of_one_name_meet_by_their_paths(tmp_path: Path) -> None:
    gold = lines(tmp_path / "gold.jsonl", record("gold/a/2023.pdf", 1), record("gold/b/2023.pdf", 2))
    run = lines(tmp_path / "run.jsonl", record("in/b/2023.pdf", 2), record("in/a/2023.pdf", 7))
    assert right(gold, run) == (1, 2)


def test_records_of_one_name_meet_by_their_bytes_wherever_they_lie(tmp_path: Path) -> None:
    gold = lines(tmp_path / "gold.jsonl", record("x/2023.pdf", 1, "aa"), record("y/2023.pdf", 2, "bb"))
    run = lines(tmp_path / "run.jsonl", record("y/2023.pdf", 1, "aa"), record("x/2023.pdf", 2, "bb"))
    assert right(gold, run) == (2, 2)


def test_gold_of_one_agency_is_scored_in_a_run_over_many(tmp_path: Path) -> None:
    gold = lines(tmp_path / "gold.jsonl", record("b/2023.pdf", 2))
    run = lines(tmp_path / "run.jsonl", *(record(f"in/{agency}/2023.pdf", 2) for agency in "abc"))
    assert right(gold, run) == (1, 1)


def test_gold_files_that_name_no_path_are_told_apart_by_their_own(tmp_path: Path) -> None:
    for agency, total in (("a", 1), ("b", 2)):
        (tmp_path / "gold" / agency).mkdir(parents=True)
        bare = {**record("2023.pdf", total), "source": "2023"}
        (tmp_path / "gold" / agency / "2023.json").write_text(json.dumps(bare), encoding="utf-8")
    run = lines(tmp_path / "run.jsonl", record("in/b/2023.pdf", 2), record("in/a/2023.pdf", 1))
    assert right(str(tmp_path / "gold"), run) == (2, 2)


def test_one_path_twice_is_refused(tmp_path: Path) -> None:
    gold = lines(tmp_path / "gold.jsonl", record("a/2023.pdf", 1), record("a/2023.pdf", 2))
    with pytest.raises(Unscorable, match="stands 2 times"):
        right(gold, gold)


def test_workbooks_of_one_name_go_into_folders(tmp_path: Path) -> None:
    paths = ["in/a/2023.pdf", "in/b/2023.pdf", "in/b/2024.pdf", "../../2023.pdf"]
    records = lines(tmp_path / "run.jsonl", *(record(path, 1) for path in paths))
    export([records], tmp_path / "books", None, overwrite=False)
    books = tmp_path / "books"
    assert sorted(str(file.relative_to(books)) for file in books.rglob("*.xlsx")) == [
        "2023.xlsx",
        "2024.xlsx",
        "a/2023.xlsx",
        "b/2023.xlsx",
    ]
