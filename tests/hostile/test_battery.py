"""Thousands of files, one in twenty of them hostile or broken: what is good is delivered as if alone."""

from __future__ import annotations

import json
import os
import subprocess
import time
from collections.abc import Iterator
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from benchmarks.memory import _resident, _tree
from nlp.limits import Limits
from tests.commands.test_cli import command, environment, texts
from tests.hostile.test_hostile import HOSTILE
from tests.project import ROOT

BAD_IN = 20
SLOW = {
    "bomb.pdf",
    "twice.pdf",
    "showing.pdf",
    "line.html",
    "line.txt",
    "around.html",
    "behind.html",
    "media.html",
}
"""They take more than a second each."""
BROKEN = {"empty.txt": b"", "picture.jpg": b"\xff\xd8\xff" + bytes(900), "noise.bin": bytes(range(256)) * 40}
RENDERINGS = ROOT / "tests" / "renderings"
GOOD = [*texts(), *(path for path in sorted(RENDERINGS.iterdir()) if path.suffix != ".json")]
Record = dict[str, Any]


class Run(NamedTuple):
    """What a run over a folder gave, how long it took, what its processes held at most, in bytes."""

    output: Path
    said: str
    code: int
    seconds: float
    together: int
    one: int


def originals(folder: Path, without: set[str]) -> Iterator[Path]:
    """Write what is hostile or broken, each kind once."""
    folder.mkdir()
    kinds = {name: make for name, make in HOSTILE.items() if name not in without}
    for name, content in (*((name, make()) for name, make in kinds.items()), *BROKEN.items()):
        (folder / name).write_bytes(content)
        yield folder / name


def fill(folder: Path, count: int, bad: list[Path]) -> None:
    """Fill a folder with so many files; their names tell what they are."""
    folder.mkdir()
    goods, bads = cycle(GOOD), cycle(bad)
    for n in range(count):
        kind, original = ("bad", next(bads)) if n % BAD_IN == 7 else ("good", next(goods))
        os.link(original, folder / f"{n:05}-{kind}-{original.name}")


def run(folder: Path) -> Run:
    start, together, one = time.monotonic(), 0, 0
    order = command("extract", "in", "-o", "out.jsonl", "--jobs", "2", "--progress", "none")
    with subprocess.Popen(order, cwd=folder, env=environment(), stderr=subprocess.PIPE) as process:
        while process.poll() is None:
            held = [_resident(pid) for pid in _tree(process.pid)]
            together, one = max(together, sum(held)), max(one, *held)
            time.sleep(0.02)
        said = (process.stderr.read() if process.stderr else b"").decode()
    return Run(folder / "out.jsonl", said, process.returncode, time.monotonic() - start, together, one)


def told(record: Record) -> Record:
    """Return a record without what tells one copy of a file from the other."""
    source = {key: value for key, value in record["source"].items() if key not in ("name", "path")}
    return {**record, "source": source}


def kind(record: Record) -> tuple[str, str]:
    _, kind, original = record["source"]["name"].split("-", 2)
    return kind, original


def check(found: Run, count: int, alone: dict[str, Record]) -> int:
    """Each good file gave what it gives alone; no bad one is read without a word; return how many failed."""
    records = failed = 0
    with found.output.open(encoding="utf-8") as lines:
        for record in map(json.loads, lines):
            good, name = kind(record)
            if good == "good":
                assert told(record) == alone[name]
            else:
                assert "error" in record or record["review"]
            records, failed = records + 1, failed + ("error" in record)
    assert (records, found.code) == (count, 1)
    assert found.said.count("\n") == failed + 1 + bool(failed)  # the codes of failures are counted on a line
    assert found.said.splitlines()[-1].startswith(f"{count - failed} read, ")
    assert found.said.endswith(f"; {failed} failed.\n")
    assert found.one < Limits().memory + 2**28
    return failed


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, Record]:
    """What each good file gives by itself."""
    order = command("extract", *GOOD)
    done = subprocess.run(order, env=environment(), capture_output=True, check=True, text=True)
    records = map(json.loads, done.stdout.splitlines())
    return {record["source"]["name"]: told(record) for record in records}


def test_forty_files_some_of_them_hostile(tmp_path: Path, alone: dict[str, Record]) -> None:
    bad = list(originals(tmp_path / "bad", SLOW))
    fill(tmp_path / "in", 40, bad[::3])
    assert check(run(tmp_path), 40, alone) == 2


@pytest.mark.full
def test_ten_thousand_files_take_the_memory_of_a_thousand(tmp_path: Path, alone: dict[str, Record]) -> None:
    bad = list(originals(tmp_path / "bad", set()))
    peaks = []
    for count in (1_000, 10_000):
        place = tmp_path / str(count)
        place.mkdir()
        fill(place / "in", count, bad)
        found = run(place)
        failed = check(found, count, alone)
        peaks.append(found.one)
        print(
            f"\n{count} files, {failed} failed, {found.seconds:.0f} s; at most {found.together >> 20} MiB "
            f"in all processes, {found.one >> 20} MiB in one"
        )
    assert peaks[1] <= 1.03 * peaks[0]  # of one process; whether two hold a bomb at once is chance
