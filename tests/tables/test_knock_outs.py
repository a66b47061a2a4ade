"""Every step of table reading is needed: without it some named page is misread."""

from __future__ import annotations

import tomllib
from functools import cache

import pytest

from nlp.reading.inputs import Input
from nlp.tables import layouts
from tests.project import ROOT
from training.net.answers import Answering
from training.net.cases import Case, cases, misread
from training.net.comparing import changes
from training.net.documents import NetDocument, documents
from training.net.switches import Step, switched_off
from training.net.table_steps import STEPS

NEEDED_FOR: dict[str, list[str]] = tomllib.loads(
    (ROOT / "tests" / "tables" / "knock_outs.toml").read_text(encoding="utf-8")
)


@cache
def named_cases() -> dict[str, Case]:
    return {case["name"]: case for case in cases()}


@cache
def net() -> dict[str, NetDocument]:
    return {document.key: document for document in documents(("samples", "tools", "held_out"))}


def is_worse_without(step: Step, key: str) -> bool:
    """Whether a document of the net has fewer right cells without a step, or a person must look at it."""
    read, input = Answering(net()), Input(key)
    before = read(input)
    with switched_off(step):
        after = read(input)
    return any(
        change.gain < 0 or (change.before.accepted and not change.after.accepted)
        for change in changes({key: before}, {key: after})
    )


@pytest.mark.parametrize("step", STEPS, ids=[step.name for step in STEPS])
def test_without_a_step_the_pages_that_need_it_are_misread(step: Step) -> None:
    pages = NEEDED_FOR[step.name]
    assert pages, "a step that no page needs is to be deleted"
    for page in pages:
        if page in named_cases():
            with switched_off(step):
                assert misread(named_cases()[page]), page
        else:
            assert is_worse_without(step, page), page


def test_every_step_that_is_named_is_a_step() -> None:
    assert list(NEEDED_FOR) == [step.name for step in STEPS]


def test_every_layout_is_a_step() -> None:
    modules = {step.function.__module__ for step in STEPS}
    folder = ROOT / "nlp" / "tables" / "layouts"
    layout_modules = {f"{layouts.__name__}.{file.stem}" for file in folder.glob("[a-z]*.py")}
    assert layout_modules - {"nlp.tables.layouts.__init__"} <= modules
