"""The command that shows many records on one page, and in workbooks to send out: `nianbao overview`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import click

from nlp.commands import options
from nlp.commands.exits import Exit, ending
from nlp.commands.inputs import refuse_overwriting
from nlp.commands.language import say
from nlp.commands.output import now, write

if TYPE_CHECKING:
    from nlp.overview.gathering import Gathered


@click.command()
@options.records
@click.option("-o", "--output", metavar="FILE", help="Write the page (HTML) here.")
@click.option("--workbook", metavar="PATH", help="Write what to explain: FILE.xlsx, or a folder.")
@click.option("--reuse", "reuse", metavar="FILE", help="What `nianbao reuse` wrote as JSON, to be shown.")
@click.option("--accepted-only", is_flag=True, help="Charts count only reports that need no review.")
@click.option("--lang", type=click.Choice(["zh", "en"]), default="zh", help="Language.  [default: zh]")
def overview(
    records: tuple[str, ...],
    output: str | None,
    workbook: str | None,
    reuse: str | None,
    accepted_only: bool,
    lang: Literal["zh", "en"],
) -> Exit:
    """Show many records on one page.

    RECORDS are files of JSON Lines (.gz as well), folders of them, or standard input (-). The page has charts
    of what arrived and what became of it, by place, kind and year, what was found, and a table of the reports
    that sorts and filters. It is one file that loads nothing. Every figure says over how many reports it is.

    The workbook has a summary, and a sheet for each agency that has something to explain: what was found,
    cells to hold against the report, the tables as printed. A folder gets a workbook an agency. What comes
    back filled in is read by `nianbao gold import XLSX… --corrections FILE`.
    """
    from nlp.commands.between import collected
    from nlp.overview.gathering import gather
    from nlp.overview.notes import Notes
    from nlp.overview.page import page
    from nlp.overview.reuse_file import BadReuse, read
    from nlp.overview.words import Words
    from nlp.record.files import STANDARD_INPUT, NoFile, find

    with ending(NoFile, Exit.USAGE):
        files = find(records)
    if workbook and STANDARD_INPUT in files:
        raise click.UsageError("--workbook reads the records twice: name a file, not standard input.")
    refuse_overwriting(files, [path for path in (output, workbook) if path])
    with ending(BadReuse, Exit.REFUSED):
        reused = read(reuse) if reuse else None
    notes = Notes()
    collection, failed = collected(files, notes)
    gathered = gather(collection, notes, failed, accepted_only, reused)
    if workbook:
        _write_workbook(workbook, gathered, files)
    if output or not workbook:
        write(output, page(gathered, Words(lang), _version(), now()[:10]).encode())
    return Exit.SOME_FAILED if failed else Exit.DONE


COMMANDS = (overview,)


def _write_workbook(path: str, gathered: Gathered, files: list[str]) -> None:
    """Write the workbook, or the folder of them."""
    from nlp.overview.workbooks.books import TooMany
    from nlp.overview.workbooks.books import write as write_books
    from nlp.writers.output import Unwritable

    with ending(TooMany, Exit.USAGE), ending(Unwritable, Exit.UNWRITABLE):
        agencies = write_books(path, gathered, files, now()[:10])
    say(f"{agencies} agencies have something to explain.")


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("nianbao")
    except PackageNotFoundError:
        return "?"
