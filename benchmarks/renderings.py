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

from benchmarks import traditional
from benchmarks.machine import machine
from benchmarks.tools import cells_of
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

KINDS = {
    "text": "{}.txt",
    "html": "{}.html",
    "docx (LibreOffice)": "{}.docx",
    "pdf (LibreOffice)": "lo/{}.pdf",
    "pdf (Chromium)": "cr/{}.pdf",
}
_SHEETS = "sheets"
_TEXT = next(layout for layout in layouts.LAYOUTS if layout.name == "tabs")


@dataclass(frozen=True)
class Rendered:
    """A generated report: its name, what it says, where its renderings lie."""

    name: str
    gold: dict[str, object]


def generate(count: int, folder: Path) -> list[Rendered]:
    """Write reports as texts and as pages; no table is damaged."""
    return [_generated(i, folder) for i in range(count)]


def _generated(i: int, folder: Path) -> Rendered:
    rng, name = Random(f"renderings/{i}"), f"{i:04}"
    agency, year = rng.choice(agencies()), rng.choice(range(2019, 2026))
    form = for_year(year)
    assert form is not None
    filled = numbers(form, rng, agency.scale)
    figures, _ = printed(filled, rng)
    written = draft(
        agency, facts(agency, year, form, filled, rng), grids(form, figures, spelling(form, rng), rng), rng
    )
    blocks: Blocks = [b for b in written.blocks if isinstance(b, TableBlock) or b.label != "furniture"]
    page = layouts.laid_out(blocks, _TEXT, Random(_UNTRIMMED))
    (folder / f"{name}.txt").write_text("\n".join(line.text for line in page), encoding="utf-8")
    _write_pages(written, folder, name, rng)
    return Rendered(name, corpus.gold_of(name, year, form, written, page))


def _write_pages(written: Draft, folder: Path, name: str, rng: Random) -> None:
    """Write the page; one whose report lies in a table of its own also without that table, for sheets.

    LibreOffice cuts such a table off at the end of the sheet.
    """
    how, site = markup.habits(rng), rng.getstate()
    pages = {folder: how, folder / _SHEETS: replace(how, nested=False)} if how.nested else {folder: how}
    for place, habits in pages.items():
        place.mkdir(exist_ok=True)
        rng.setstate(site)
        if not (place / f"{name}.html").exists():
            (place / f"{name}.html").write_text(markup.page(written, habits, rng), encoding="utf-8")


_UNTRIMMED = 2
"""The seed with which the layout of tabs keeps every empty cell."""


def render(folder: Path) -> None:
    """Turn the pages into Word documents and PDFs, those that are not there already."""
    sheets = folder / _SHEETS
    for place in (folder, sheets):
        pages = _missing(sorted(place.glob("*.html")), place, "docx")
        convert(pages, "docx:MS Word 2007 XML", place, "--infilter=HTML (StarWriter)")
    named = {one.name: one for place in (folder, sheets) for one in sorted(place.glob("*.docx"))}
    convert(_missing([named[name] for name in sorted(named)], folder / "lo", "pdf"), "pdf", folder / "lo")
    (folder / "cr").mkdir(exist_ok=True)
    if pages := _missing(sorted(folder.glob("*.html")), folder / "cr", "pdf"):
        with printer() as chromium:
            for page in pages:
                (folder / "cr" / f"{page.stem}.pdf").write_bytes(chromium.pdf(page))


def _missing(files: Sequence[Path], into: Path, ending: str) -> list[Path]:
    return [file for file in files if not (into / f"{file.stem}.{ending}").exists()]


def tally(reports: Sequence[Rendered], folder: Path) -> dict[str, Counter[str]]:
    """Count for each kind of file how many records are as they should be."""
    reader = Reader()
    found = {kind: _count(reader, folder / place, reports) for kind, place in KINDS.items()}
    for way in traditional.ways():
        traditional.rewritten(folder, folder / way, way)
        said = [replace(report, gold=traditional.saying(report.gold, way)) for report in reports]
        found[f"text, traditional ({way})"] = _count(reader, folder / way / "{}.txt", said)
    return found


def _count(reader: Reader, place: Path, reports: Sequence[Rendered]) -> Counter[str]:
    return Counter(
        fact
        for report in reports
        if (file := Path(str(place).format(report.name))).exists()
        for fact in _facts(reader.read(Input(str(file))), report.gold)
    )


def _facts(read: Report, gold: dict[str, object]) -> Iterator[str]:
    yield "reports"
    exact = cells_of(gold) == {id: cell.value for id, cell in read.cells() if cell.state != "missing"}
    if exact:
        yield "cells exact"
    elif not read.review:
        yield "silently wrong"
    if [one.kind for one in read.sections if one.kind != "preface"] == list(gold["sections"]):  # type: ignore[call-overload]
        yield "sections"
    said = [one.text for one in read.problems] + [one.text for one in read.improvements]
    if [_bare(text) for text in said] == _items(gold):
        yield "items"
    if not read.review:
        yield "accepted"


def _items(gold: dict[str, object]) -> list[str]:
    known = json.loads(json.dumps(gold))
    return [_bare(item["text"]) for item in (*known["problems"], *known["improvements"])]


def _bare(text: str) -> str:
    return "".join(text.split())


FACTS = ("reports", "cells exact", "silently wrong", "sections", "items", "accepted")


def table(found: dict[str, Counter[str]]) -> str:
    """Return the counts as a table for people."""
    head = ["| | " + " | ".join(FACTS) + " |", "|---|" + "---|" * len(FACTS)]
    rows = [
        f"| {kind} | " + " | ".join(str(facts[fact]) for fact in FACTS) + " |"
        for kind, facts in found.items()
    ]
    return "\n".join([*head, *rows])


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
