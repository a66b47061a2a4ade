"""Measures a cluster of Dask on this machine beside as many processes without it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.clock import python
from benchmarks.documents import files, texts
from benchmarks.figure import Figure, Measured


def measure(quick: bool) -> Measured:
    """Return the ratio of documents a second, whole commands, the median of rounds in turn."""
    if find_spec("distributed") is None:
        return Measured(None, {}, "needs distributed: pip install 'nianbao[dask]'")
    documents, rounds = (40, 1) if quick else (2000, 3)
    with files(texts(documents)) as inputs, _scheduler() as address, TemporaryDirectory() as out:
        folder, records = str(Path(inputs[0].path).parent), Path(out, "records.jsonl")
        extract = ("-m", "nlp", "extract", folder, "-o", str(records))
        dask: list[float] = []
        jobs: list[float] = []
        for _ in range(rounds):
            dask.append(python(*extract, "--engine", f"dask={address}").wall)
            jobs.append(python(*extract, "--jobs", "2").wall)
        size = records.stat().st_size / documents
    parts = {
        "dask, documents a second": documents / median(dask),
        "--jobs 2, documents a second": documents / median(jobs),
        "a record, KB": size / 1e3,
    }
    ratios = [seconds / dask_seconds for seconds, dask_seconds in zip(jobs, dask, strict=True)]
    return Measured(median(ratios), parts, f"{documents} texts, {rounds} rounds")


@contextmanager
def _scheduler() -> Iterator[str]:
    """Yield the address of a cluster of two processes."""
    from distributed import LocalCluster

    with LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None) as cluster:
        yield cluster.scheduler_address


FIGURE = Figure(
    "over_dask",
    "documents a second of two processes of Dask ÷ those of `--jobs 2`, whole commands",
    0.8,
    measure,
    at_least=True,
)
