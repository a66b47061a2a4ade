"""What docs/formats.md shows is run: its commands, its Python, its SQL in both databases, its R."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from tests.commands.test_cli import environment
from tests.project import ROOT

pytestmark = pytest.mark.slow
BLOCKS = re.findall(
    r"```(\w+)\n(.*?)```", (ROOT / "docs" / "formats.md").read_text(encoding="utf-8"), re.DOTALL
)


def blocks(language: str) -> list[str]:
    return [code for name, code in BLOCKS if name == language]


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where the commands of the page were run."""
    folder = tmp_path_factory.mktemp("page")
    (folder / "data").mkdir()
    shutil.copytree(ROOT / "data" / "samples", folder / "data" / "samples")
    (commands,) = blocks("sh")
    for line in commands.splitlines():
        arguments = [sys.executable, "-m", "nlp", *line.split()[1:]]
        subprocess.run(arguments, cwd=folder, env=environment(), check=True, capture_output=True)
    return folder


def test_the_commands_write_what_they_name(made: Path) -> None:
    names = {path.name for path in made.iterdir()} | {path.name for path in (made / "tables").iterdir()}
    assert {"records.jsonl", "reports.xlsx", "records.duckdb", "records.sqlite"} <= names
    assert {"reports.csv", "cells.parquet", "datapackage.json"} <= names


@pytest.mark.parametrize("code", blocks("python"))
def test_the_python_runs(made: Path, code: str) -> None:
    done = subprocess.run([sys.executable, "-c", code], cwd=made, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "2025" in done.stdout


def statements(code: str) -> list[str]:
    return [one for one in code.replace("-- duckdb", "").split(";") if one.strip()]


@pytest.mark.parametrize("code", blocks("sql"))
def test_the_sql_runs(made: Path, code: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(made)
    with duckdb.connect("records.duckdb", read_only=True) as duck:
        answers = [sorted(map(repr, duck.execute(one).fetchall())) for one in statements(code)]
    assert any(answers) or "broken" in code
    if "-- duckdb" not in code:
        with closing(sqlite3.connect("records.sqlite")) as lite:
            assert [len(lite.execute(one).fetchall()) for one in statements(code)] == [
                len(one) for one in answers
            ]


@pytest.mark.skipif(shutil.which("Rscript") is None, reason="R is not there")
@pytest.mark.parametrize("code", blocks("r"))
def test_the_r_runs(made: Path, code: str) -> None:
    done = subprocess.run(["Rscript", "-e", code], cwd=made, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "printed" in done.stdout
