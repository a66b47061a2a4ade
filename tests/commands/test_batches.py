"""Batches: what they go on with, what they tell, when they stop, whom they leave alone."""

from __future__ import annotations

import gzip
import json
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from nlp.commands import stopping
from tests.commands.test_cli import Run, command, environment, folder, nianbao, records, texts

__all__ = ["folder", "nianbao"]


def paths_of(file: Path) -> list[str]:
    return [record["source"]["path"] for record in records(file.read_text(encoding="utf-8"))]


# --- going on by content


def test_new_changed_and_removed_files_are_right_in_an_output_that_is_gone_on_with(
    nianbao: Run, tmp_path: Path, folder: Path
) -> None:
    for n, text in enumerate(texts()[2:6]):
        shutil.copy(text, folder / f"c{n}.txt")
    assert nianbao("extract", "in", "-o", "out.jsonl").returncode == 0
    shutil.copy(texts()[6], folder / "aa.txt")
    shutil.copy(texts()[6], folder / "c1.txt")
    (folder / "c2.txt").unlink()
    (folder / "c0.txt").rename(folder / "z.txt")
    done = nianbao("extract", "in", "-o", "out.jsonl", "--resume")
    assert done.stderr.startswith("3 records are there already.\n")
    nianbao("extract", "in", "-o", "whole.jsonl")
    assert (tmp_path / "out.jsonl").read_bytes() == (tmp_path / "whole.jsonl").read_bytes()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl", "whole.jsonl"]


