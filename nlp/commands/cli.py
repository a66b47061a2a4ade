"""The command line: arguments in, exit code out; what a command needs is imported when it runs."""

from __future__ import annotations

import os
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

import click

from nlp.commands.exits import run
from nlp.commands.language import LANGUAGES, Language, choose, language


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


def _choose_language(_context: click.Context, _parameter: click.Parameter, wanted: Language | None) -> None:
    if wanted:
        choose(wanted)


class _Context(click.Context):
    """What click knows of a command line; its help is in the language that is spoken."""

    def make_formatter(self) -> click.HelpFormatter:
        if language() == "en":
            return super().make_formatter()
        from nlp.commands.chinese_help import ChineseFormatter

        return ChineseFormatter(width=self.terminal_width, max_width=self.max_content_width)


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--version", is_flag=True, is_eager=True, expose_value=False, callback=_print_version)
@click.option(
    "--lang",
    type=click.Choice(LANGUAGES),
    is_eager=True,
    expose_value=False,
    callback=_choose_language,
    help="The language of help and messages.  [default: the locale's]",
)
def commands() -> None:
    """Read government information disclosure reports (政府信息公开工作年度报告) into checked records."""


_MODULES = (
    "agencies",
    "check",
    "corrections",
    "desk",
    "export",
    "extract",
    "labels",
    "models",
    "overview",
    "panel",
    "reuse",
    "score",
    "statements",
)
"""Each holds its commands in `COMMANDS`."""
for _module in _MODULES:
    for _command in import_module(f"nlp.commands.{_module}").COMMANDS:
        commands.add_command(_command)


def _speak(command: click.Command) -> None:
    """Have a command, and those of a group, give their help in the language that is spoken."""
    command.context_class = _Context
    if isinstance(command, click.Group):
        for each in command.commands.values():
            _speak(each)


_speak(commands)
