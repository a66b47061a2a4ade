"""What docs/across.md and docs/panel.md show is so, and their commands run."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from msgspec import json

from nlp.across.knowledge import kinds, known
from nlp.commands.cli import commands
from tests.project import ROOT
from training.across.__main__ import example_part, rates_part
from training.across.example import example

PAGES = {name: (ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("across.md", "panel.md")}
TRANSLATED = {name: (ROOT / "docs" / name.replace(".md", ".zh.md")).read_text("utf-8") for name in PAGES}


def lines(page: str) -> Iterator[str]:
    for block in re.findall(r"```sh\n(.*?)```", page, re.DOTALL):
        yield from (line.partition("#")[0].strip() for line in block.splitlines())


def run(line: str) -> Any:
    program, *arguments = line.split()
    assert program == "nianbao"
    return CliRunner().invoke(commands, arguments, standalone_mode=False)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    (tmp_path / "records.jsonl").write_bytes(b"".join(json.encode(record) + b"\n" for record in example()))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def block(page: str, name: str) -> str:
    (found,) = re.findall(rf"<!-- {name} -->\n(.*?)<!-- /{name} -->", PAGES[page], re.DOTALL)
    return str(found)


def test_the_example_is_what_the_command_says(folder: Path) -> None:
    assert block("across.md", "example") == example_part()
    shown = example_part().splitlines()[2:-1]
    assert run("nianbao check --across-only records.jsonl").stdout.splitlines() == shown


def test_the_rates_are_those_of_the_file() -> None:
    assert block("panel.md", "rates") == rates_part()


@pytest.mark.parametrize("page", PAGES)
def test_their_commands_run_and_are_translated(page: str, folder: Path) -> None:
    shown = list(lines(PAGES[page]))
    assert shown == list(lines(TRANSLATED[page]))
    for line in shown:
        result = run(line)
        assert not result.exception, line
        assert result.return_value == (1 if " check " in line else 0), line


def test_what_python_is_shown_runs(folder: Path) -> None:
    run("nianbao panel records.jsonl -o panel.csv")
    for page in PAGES.values():
        for code in re.findall(r"```python\n(.*?)```", page, re.DOTALL):
            exec(compile(code, "docs", "exec"), {})


def test_every_kind_and_reason_is_explained() -> None:
    page = PAGES["across.md"]
    assert [name for name in (*kinds(), *known("reasons")) if f"`{name}`" not in page] == []
    assert [kind for kind in kinds() if f"`{kind}`" not in TRANSLATED["across.md"]] == []


def test_faults_are_found_as_issues_ask() -> None:
    figures = re.findall(r"\| ([01]\.\d+) \| ([01]\.\d+) \|\n", block("across.md", "trial"))
    assert len(figures) == len(kinds())
    assert all(float(precision) >= 0.98 and float(recall) >= 0.95 for precision, recall in figures)