def test_what_failed_is_tried_again(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    assert nianbao("extract", "in", "in/late.txt", "-o", "out.jsonl").returncode == 1
    shutil.copy(texts()[2], folder / "late.txt")
    assert nianbao("extract", "in", "in/late.txt", "-o", "out.jsonl", "--resume").returncode == 0
    assert len(paths_of(tmp_path / "out.jsonl")) == 3


@pytest.mark.parametrize("name", ["out.jsonl.gz", "out.sqlite"])
def test_an_output_of_another_format_is_gone_on_with(
    nianbao: Run, tmp_path: Path, folder: Path, name: str
) -> None:
    begun = nianbao("extract", "in", "in/z1.txt", "in/z2.txt", "-o", name, "--max-failures", 0)
    assert begun.returncode == 1
    assert "--resume" in begun.stderr
    assert not (tmp_path / name).exists()
    done = nianbao("extract", "in", "-o", name, "--resume")
    assert (done.returncode, "records are there already" in done.stderr) == (0, True)
    nianbao("extract", "in", "-o", f"whole-{name}")
    if name.endswith(".gz"):
        assert gzip.decompress((tmp_path / name).read_bytes()) == gzip.decompress(
            (tmp_path / f"whole-{name}").read_bytes()
        )
    assert sorted(path.name for path in tmp_path.iterdir()) == sorted(["in", name, f"whole-{name}"])


def test_bad_bytes_among_the_records_that_are_kept_cost_their_record_only(
    nianbao: Run, tmp_path: Path, folder: Path
) -> None:
    nianbao("extract", "in", "-o", "out.jsonl")
    whole = (tmp_path / "out.jsonl").read_bytes()
    first, second = whole.splitlines(keepends=True)
    for bad in (b"\xff\xfe\n", b"[" * 100_000 + b"\n", first.replace("年".encode(), b"\xe5\xb9", 1), b"{}\n"):
        (tmp_path / ".out.jsonl.part").write_bytes(bad + second + b'{"torn')
        (tmp_path / "out.jsonl").unlink()
        done = nianbao("extract", "in", "-o", "out.jsonl", "--resume")
        assert (done.returncode, done.stderr.splitlines()[0]) == (0, "1 records are there already.")
        assert (tmp_path / "out.jsonl").read_bytes() == whole


def test_only_the_records_to_look_at_can_be_gone_on_with(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    nianbao("extract", "in", "-o", "out.jsonl", "--needs-review")
    assert nianbao("extract", "in", "-o", "out.jsonl", "--needs-review", "--resume").returncode == 1
    assert paths_of(tmp_path / "out.jsonl") == ["in/empty.txt"]


# --- lists of paths


def test_paths_come_from_a_list(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    (tmp_path / "list.txt").write_bytes("\ufeffin/b.txt\r\n\r\nin/deep\r\nin/none.txt\r\n".encode())
    done = nianbao("extract", "--files-from", "list.txt")
    assert done.returncode == 1
    assert [record["source"]["path"] for record in records(done.stdout)] == [
        "in/b.txt",
        "in/deep/a.txt",
        "in/none.txt",
    ]
    assert "list.txt:4: in/none.txt: there is no such file.\n" in done.stderr


def test_a_list_on_standard_input_may_be_parted_by_nuls(nianbao: Run, folder: Path) -> None:
    (folder / "line\nbreak.txt").write_bytes(texts()[0].read_bytes())
    listed = b"\0".join([b"in/b.txt", b"in/line\nbreak.txt", b""])
    done = nianbao("extract", "--files-from", "-", "-0", input=listed)
    assert (done.returncode, len(records(done.stdout))) == (0, 2)


@pytest.mark.parametrize(
    ("order", "listed", "told"),
    [
        (["--files-from", "none.txt"], b"", "none.txt: the list cannot be read"),
        (["--files-from", "-"], b"in/b.txt\0in/c.txt\n", "-:1: no path has a NUL in it; --null"),
        (["--files-from", "-", "-"], b"in/b.txt\n", "Standard input holds the list"),
        (["--files-from", "-"], b"\n\n", "There is no file to read in -."),
        ([], b"", "Name a file or folder to read"),
    ],
)
def test_a_list_that_cannot_be_used_is_refused(
    nianbao: Run, folder: Path, order: list[str], listed: bytes, told: str
) -> None:
    done = nianbao("extract", *order, input=listed)
    assert (done.returncode, told in done.stderr) == (2, True)


# --- what is told


def test_outcomes_are_counted_and_what_is_passed_over_is_said(nianbao: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / "~$open.docx").write_bytes(b"\5LI")
    (folder / ".hidden").write_bytes(b"")
    (folder / "old.csv").write_bytes(b"")
    (folder / "up").symlink_to("..", target_is_directory=True)
    done = nianbao("extract", "in")
    assert done.stderr.splitlines()[-3:] == [
        "Passed over in folders: Word's lock files: 1 (in/~$open.docx), hidden: 1 (in/.hidden), "
        "links to folders: 1 (in/up), records, tables or label files: 1 (in/old.csv).",
        "Failed: 1 empty.",
        "2 read, 0 of them to be reviewed; 1 failed.",
    ]


def test_programs_are_told_in_json_alone(nianbao: Run, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    (folder / ".hidden").write_bytes(b"")
    done = nianbao("extract", "in", "-o", "out.csv", "--progress", "json")
    events = [json.loads(line) for line in done.stderr.splitlines()]
    told = [event for event in events if event["event"] != "progress"]
    assert [event["event"] for event in told] == ["begin", "failure", "words", "end"]
    assert told[1]["code"] == "empty"
    assert events[-1] == {
        "event": "end",
        "how": "done",
        "inputs": 3,
        "kept": 0,
        "read": 2,
        "to_review": 0,
        "failed": {"empty": 1},
        "passed_over": {"hidden": 1},
        "go_on": None,
    }


def test_too_many_failures_stop_a_batch(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    for n in range(5):
        (folder / f"{n}.txt").write_bytes(b"")
    done = nianbao("extract", "in", "-o", "out.jsonl", "--max-failures", 2)
    assert (done.returncode, (tmp_path / "out.jsonl").exists()) == (1, False)
    assert "3 files failed, and --max-failures admits 2" in done.stderr
    assert "3 of 7 files are done" in done.stderr
    assert nianbao("extract", "in", "-o", "out.jsonl", "--max-failures", 5, "--resume").returncode == 1
    assert len(paths_of(tmp_path / "out.jsonl")) == 7


def test_the_command_that_goes_on_is_exact(monkeypatch: pytest.MonkeyPatch) -> None:
    def said(*arguments: str) -> str:
        monkeypatch.setattr(sys, "argv", ["/bin/nianbao", *arguments])
        return stopping.how_to_go_on()

    assert said("extract", "a b", "-o", "x.jsonl") == "nianbao extract 'a b' -o x.jsonl --resume"
    assert said("extract", "-ox.xlsx", "--", "-a") == "nianbao extract -ox.xlsx --resume -- -a"
    assert said("extract", "a", "-o", "x", "--resume") == "nianbao extract a -o x --resume"
    assert said("extract", "a", "-o", "-") == "nianbao extract a -o -"
    assert said("check", "a", "-o", "x.txt") == "nianbao check a -o x.txt"


# --- what is left alone


@pytest.mark.parametrize(
    "name", ["out.jsonl", "out.csv", "out.xlsx", "out.parquet", "out.duckdb", "out.sqlite"]
)
def test_a_second_run_leaves_the_first_alone(nianbao: Run, tmp_path: Path, folder: Path, name: str) -> None:
    from nlp.writers.unfinished import Unfinished

    assert nianbao("extract", "in", "-o", "records.jsonl").returncode == 0
    first = Unfinished(tmp_path / name)
    first.file.write(b"the first one's")
    try:
        for order in (["extract", "in"], ["export", "records.jsonl"]):
            second = nianbao(*order, "-o", name)
            assert (second.returncode, "another run is writing it" in second.stderr) == (4, True)
            assert first.part.read_bytes() == b"the first one's"
    finally:
        first.close()
    assert not list(tmp_path.glob(".*.part.new*"))


@pytest.mark.parametrize("where", [".out.jsonl.part", ".out.jsonl.part.new"])
def test_a_link_in_the_place_of_an_unfinished_file_is_not_followed(
    nianbao: Run, tmp_path: Path, folder: Path, where: str
) -> None:
    (tmp_path / "other.txt").write_text("somebody's")
    (tmp_path / where).symlink_to("other.txt")
    done = nianbao("extract", "in", "-o", "out.jsonl")
    assert (tmp_path / "other.txt").read_text() == "somebody's"
    if where.endswith(".part"):
        assert (done.returncode, "there is a link where its unfinished file belongs" in done.stderr) == (
            4,
            True,
        )
    else:
        assert done.returncode == 0


def test_what_killed_runs_have_left_is_cleared(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    for left in (
        ".out.sqlite.part",
        ".out.sqlite.part.new",
        ".out.sqlite.part.new-journal",
        ".out.sqlite.records.part",
    ):
        (tmp_path / left).write_bytes(b"left")
    (tmp_path / ".out.sqlite.part.newer").write_bytes(b"somebody's")
    assert nianbao("extract", "in", "-o", "out.sqlite").returncode == 0
    left_now = sorted(path.name for path in tmp_path.iterdir())
    assert left_now == [".out.sqlite.part.newer", "in", "out.sqlite"]


@pytest.mark.parametrize("journal", ["out.sqlite-wal", "out.sqlite-journal", "out.duckdb.wal"])
def test_a_database_with_a_journal_is_not_replaced(
    nianbao: Run, tmp_path: Path, folder: Path, journal: str
) -> None:
    name = journal[: journal.index(".") + len(".sqlite")] if "sqlite" in journal else "out.duckdb"
    (tmp_path / name).write_bytes(b"before")
    (tmp_path / journal).write_bytes(b"what is not yet in it")
    done = nianbao("extract", "in", "-o", name)
    assert (done.returncode, "there is" in done.stderr) == (4, True)
    assert (tmp_path / name).read_bytes() == b"before"


# --- streams, signals, parents


@pytest.mark.skipif(os.name != "posix", reason="descriptors are closed by a shell")
@pytest.mark.parametrize("closed", ["2>&-", "2>/dev/full", "0<&- 2>&-", "0<&- 1>&- 2>&-"])
def test_a_batch_is_done_without_anybody_to_tell(tmp_path: Path, folder: Path, closed: str) -> None:
    (folder / "empty.txt").write_bytes(b"")
    order = " ".join(command("extract", "in", "-o", "out.jsonl"))
    done = subprocess.run(["/bin/sh", "-c", f"{order} {closed}"], cwd=tmp_path, env=environment())
    assert done.returncode == 1
    assert len(paths_of(tmp_path / "out.jsonl")) == 3


@pytest.mark.skipif(os.name != "posix", reason="signals are sent")
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_while_it_starts_ends_it_without_a_traceback(tmp_path: Path, number: signal.Signals) -> None:
    ready = "import os, signal, sys; sys.argv = ['nianbao', 'extract', 'in', '-o', 'x.jsonl']\n"
    ready += f"signal.signal({int(number)}, signal.SIG_DFL)\n"  # a job in the background ignores some
    ready += "import nlp.commands.stopping as s; s.heed()\n"
    ready += f"os.kill(os.getpid(), {int(number)}); import nlp.commands.cli"
    done = subprocess.run([sys.executable, "-c", ready], cwd=tmp_path, env=environment(), capture_output=True)
    assert done.returncode == 128 + number
    assert done.stderr.decode().endswith("nianbao extract in -o x.jsonl --resume\n")
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="processes are looked up in /proc")
def test_processes_end_with_the_one_that_started_them(tmp_path: Path) -> None:
    (tmp_path / "hang.py").write_text(
        "import os, time\n"
        "from nlp.reading.inputs import Input\n"
        "from nlp.running.batch import results\n"
        "class Hang:\n"
        "    def __call__(self, input):\n"
        "        os.write(1, f'{os.getpid()}\\n'.encode())\n"
        "        while True: pass\n"
        "    def lost(self, input, why): return None\n"
        "list(results(Hang(), [Input('a'), Input('b')], 2))\n"
    )
    order = [sys.executable, "hang.py"]
    with subprocess.Popen(
        order, cwd=tmp_path, env=environment(), stdout=subprocess.PIPE, text=True
    ) as parent:
        assert parent.stdout is not None
        children = [int(parent.stdout.readline()) for _ in range(2)]
        parent.kill()
        parent.wait()
    deadline = time.monotonic() + 10
    while any(_runs(child) for child in children) and time.monotonic() < deadline:
        time.sleep(0.02)
    assert not any(_runs(child) for child in children)


def _runs(process: int) -> bool:
    """Return whether a process is there and no zombie that nobody has asked for yet."""
    try:
        status = Path(f"/proc/{process}/stat").read_text()
    except OSError:
        return False
    return status.rpartition(")")[2].split()[0] != "Z"


# --- messages


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    (tmp_path / "gone").mkdir()
    order = " ".join(command("extract", "in/a.txt", "-o", "out.jsonl"))
    script = f"cd gone && rmdir ../gone && {order}"
    done = subprocess.run(["/bin/sh", "-c", script], cwd=tmp_path, env=environment(), capture_output=True)
    assert done.returncode == 4
    assert b"the folder that this command was started in is gone" in done.stderr


@pytest.mark.skipif(os.name != "posix", reason="there are no such limits")
def test_too_many_open_files_are_told(tmp_path: Path, folder: Path) -> None:
    order = " ".join(command("extract", "in", "-o", "out.jsonl"))
    done = subprocess.run(
        ["/bin/sh", "-c", f"ulimit -n 12; {order} --jobs 4"],
        cwd=tmp_path,
        env=environment(),
        capture_output=True,
    )
    assert done.returncode == 4
    assert b"raise `ulimit -n`" in done.stderr
