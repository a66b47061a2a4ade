"""Measures commands on many records, and how they grow: `python -m benchmarks.many_records`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from itertools import count
from pathlib import Path
from random import Random
from typing import Any

import click
from msgspec import json

from nlp.form.form import for_year
from nlp.reading.inputs import find
from nlp.running.records import reports
from training.across.world import YEARS, Office, world

_ROOT = Path(__file__).parents[1]
_COMMANDS = {
    "check --across-only": ("check", "--across-only", "-o", "{folder}/across.json"),
    "panel, Parquet": ("panel", "--states", "-o", "{folder}/panel.parquet"),
    "panel, CSV": ("panel", "-o", "{folder}/panel.csv"),
    "panel, Stata": ("panel", "-o", "{folder}/panel.dta"),
    "panel, long, Parquet": ("panel", "--shape", "long", "-o", "{folder}/long.parquet"),
}


@dataclass(frozen=True)
class Run:
    """What a command took: seconds by the clock and of the processor, and its peak memory in MB."""

    command: str
    records: int
    seconds: float
    processor: float
    megabytes: float


@click.command()
@click.option(
    "-n", "--records", "numbers", type=click.IntRange(min=5), multiple=True, default=[25_000, 100_000]
)
@click.option("-c", "--command", "commands", type=click.Choice(list(_COMMANDS)), multiple=True)
@click.option("--folder", type=click.Path(path_type=Path), help="Where the records are made; kept.")
def main(numbers: tuple[int, ...], commands: tuple[str, ...], folder: Path | None) -> None:
    """Make records, so many, and run commands on them, all of them where none is named."""
    with tempfile.TemporaryDirectory(dir=folder) as made:
        for number in numbers:
            file = Path(made) / f"{number}.jsonl"
            _write(file, number)
            click.echo(f"{number} records, {file.stat().st_size / 1e9:.2f} GB")
            for run in _runs(commands or tuple(_COMMANDS), file, number, Path(made)):
                click.echo(
                    f"| {run.command} | {run.records:,} | {run.seconds:.0f} | {run.processor:.0f} "
                    f"| {run.megabytes:,.0f} | {run.processor / run.records * 1e3:.2f} |"
                )
            file.unlink()


def _runs(names: tuple[str, ...], file: Path, number: int, folder: Path) -> Iterator[Run]:
    for name in names:
        command, *options = (part.format(folder=folder) for part in _COMMANDS[name])
        started = time.perf_counter()
        process = os.posix_spawn(
            sys.executable,
            [sys.executable, "-m", "nlp", command, str(file), *options],
            {**os.environ, "PYTHONPATH": str(_ROOT)},
        )
        _, status, used = os.wait4(process, 0)
        if os.waitstatus_to_exitcode(status) not in (0, 1):
            raise click.ClickException(f"{name} failed")
        seconds = time.perf_counter() - started
        yield Run(name, number, seconds, used.ru_utime + used.ru_stime, used.ru_maxrss / 1e3)


def _write(file: Path, number: int) -> None:
    """Write records: the samples of data/samples, each with an agency, a year and numbers of its own."""
    samples = _samples()
    random = Random(number)
    numbered = zip(range(number), _units(random), strict=False)
    with file.open("wb") as output:
        for made, (agency, year) in numbered:
            output.write(json.encode(_record(samples, agency, year, made)) + b"\n")


def _units(random: Random) -> Iterator[tuple[Office, int]]:
    """Yield agencies and years without end, small worlds one after the other."""
    for n in count():
        for agency in world(random, 70, 5, 6):
            agency.name += f"（{n}）"
            agency.code = str(int(agency.code or 0) + 10 * n)  # places of its own
            for year in YEARS:
                yield agency, year


def _samples() -> dict[str, dict[str, Any]]:
    """Return a record of a sample of each edition, as JSON has it."""
    records = {}
    for report in reports(find([str(_ROOT / "data" / "samples")])):
        record = json.decode(json.encode(report))
        records[record["form"]] = record
    return records


def _record(samples: dict[str, dict[str, Any]], agency: Office, year: int, number: int) -> dict[str, Any]:
    form = for_year(year)
    assert form is not None
    sample = samples[form.edition]
    digest = sha256(str(number).encode()).hexdigest()
    tables: dict[str, dict[str, dict[str, Any]]] = {}
    for cell, value in agency.numbers[year].items():
        table, row, column = cell.split(".")
        read = sample["tables"][table][row][column]
        own = {"value": value, "text": str(value), "state": "printed"}
        tables.setdefault(table, {}).setdefault(row, {})[column] = {**read, **own, "confidence": 1.0}
    return {
        **sample,
        "id": digest[:16],
        "source": {**sample["source"], "sha256": digest, "name": f"{number}.txt"},
        "organization": agency.name,
        "agency": {
            "name": agency.name,
            "place": [None, None, None],
            "code": agency.code,
            "kind": agency.kind,
            "level": agency.level,
        },
        "year": year,
        "tables": tables,
        "sections": [
            {**section, "text": section["text"].replace(str(sample["year"]), str(year))}
            for section in sample["sections"]
        ],
    }


if __name__ == "__main__":
    main()
