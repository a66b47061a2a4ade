"""What the pages on storage and clusters show: extras that there are, commands that run."""

from __future__ import annotations

import re
import shlex
import tomllib
from pathlib import Path
from typing import Any

import pytest

from nlp.commands.cli import commands
from nlp.commands.exits import _code
from nlp.storage import files
from tests.project import ROOT
from tests.storage.conftest import bucket, put_copies, server

__all__ = ["bucket", "server"]
PAGES = [*ROOT.glob("README*.md"), *(ROOT / "docs").rglob("*.md")]


def test_every_extra_that_a_page_installs_is_there() -> None:
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "optional-dependencies"
    ]
    named = {
        extra
        for page in PAGES
        for extra in re.findall(r"(?:nianbao|\.)\[([a-z]+)\]", page.read_text(encoding="utf-8"))
    }
    assert {"storage", "dask", "parquet"} <= named
    assert named <= set(extras)


def test_the_commands_of_the_page_run(bucket: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Those that read from the bucket; the web is not reached."""
    monkeypatch.chdir(tmp_path)
    put_copies(bucket, "reports/2023", 1)
    bucket.mkdir("records")
    bucket.mkdir("tables")
    page = (ROOT / "docs" / "storage.md").read_text(encoding="utf-8")
    (block,) = re.findall(r"```sh\n(.*?)```", page, re.DOTALL)
    lines = [line for line in block.splitlines() if line.startswith("nianbao") and "https:" not in line]
    assert len(lines) == 5
    assert [_code(commands, shlex.split(line)[1:]) or 0 for line in lines] == [0] * 5
    assert (tmp_path / "reports.xlsx").exists()
    assert files.listed("s3://tables/reports")
    for name in ("records", "tables"):
        bucket.rm(name, recursive=True)
