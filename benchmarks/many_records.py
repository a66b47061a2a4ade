"""Measures commands on many records, and how they grow: `python -m benchmarks.many_records`."""

from __future__ import annotations

import os
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
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
from training.generator.agencies import Agency, agencies
from training.reuse.world import made_up

_ROOT = Path(__file__).parents[1]
_COMMANDS = {
    "check --across-only": ("check", "--across-only", "-o", "{folder}/across.json"),
    "panel, Parquet": ("panel", "--states", "-o", "{folder}/panel.parquet"),
    "panel, CSV": ("panel", "-o", "{folder}/panel.csv"),
    "panel, Stata": ("panel", "-o", "{folder}/panel.dta"),
    "panel, long, Parquet": ("panel", "--shape", "long", "-o", "{folder}/long.parquet"),
    "reuse": ("reuse", "-o", "{folder}/reuse.json"),
    "reuse --jobs 2": ("reuse", "--jobs", "2", "-o", "{folder}/reuse.json"),
    "overview": ("overview", "-o", "{folder}/overview.html"),
    "overview --workbook": ("overview", "--workbook", "{folder}/books.xlsx"),
}
"""What is run; `{folder}` is a folder of its own."""
_ASKED = ("panel, Parquet", "check --across-only", "reuse --jobs 2", "overview")
"""What is run where nothing is named."""


@dataclass
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
    """Make records, so many, and run commands on them: where none is named, one of each kind.

    The last line is what these take together.
    """
    with tempfile.TemporaryDirectory(dir=folder) as made:
        for number in numbers:
            file = Path(made) / f"{number}.jsonl"
            _write(file, number)
            click.echo(f"{number} records, {file.stat().st_size / 1e9:.2f} GB")
            click.echo("| command | records | seconds | of processor | MB | ms a record |")
            done = []
            for run in _runs(commands or _ASKED, file, number, Path(made)):
                done.append(run)
                click.echo(_row(run))
            together = Run("together", number, 0.0, 0.0, 0.0)
            for run in done:
                together.seconds += run.seconds
                together.processor += run.processor
                together.megabytes = max(together.megabytes, run.megabytes)
            click.echo(_row(together))
            file.unlink()


def _row(run: Run) -> str:
    each = run.processor / run.records * 1e3
    return (
        f"| {run.command} | {run.records:,} | {run.seconds:.0f} | {run.processor:.0f} "
        f"| {run.megabytes:,.0f} | {each:.2f} |"
    )


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
    """Write records: samples of data/samples, each with an agency, a year, numbers and prose of its own."""
    samples = _samples()
    writers = agencies()
    random = Random(number)
    numbered = zip(range(number), _units(random), strict=False)
    with file.open("wb") as output:
        for made, (agency, year) in numbered:
            writer = writers[made // len(YEARS) % len(writers)]
            record = _record(samples, agency, year, made) | _prose(writer, agency, year, made)
            output.write(json.encode(record) + b"\n")


def _prose(writer: Agency, agency: Office, year: int, number: int) -> dict[str, Any]:
    """Return the fields of a record that hold text, written anew for an agency as one of its trade would."""
    named = replace(writer, name=agency.name, short=agency.name)
    written = made_up(named, year, Random(f"prose/{number}")).record()
    return {field: written[field] for field in ("sections", "problems", "improvements")}


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
    }


if __name__ == "__main__":
    main()
