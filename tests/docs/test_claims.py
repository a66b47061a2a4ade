"""The examples of docs/claims.md do what the page says."""

from __future__ import annotations

import doctest

import pytest

from tests.project import ROOT


def test_the_examples_of_the_page_run(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(ROOT)
    failed, run = doctest.testfile(str(ROOT / "docs" / "claims.md"), module_relative=False, encoding="utf-8")
    assert run > 5
    assert failed == 0
