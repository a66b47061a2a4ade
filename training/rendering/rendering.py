"""Renders reports to files, has every tool read them back, and labels what it reads."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from nlp.writers.output import keep
from training.labels import label_files as labelled
from training.rendering import chromium, office, paper, site, word
from training.rendering.archive import Entry
from training.rendering.carrying import carried, without_marks
from training.rendering.reports import Rendered
from training.rendering.sources import Sources, sources
from training.rendering.tools import Tool, tools

Told = Callable[[str], None]
BATCH = 50
"""How many reports go through all tools before the next ones are begun."""


@dataclass(frozen=True)
class Work:
    """Where renderings go, who hears of it, and whether labels are wanted."""

    into: Path
    told: Told
    labels_wanted: bool = True

    def printed(self, report: Rendered, kind: str) -> Path:
        """Return the file that tools read; of the PDFs, LibreOffice's where the number is even."""
        if kind == "pdf":
            maker = "lo" if report.number % 2 == 0 else "cr"
            return self.into / maker / f"{report.name}.pdf"
        return self.into / kind / f"{report.name}.{kind}"

    def text(self, report: Rendered, tool: Tool) -> Path:
        """Return where a tool's text goes."""
        return self.into / "text" / tool.name / f"{report.name}.txt"

    def labels(self, report: Rendered, tool: Tool) -> Path:
        """Return where its label file goes."""
        return self.into / "labels" / tool.name / f"{report.name}.tsv"


Given = Callable[[Tool, Rendered], bool]
"""Tells whether a tool is to read a report."""


def render(reports: Iterable[Rendered], given: Given, work: Work) -> Iterator[Entry]:
    """Write what is not there yet, a batch at a time: html, docx, lo, cr, gold, text, labels.

    Yields each report that a tool was `given`, with its labels where they are wanted.
    """
    for batch in _batches(reports):
        _write(batch, work)
        _print(batch, work)
        for tool in _there(work.told):
            yield from _read_back([report for report in batch if given(tool, report)], tool, work)
        work.told(f"rendered and read back up to {batch[-1].name}")


def _there(told: Told) -> list[Tool]:
    missing = [tool.name for tool in tools() if not tool.there]
    if missing:
        told(f"not installed and left out: {', '.join(missing)}")
    return [tool for tool in tools() if tool.there]


def _batches(reports: Iterable[Rendered]) -> Iterator[list[Rendered]]:
    batch: list[Rendered] = []
    for report in reports:
        batch.append(report)
        if len(batch) == BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


def _sheet(report: Rendered) -> tuple[paper.Paper, Random]:
    """Return the paper of a report, and the chance that goes on to its page."""
    rng = Random(f"paper/{report.name}/{report.agency.name}")
    return paper.drawn(rng).fitting(report.draft.grids()), rng


def _write(batch: Sequence[Rendered], work: Work) -> None:
    """Write pages, Word documents and gold records."""
    for report in batch:
        sheet, rng = _sheet(report)
        page = site.page(report.draft, sheet, report.facts, rng)
        gold = {**report.gold, "agency": report.agency.name, "noise": report.noise}
        keep(work.printed(report, "html"), page.encode("utf-8"))
        keep(work.printed(report, "docx"), word.document(report.draft, sheet))
        keep(work.into / "gold" / f"{report.name}.json", json.dumps(gold, ensure_ascii=False).encode("utf-8"))


def _print(batch: Sequence[Rendered], work: Work) -> None:
    """Print Word documents with LibreOffice and pages with Chromium."""
    lo, cr = work.into / "lo", work.into / "cr"
    documents = [work.printed(r, "docx") for r in batch if not (lo / f"{r.name}.pdf").exists()]
    office.convert(documents, "pdf", lo)
    left = [report for report in batch if not (cr / f"{report.name}.pdf").exists()]
    if left:
        with chromium.printer() as printer:
            for report in left:
                keep(cr / f"{report.name}.pdf", printer.pdf(work.printed(report, "html")))


def _read_back(batch: Sequence[Rendered], tool: Tool, work: Work) -> Iterator[Entry]:
    if tool.office:
        left = [report for report in batch if not work.text(report, tool).exists()]
        files = [work.printed(report, tool.reads) for report in left]
        office.convert(files, tool.office, work.into / "text" / tool.name)
    for report in batch:
        if not work.labels_wanted:
            if not work.text(report, tool).exists():
                _text(report, tool, work)
        elif (file := _labelled(report, tool, work)) is not None:
            known = (report.year, report.form.edition, tool.name, tool.reads, report.noise, file)
            yield Entry(report.name, report.agency.name, *known)


def _labelled(report: Rendered, tool: Tool, work: Work) -> str | None:
    """Return the label file of what a tool reads, and write it; None where it reads nothing."""
    place = work.labels(report, tool)
    if place.exists():
        return place.read_bytes().decode("utf-8")
    text = _text(report, tool, work)
    if text is None:
        return None
    file = labelled.rows(without_marks(text), carried(text, _sources(report, tool, work)))
    keep(place, file.encode("utf-8"))
    return file


def _text(report: Rendered, tool: Tool, work: Work) -> str | None:
    """Return what a tool reads, pages parted by marks, and write it; None where it reads nothing."""
    place, file = work.text(report, tool), work.printed(report, tool.reads)
    if tool.office:
        return place.read_text(encoding="utf-8-sig") if place.exists() else None
    text = tool.text(file) if file.exists() else None
    if text is not None:
        text = text.encode("utf-8", "replace").decode("utf-8")
        keep(place, without_marks(text).encode("utf-8"))
    return text


def _sources(report: Rendered, tool: Tool, work: Work) -> Sources:
    page = work.printed(report, "html").read_text(encoding="utf-8")
    # A Word document without numbers has a footer all the same, which nothing shows but docx2txt.
    footer = _sheet(report)[0].footer or (("", "") if tool.reads == "docx" else None)
    return sources(report.draft, page, None if tool.reads == "html" else footer)
