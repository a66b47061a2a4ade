"""The examples of docs/python.md do what the page says."""

from __future__ import annotations

import doctest
from pathlib import Path

import pytest

from tests.project import ROOT


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    pytest.importorskip("polars")
    monkeypatch.chdir(ROOT)
    failed, run = doctest.testfile(str(ROOT / "docs" / "python.md"), module_relative=False, encoding="utf-8")
    assert run > 15
    assert failed == 0
