"""Work on many machines: the same results in the same order, whatever becomes of a machine."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path
from types import ModuleType
from typing import Any

import joblib
import pytest

from nlp.commands.cli import main
from nlp.limits import Limits
from nlp.reading.document import Unreadable
from nlp.reading.inputs import Input, find
from nlp.running import batch
from nlp.running.cluster import chunks as cluster
from nlp.running.cluster import connecting, worker
from nlp.running.cluster.connecting import connection
from nlp.running.cluster.engines import working
from nlp.running.cluster.messages import Differs, Order
from nlp.running.cluster.refusals import BadCluster, BadEngine
from nlp.running.cluster.shipped_inputs import Elsewhere, Sent, by_path, with_content
from nlp.running.extraction import Extraction

HERE = Path(__file__).parent
SAMPLES = HERE.parents[2] / "data" / "samples"


class Gone(Exception):
    """A worker that was lost."""


@dataclass(frozen=True)
class Threads:
    """A cluster of two threads of this process."""

    streams: bool = True
    name: str = "threads"
    lost: tuple[type[BaseException], ...] = (Gone,)

    def processes(self) -> int:
        return 2

    def session(self) -> AbstractContextManager[object]:
        return joblib.parallel_config(backend="threading", n_jobs=2)  # type: ignore[no-any-return]


@pytest.fixture(scope="module")
def acting() -> Iterator[Any]:
    """Work that this process and those of the cluster import under the same name."""
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(str(HERE))
        patched.setenv("PYTHONPATH", str(HERE))
        import acting  # type: ignore[import-not-found]

        assert isinstance(acting, ModuleType)
        yield acting.Acting()
    while process := worker._next_idle():
        worker._end(process)


def files(folder: Path, texts: list[str]) -> list[Input]:
    for n, text in enumerate(texts):
        (folder / f"{n:03}.txt").write_text(text)
    return find([str(folder)])


def over(work: Any, inputs: list[Input], engine: Any = Threads(), told: Any = print) -> list[Any]:
    return list(cluster.results(work, inputs, engine, Limits(seconds=5), told))


@pytest.mark.parametrize("streams", [True, False])
def test_results_come_in_the_order_of_the_inputs(acting: Any, tmp_path: Path, streams: bool) -> None:
    inputs = files(tmp_path, ["slow" if n in (0, 70) else f"text {n}" for n in range(110)])
    assert over(acting, inputs, Threads(streams)) == list(batch.results(acting, inputs))


def test_a_bad_input_costs_itself_only(acting: Any, tmp_path: Path) -> None:
    inputs = files(tmp_path, ["a", "crash", "b", "c"])
    (tmp_path / "002.txt").unlink()
    assert became(over(acting, inputs), tmp_path) == ["a", "process_ended", "fault", "c"]


@pytest.mark.slow
def test_an_input_that_ends_what_minds_it_costs_itself_only(acting: Any, tmp_path: Path) -> None:
    inputs = files(tmp_path, ["a", "crash all", "b"])
    assert became(over(acting, inputs), tmp_path) == ["a", "process_ended", "b"]


def became(results: list[str], folder: Path) -> list[str]:
    """Return what became of each input."""
    return [one.removeprefix(f"{folder}/{n:03}.txt: ") for n, one in enumerate(results)]


def test_a_lost_worker_costs_time_and_no_record(
    acting: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = files(tmp_path, [f"text {n}" for n in range(100)])
    calls: list[int] = []

    def fails_at_times(order: Order) -> object:
        calls.append(1)
        if len(calls) in (2, 3):
            raise Gone
        return worker.worked(order)

    monkeypatch.setattr(cluster, "worked", fails_at_times)
    told: list[str] = []
    assert over(acting, inputs, told=told.append) == list(batch.results(acting, inputs))
    assert told
    assert set(told) == {"threads lost work (Gone); it is done again."}


def test_what_no_cluster_does_this_machine_does(
    acting: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(order: Order) -> object:
        raise Gone

    monkeypatch.setattr(cluster, "worked", fails)
    inputs, told = files(tmp_path, [f"text {n}" for n in range(4 * cluster._CHUNK)]), list[str]()
    assert over(acting, inputs, told=told.append) == list(batch.results(acting, inputs))
    assert told[-1] == "threads gives no results; the rest is done on this machine."


def test_another_version_or_model_is_refused(acting: Any, tmp_path: Path) -> None:
    order = Order(acting, [by_path(one) for one in files(tmp_path, ["a"])], Limits(), b"another")
    assert worker.worked(order) == Differs(b"acting")


def test_the_refusal_tells_both(acting: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "worked", lambda order: Differs(b"another"))
    with pytest.raises(BadCluster, match="here:  acting\nthere: another"):
        over(acting, files(tmp_path, ["a"]))


def test_a_cluster_that_sees_the_files_gets_their_paths(
    acting: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = list[Sent]()
    monkeypatch.setattr(cluster, "worked", lambda order: sent.extend(order.inputs) or worker.worked(order))
    inputs = files(tmp_path, ["a", "b"])
    over(acting, inputs)
    assert [(one.place, one.content) for one in sent] == [(input.path, None) for input in inputs]


def test_a_cluster_that_does_not_see_the_files_gets_their_contents(
    acting: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = list[Sent]()
    monkeypatch.setattr(cluster, "worked", lambda order: sent.extend(order.inputs) or worker.worked(order))
    monkeypatch.setattr(cluster, "stamp", lambda path: None)
    over(acting, files(tmp_path, ["a", "b"]))
    assert [(one.place, one.content) for one in sent] == [("", b"a"), ("", b"b")]


def test_a_file_that_a_worker_does_not_see_is_read_here(
    acting: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    inputs = files(tmp_path, ["a", "b", "c"])

    def strayed(input: Input) -> Sent:
        sent = by_path(input)
        return replace(sent, place="/nowhere") if input.name == "001.txt" else sent

    monkeypatch.setattr(cluster, "by_path", strayed)
    assert over(acting, inputs) == list(batch.results(acting, inputs))


def test_a_file_that_is_another_one_on_the_worker_is_not_read_there(tmp_path: Path) -> None:
    (input,) = files(tmp_path, ["a"])
    sent = by_path(input)
    assert sent.read() == b"a"
    Path(input.path).write_text("changed")
    with pytest.raises(Elsewhere):
        sent.read()


def test_an_unreadable_input_is_refused_in_the_same_words_everywhere(tmp_path: Path) -> None:
    for sent in (by_path(Input("nowhere.txt")), with_content(Input("nowhere.txt"))):
        with pytest.raises(Unreadable, match=r"nowhere.txt: there is no such file"):
            sent.read()


def test_a_link_out_of_its_folder_is_refused_before_it_is_sent(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    (tmp_path / "in" / "a.txt").symlink_to(tmp_path / "secret.txt")
    (input,) = find([str(tmp_path / "in")])
    refusal = by_path(input).refusal
    assert refusal
    assert refusal[0] == "outside"


def test_records_are_the_same_bytes_and_name_the_inputs_as_the_user_did(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(SAMPLES)
    inputs = [*find(["."])[:2], Input("nowhere.txt")]
    here = [one.line for one in batch.results(Extraction(), inputs)]
    assert [one.line for one in over(Extraction(), inputs)] == here


@pytest.mark.parametrize(
    ("named", "jobs", "said"),
    [
        ("spark=local", 1, "'spark=local' is no engine; there are dask=ADDRESS, ray and ray=ADDRESS."),
        ("dask", 1, "'dask' is no engine"),
        ("dask=tcp://a:1", 2, "--jobs counts processes of this machine"),
    ],
)
def test_an_engine_that_cannot_be_is_refused(named: str, jobs: int, said: str) -> None:
    with pytest.raises(BadEngine, match=said):
        working(named, jobs, print)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--engine", "spark"], "'spark' is no engine"),
        (["--engine", "dask=tcp://a:1", "--jobs", "2"], "--jobs counts processes of this machine"),
        (["--engine", "dask=tcp://a:1", "--text", "texts"], "--text writes where a file is read"),
    ],
)
def test_a_command_line_that_cannot_be_is_refused(
    arguments: list[str], said: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["extract", str(SAMPLES), "-o", str(tmp_path / "records.jsonl"), *arguments])
    assert ended.value.code == 2
    assert said in capfd.readouterr().err
    assert list(tmp_path.iterdir()) == []


def test_an_engine_that_is_not_installed_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connecting, "find_spec", lambda package: None)
    with pytest.raises(BadEngine, match=r"pip install 'nianbao\[ray\]'"):
        connection("ray")


def test_a_cluster_that_does_not_answer_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    pytest.importorskip("distributed")
    monkeypatch.setattr(connecting, "_PATIENCE", 0.3)
    with pytest.raises(BadCluster, match=r"dask at tcp://127\.0\.0\.1:9 does not answer"):
        over(Extraction(), find([str(SAMPLES)]), connection("dask=tcp://127.0.0.1:9"))


def command(*arguments: object) -> list[str]:
    return [sys.executable, "-m", "nlp", "extract", *map(str, arguments)]


def copies(folder: Path, count: int) -> Path:
    """Write samples over and over."""
    texts = [path.read_bytes() for path in sorted(SAMPLES.glob("*.txt"))]
    folder.mkdir()
    for n in range(count):
        (folder / f"{n:04}.txt").write_bytes(texts[n % len(texts)])
    return folder


def test_a_dask_cluster_writes_the_same_bytes(tmp_path: Path) -> None:
    """One worker, a thread of this process."""
    distributed = pytest.importorskip("distributed")
    inputs = find([str(copies(tmp_path / "in", 5))])
    with distributed.LocalCluster(n_workers=1, processes=False, dashboard_address=None) as one:
        dask = connection(f"dask={one.scheduler_address}")
        found = [record.line for record in cluster.results(Extraction(), inputs, dask)]
    assert found == [record.line for record in batch.results(Extraction(), inputs)]


@pytest.mark.full
def test_a_dask_cluster_that_loses_a_worker_writes_the_same_bytes(tmp_path: Path) -> None:
    """Two processes; one is killed while it works."""
    distributed = pytest.importorskip("distributed")
    folder = copies(tmp_path / "in", 200)
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as two:
        doomed = next(iter(two.workers.values())).pid
        running = subprocess.Popen(
            command(folder, "--engine", f"dask={two.scheduler_address}", "-o", tmp_path / "many.jsonl"),
            stderr=subprocess.PIPE,
        )
        part = tmp_path / ".many.jsonl.part"
        wait_until(lambda: (part.exists() and part.stat().st_size > 0) or running.poll() is not None)
        os.kill(doomed, signal.SIGKILL)
        said = running.communicate(timeout=100)[1].decode()
    assert running.returncode == 0, said
    subprocess.run(command(folder, "-o", tmp_path / "one.jsonl"), check=True, stderr=subprocess.DEVNULL)
    assert (tmp_path / "many.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()


@pytest.mark.full
def test_a_scheduler_that_is_gone_costs_time_and_no_record(tmp_path: Path) -> None:
    distributed = pytest.importorskip("distributed")
    folder = copies(tmp_path / "in", 100)
    cluster_ = distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=True, dashboard_address=None
    )
    dask = connection(f"dask={cluster_.scheduler_address}")
    found = cluster.results(Extraction(), find([str(folder)]), dask)
    first = next(iter(found))
    closing = threading.Thread(target=cluster_.close)
    closing.start()
    lines = [first.line, *(one.line for one in found)]
    closing.join()
    assert lines == [one.line for one in batch.results(Extraction(), find([str(folder)]))]


@pytest.mark.full
def test_ray_on_this_machine_writes_the_same_bytes_when_it_loses_a_worker(tmp_path: Path) -> None:
    pytest.importorskip("ray")
    folder = copies(tmp_path / "in", 400)
    running = subprocess.Popen(
        command(folder, "--engine", "ray", "-o", tmp_path / "many.jsonl"), stderr=subprocess.PIPE
    )
    killed = threading.Thread(target=kill_an_actor)
    killed.start()
    said = running.communicate(timeout=200)[1].decode()
    killed.join()
    assert running.returncode == 0, said
    subprocess.run(command(folder, "-o", tmp_path / "one.jsonl"), check=True, stderr=subprocess.DEVNULL)
    assert (tmp_path / "many.jsonl").read_bytes() == (tmp_path / "one.jsonl").read_bytes()
    assert "lost work" in said


def kill_an_actor() -> None:
    """End the first process of Ray that works on a batch."""
    found: list[int] = []

    def working_now() -> bool:
        listed = subprocess.run(["ps", "-eo", "pid=,args="], capture_output=True, text=True).stdout
        found.extend(int(line.split()[0]) for line in listed.splitlines() if "ray::PoolActor.run" in line)
        return bool(found)

    wait_until(working_now, 60)
    os.kill(found[0], signal.SIGKILL)


def wait_until(there: Any, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not there() and time.monotonic() < end:
        time.sleep(0.05)
