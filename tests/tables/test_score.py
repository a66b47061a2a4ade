"""What the faults of a reading cost."""

from __future__ import annotations

from pathlib import Path

import pytest

from nlp.labelling.model_folder import ModelError
from nlp.tables import score
from nlp.tables.score import Faults, weights


def test_every_fault_has_a_cost_and_all_that_leave_something_unexplained_cost_something() -> None:
    costs = weights()
    assert set(costs) == set(Faults.__struct_fields__)
    assert all(costs[name] > 0 for name in costs if name not in Faults.HARMLESS)


def test_a_further_fault_of_a_kind_costs_less_than_the_first() -> None:
    one, two, three = (Faults(left_over=count).cost(weights()) for count in (1, 2, 3))
    assert 0 < three - two < two - one < one


@pytest.mark.parametrize("content", [b"", b"{", b'{"weights": {"left_over": 1.0}}', b'{"weights": []}'])
def test_a_damaged_file_is_refused_in_words(
    content: bytes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "tables").mkdir()
    (tmp_path / "tables" / "readings.json").write_bytes(content)
    monkeypatch.setattr(score, "folder", lambda name: tmp_path)
    weights.cache_clear()
    with pytest.raises(ModelError, match=r"readings\.json .* fit it with `python -m training\.readings`"):
        weights()
    weights.cache_clear()
