"""The command that tells what is amiss in a report: `nianbao check`."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from nlp.commands.exits import Exit, ending

if TYPE_CHECKING:
    from nlp.auditing.audit import Audit, Verdict
    from nlp.record.model import Report

_FOLDER = click.Path(file_okay=False, path_type=Path)
_COUNT = click.IntRange(min=0)
_KINDS = ("text", "json", "html")
_ENDINGS = {".json": "json", ".html": "html", ".htm": "html"}


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("-o", "--output", metavar="FILE", help="Write the findings here.  [default: standard output]")
@click.option("--format", "kind", type=click.Choice(_KINDS), help="How.  [default: by FILE's ending, text]")
@click.option("--strict", is_flag=True, help="Exit 1 where a person should look, too.")
@click.option("--jobs", type=_COUNT, default=1, metavar="N", help="Processes; 0 is one a processor.")
@click.option("--model", type=_FOLDER, metavar="DIR", help="Use this model.")
def check(
    files: tuple[str, ...], output: str | None, kind: str | None, strict: bool, jobs: int, model: Path | None
) -> Exit:
    """Tell in Chinese what is amiss in reports.

    Each FILE is what `extract` reads, or records that it wrote. Told are the sums that do not hold, with the
    printed values and where they stand, and what could not be read for certain. Exit 1: a sum is broken, or
    a file could not be read or holds no table of the form.
    """
    from nlp.running.records import found, reports
    from nlp.writers.output import Unwritable
    from nlp.writers.output import output as opened

    inputs = found(files)
    if not inputs:
        raise click.UsageError(f"There is no file to read in {', '.join(files)}.")
    _load(model)
    verdicts: Counter[Verdict] = Counter()
    write = _WRITERS[kind or _kind_of(output)]
    with ending(Unwritable, Exit.UNWRITABLE), opened(output) as file:
        for piece in write(_audited(reports(inputs, jobs, model), verdicts), verdicts):
            file.write(piece)
    return _exit(verdicts, strict)


COMMANDS = (check,)


def _kind_of(output: str | None) -> str:
    return _ENDINGS.get(Path(output or "").suffix.lower(), "text")


def _exit(verdicts: Counter[Verdict], strict: bool) -> Exit:
    from nlp.auditing.audit import WRONG

    wrong = sum(verdicts[verdict] for verdict in WRONG) + (verdicts["doubtful"] if strict else 0)
    return Exit.SOME_FAILED if wrong else Exit.DONE


def _audited(reports: Iterable[Report], verdicts: Counter[Verdict]) -> Iterator[tuple[Report, Audit]]:
    from nlp.auditing.audit import audit

    for report in reports:
        found = audit(report)
        verdicts[found.verdict] += 1
        yield report, found


def _text(audited: Iterable[tuple[Report, Audit]], verdicts: Counter[Verdict]) -> Iterator[bytes]:
    """Yield the findings for people, blocks parted by blank lines; a summary where there are several."""
    from nlp.auditing.text import summary, told

    for n, (_, audit) in enumerate(audited):
        yield ("\n" * bool(n) + told(audit)).encode()
    if verdicts.total() > 1:
        yield f"\n{summary(verdicts)}\n".encode()


def _json(audited: Iterable[tuple[Report, Audit]], verdicts: Counter[Verdict]) -> Iterator[bytes]:
    """Yield one array, an object a line for each document."""
    from msgspec import json

    for n, (_, audit) in enumerate(audited):
        yield (b",\n" if n else b"[\n") + json.encode(audit)
    yield b"\n]\n" if verdicts else b"[]\n"


def _html(audited: Iterable[tuple[Report, Audit]], verdicts: Counter[Verdict]) -> Iterator[bytes]:
    from nlp.showing import page

    yield page.opening().encode()
    for report, audit in audited:
        yield page.entry(report, audit).encode()
    yield page.closing(verdicts).encode()


_WRITERS: dict[str, Callable[[Iterable[tuple[Report, Audit]], Counter[Verdict]], Iterator[bytes]]] = {
    "text": _text,
    "json": _json,
    "html": _html,
}


def _load(model: Path | None) -> None:
    """Refuse a model before anything is read or written."""
    from nlp.labelling.model_folder import ModelError
    from nlp.running.extraction import loaded

    with ending(ModelError, Exit.REFUSED):
        loaded(model)
