"""Renders reports to files, has every tool read them back, and labels what it reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nlp.writers.output import keep
from training.labels import label_files
from training.rendering import chromium, office, paper, site, word
from training.rendering.archive import Entry
from training.rendering.carrying import carried, without_marks
from training.rendering.reports import Rendered
from training.rendering.sources import Sources, sources
from training.rendering.tools import Tool, tools

Progress = Callable[[str], None]
"""Takes a sentence on how far the work has come."""
BATCH = 50
"""How many reports go through all tools before the next ones are begun."""


@dataclass(frozen=True)
class Work:
    """The folder for all files, where messages go, and whether labels are wanted."""

    into: Path
    progress: Progress
    labels_wanted: bool = True

    def printed(self, report: Rendered, kind: str) -> Path:
        """Return the file that tools read; of the PDFs, LibreOffice's where the number is even."""
        if kind == "pdf":
            maker = "lo" if report.number % 2 == 0 else "cr"
            return self.into / maker / f"{report.name}.pdf"
        return self.into / kind / f"{report.name}.{kind}"

    def text(self, report: Rendered, tool: Tool) -> Path:
        """Return the file for what a tool reads."""
        return self.into / "text" / tool.name / f"{report.name}.txt"

    def labels(self, report: Rendered, tool: Tool) -> Path:
        """Return the label file for what a tool reads."""
        return self.into / "labels" / tool.name / f"{report.name}.tsv"


Given = Callable[[Tool, Rendered], bool]
"""Returns whether a tool is to read a report."""


def render(reports: Iterable[Rendered], given: Given, work: Work) -> Iterator[Entry]:
    """Write the files that are not there yet, a batch at a time, and yield what the tools read.

    The folders are html, docx, lo and cr (PDFs by LibreOffice and Chromium), gold, text and labels. Each
    report that a tool was `given` is yielded with its labels where labels are wanted.
    """
    missing = [tool.name for tool in tools() if not tool.installed]
    if missing:
        work.progress(f"not installed and left out: {', '.join(missing)}")
    installed = [tool for tool in tools() if tool.installed]
    for batch in _batches(reports):
        _write_files(batch, work)
        _print_pdfs(batch, work)
        for tool in installed:
            reports_of_tool = [report for report in batch if given(tool, report)]
            yield from _read_back(reports_of_tool, tool, work)
        work.progress(f"rendered and read back up to {batch[-1].name}")


def _batches(reports: Iterable[Rendered]) -> Iterator[list[Rendered]]:
    batch: list[Rendered] = []
    for report in reports:
        batch.append(report)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def paper_of(report: Rendered) -> tuple[paper.Paper, Random]:
    """Return the paper of a report, and the random numbers from which its page is drawn next."""
    rng = Random(f"paper/{report.name}/{report.agency.name}")
    return paper.drawn(rng).fitting(report.draft.grids()), rng


def _write_files(batch: Sequence[Rendered], work: Work) -> None:
    """Write pages, Word documents and gold records."""
    for report in batch:
        sheet, rng = paper_of(report)
        page = site.page(report.draft, sheet, report.facts, rng)
        gold = {**report.gold, "agency": report.agency.name, "noise": report.noise}
        keep(work.printed(report, "html"), page.encode("utf-8"))
        keep(work.printed(report, "docx"), word.document(report.draft, sheet))
        keep(work.into / "gold" / f"{report.name}.json", json.dumps(gold, ensure_ascii=False).encode("utf-8"))


def _print_pdfs(batch: Sequence[Rendered], work: Work) -> None:
    """Print Word documents with LibreOffice and pages with Chromium."""
    by_office, by_chromium = work.into / "lo", work.into / "cr"
    documents = []
    for report in batch:
        if not (by_office / f"{report.name}.pdf").exists():
            documents.append(work.printed(report, "docx"))
    office.convert(documents, "pdf", by_office)
    left = [report for report in batch if not (by_chromium / f"{report.name}.pdf").exists()]
    if left:
        with chromium.printer() as printer:
            for report in left:
                keep(by_chromium / f"{report.name}.pdf", printer.pdf(work.printed(report, "html")))


def _read_back(batch: Sequence[Rendered], tool: Tool, work: Work) -> Iterator[Entry]:
    """Have a tool read reports; yield those that it can read where labels are wanted."""
    if tool.office:
        left = [report for report in batch if not work.text(report, tool).exists()]
        files = [work.printed(report, tool.reads) for report in left]
        office.convert(files, tool.office, work.into / "text" / tool.name)
    for report in batch:
        if work.labels_wanted:
            rows = _labelled(report, tool, work)
            if rows is not None:
                yield _entry(report, tool, rows)
        elif not work.text(report, tool).exists():
            _text(report, tool, work)


def _entry(report: Rendered, tool: Tool, rows: str) -> Entry:
    return Entry(
        name=report.name,
        agency=report.agency.name,
        year=report.year,
        edition=report.form.edition,
        tool=tool.name,
        reads=tool.reads,
        noise=report.noise,
        rows=rows,
    )


def _labelled(report: Rendered, tool: Tool, work: Work) -> str | None:
    """Return the label file of what a tool reads, and write it; None where it reads nothing."""
    place = work.labels(report, tool)
    if place.exists():
        return place.read_bytes().decode("utf-8")
    text = _text(report, tool, work)
    if text is None:
        return None
    file = label_files.rows(without_marks(text), carried(text, _sources(report, tool, work)))
    keep(place, file.encode("utf-8"))
    return file


def _text(report: Rendered, tool: Tool, work: Work) -> str | None:
    """Return what a tool reads, pages parted by marks, and write it; None where it reads nothing."""
    place = work.text(report, tool)
    if tool.office:
        return place.read_text(encoding="utf-8-sig") if place.exists() else None
    file = work.printed(report, tool.reads)
    text = tool.text(file) if file.exists() else None
    if text is None:
        return None
    encodable = text.encode("utf-8", "replace").decode("utf-8")
    keep(place, without_marks(encodable).encode("utf-8"))
    return encodable


def _sources(report: Rendered, tool: Tool, work: Work) -> Sources:
    page = work.printed(report, "html").read_text(encoding="utf-8")
    if tool.reads == "html":
        return sources(report.draft, page, None)
    sheet, _ = paper_of(report)
    footer = sheet.footer
    if footer is None and tool.reads == "docx":
        # A Word document without numbers has a footer all the same, which nothing shows but docx2txt.
        footer = ("", "")
    return sources(report.draft, page, footer)
