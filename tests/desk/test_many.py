"""The desk with very many records: how soon the list and the next record are there, in how much memory."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest

pytest.importorskip("flask", reason="the extra `desk` is not installed")
pytest.importorskip("PIL", reason="the extra `desk` is not installed")

from msgspec import json

from tests.desk.opening import CELL, DOUBTFUL, PDF, RIGHT, records
from tests.desk.running import Browser, running
from tests.project import ROOT

NEXT = "/next?after="


def many(folder: Path, number: int) -> Path:
    """Write a file of so many records, three documents in turn, each record with an id of its own."""
    lines = records(folder / "three.jsonl", (RIGHT, DOUBTFUL, PDF)).read_bytes().splitlines()
    texts = [line.decode() for line in lines]
    ids = [json.decode(line)["id"] for line in lines]
    file = folder / "records.jsonl"
    with file.open("w", encoding="utf-8") as writing:
        for n in range(number):
            writing.write(texts[n % 3].replace(f'"id":"{ids[n % 3]}"', f'"id":"{n:016x}"', 1) + "\n")
    return file


def seconds(work: Callable[[], object]) -> float:
    start = time.monotonic()
    work()
    return time.monotonic() - start


def memory(pid: int) -> float:
    """Return the most memory that a process had, in MB."""
    status = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return next(int(line.split()[1]) / 1000 for line in status.splitlines() if line.startswith("VmHWM"))


def measured(folder: Path, number: int) -> None:
    file = many(folder, number)
    corrections = folder / "corrections.jsonl"
    with running(file, "--documents", ROOT, "--corrections", corrections) as desk:
        browser = Browser(desk)
        first = seconds(lambda: browser.get("/"))
        start = time.monotonic()
        while 'data-loading="yes"' in browser.get("/")[2]:
            time.sleep(0.2)
        loaded = time.monotonic() - start
        opened = seconds(lambda: browser.get("/"))
        following = []
        for n in range(1, 40, 3):
            following.append(seconds(lambda n=n: browser.get(browser.get(f"{NEXT}{n}")[1]["Location"])))
        pages = [
            seconds(lambda n=n: browser.get(f"/report/{n}?at=tables.requests.total.total")) for n in (2, 5)
        ]
        decided = [seconds(lambda n=n: browser.decide(n, "value", CELL, n)) for n in range(1, 40, 3)]
        middle = sorted(following)[len(following) // 2]
        print(
            f"\n{number:,} records: first list {first:.2f} s, all loaded {loaded:.1f} s later, {opened:.2f} s"
        )
        print(
            f"next record {middle:.3f} s, at most {max(following):.3f} s; decision {sorted(decided)[6]:.3f} s"
        )
        print(
            f"page of a PDF {pages[0]:.2f} s, and again {pages[1]:.2f} s; {memory(desk.process.pid):.0f} MB"
        )
        assert f"{number} 份" in browser.get("/")[2]
        assert memory(desk.process.pid) < 500


def test_a_thousand_records(tmp_path: Path) -> None:
    measured(tmp_path, 1_000)


@pytest.mark.full
@pytest.mark.parametrize("number", [10_000, 100_000])
def test_very_many_records(tmp_path: Path, number: int) -> None:
    measured(tmp_path, number)
