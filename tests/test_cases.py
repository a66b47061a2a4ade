"""The catalogue of noise: each page in tests/cases reads as its case says."""

from __future__ import annotations

from typing import Any

import pytest

from training.net.cases import FILES, Case, cases, misread

KINDS = frozenset(range(1, 37))


def named(*files: str) -> list[Any]:
    return [pytest.param(case, id=case["name"]) for case in cases(files)]


@pytest.mark.parametrize("case", named(*FILES))
def test_page_reads_as_its_case_says(case: Case) -> None:
    """And each cell's text is what its span holds."""
    assert misread(case) == {}


@pytest.mark.xfail(strict=True, reason="known failure: move the case to another file once it is cured")
@pytest.mark.parametrize("case", named("known_failures"))
def test_known_failure_still_fails(case: Case) -> None:
    assert misread(case) == {}


def test_every_kind_of_noise_has_a_case() -> None:
    kinds = {kind for case in cases(FILES) for kind in case["noise"]}
    assert kinds >= KINDS


def test_names_of_cases_are_unique() -> None:
    names = [case["name"] for case in cases([*FILES, "known_failures"])]
    assert len(names) == len(set(names))
