"""The desk is killed while a person decides: no decision that it answered is lost, none is there twice."""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Iterator
from http.client import HTTPException
from itertools import count
from pathlib import Path
from threading import Timer

import pytest

pytest.importorskip("flask", reason="the extra `desk` is not installed")
pytest.importorskip("PIL", reason="the extra `desk` is not installed")

from nlp.correcting.files import read
from tests.desk.opening import CELL, DOUBTFUL, records
from tests.desk.running import Browser, running
from tests.project import ROOT


def decided_until_killed(
    file: Path, corrections: Path, values: Iterator[int], seconds: float
) -> tuple[list[int], int]:
    """Decide one value after the other until the desk is killed, so many seconds after its first answer.

    Return the values of the decisions that were answered, and of the last that was sent.
    """
    answered: list[int] = []
    with running(file, "--documents", ROOT, "--corrections", corrections) as desk:
        browser = Browser(desk)
        killing = Timer(seconds, desk.kill)
        try:
            for value in values:
                if browser.decide(0, "value", CELL, value) == 200:
                    answered.append(value)
                if not killing.is_alive():
                    killing.start()
        except (OSError, HTTPException):
            pass
        killing.join()
    return answered, value


def battery(tmp_path: Path, times: int) -> None:
    file = records(tmp_path / "records.jsonl", [DOUBTFUL])
    corrections = tmp_path / "corrections.jsonl"
    chance = random.Random(times)
    values = count(1)
    answered: list[int] = []
    unanswered: list[int] = []
    for _ in range(times):
        more, last = decided_until_killed(file, corrections, values, chance.uniform(0.0, 0.5))
        answered += more
        unanswered += [last] if last not in more else []
        written = Counter(correction.value for correction in read(str(corrections)).corrections)
        assert set(answered) <= set(written), "a decision that was answered is lost"
        assert set(written) <= {*answered, *unanswered}
        assert set(written.values()) <= {1}, "a decision is there twice"
    assert len(answered) >= times


def test_three_kills(tmp_path: Path) -> None:
    battery(tmp_path, 3)


@pytest.mark.full
def test_fifty_kills(tmp_path: Path) -> None:
    battery(tmp_path, 50)
