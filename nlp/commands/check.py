"""The command that tells what is amiss in a report: `nianbao check`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands import options
from nlp.commands.exits import Exit
from nlp.commands.inputs import documents_or_records, read_agencies
from nlp.commands.language import asked
from nlp.commands.loading import load_reader
from nlp.commands.output import opened

if TYPE_CHECKING:
    from nlp.auditing.audit import Audit
    from nlp.auditing.text import Tally
    from nlp.commands.between import Between
    from nlp.record.model import Report

    Audited = Iterable[tuple[Report, Audit]]

_FORMATS = ("text", "json", "html", "csv")
_DOCUMENTS = (".pdf", ".doc", ".docx", ".wps", ".rtf", ".odt")
"""Endings of documents that findings are not written as."""
_FORMAT_OF_SUFFIX = {".json": "json", ".html": "html", ".htm": "html", ".csv": "csv"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-o", "--output", metavar="FILE", help="Write the findings here.  [default: standard output]")
@click.option("--format", "kind", type=click.Choice(_FORMATS), help="How.  [default: by FILE's ending, text]")
@click.option("--strict", is_flag=True, help="Exit 1 where a person should look, too.")
@click.option("--across", is_flag=True, help="Then compare the reports with each other, by agency and year.")
@click.option("--across-only", is_flag=True, help="Only compare the reports with each other.")
@options.own_agencies
@options.jobs
@options.model
def check(
    files: tuple[str, ...],
    output: str | None,
    kind: str | None,
    strict: bool,
    across: bool,
    across_only: bool,
    agencies: str | None,
    jobs: int,
    model: Path | None,
) -> Exit:
    """Tell what is amiss in reports, in Chinese, or in English with --lang en.

    Each FILE is what `extract` reads, or records that it wrote. Told are how many sums could be checked and
    how many not, those that do not hold, with the printed values and where they stand, numbers of the prose
    that differ from the tables, and what could not be read for certain. Exit 1: a sum is broken, the prose
    differs from the tables, a file could not be read or holds no table of the form, or, with --across,
    reports contradict each other.
    """
    from nlp.auditing.audit import OPEN, WRONG
    from nlp.auditing.text import Tally
    from nlp.auditing.words import speak
    from nlp.commands.between import Between, exit_of, find_across, write_across
    from nlp.running.records import reports

    if not kind:
        _refuse_other_formats(output)
    kind = kind or _format_of(output)
    if kind == "csv" and not (across or across_only):
        raise click.UsageError("CSV holds findings between reports: --across (or export --table checks).")
    speak(asked() or "zh")
    own = read_agencies(agencies)
    if across_only or kind == "csv":
        found, unread = find_across(files, jobs, model, own)
        write_across(found, output, kind)
        return exit_of(found, unread)
    inputs = documents_or_records(files)
    load_reader(model)
    tally = Tally()
    between = Between() if across else None
    read = reports(inputs, jobs, model, own)
    audited = _audited(between.noting(read) if between else read, tally)
    with opened(output) as file:
        for piece in _WRITERS[kind](audited, tally, between):
            file.write(piece)
    counted = (*WRONG, *OPEN) if strict else WRONG
    failed = sum(tally.verdicts[verdict] for verdict in counted)
    if between:
        failed += between.found().broken
    return Exit.SOME_FAILED if failed else Exit.DONE


COMMANDS = (check,)


def _format_of(output: str | None) -> str:
    """Return the format that the ending of a file's name stands for; text by default."""
    suffix = Path(output or "").suffix.lower()
    return _FORMAT_OF_SUFFIX.get(suffix, "text")


def _refuse_other_formats(output: str | None) -> None:
    """End the command where a file has the ending of a format that findings are not written in."""
    from nlp.writers.formats import FORMATS, OTHERS

    suffix = Path(output or "").suffix.lower()
    endings = {*OTHERS, *_DOCUMENTS}.union(*(format.endings for format in FORMATS)) - _FORMAT_OF_SUFFIX.keys()
    if suffix in endings:
        raise click.UsageError(
            f"{output}: findings are written as text, JSON or HTML, not as {suffix}. Name a .txt, .json or "
            ".html file; sums and reasons as tables are written by `nianbao extract … -o FILE`."
        )


def _audited(reports: Iterable[Report], tally: Tally) -> Iterator[tuple[Report, Audit]]:
    """Yield each report with its audit, and count it."""
    from nlp.auditing.audit import audit

    for report in reports:
        findings = audit(report)
        tally.add(findings)
        yield report, findings


def _text(audited: Audited, tally: Tally, across: Between | None) -> Iterator[bytes]:
    """Yield the findings for people: a block a document, and a summary if there are several documents."""
    from nlp.auditing.text import findings_text, summary

    between = ""
    for _, audit in audited:
        yield f"{between}{findings_text(audit)}".encode()
        between = "\n"
    if tally.total > 1:
        yield f"\n{summary(tally)}\n".encode()
    if across:
        from nlp.across.text import findings_text as between_text

        yield f"\n{between_text(across.found())}".encode()


def _json(audited: Audited, tally: Tally, across: Between | None) -> Iterator[bytes]:
    """Yield one array, each document's findings on a line of their own.

    With findings between reports it is an object: the array is its `documents`, they its `across`.
    """
    from msgspec import json

    if across:
        yield b'{"documents": '
    opening = b"[\n"
    for _, audit in audited:
        yield opening + json.encode(audit)
        opening = b",\n"
    yield b"\n]\n" if tally.total else b"[]\n"
    if across:
        yield b',"across": ' + json.encode(across.found()) + b"}\n"


def _html(audited: Audited, tally: Tally, across: Between | None) -> Iterator[bytes]:
    """Yield a page with an article for each document."""
    from nlp.showing import page

    yield page.opening().encode()
    for report, audit in audited:
        yield page.entry(report, audit).encode()
    if across:
        from nlp.across.page import article

        yield article(across.found()).encode()
    yield page.closing(tally).encode()


_WRITERS: dict[str, Callable[[Audited, Tally, Between | None], Iterator[bytes]]] = {
    "text": _text,
    "json": _json,
    "html": _html,
}
