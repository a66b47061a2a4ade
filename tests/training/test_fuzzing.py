"""Damaged files of every kind: they are read or refused in words, none is a fault."""

from __future__ import annotations

import os
from random import Random

import pytest

from training.fuzzing import documents, orders, seeds
from training.fuzzing.documents import Fed, Found, fed
from training.fuzzing.packed import PDF, ZIPPED
from training.fuzzing.pieces import BYTES, TEXT
from training.fuzzing.values import JSON

CASES = int(os.environ.get("NIANBAO_FUZZING_CASES", "1000"))
QUICK = [kind for kind in seeds.KINDS if kind not in ("7z", "doc, rtf, odt")]
"""Others take seconds a file."""


@pytest.mark.parametrize("kind", QUICK)
def test_a_few_damaged_documents_are_read_or_refused(kind: str) -> None:
    found = fed(kind, 7, 3)
    assert (found.cases, found.faults) == (3, [])


@pytest.mark.parametrize("kind", ["corrections", "agencies", "labels of doccano", "lists of files"])
def test_a_few_damaged_files_of_data_are_taken_or_refused(kind: str) -> None:
    found = orders.fed(kind, 7, 2)
    assert (found.cases, found.faults) == (2, [])


@pytest.mark.full
@pytest.mark.parametrize("kind", seeds.KINDS)
def test_damaged_documents_are_read_or_refused(kind: str) -> None:
    count = CASES // 20 if kind not in QUICK else CASES
    assert fed(kind, 8, count).faults == []


@pytest.mark.full
@pytest.mark.parametrize("kind", orders.KINDS)
def test_damaged_files_of_data_are_taken_or_refused(kind: str) -> None:
    assert orders.fed(kind, 8, CASES // 5).faults == []


@pytest.mark.parametrize("ways", [BYTES, TEXT, ZIPPED, PDF, JSON])
def test_every_damage_changes_something_and_takes_any_file(ways: tuple[seeds.Damage, ...]) -> None:
    contents = (b"", b"x", b'{"a": [1, 2]}', seeds.seeds("docx")[0], b"%PDF-1.4\n1 0 obj <</A 2 0 R>>")
    for damage in ways:
        changed = [damage(content, Random(n)) != content for content in contents for n in range(12)]
        assert any(changed), damage


def test_a_case_is_made_anew_by_its_name() -> None:
    ((name, content),) = seeds.damaged("html", 7, 1, 3)
    assert name == "html/7/3"
    assert [*seeds.damaged("html", 7, 4)][3] == (name, content)


def test_a_fault_and_a_slow_document_are_found() -> None:
    found = Found("pdf")
    for one in (
        Fed("pdf/1/1", "read", 0.1, 1),
        Fed("pdf/1/2", "fault", 0, 0, "KeyError"),
        Fed("pdf/1/3", "read", 99, 1),
    ):
        found.add(one)
    assert found.cases == 3
    assert found.faults == ["pdf/1/2: fault KeyError", "pdf/1/3: took 99.0 seconds of a processor"]


def test_what_reads_is_told_by_outcome() -> None:
    assert documents.Feeder()(documents.BytesInput("text/1/1", content=b"")).outcome == "empty"
