"""What docs/corrections.md shows is so: its correction, its fields, its commands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from nlp.commands.cli import commands, main
from nlp.correcting.fields import parsed as field
from nlp.correcting.files import parsed
from tests.project import ROOT

PAGE = (ROOT / "docs" / "corrections.md").read_text(encoding="utf-8")
SHELL = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)


def test_the_correction_is_one() -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", PAGE, re.DOTALL)
    assert [one.value for one in parsed(shown.encode(), "page").corrections] == [34]


def test_the_fields_are_ones() -> None:
    (table,) = re.findall(r"\| field \| value \|.*?\n\n", PAGE, re.DOTALL)
    about = [line for line in table.splitlines() if "`" in line and "TABLE" not in line]
    rows = [line.split("|")[1] for line in about]
    names = [name for row in rows for name in re.findall(r"`([a-z_.0-9]+)`", row)]
    assert len(names) > 8
    assert all(field(name) for name in names)


def test_its_commands_exist() -> None:
    named = {line.split()[1] for block in SHELL for line in block.splitlines()}
    assert named <= set(commands.commands)


@pytest.mark.slow
@pytest.mark.parametrize("block", SHELL)
def test_its_commands_run(block: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    for name in ("01-tabs-2025.txt", "02-pipes-2019.txt"):
        shutil.copy(ROOT / "data" / "samples" / name, "in")
    Path("from-wu.jsonl").write_text("", encoding="utf-8")
    if "extract" not in block:
        run(["extract", "in/", "-o", "records.jsonl"])
    for line in block.splitlines():
        run(line.partition("#")[0].split()[1:])


def run(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        main(arguments)
    assert not ended.value.code, arguments
