"""The command that opens a page in the browser to decide at: `nianbao desk`."""

from __future__ import annotations

import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit, Stop, ending
from nlp.commands.language import asked, say
from nlp.commands.loading import load_reader

if TYPE_CHECKING:
    from nlp.desk.desk import Opened
    from nlp.desk.labels import Labels

_PORTS = click.IntRange(0, 65535)


@click.command()
@click.argument("paths", nargs=-1, metavar="[RECORDS | PATH…]")
@click.option(
    "--corrections",
    default="corrections.jsonl",
    metavar="FILE",
    help="Add the decisions here.  [default: corrections.jsonl]",
)
@click.option(
    "--documents",
    multiple=True,
    type=options.FOLDER,
    metavar="DIR",
    help="Where the documents of RECORDS lie; repeatable.  [default: the current folder]",
)
@click.option(
    "--labels", type=options.FOLDER, metavar="DIR", help="Keep the labels of lines, for training, here."
)
@click.option("--by", metavar="NAME", help="Sign decisions with this name.  [default: the user's]")
@click.option("--port", type=_PORTS, default=0, metavar="N", help="Answer at this port.  [default: any]")
@click.option("--no-browser", is_flag=True, help="Only print the address.")
@options.jobs
@options.model
def desk(
    paths: tuple[str, ...],
    corrections: str,
    documents: tuple[Path, ...],
    labels: Path | None,
    by: str | None,
    port: int,
    no_browser: bool,
    jobs: int,
    model: Path | None,
) -> Exit:
    """Decide in the browser what the reader left open.

    Opens records, or documents, which are read; or nothing: then drop documents on the page. The page is on
    this machine only. Every decision is a line more in the file of corrections; nothing else is written.
    """
    try:
        from nlp.desk.serving import Taken, serve
    except ImportError as missing:
        raise Stop(f"desk needs {missing.name}: pip install 'nianbao[desk]'", Exit.USAGE) from missing
    from nlp.correcting.files import BadCorrections
    from nlp.desk.desk import Desk
    from nlp.desk.log import Log

    opened = _opened(paths, documents)
    if not Path(corrections).absolute().parent.is_dir():
        raise Stop(f"{corrections}: there is no such folder; make it first.", Exit.UNWRITABLE)
    with ending(BadCorrections, Exit.REFUSED):
        log = Log(corrections, by or _user())
    load_reader(model)

    def ready(address: str) -> None:
        click.echo(address)
        say(f"Decisions go to {corrections}. Ctrl+C ends the desk.")
        if not no_browser:
            click.launch(address)

    with ending(Taken, Exit.USAGE):
        serve(Desk(opened, log, model, jobs, _labels(labels)), port, ready, asked() or "zh")
    return Exit.DONE


COMMANDS = (desk,)


def _opened(paths: tuple[str, ...], documents: tuple[Path, ...]) -> Opened:
    """Return what paths name: files of records, or documents."""
    from nlp.desk.desk import Opened
    from nlp.reading.archives.members import archive_of
    from nlp.running.records import find_inputs, holds_records

    folders = [str(folder) for folder in documents] or [os.curdir]
    inputs = find_inputs(paths) if paths else []
    if paths and not inputs:
        raise click.UsageError(f"There is no file to read in {', '.join(paths)}.")
    missing = [input.path for input in inputs if not (os.path.exists(input.path) or archive_of(input.path))]
    if missing:
        raise click.UsageError(f"There is no {', '.join(missing)}.")
    records = [input.path for input in inputs if holds_records(input)]
    return Opened(records, [input for input in inputs if input.path not in records], folders)


def _labels(folder: Path | None) -> Labels | None:
    from nlp.desk.labels import Labels
    from training.labels.at_desk import Files

    return None if folder is None else Labels(folder, Files())


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
