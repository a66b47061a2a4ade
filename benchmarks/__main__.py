"""Runs figures of the speed table: `python -m benchmarks [FIGURE…] [--quick] [--json FILE]`."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

import click
import msgspec

from benchmarks.clock import ROOT
from benchmarks.figure import Measured
from benchmarks.figures import FIGURES
from benchmarks.machine import machine, versions
from benchmarks.table import line, page

_PAGE = ROOT / "docs" / "speed.md"
_FILE = click.Path(dir_okay=False, path_type=Path)


@click.command()
@click.argument("figures", nargs=-1, type=click.Choice(list(FIGURES)), metavar="[FIGURE…]")
@click.option("--quick", is_flag=True, help="On a few documents: shows that it runs, says nothing of speed.")
@click.option("--json", "file", type=_FILE, metavar="FILE", help="Write all numbers here.")
def main(figures: tuple[str, ...], quick: bool, file: Path | None) -> None:
    """Measure figures of the speed table, all of them where none is named.

    A whole run that is not quick writes docs/speed.md.
    """
    found = {}
    for name in figures or FIGURES:
        found[name] = FIGURES[name].measure(quick)
        click.echo(line(FIGURES[name], found[name]))
    if file:
        file.write_bytes(_json(found, quick))
    if not figures and not quick:
        _PAGE.write_text(page(found, f"{datetime.now(UTC):%Y-%m-%d}"), encoding="utf-8")


def _json(found: Mapping[str, Measured], quick: bool) -> bytes:
    everything = {"quick": quick, "machine": machine(), "versions": versions(), "figures": found}
    return msgspec.json.format(msgspec.json.encode(everything), indent=1) + b"\n"


if __name__ == "__main__":
    main(prog_name="python -m benchmarks")
