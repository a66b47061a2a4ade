"""What docs/reuse.md shows is so: its commands, its recipes, the states it names."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import get_args

import pytest

from nlp.commands.cli import commands, main
from nlp.reuse.findings import PromiseState
from tests.project import ROOT

PAGE = (ROOT / "docs" / "reuse.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", PAGE, re.DOTALL)


def test_the_states_are_all_told() -> None:
    assert all(f"| `{state}` |" in PAGE for state in get_args(PromiseState))


def test_its_commands_exist() -> None:
    lines = [line for block in blocks("sh") for line in block.splitlines() if line.startswith("nianbao")]
    assert {line.split()[1] for line in lines} <= set(commands.commands)


@pytest.mark.slow
def test_its_commands_and_recipes_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("pandas")
    duckdb = pytest.importorskip("duckdb")
    monkeypatch.chdir(tmp_path)
    Path("reports").mkdir()
    for name in ("01-tabs-2025.txt", "02-pipes-2019.txt"):
        shutil.copy(ROOT / "data" / "samples" / name, "reports")
    for line in blocks("sh")[0].splitlines():
        if line.startswith("nianbao"):
            run(line.partition("#")[0].split()[1:])
    assert json.loads(Path("reuse.json").read_text(encoding="utf-8"))["overview"]["reports"] == 2
    for recipe in blocks("python"):
        exec(recipe, {})
    for query in blocks("sql"):
        duckdb.sql(query).fetchall()


def run(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code, arguments
