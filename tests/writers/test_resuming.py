"""A run that was interrupted goes on, and gives the same bytes as one that was not."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from tests import forking
from tests.commands.test_cli import texts
from tests.forking import ran
from training.trials.runs import ended, finished, struck

COUNT = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with documents, some of them bad, and what an unbroken run makes of it."""
    folder = tmp_path_factory.mktemp("resuming")
    (folder / "in").mkdir()
    for n in range(COUNT):
        shutil.copy(texts()[n % len(texts())], folder / "in" / f"{n:04}.txt")
    (folder / "in" / "0013.txt").write_bytes(b"")
    run(folder, "-o", "whole.jsonl")
    return folder


def run(folder: Path, *more: object) -> subprocess.CompletedProcess[str]:
    return ran(folder, "extract", "in", *more)


def killed(folder: Path, after: float, *more: object) -> None:
    """Begin a run and kill it, all of it, after some seconds."""
    struck(forking.begun(folder, "extract", "in", *more), signal.SIGKILL, after, True)


def begun(folder: Path, name: str, *more: object) -> None:
    """Begin a run and kill it as soon as it has begun to write."""
    process = forking.begun(folder, "extract", "in", "-o", name, *more)
    part = folder / f".{name}.part"
    while not ended(process) and not (part.exists() and part.stat().st_size):
        time.sleep(0.005)
    struck(process, signal.SIGKILL, 0, True)


def resumed(folder: Path, name: str, *more: object) -> bytes:
    done = run(folder, "-o", name, "--resume", *more)
    assert done.returncode == 1
    assert f"{COUNT - 1} read" in done.stderr
    assert sorted(path.name for path in folder.iterdir() if name in path.name) == [name]
    return (folder / name).read_bytes()


def moments(count: int) -> list[float]:
    return [random.Random(n).uniform(0.02, 0.3) for n in range(count)]


@pytest.mark.parametrize("after", moments(2))
def test_a_killed_run_goes_on(folder: Path, after: float) -> None:
    killed(folder, after, "-o", "out.jsonl", "--jobs", 2)
    if not (folder / "out.jsonl").exists():  # else it was done before it was killed
        resumed(folder, "out.jsonl", "--jobs", 2)
    assert (folder / "out.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
    (folder / "out.jsonl").unlink()


def test_a_run_that_is_killed_again_and_again_goes_on(folder: Path) -> None:
    for after in moments(int(os.environ.get("NIANBAO_KILLS", "3"))):
        killed(folder, after, "-o", "often.jsonl", "--resume")
        if (folder / "often.jsonl").exists():
            assert (folder / "often.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
            (folder / "often.jsonl").unlink()
    assert resumed(folder, "often.jsonl") == (folder / "whole.jsonl").read_bytes()


PARTS = {
    "nothing": lambda whole: b"",
    "some lines": lambda whole: b"".join(whole[:8]),
    "a torn line": lambda whole: b"".join(whole[:8]) + whole[8][:100],
    "a line of something else": lambda whole: b"".join(whole[:8]) + b"{}\n" + whole[8],
    "zeros behind a power cut": lambda whole: b"".join(whole[:8]) + bytes(500),
    "a line too few in the middle": lambda whole: b"".join(whole[:8] + whole[9:16]),
    "everything": lambda whole: b"".join(whole),
}


@pytest.mark.parametrize("kept", PARTS)
def test_what_fits_is_kept_and_what_does_not_is_not(folder: Path, kept: str) -> None:
    whole = (folder / "whole.jsonl").read_bytes().splitlines(keepends=True)
    begun(folder, "part.jsonl")
    (folder / ".part.jsonl.part").write_bytes(PARTS[kept](whole))
    assert resumed(folder, "part.jsonl") == b"".join(whole)


def test_records_of_other_settings_are_made_anew(folder: Path) -> None:
    begun(folder, "lines.jsonl", "--lines")
    assert resumed(folder, "lines.jsonl") == (folder / "whole.jsonl").read_bytes()


def test_a_run_without_resume_begins_anew(folder: Path) -> None:
    (folder / ".new.jsonl.part").write_bytes(b"{}\n")
    run(folder, "-o", "new.jsonl")
    assert (folder / "new.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()


def test_resume_needs_a_file(folder: Path) -> None:
    assert run(folder, "--resume").returncode == 2


def test_two_runs_do_not_write_one_file(folder: Path) -> None:
    first = forking.begun(folder, "extract", "in", "-o", "two.jsonl")
    while not ended(first) and not (folder / ".two.jsonl.part").exists():
        time.sleep(0.005)
    second = run(folder, "-o", "two.jsonl")
    codes = {finished(first).code, second.returncode}
    assert codes in ({1, 4}, {1})  # whichever came first writes; {1} where it was done already
    assert second.returncode == 1 or "another run is writing it" in second.stderr
    assert (folder / "two.jsonl").read_bytes() == (folder / "whole.jsonl").read_bytes()
