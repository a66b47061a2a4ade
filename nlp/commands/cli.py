"""The command line: arguments in, exit code out; what a command needs is imported when it runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from typing import NoReturn

import click

from nlp.commands import (
    agencies,
    check,
    corrections,
    desk,
    export,
    extract,
    labels,
    models,
    overview,
    panel,
    reuse,
    score,
    statements,
)
from nlp.commands.exits import run


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run a command line, by default that of the process, and exit.

    Nothing here multiplies large matrices: threads for that cost each process 0.05 s at its start.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    run(commands, arguments)


def _print_version(context: click.Context, _parameter: click.Parameter, wanted: bool) -> None:
    """Print the version and end."""
    if not wanted:
        return
    from importlib.metadata import PackageNotFoundError, version

    try:
        click.echo(f"nianbao {version('nianbao')}")
    except PackageNotFoundError:
        click.echo("nianbao (not installed)")
    context.exit()


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
def commands() -> None:
    """Read government information disclosure reports (政府信息公开工作年度报告) into checked records."""


_MODULES = (
    agencies,
    check,
    corrections,
    desk,
    export,
    extract,
    labels,
    models,
    overview,
    panel,
    reuse,
    score,
    statements,
)

for module in _MODULES:
    for command in module.COMMANDS:
        commands.add_command(command)
