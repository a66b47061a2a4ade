"""Work on many inputs: order, limits, crashes."""

from __future__ import annotations

import os
import signal
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from nlp.limits import Limits, more_time
from nlp.reading.inputs import Input
from nlp.record.model import Failure
from nlp.running.batch import results
from nlp.writers.output import Unwritable

SHORT = Limits(seconds=1.0)


class Told:
    """Work that does what the name of an input says."""

    def __call__(self, input: Input) -> str:
        kind = input.path.split("-")[0]
        if kind == "crash":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "exit":
            os._exit(3)
        if kind == "hang":
            time.sleep(60)
        if kind == "asks":
            more_time(5.0)
            time.sleep(1.3)
        if kind == "slow":
            time.sleep(0.2)
        if kind == "memory":
            return str(len(bytearray(3 * 2**30)))
        if kind == "fault":
            raise KeyError("requests")
        if kind == "deep":
            return self(input)
        if kind == "full":
            raise Unwritable("texts/a.txt: could not be written (No space left on device).")
        return input.path

    def lost(self, input: Input, why: Failure) -> str:
        return f"{input.path}: {why.code}"


def told(names: list[str], jobs: int = 1, limits: Limits = SHORT) -> list[str]:
    return list(results(Told(), [Input(name) for name in names], jobs, limits))


JOBS = pytest.mark.parametrize("jobs", [1, 2, 5, 0])


@JOBS
@pytest.mark.parametrize("count", [0, 1, 7, 200])
def test_results_come_in_the_order_of_the_inputs(count: int, jobs: int) -> None:
    names = [f"{'slow' if n in (0, 30) else 'ok'}-{n}" for n in range(count)]
    assert told(names, jobs) == names


BAD = {
    "crash-1": "process_ended",
    "exit-1": "process_ended",
    "hang-1": "too_slow",
    "memory-1": "too_large",
    "deep-1": "too_deep",
    "fault-1": "fault",
}


@JOBS
@pytest.mark.parametrize("bad", BAD)
def test_a_bad_input_costs_itself_only(bad: str, jobs: int) -> None:
    names = [f"ok-{n}" for n in range(20)]
    expected = [*names[:5], f"{bad}: {BAD[bad]}", *names[5:]]
    assert told([*names[:5], bad, *names[5:]], jobs) == expected


def test_all_kinds_of_bad_inputs_at_once() -> None:
    names = [name for n in range(4) for name in (*BAD, f"ok-{n}", f"slow-{n}") if name != "hang-1" or n == 3]
    assert told(names, 2) == [f"{name}: {BAD[name]}" if name in BAD else name for name in names]


@JOBS
def test_an_output_that_cannot_be_written_ends_the_batch(jobs: int) -> None:
    with pytest.raises(Unwritable, match="No space left"):
        told(["ok-1", "full-1", "ok-2"], jobs)


def children() -> set[str]:
    return set(Path(f"/proc/self/task/{os.getpid()}/children").read_text().split())


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are counted through /proc")
def test_no_process_is_left() -> None:
    before = children()
    running: Iterator[str] = results(Told(), [Input(f"slow-{n}") for n in range(50)], 3, SHORT)
    next(running)
    assert len(children() - before) == 3
    running.close()  # type: ignore[attr-defined]
    assert children() == before


def test_a_process_never_waits_for_its_time_when_others_are_slow() -> None:
    started = time.monotonic()
    told(["hang-1", *(f"ok-{n}" for n in range(100))], 2)
    assert time.monotonic() - started < 5


class Process:
    """Work that tells which process did it."""

    def __call__(self, input: Input) -> int:
        return os.getpid()

    def lost(self, input: Input, why: Failure) -> int:
        return 0


def test_a_process_makes_room_for_a_new_one_after_a_while() -> None:
    """What libraries and memos keep goes with it: memory stays flat however long a batch is."""
    inputs = [Input(str(n)) for n in range(1000)]
    counts = Counter(results(Process(), inputs, 1, SHORT))
    assert sorted(counts.values()) == [200, 400, 400]


def test_a_document_whose_kind_takes_longer_is_given_more_time() -> None:
    assert told(["asks-1", "hang-1", "ok-1"]) == ["asks-1", "hang-1: too_slow", "ok-1"]
