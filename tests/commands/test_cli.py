"""The command line: exit codes, streams, manners."""

from __future__ import annotations

import json
import os
import pty
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from nlp.commands.exits import _fault
from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder as model_folder
from tests.forking import ran
from tests.project import ROOT

SAMPLES = ROOT / "data" / "samples"
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def nianbao(tmp_path: Path) -> Run:
    """Run the command in an empty folder, in a process that is forked: the models are in memory already."""
    return partial(ran, tmp_path)


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "nlp", *map(str, arguments)]


def environment(**more: str) -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(ROOT), **more}


def records(lines: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in lines.splitlines()]


def texts() -> list[Path]:
    return sorted(SAMPLES.glob("*.txt"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with two reports, one of them further below."""
    one, other = texts()[:2]
    (tmp_path / "in" / "deep").mkdir(parents=True)
    shutil.copy(one, tmp_path / "in" / "b.txt")
    shutil.copy(other, tmp_path / "in" / "deep" / "a.txt")
    return tmp_path / "in"


# --- help and usage


def test_help_imports_nothing_heavy() -> None:
    heavy = "numpy scipy msgspec joblib rjieba sklearn lxml pdfminer jinja2 duckdb"
    code = f"import sys, nlp.commands.cli; print(set({heavy!r}.split()) & set(sys.modules))"
    found = subprocess.run([sys.executable, "-c", code], env=environment(), capture_output=True, text=True)
    assert found.stdout.strip() == "set()"


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["extract"],
        ["extract", "--unknown", "a.txt"],
        ["extract", "--jobs", "-1", "a.txt"],
        ["train"],
        ["train", "--out", "model", "--no-corpus"],
        ["score", "gold"],
        ["score", "-", "-"],
        ["labels"],
        ["labels", "draft", "a.txt"],
        ["unknown"],
    ],
    ids=" ".join,
)
def test_wrong_usage_is_told_on_stderr_with_code_2(nianbao: Run, arguments: list[str]) -> None:
    done = nianbao(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.startswith("Usage: nianbao")


@pytest.mark.parametrize(
    "arguments", [["--help"], ["-h"], ["--version"], ["labels", "draft", "--help"]], ids=" ".join
)
def test_help_and_version_go_to_stdout_with_code_0(nianbao: Run, arguments: list[str]) -> None:
    done = nianbao(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout


# --- extract


def test_extract_prints_one_record_a_document(nianbao: Run) -> None:
    done = nianbao("extract", *texts())
    assert done.returncode == 0
    assert [record["source"]["name"] for record in records(done.stdout)] == [path.name for path in texts()]
    assert all(record["schema"] == "nianbao.report/2" for record in records(done.stdout))
    assert done.stderr.startswith(f"{len(texts())} read, ")
    assert done.stderr.endswith("; 0 failed.\n")


def test_records_come_in_the_order_of_the_sorted_inputs(nianbao: Run, folder: Path) -> None:
    done = nianbao("extract", folder / "deep", "in/b.txt", folder)
    paths = [record["source"]["path"] for record in records(done.stdout)]
    assert paths == sorted(paths)


def test_records_are_the_same_whatever_jobs_says(nianbao: Run) -> None:
    alone, shared = (nianbao("extract", *texts(), "--jobs", jobs) for jobs in (1, 2))
    assert (alone.returncode, len(records(alone.stdout))) == (0, len(texts()))
    assert (shared.returncode, shared.stdout, shared.stderr) == (0, alone.stdout, alone.stderr)


def test_a_dash_is_standard_input(nianbao: Run) -> None:
    done = nianbao("extract", "-", input=texts()[0].read_bytes())
    (record,) = records(done.stdout)
    assert (done.returncode, record["source"]["path"]) == (0, "-")
    assert record["tables"] == records(nianbao("extract", texts()[0]).stdout)[0]["tables"]


def test_lines_are_added_on_request(nianbao: Run) -> None:
    plain, with_lines = (
        records(nianbao("extract", texts()[0], *more).stdout)[0] for more in ([], ["--lines"])
    )
    filled = [line for line in texts()[0].read_text(encoding="utf-8").split("\n") if line.strip()]
    assert "lines" not in plain
    assert len(with_lines["lines"]) == len(filled)


def test_spans_point_into_the_text_that_is_kept(nianbao: Run, folder: Path) -> None:
    done = nianbao("extract", folder, "--text", "texts")
    for record, kept in zip(records(done.stdout), ("texts/b.txt", "texts/deep/a.txt"), strict=True):
        text = (folder.parent / kept).read_bytes().decode("utf-8")
        for table in record["tables"].values():
            for row in table.values():
                assert all(
                    text[slice(*cell["span"])] == cell["text"] for cell in row.values() if cell["span"]
                )


BAD = {
    "empty.txt": b"",
    "blank.txt": b" \n\n\t\r\n",
    "picture.txt": b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20,
    "noise.txt": bytes(range(256)) * 40,
}


@pytest.mark.parametrize("name", [*BAD, "absent.txt"])
@pytest.mark.parametrize("jobs", [1, 2])
def test_a_bad_input_yields_an_error_record_and_the_batch_goes_on(
    nianbao: Run, folder: Path, name: str, jobs: int
) -> None:
    if name in BAD:
        (folder / name).write_bytes(BAD[name])
    done = nianbao("extract", folder, folder / name, "--jobs", jobs)
    failed = [record for record in records(done.stdout) if "error" in record]
    assert (done.returncode, len(records(done.stdout))) == (1, 3)
    assert [record["source"]["name"] for record in failed] == [name]
    assert set(failed[0]["error"]) == {"code", "message"}
    assert not failed[0].get("tables")
    assert done.stderr.count(name) == 1
    assert done.stderr.endswith("1 failed.\n")


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_yields_an_error_record(nianbao: Run, folder: Path) -> None:
    (folder / "b.txt").chmod(0)
    done = nianbao("extract", folder)
    assert done.returncode == 1
    assert records(done.stdout)[0]["error"]["code"] == "not_permitted"


def test_an_empty_folder_is_told_as_wrong_usage(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    done = nianbao("extract", "in")
    assert done.returncode == 2
    assert "no file to read in in" in done.stderr


def test_a_name_that_is_no_utf_8_is_no_trouble(nianbao: Run, tmp_path: Path) -> None:
    shutil.copy(texts()[0], os.fsencode(tmp_path) + b"/2022\xc4\xea.txt")
    done = nianbao("extract", ".")
    assert done.returncode == 0
    assert len(records(done.stdout)) == 1


@pytest.mark.parametrize("damage", ["absent", "empty folder", "broken manifest"])
def test_a_model_is_refused_before_anything_is_done(nianbao: Run, tmp_path: Path, damage: str) -> None:
    if damage != "absent":
        (tmp_path / "model").mkdir()
    if damage == "broken manifest":
        (tmp_path / "model" / "model.json").write_text("{")
    done = nianbao("extract", texts()[0], "--model", "model", "-o", "out.jsonl")
    assert (done.returncode, done.stdout) == (3, "")
    assert "model" in done.stderr
    assert not (tmp_path / "out.jsonl").exists()


# --- what is written


def test_records_are_written_to_a_file(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    done = nianbao("extract", folder, "-o", "out.jsonl")
    assert (done.returncode, done.stdout) == (0, "")
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == nianbao("extract", folder).stdout
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in", "out.jsonl"]


@pytest.mark.parametrize("where", ["absent/out.jsonl", "in"])
def test_an_output_that_cannot_be_written_ends_with_code_4(nianbao: Run, folder: Path, where: str) -> None:
    done = nianbao("extract", folder, "-o", where)
    assert (done.returncode, done.stdout) == (4, "")
    assert where in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize("arguments", [["extract", "a.json"], ["--help"], ["score", "a.json", "a.json"]])
def test_a_full_disk_ends_with_code_4(nianbao: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.json").write_text('{"source": "a", "year": 2022}')
    with Path("/dev/full").open("wb") as full:
        done = nianbao(*arguments, stdout=full)
    assert done.returncode == 4
    assert "No space left" in done.stderr


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="there is no /dev/full here")
def test_a_full_device_ends_with_code_4(nianbao: Run) -> None:
    done = nianbao("extract", *texts(), "-o", "/dev/full")
    assert (done.returncode, done.stdout) == (4, "")
    assert done.stderr.count("No space left") == 1


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such limits")
def test_records_that_a_disk_had_room_for_are_gone_on_with(nianbao: Run, tmp_path: Path) -> None:
    import resource

    def little_room() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, resource.RLIM_INFINITY))

    order = ["extract", *texts(), "-o", "out.jsonl", "--jobs", 2]
    done = nianbao(*order, preexec_fn=little_room)
    assert (done.returncode, done.stderr.count("out.jsonl: could not be written (File too large)")) == (4, 1)
    assert not (tmp_path / "out.jsonl").exists()
    assert nianbao(*order, "--resume").returncode == 0
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == nianbao("extract", *texts()).stdout


@pytest.mark.skipif(sys.platform == "win32", reason="an open file's folder cannot be removed there")
def test_a_folder_that_goes_away_ends_with_code_4(tmp_path: Path) -> None:
    for n in range(80):
        (tmp_path / "in").mkdir(exist_ok=True)
        shutil.copy(texts()[0], tmp_path / "in" / f"{n}.txt")
    (tmp_path / "out").mkdir()
    arguments = command("extract", "in", "-o", "out/out.jsonl")
    with subprocess.Popen(arguments, env=environment(), cwd=tmp_path, stderr=subprocess.PIPE) as process:
        while process.poll() is None and not (tmp_path / "out" / ".out.jsonl.part").exists():
            time.sleep(0.01)
        shutil.rmtree(tmp_path / "out")
        _, said = process.communicate()
    assert process.returncode == 4
    assert said.decode().splitlines()[-1].startswith("Error: out/out.jsonl: could not be written (")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["in"]


def test_a_device_is_written_as_it_stands(nianbao: Run) -> None:
    assert nianbao("extract", texts()[0], "-o", "/dev/null").returncode == 0
    assert not Path("/dev/null").is_file()


def test_an_input_is_never_written_over(nianbao: Run, folder: Path) -> None:
    before = (folder / "b.txt").read_bytes()
    done = nianbao("extract", folder, "-o", "in/b.txt")
    assert done.returncode == 2
    assert "among the inputs" in done.stderr
    assert (folder / "b.txt").read_bytes() == before


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_closed_pipe_ends_quietly(tmp_path: Path, jobs: int) -> None:
    for n in range(60):
        shutil.copy(texts()[0], tmp_path / f"{n}.txt")
    done = subprocess.Popen(
        command("extract", tmp_path, "--jobs", jobs),
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert done.stdout is not None
    done.stdout.readline()
    done.stdout.close()
    _, said = done.communicate(timeout=60)
    assert (done.returncode, said) == (4, b"")


def _heeding_interrupts() -> None:
    """Let interrupts through, which a process started in the background would ignore."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


@pytest.mark.parametrize("jobs", [1, 2])
@pytest.mark.parametrize("after", [0.0, 0.2, 0.5])
def test_an_interrupt_ends_with_code_130_and_leaves_only_records_to_go_on_with(
    tmp_path: Path, after: float, jobs: int
) -> None:
    (tmp_path / "in").mkdir()
    for n in range(3000):
        shutil.copy(texts()[0], tmp_path / "in" / f"{n}.txt")
    arguments = command("extract", "in", "-o", "out.jsonl", "--jobs", jobs)
    with subprocess.Popen(
        arguments,
        env=environment(),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=_heeding_interrupts,
    ) as process:
        while process.poll() is None and len(list(tmp_path.iterdir())) == 1:
            time.sleep(0.01)
        time.sleep(after)
        while process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            time.sleep(1)
        _, said = process.communicate()
    assert process.returncode == 130
    assert said.decode().count("--resume") == 1
    assert b"Traceback" not in said
    left = {path.name for path in tmp_path.iterdir()} - {"in"}
    assert left in (set(), {".out.jsonl.part"})
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)


def on_a_terminal(arguments: list[str], **more: str) -> bytes:
    """Return what a command says on stderr where that is a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        arguments, env=environment(**more), stdout=subprocess.DEVNULL, stderr=theirs
    ) as process:
        os.close(theirs)
        said = b""
        while True:
            try:
                piece = os.read(ours, 4096)
            except OSError:
                break
            if not piece:
                break
            said += piece
    os.close(ours)
    assert process.returncode == 0
    return said


def test_a_progress_bar_is_seen_on_a_terminal_only(nianbao: Run, tmp_path: Path) -> None:
    done = f"{len(texts())}/{len(texts())}"
    assert done in on_a_terminal(command("extract", *texts(), "-o", tmp_path / "out.jsonl")).decode()
    assert done not in nianbao("extract", *texts(), "-o", "out.jsonl").stderr


def test_no_color_is_kept(tmp_path: Path) -> None:
    said = on_a_terminal(command("extract", *texts(), "-o", tmp_path / "out.jsonl"), NO_COLOR="1")
    assert b"\x1b[3" not in said
    assert b"\x1b[1" not in said


def test_a_fault_of_the_program_is_told_in_words(capsys: pytest.CaptureFixture[str]) -> None:
    try:
        raise KeyError("requests")
    except KeyError as error:
        _fault(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert said.startswith("Error: a fault of nianbao itself (KeyError: 'requests' at ")
    assert said.count("\n") == 1


# --- labels draft


def test_a_draft_gives_the_text_back_byte_for_byte(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    (folder / "b.txt").write_bytes("一、总体情况\r\n\r\n  \t2023年\t无。\r\n".encode())
    assert nianbao("labels", "draft", "in", "-o", "drafts").returncode == 0
    for text, draft in (("in/b.txt", "drafts/b.tsv"), ("in/deep/a.txt", "drafts/deep/a.tsv")):
        rows = (tmp_path / draft).read_bytes().split(b"\n")
        assert b"\n".join(row.partition(b"\t")[2] for row in rows) == (tmp_path / text).read_bytes()


def test_a_draft_can_be_scored_against_itself(nianbao: Run, folder: Path) -> None:
    nianbao("labels", "draft", folder, "-o", "drafts")
    done = nianbao("score", "drafts", "drafts")
    assert done.returncode == 0
    assert "macro F1 1.000" in done.stdout


def test_corrected_labels_are_not_written_over_unasked(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    draft = ["labels", "draft", folder, "-o", "drafts"]
    nianbao(*draft)
    assert nianbao(*draft).returncode == 0
    (tmp_path / "drafts" / "b.tsv").write_text("heading\t一、总体情况")
    kept = nianbao(*draft)
    assert (kept.returncode, kept.stderr.count("b.tsv")) == (4, 1)
    assert (tmp_path / "drafts" / "b.tsv").read_text() == "heading\t一、总体情况"
    assert nianbao(*draft, "--overwrite").returncode == 0
    assert (tmp_path / "drafts" / "b.tsv").read_text() != "heading\t一、总体情况"


def test_a_bad_input_is_drafted_no_file(nianbao: Run, tmp_path: Path, folder: Path) -> None:
    (folder / "empty.txt").write_bytes(b"")
    done = nianbao("labels", "draft", folder, "-o", "drafts")
    assert (done.returncode, done.stderr.count("empty.txt")) == (1, 1)
    assert sorted(path.name for path in (tmp_path / "drafts").rglob("*.tsv")) == ["a.tsv", "b.tsv"]


def test_two_inputs_are_not_written_to_one_file(nianbao: Run, folder: Path) -> None:
    shutil.copy(folder / "b.txt", folder / "b.text")
    drafts = folder.parent / "drafts"
    assert nianbao("labels", "draft", folder, "-o", drafts).returncode == 0
    assert {path.name for path in drafts.rglob("b*")} == {"b.txt.tsv", "b.text.tsv"}


# --- score and train


def test_scores_are_printed_and_written(nianbao: Run, tmp_path: Path) -> None:
    gold = {"source": "a", "tables": {"review_litigation": {"review": {"total": 3}}}}
    (tmp_path / "gold.json").write_text(json.dumps(gold))
    done = nianbao(
        "score", "gold.json", "-", "--json", "scores.json", input=json.dumps({**gold, "source": "a.txt"})
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "non-zero cells, F1" in done.stdout
    scores = json.loads((tmp_path / "scores.json").read_text())
    assert scores["cells"]["non_zero"]["f1"] == 1.0


def test_scores_can_go_to_a_program_alone(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "gold.json").write_text('{"source": "a", "year": 2022}')
    scores = json.loads(nianbao("score", "gold.json", "gold.json", "--json", "-").stdout)
    assert scores["schema"] == "nianbao.scores/1"
    assert [one["name"] for one in scores["documents"]] == ["a"]


def test_what_cannot_be_scored_is_told_all_at_once(nianbao: Run, tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl").write_text('{"source": "a"}\n{\n{"year": 1}\n')
    done = nianbao("score", "bad.jsonl", "bad.jsonl")
    assert (done.returncode, done.stdout) == (2, "")
    assert "bad.jsonl:2:" in done.stderr
    assert "bad.jsonl:3:" in done.stderr


@pytest.mark.parametrize(
    "arguments", [["score", "a.tsv", "a.tsv"], ["train", "a.tsv", "--out", "model"]], ids=" ".join
)
def test_labels_that_are_none_are_refused(nianbao: Run, tmp_path: Path, arguments: list[str]) -> None:
    (tmp_path / "a.tsv").write_text("title\t一、总体情况\nno tab\n")
    done = nianbao(*arguments)
    assert (done.returncode, done.stdout) == (3, "")
    assert "a.tsv:" in done.stderr
    assert not (tmp_path / "model").exists()


@pytest.mark.slow
def test_a_model_is_trained_and_reads(nianbao: Run, tmp_path: Path) -> None:
    nianbao("labels", "draft", *texts()[:3], "-o", "drafts")
    done = nianbao("train", "drafts", "--no-corpus", "--out", "model")
    assert done.returncode == 0
    assert "macro" in done.stdout
    read = nianbao("extract", texts()[0], "--model", "model")
    assert read.returncode == 0
    shipped = LineClassifier.load(model_folder("models") / "lines")
    assert records(read.stdout)[0]["model"]["sha256"] != shipped.sha256
