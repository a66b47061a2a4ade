"""Explanations name the layout that won, the evidence, and what came second."""

from __future__ import annotations

import pytest

from nlp.checking.explain import UnknownCell, explain
from nlp.tables.assemble import Assembly, assemble
from nlp.text.lines import split

PAGE = """一、本年新收政府信息公开申请数量 3 1 0 0 0 0 4
4 0 0 0 0 0 4
（一）予以公开
（七）总计 4 0 0 0 0 0 4"""


def assembly() -> Assembly:
    lines = split(PAGE)
    return assemble(lines, ["table_row"] * len(lines), {"requests": (1, len(lines))}, 2023)


def test_a_row_is_explained_by_its_label_its_numbers_and_its_rivals() -> None:
    told = explain(assembly(), "requests.granted")
    assert "layout `beside`" in told
    assert "label '(一)予以公开', lines 3 to 3" in told
    assert "`rows` would have: none" in told


def test_a_cell_is_explained_with_its_value_its_place_and_its_confidence() -> None:
    told = explain(assembly(), "requests.new_received.total")
    sure = assembly().tables["requests"]["new_received"]["total"].confidence
    assert told.endswith(f"requests.new_received.total = 4 ('4', line 1), confidence {sure}")


@pytest.mark.parametrize("id", ["fees", "requests.fees", "requests.granted.fees"])
def test_an_id_that_the_document_does_not_have_is_refused_with_those_it_has(id: str) -> None:
    with pytest.raises(UnknownCell, match="it has"):
        explain(assembly(), id)
