"""The same generated reports as text, page, Word document and PDF: how many give the same record.

Run as `python -m benchmarks.renderings 200 FOLDER`; it needs LibreOffice and Chromium on the path and writes
docs/renderings.md. Files that are in the folder already are not rendered again.
"""

from __future__ import annotations

import json
import shutil
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random
from typing import Any

from benchmarks import traditional
from benchmarks.machine import machine
from nlp.form.form import for_year
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.record.model import Report
from training.generator import corpus, layouts, markup
from training.generator.agencies import agencies
from training.generator.drafting import Draft, draft, facts
from training.generator.figures import numbers
from training.generator.grids import grids, spelling
from training.generator.page import Blocks, TableBlock
from training.generator.printing import printed
from training.rendering.chromium import printer
from training.rendering.office import convert
from training.scoring.cells import cells_by_id

KINDS = {
    "text": "{}.txt",
    "html": "{}.html",
    "docx (LibreOffice)": "{}.docx",
    "pdf (LibreOffice)": "lo/{}.pdf",
    "pdf (Chromium)": "cr/{}.pdf",
}
_SHEETS = "sheets"
(_TEXT,) = [layout for layout in layouts.LAYOUTS if layout.name == "tabs"]


@dataclass(frozen=True)
class Rendered:
    """A generated report: its name, which its files have as well, and its gold record."""

    name: str
    gold: dict[str, object]


def generate(count: int, folder: Path) -> list[Rendered]:
    """Write `count` generated reports as texts and as pages (HTML) to a folder, without any noise."""
    return [_generated(i, folder) for i in range(count)]


def _generated(i: int, folder: Path) -> Rendered:
    rng = Random(f"renderings/{i}")
    name = f"{i:04}"
    agency, year = rng.choice(agencies()), rng.choice(range(2019, 2026))
    form = for_year(year)
    assert form is not None
    filled = numbers(form, rng, agency.scale)
    figures, _ = printed(filled, rng)
    written = draft(
        agency, facts(agency, year, form, filled, rng), grids(form, figures, spelling(form, rng), rng), rng
    )
    blocks: Blocks = [
        block for block in written.blocks if isinstance(block, TableBlock) or block.label != "furniture"
    ]
    page = layouts.laid_out(blocks, _TEXT, Random(_UNTRIMMED))
    (folder / f"{name}.txt").write_text("\n".join(line.text for line in page), encoding="utf-8")
    _write_pages(written, folder, name, rng)
    return Rendered(name, corpus.gold_of(name, year, form, written, page))


def _write_pages(written: Draft, folder: Path, name: str, rng: Random) -> None:
    """Write the page of a report; if the whole report lies in one table, also without that table.

    The second page, in a folder of its own, is for LibreOffice, which cuts off such a table at the end of
    the sheet. Both are the same otherwise.
    """
    habits = markup.habits(rng)
    pages = {folder: habits}
    if habits.nested:
        pages[folder / _SHEETS] = replace(habits, nested=False)
    state = rng.getstate()
    for place, page_habits in pages.items():
        place.mkdir(exist_ok=True)
        rng.setstate(state)
        file = place / f"{name}.html"
        if not file.exists():
            file.write_text(markup.page(written, page_habits, rng), encoding="utf-8")


_UNTRIMMED = 2
"""The seed with which the layout of tabs keeps every empty cell."""


def render(folder: Path) -> None:
    """Convert the pages to Word documents and PDFs, except those that are there already."""
    sheets, libreoffice_pdfs, chromium_pdfs = folder / _SHEETS, folder / "lo", folder / "cr"
    documents: dict[str, Path] = {}
    for place in (folder, sheets):
        pages = _without(sorted(place.glob("*.html")), place, "docx")
        convert(pages, "docx:MS Word 2007 XML", place, "--infilter=HTML (StarWriter)")
        documents |= {document.name: document for document in sorted(place.glob("*.docx"))}
    to_print = [documents[name] for name in sorted(documents)]
    convert(_without(to_print, libreoffice_pdfs, "pdf"), "pdf", libreoffice_pdfs)
    chromium_pdfs.mkdir(exist_ok=True)
    pages = _without(sorted(folder.glob("*.html")), chromium_pdfs, "pdf")
    if pages:
        with printer() as chromium:
            for page in pages:
                (chromium_pdfs / f"{page.stem}.pdf").write_bytes(chromium.pdf(page))


