"""A program that adds corrections is killed at any moment: none that it said were kept is lost or doubled."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlp.correcting.files import append, read
from nlp.record.corrections import Correction
from tests.project import ROOT

WRITER = """
import sys
from nlp.correcting.files import append
from nlp.record.corrections import Correction

first = int(sys.argv[2])
for n in range(first, first + 100_000):
    note = str(n) + "x" * 5000
    append(sys.argv[1], [Correction(id="0123456789abcdef", field="year", value=2000, note=note)])
    print(n, flush=True)
"""


def killed_after(file: Path, first: int, seconds: float) -> int:
    """Start a writer, kill it, and return the last correction that it said was kept; -1 for none."""
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(file), str(first)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert writer.stdout
    said = [int(writer.stdout.readline())]
    time.sleep(seconds)
    writer.send_signal(signal.SIGKILL)
    said += [int(line) for line in writer.stdout.read().split("\n")[:-1]]
    writer.wait()
    return said[-1]


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL")
@pytest.mark.parametrize("kills", [4, pytest.param(50, marks=pytest.mark.full)])
def test_nothing_that_was_kept_is_lost_or_doubled(kills: int, tmp_path: Path) -> None:
    file, rng, first = tmp_path / "corrections.jsonl", random.Random(7), 0
    for _ in range(kills):
        last = killed_after(file, first, rng.uniform(0, 0.1))
        notes = [int(one.note.rstrip("x")) for one in read(str(file)).corrections]
        assert notes == list(range(len(notes)))
        assert last < len(notes) <= last + 2, "at most the one that was being written is there as well"
        first = len(notes)
    append(str(file), [Correction(id="0123456789abcdef", field="year", value=2001)])
    assert read(str(file)).corrections[-1].value == 2001
