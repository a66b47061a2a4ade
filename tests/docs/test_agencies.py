"""What docs/agencies.md shows is so: its record, its file, its kinds, its commands."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import msgspec
import pytest

from nlp.agencies.agencies import agency_of
from nlp.agencies.bodies import kinds
from nlp.agencies.own import parsed
from nlp.commands.cli import main
from nlp.record.agencies import Agency
from tests.agencies.reporting import report
from tests.project import ROOT

PAGES = [(ROOT / "docs" / name).read_text(encoding="utf-8") for name in ("agencies.md", "agencies.zh.md")]


@pytest.mark.parametrize("page", PAGES)
def test_the_agency_is_one(page: str) -> None:
    (shown,) = re.findall(r"```json\n(.*?)```", page, re.DOTALL)
    assert msgspec.json.decode(shown, type=Agency) == agency_of(report("西工区城管局"))


@pytest.mark.parametrize("page", PAGES)
def test_the_file_is_one(page: str) -> None:
    (shown,) = re.findall(r"```csv\n(.*?)```", page, re.DOTALL)
    assert len(parsed(shown, "page").rows) == shown.count("\n") - 1


def test_every_kind_is_named() -> None:
    section = PAGES[0].partition("## Kinds")[2].partition("##")[0]
    named = re.findall(r"`([a-z_]+)`", section)
    assert named == list(kinds())


@pytest.mark.slow
def test_its_commands_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    shutil.copy(ROOT / "data" / "samples" / "01-tabs-2025.txt", "in")
    Path("mine.csv").write_text(re.findall(r"```csv\n(.*?)```", PAGES[0], re.DOTALL)[0], encoding="utf-8")
    for block in re.findall(r"```sh\n(.*?)```", PAGES[0], re.DOTALL):
        for line in block.splitlines():
            with pytest.raises(SystemExit) as ended:
                main(line.split()[1:])
            assert not ended.value.code, line
