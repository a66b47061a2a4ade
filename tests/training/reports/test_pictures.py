"""What the documentation shows is what users see."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.project import ROOT
from training.reports import pictures

DOCS = ROOT / "docs"


def test_the_page_on_checking_shows_what_the_command_says() -> None:
    text = (DOCS / "check.md").read_text(encoding="utf-8")
    assert pictures.with_example(text) == text
    assert "有 1 处数字不平衡" in text


@pytest.mark.parametrize("name", ["check.png", "notebook.png"])
def test_pictures_are_there_and_small(name: str) -> None:
    assert 20_000 < (DOCS / "pictures" / name).stat().st_size < 150_000


def test_what_is_photographed_shows_every_mark_that_it_explains() -> None:
    for page in (pictures.checked(), pictures.in_a_notebook()):
        assert all(f'class="{mark}' in page for mark in ("broken", "ambiguous", "blank"))


@pytest.mark.full
@pytest.mark.skipif(shutil.which("chromium") is None, reason="Chromium takes the pictures")
def test_pictures_can_be_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copy(DOCS / "check.md", tmp_path)
    monkeypatch.setattr(pictures, "_DOCS", tmp_path)
    monkeypatch.setattr(pictures, "_PAGE", tmp_path / "check.md")
    pictures.main()
    assert {path.name for path in (tmp_path / "pictures").iterdir()} == {"check.png", "notebook.png"}
