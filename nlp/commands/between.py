"""What the commands on many records have in common: records become a collection, findings are written."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from nlp.commands.exits import Exit
from nlp.commands.inputs import documents_or_records
from nlp.commands.language import say
from nlp.commands.loading import load_reader
from nlp.commands.output import opened

if TYPE_CHECKING:
    from nlp.across.across import Across
    from nlp.agencies.own import Own
    from nlp.collection.collection import Collection
    from nlp.collection.slim import SlimReport
    from nlp.record.model import Report

_STEP = 500
_TOLD = 5
"""How many lines of a run that are no records are told of one by one."""


class Refusals:
    """Tells on standard error what could not be read, the first few one by one, and counts it."""

    def __init__(self) -> None:
        self.count = 0

    def __call__(self, sentence: str) -> None:
        """Tell of one."""
        self.count += 1
        if self.count <= _TOLD:
            say(sentence)

    def close(self) -> None:
        """Tell how many more there were."""
        if self.count > _TOLD:
            say(f"{self.count - _TOLD} more could not be read")


def collected(
    files: Sequence[str], note: Callable[[SlimReport], None] = lambda _: None
) -> tuple[Collection, int]:
    """Return the records of files as a collection, and how many lines or files could not be read.

    `note` is called with each record.
    """
    from nlp.collection.reading import read

    refusals = Refusals()
    collection = read(files, refusals, _show_count, note)
    if sys.stderr.isatty():
        say("\r\033[K", nl=False)
    refusals.close()
    return collection, refusals.count


def find_across(
    files: Sequence[str], jobs: int, model: Path | None, own: Own | None = None
) -> tuple[Across, int]:
    """Return what documents or records say of each other, and how many of them could not be read.

    With `own`, the user's file, their agencies are told anew.
    """
    from nlp.across.across import across
    from nlp.running.records import holds_records, reports

    inputs = documents_or_records(files)
    if own is None and all(holds_records(input) for input in inputs):
        collection, failed = collected([input.path for input in inputs])
        return across(collection), failed + _unreadable(collection)
    load_reader(model)
    between = Between()
    for _ in between.noting(reports(inputs, jobs, model, own)):
        pass
    return between.found(), between.failed


class Between:
    """Notes reports as they pass, and tells at the end what they say of each other."""

    def __init__(self) -> None:
        from nlp.collection.collection import Builder

        self._builder = Builder()
        self._found: Across | None = None
        self.failed = 0

    def noting(self, reports: Iterable[Report]) -> Iterator[Report]:
        """Yield the reports, and note them."""
        for report in reports:
            self._builder.add(report)
            self.failed += bool(report.error)
            yield report

    def found(self) -> Across:
        """Return what the reports that passed say of each other."""
        from nlp.across.across import across

        if self._found is None:
            self._found = across(self._builder.collection())
        return self._found


def write_across(found: Across, output: str | None, kind: str) -> None:
    """Write findings between reports in a format: text, json, html or csv."""
    with opened(output) as file:
        if kind == "csv":
            from nlp.across import rows
            from nlp.writers import csv
            from nlp.writers.remarks import Remarks

            with csv.writing(file, rows.table(), "zh", True, Remarks()) as add:
                add(rows.rows(found))
            return
        file.write(_document(found, kind))


def _document(found: Across, kind: str) -> bytes:
    if kind == "json":
        from msgspec import json

        return json.format(json.encode(found), indent=1) + b"\n"
    if kind == "html":
        from nlp.across.page import article
        from nlp.showing import page

        return f"{page.opening()}{article(found)}{page.end()}".encode()
    from nlp.across.text import findings_text

    return findings_text(found).encode()


def exit_of(found: Across, failed: int) -> Exit:
    """Return the exit code of findings: 1 where something is broken or could not be read."""
    return Exit.SOME_FAILED if found.findings or failed else Exit.DONE


def _unreadable(collection: Collection) -> int:
    return sum(error is not None for error in collection.errors)


def _show_count(done: int) -> None:
    if done % _STEP == 0 and sys.stderr.isatty():
        say(f"\r\033[K{done} records", nl=False)
