"""The command that tells what is amiss in a report: `nianbao check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit
from nlp.commands.inputs import documents_or_records
from nlp.commands.loading import load_reader
from nlp.commands.output import opened

if TYPE_CHECKING:
    from nlp.auditing.audit import Audit
    from nlp.auditing.text import Tally
    from nlp.record.model import Report

    Audited = Iterable[tuple[Report, Audit]]

_FORMATS = ("text", "json", "html")
_FORMAT_OF_SUFFIX = {".json": "json", ".html": "html", ".htm": "html"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-o", "--output", metavar="FILE", help="Write the findings here.  [default: standard output]")
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="How.  [default: by FILE's ending, text]")
@click.option("--strict", is_flag=True, help="Exit 1 where a person should look, too.")
@options.jobs
@options.model
def check(
    files: tuple[str, ...], output: str | None, kind: str | None, strict: bool, jobs: int, model: Path | None
) -> Exit:
    """Tell in Chinese what is amiss in reports.

    Each FILE is what `extract` reads, or records that it wrote. Told are how many sums could be checked and
    how many not, those that do not hold, with the printed values and where they stand, numbers of the prose
    that differ from the tables, and what could not be read for certain. Exit 1: a sum is broken, the prose
    differs from the tables, or a file could not be read or holds no table of the form.
    """
    from nlp.auditing.audit import OPEN, WRONG
    from nlp.auditing.text import Tally
    from nlp.running.records import reports

    inputs = documents_or_records(files)
    load_reader(model)
    tally = Tally()
    audited = _audited(reports(inputs, jobs, model), tally)
    write = _WRITERS[kind or _format_of(output)]
    with opened(output) as file:
        for piece in write(audited, tally):
            file.write(piece)
    counted = (*WRONG, *OPEN) if strict else WRONG
    failed = sum(tally.verdicts[verdict] for verdict in counted)
    return Exit.SOME_FAILED if failed else Exit.DONE


COMMANDS = (check,)


def _format_of(output: str | None) -> str:
    """Return the format that the ending of a file's name stands for; text by default."""
    suffix = Path(output or "").suffix.lower()
    return _FORMAT_OF_SUFFIX.get(suffix, "text")


def _audited(reports: Iterable[Report], tally: Tally) -> Iterator[tuple[Report, Audit]]:
    """Yield each report with its audit, and count it."""
    from nlp.auditing.audit import audit

    for report in reports:
        findings = audit(report)
        tally.add(findings)
        yield report, findings


def _text(audited: Audited, tally: Tally) -> Iterator[bytes]:
    """Yield the findings for people: a block a document, and a summary if there are several documents."""
    from nlp.auditing.text import findings_text, summary

    between = ""
    for _, audit in audited:
        yield f"{between}{findings_text(audit)}".encode()
        between = "\n"
    if tally.total > 1:
        yield f"\n{summary(tally)}\n".encode()


def _json(audited: Audited, tally: Tally) -> Iterator[bytes]:
    """Yield one array, each document's findings on a line of their own."""
    from msgspec import json

    opening = b"[\n"
    for _, audit in audited:
        yield opening + json.encode(audit)
        opening = b",\n"
    yield b"\n]\n" if tally.total else b"[]\n"


def _html(audited: Audited, tally: Tally) -> Iterator[bytes]:
    """Yield a page with an article for each document."""
    from nlp.showing import page

    yield page.opening().encode()
    for report, audit in audited:
        yield page.entry(report, audit).encode()
    yield page.closing(tally).encode()


_WRITERS: dict[str, Callable[[Audited, Tally], Iterator[bytes]]] = {
    "text": _text,
    "json": _json,
    "html": _html,
}