def _without(files: Sequence[Path], converted: Path, ending: str) -> list[Path]:
    """Return the files that have no converted file with an ending in a folder."""
    return [file for file in files if not (converted / f"{file.stem}.{ending}").exists()]


def tally(reports: Sequence[Rendered], folder: Path) -> dict[str, Counter[str]]:
    """Return for each kind of file how many records are right in which respect, see `FACTS`."""
    reader = Reader()
    counts = {kind: _count(reader, folder / place, reports) for kind, place in KINDS.items()}
    for way in traditional.ways():
        traditional.rewritten(folder, folder / way, way)
        rewritten = [replace(report, gold=traditional.saying(report.gold, way)) for report in reports]
        counts[f"text, traditional ({way})"] = _count(reader, folder / way / "{}.txt", rewritten)
    return counts


def _count(reader: Reader, place: Path, reports: Sequence[Rendered]) -> Counter[str]:
    """Count the facts of the reports whose file is there; `place` is its path with {} for the name."""
    counts = Counter[str]()
    for report in reports:
        file = Path(str(place).format(report.name))
        if file.exists():
            counts.update(_facts(reader.read(Input(str(file))), report.gold))
    return counts


def _facts(report: Report, gold: dict[str, Any]) -> Iterator[str]:
    """Yield those of `FACTS` that are true of a record."""
    yield "reports"
    printed_cells = {id: cell.value for id, cell in report.cells() if cell.state != "missing"}
    if cells_by_id(gold) == printed_cells:
        yield "cells exact"
    elif not report.review:
        yield "silently wrong"
    section_kinds = [section.kind for section in report.sections if section.kind != "preface"]
    if section_kinds == list(gold["sections"]):
        yield "sections"
    texts = [problem.text for problem in report.problems]
    texts += [improvement.text for improvement in report.improvements]
    if [_squeezed(text) for text in texts] == _items(gold):
        yield "items"
    if not report.review:
        yield "accepted"


def _items(gold: dict[str, Any]) -> list[str]:
    plain = json.loads(json.dumps(gold))
    return [_squeezed(item["text"]) for item in (*plain["problems"], *plain["improvements"])]


def _squeezed(text: str) -> str:
    return "".join(text.split())


FACTS = ("reports", "cells exact", "silently wrong", "sections", "items", "accepted")


def table(counts: dict[str, Counter[str]]) -> str:
    """Return the counts as a Markdown table, a row for each kind of file."""
    rows = [f"| | {' | '.join(FACTS)} |", "|---|" + "---|" * len(FACTS)]
    for kind, counts_of_kind in counts.items():
        numbers = " | ".join(str(counts_of_kind[fact]) for fact in FACTS)
        rows.append(f"| {kind} | {numbers} |")
    return "\n".join(rows)


def main(count: int, folder: Path) -> None:
    """Render, read, and write the page."""
    folder.mkdir(parents=True, exist_ok=True)
    reports = generate(count, folder)
    if shutil.which("soffice") and shutil.which("chromium"):
        render(folder)
    page = (
        "# The same reports in every kind of file\n\n"
        "Written by `python -m benchmarks.renderings`: generated reports, rendered as pages, Word documents "
        "and PDFs.\nEach number counts reports; “accepted” are those with an empty `review`.\n\n"
        "A page whose report lies in a table of its own is printed by LibreOffice without that table, which\n"
        "it would cut off at the end of the sheet. A comma that LibreOffice hangs over the edge of the\n"
        "writing is in none of its PDFs: items that lack one do not count. Traditional texts are written by\n"
        "OpenCC: by its own standard, that of Taiwan, that of Hong Kong; in words they are the same.\n\n"
        f"{table(tally(reports, folder))}\n\nMeasured on {machine()}.\n"
    )
    (Path(__file__).parent.parent / "docs" / "renderings.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
