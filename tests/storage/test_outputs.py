"""Outputs in buckets: whole or not there, gone on with, the same as on this machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet
import pytest

from nlp.commands.cli import commands
from nlp.commands.exits import _code
from nlp.storage import files
from nlp.storage.refusals import Refused
from tests.storage.conftest import put_copies
from tests.writers.reading_back import TABLES

Run = Callable[..., tuple[int, str]]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run the command in an empty folder; return its exit code and what it says on stderr."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: object) -> tuple[int, str]:
        capfd.readouterr()
        code = _code(commands, [str(argument) for argument in arguments])
        return int(code or 0), capfd.readouterr().err

    return ran


def rows_of(folder: Path) -> dict[str, list[str]]:
    """Return the rows of every table in parts, sorted; the paths without their folders."""
    found: dict[str, list[str]] = {}
    for table in TABLES:
        rows = pyarrow.parquet.read_table(folder / table.id).to_pylist()
        for row in rows:
            if "path" in row:
                row["path"] = os.path.basename(row["path"])
        found[table.id] = sorted(map(repr, rows))
    return found


def write_all(folder: Path, contents: dict[str, bytes]) -> None:
    folder.mkdir()
    for name, content in contents.items():
        (folder / name).write_bytes(content)


def test_reports_in_a_bucket_give_the_rows_that_they_give_at_home(
    bucket: Any, run: Run, tmp_path: Path
) -> None:
    write_all(tmp_path / "in", put_copies(bucket, "reports/in", 9))
    assert run("extract", "s3://reports/in", "-o", "s3://reports/out/", "--partition", "year")[0] == 0
    assert run("extract", "in", "-o", "home/", "--partition", "year")[0] == 0
    bucket.get("reports/out", str(tmp_path / "fetched"), recursive=True)
    home = rows_of(tmp_path / "home")
    assert rows_of(tmp_path / "fetched") == home
    assert len(home["reports"]) == 9
    names = {path.relative_to(tmp_path / "home") for path in (tmp_path / "home").rglob("*.parquet")}
    assert {Path(path).relative_to("reports/out") for path in bucket.find("reports/out")} == names
    assert not list((tmp_path / "state").rglob("*.*"))


def test_an_upload_that_fails_costs_no_record(bucket: Any, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    put_copies(bucket, "reports/in", 3)
    bucket.pipe_file("reports/out.jsonl", b"before")
    refused = Refused("unreadable", "s3://reports/out.jsonl", "the storage does not answer.")

    def fails(path: str, address: str) -> None:
        raise refused

    for name in ("out.jsonl", "out.xlsx"):
        with monkeypatch.context() as patched:
            patched.setattr(files, "put", fails)
            code, said = run("extract", "s3://reports/in", "-o", f"s3://reports/{name}")
        assert code == 4
        assert f"s3://reports/{name}: could not be written (the storage does not answer)." in said
        assert bucket.cat("reports/out.jsonl") == b"before"
        code, said = run("extract", "s3://reports/in", "-o", f"s3://reports/{name}", "--resume")
        assert code == 0
        assert "3 records are there already." in said
        assert bucket.size(f"reports/{name}") > 1000
        bucket.pipe_file("reports/out.jsonl", b"before")


def test_a_finished_object_is_gone_on_with(bucket: Any, run: Run) -> None:
    put_copies(bucket, "reports/in", 2)
    assert run("extract", "s3://reports/in", "-o", "s3://reports/out.jsonl")[0] == 0
    contents = put_copies(bucket, "reports/in", 3)
    code, said = run("extract", "s3://reports/in", "-o", "s3://reports/out.jsonl", "--resume")
    assert code == 0
    assert "2 records are there already." in said
    assert bucket.cat("reports/out.jsonl").count(b"\n") == len(contents)


def test_files_of_a_part_that_no_longer_are_go_from_the_bucket(bucket: Any, run: Run) -> None:
    put_copies(bucket, "reports/in", 4)
    to = ("-o", "s3://reports/out/", "--partition", "year", "--table", "reports")
    assert run("extract", "s3://reports/in", *to)[0] == 0
    assert run("extract", "s3://reports/in/0001.txt", *to, "--part", "b")[0] == 0
    before = set(bucket.find("reports/out/reports"))
    assert run("extract", "s3://reports/in/0000.txt", *to)[0] == 0
    left = set(bucket.find("reports/out/reports"))
    assert left < before
    assert sorted(path.rpartition("/")[2] for path in left) == ["part-0001.parquet", "part-b.parquet"]


@pytest.mark.parametrize(
    ("output", "code", "words"),
    [
        ("s3://elsewhere/a.jsonl", 4, "a.jsonl: could not be written (there is no such bucket)."),
        ("https://example.org/a.jsonl", 2, "nothing is written to addresses of https"),
        ("s3://reports/out/", 2, "this is a folder; name a file in it"),
    ],
)
def test_an_output_that_cannot_be_is_refused_before_any_work(
    bucket: Any, run: Run, output: str, code: int, words: str
) -> None:
    put_copies(bucket, "reports/in", 1)
    ended, said = run("extract", "s3://reports/in", "-o", output)
    assert (ended, words in said, "read," in said) == (code, True, False)


def test_a_file_address_is_written_as_its_path(run: Run, tmp_path: Path, bucket: Any) -> None:
    put_copies(bucket, "reports/in", 1)
    assert run("extract", "s3://reports/in", "-o", f"file://{tmp_path}/a.jsonl")[0] == 0
    assert (tmp_path / "a.jsonl").read_bytes().count(b"\n") == 1


@pytest.mark.full
def test_a_thousand_reports_in_a_bucket_on_two_machines_one_of_them_killed(
    bucket: Any, run: Run, tmp_path: Path
) -> None:
    """Two processes of Dask read from the bucket; one is killed at work, and no row is lost or doubled."""
    distributed = pytest.importorskip("distributed")
    write_all(tmp_path / "in", put_copies(bucket, "reports/in", 1000))
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as two:
        doomed = next(iter(two.workers.values())).pid
        command = [sys.executable, "-m", "nlp", "extract", "s3://reports/in", "-o", "s3://reports/out/"]
        running = subprocess.Popen(
            [*command, "--partition", "year", "--engine", f"dask={two.scheduler_address}"],
            stderr=subprocess.PIPE,
        )
        while running.poll() is None and not any(has_records(tmp_path / "state")):
            time.sleep(0.1)
        assert running.poll() is None
        os.kill(doomed, signal.SIGKILL)
        said = running.communicate()[1].decode()
    assert running.returncode == 0, said
    assert run("extract", "in", "-o", "home/", "--partition", "year")[0] == 0
    bucket.get("reports/out", str(tmp_path / "fetched"), recursive=True)
    home = rows_of(tmp_path / "home")
    assert len(home["reports"]) == 1000
    assert rows_of(tmp_path / "fetched") == home


def has_records(state: Path) -> list[bool]:
    return [path.stat().st_size > 0 for path in state.rglob(".records-0001.part")]
