"""Measures the time and memory that it takes to write ten thousand records in each format."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from benchmarks.clock import finished, started
from benchmarks.documents import files, reports, worn_copies
from benchmarks.figure import Figure, Measured
from nlp.pipeline import Reader
from nlp.writers import jsonl

_OUTPUTS = {
    "JSON Lines, gzip": ("out.jsonl.gz",),
    "CSV": ("csv/", "--to", "csv"),
    "XLSX": ("out.xlsx",),
    "Parquet": ("parquet/", "--to", "parquet"),
    "DuckDB": ("out.duckdb",),
    "SQLite": ("out.sqlite",),
}
"""All tables in every format."""
_NEEDS = {"Parquet": ("pyarrow",), "DuckDB": ("duckdb", "pyarrow")}
_MIB = 2**10
"""So many of the kibibytes in which the system tells memory."""


class Export(NamedTuple):
    """What one export took, on the wall and of CPU, and how large its output is."""

    seconds: float
    cpu: float
    mib: float
    output_mib: float


def measure_time(quick: bool) -> Measured:
    """Return the seconds on the wall of the slowest format."""
    taken = _exports(quick)
    parts = {f"{name}, wall s": one.seconds for name, one in taken.items()}
    cpu = {f"{name}, CPU s": one.cpu for name, one in taken.items()}
    sizes = {f"{name}, output in MiB": one.output_mib for name, one in taken.items()}
    return Measured(max(parts.values()), {**parts, **cpu, **sizes}, _note(taken, quick))


def measure_memory(quick: bool) -> Measured:
    """Return the most memory that a format takes, in MiB."""
    taken = _exports(quick)
    parts = {f"{name}, MiB": one.mib for name, one in taken.items()}
    return Measured(max(parts.values()), parts, _note(taken, quick))


def _note(taken: dict[str, Export], quick: bool) -> str:
    left_out = [name for name in _OUTPUTS if name not in taken]
    missing = f"; not installed: {', '.join(left_out)}" if left_out else ""
    return f"{_number(quick)} records, all tables, one process{missing}"


def _number(quick: bool) -> int:
    return 20 if quick else 10_000


@cache
def _exports(quick: bool) -> dict[str, Export]:
    there = [name for name in _OUTPUTS if all(map(find_spec, _NEEDS.get(name, ())))]
    with _records(_number(quick)) as path:
        return {name: _exported(path, *_OUTPUTS[name]) for name in there}


def _exported(records: Path, output: str, *options: str) -> Export:
    with TemporaryDirectory(dir=records.parent) as folder:
        start = time.perf_counter()
        process = started("-m", "nlp", "export", str(records), "-o", f"{folder}/{output}", *options)
        _, status, usage = os.wait4(process.pid, 0)
        seconds = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)
        finished(process)
        size = sum(path.stat().st_size for path in Path(folder).rglob("*") if path.is_file())
    return Export(seconds, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / _MIB, size / 2**20)


@contextmanager
def _records(number: int) -> Iterator[Path]:
    """Yield a file of so many records: of generated reports, then copies that lost other characters."""
    with TemporaryDirectory() as folder:
        path = Path(folder, "records.jsonl")
        with path.open("w", encoding="utf-8", newline="") as file:
            file.writelines(worn_copies(_read(min(number, 250)), number))
        yield path


def _read(number: int) -> list[str]:
    reader = Reader()
    with files(report.text for report in reports(number)) as inputs:
        return [jsonl.line(reader.read(input)).decode("utf-8") for input in inputs]


TIME = Figure("export_time", "10,000 records to the slowest format, wall time", 60, measure_time, unit="s")
MEMORY = Figure(
    "export_memory", "peak memory of 10,000 records to the greediest format", 1024, measure_memory, unit="MiB"
)
