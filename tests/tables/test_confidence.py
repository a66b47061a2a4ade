"""How sure a cell is, by the circumstances in which it was read."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import pytest
from msgspec.structs import replace

from nlp.labelling.judgement import Scale
from nlp.labelling.model_folder import ModelError
from nlp.tables.circumstances import Circumstances, Setting, Way
from nlp.tables.confidence import Confidences, encoded, path, read, shipped

LAYOUTS = (
    *("given_cells", "rows", "single_row", "beside", "under_headers", "label_blocks", "blocks"),
    *("stretches", "bands"),
)
USUAL = Circumstances(Setting("rows"), Way.AS_MANY, "number", "holds", "holds")


def sure(cell: Circumstances) -> float:
    return Confidences(shipped()).of(cell)


def test_as_many_numbers_as_columns_whose_sums_hold_are_all_but_certain() -> None:
    assert 0.9999 < sure(USUAL) < 1


LESS_SURE = {
    "the row's sum is broken": replace(USUAL, across="broken"),
    "no sum speaks of it": replace(USUAL, across="none", down="none"),
    "a number of the row may be a stray one": replace(USUAL, across="broken", doubtful=True),
    "nothing stands behind the label": replace(USUAL, way=Way.NO_CELLS, content="blank", across="none"),
    "the label is alike at best": replace(USUAL, setting=Setting("rows", "alike")),
    "it was placed line by line": replace(USUAL, way=Way.BY_LINES),
    "one of several numbers was left out for zeros": replace(USUAL, way=Way.ZEROS, content="zero"),
}


@pytest.mark.parametrize("cell", LESS_SURE.values(), ids=LESS_SURE)
def test_a_cell_is_less_sure_where(cell: Circumstances) -> None:
    assert sure(cell) < sure(USUAL)


def test_what_was_never_seen_is_taken_for_the_worst() -> None:
    unheard_of = replace(USUAL, setting=Setting("a layout that nobody has fitted"))
    assert sure(unheard_of) <= min(sure(replace(USUAL, setting=Setting(layout))) for layout in LAYOUTS)


def test_more_weight_is_never_less_sure() -> None:
    for before, behind in pairwise(shipped().steps):
        assert before.score < behind.score
        assert before.log_odds <= behind.log_odds


def test_every_way_to_read_a_cell_has_a_weight() -> None:
    ways = {f"way {way}" for way in Way if way not in (Way.OPEN, Way.ABSENT)}
    assert ways <= set(shipped().weights)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "cut": lambda content: content[:-20],
    "another weight": lambda content: content.replace(b'"intercept": ', b'"intercept": 1'),
    "another format": lambda content: content.replace(b"confidence/1", b"confidence/9"),
    "no scale": lambda content: b"[]",
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_file_is_refused_with_what_to_do(damage: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "confidence.json"
    file.write_bytes(damage(path().read_bytes()))
    with pytest.raises(ModelError, match=r"confidence\.json.*python -m training\.confidence"):
        read(file)


def test_a_scale_is_written_as_it_is_read() -> None:
    scale: Scale = read(path())
    assert encoded(scale) == path().read_bytes()
