"""The same generated reports as text, page, Word document and PDF: how many give the same record.

Run as `python -m benchmarks.renderings 200 FOLDER`; it needs LibreOffice and Chromium on the path and writes
docs/renderings.md. Files that are in the folder already are not rendered again.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random

from benchmarks.machine import machine
from nlp.forms import for_year
from nlp.pipeline import Reader
from nlp.reading.inputs import Input
from nlp.report import Report
from training import corpus, layouts, markup
from training.agencies import agencies
from training.drafting import draft, facts
from training.figures import numbers
from training.grids import grids, spelling
from training.page import Blocks, TableBlock
from training.printing import printed

KINDS = {
    "text": "{}.txt",
    "html": "{}.html",
    "docx (LibreOffice)": "{}.docx",
    "pdf (LibreOffice)": "lo/{}.pdf",
    "pdf (Chromium)": "cr/{}.pdf",
}
_AT_A_TIME = 20
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
        agency, facts(agency, year, filled, rng), grids(form, figures, spelling(form, rng), rng), rng
    )
    blocks: Blocks = [b for b in written.blocks if isinstance(b, TableBlock) or b.label != "furniture"]
    page = layouts.laid_out(blocks, _TEXT, Random(_UNTRIMMED))
    (folder / f"{name}.txt").write_text("\n".join(line.text for line in page), encoding="utf-8")
    if not (folder / f"{name}.html").exists():
        site = markup.page(written, markup.habits(rng), rng)
        (folder / f"{name}.html").write_text(site, encoding="utf-8")
    return Rendered(name, corpus.gold_of(name, year, form, written, page))


_UNTRIMMED = 2
"""The seed with which the layout of tabs keeps every empty cell."""


def render(folder: Path) -> None:
    """Turn the pages into Word documents and PDFs."""
    pages = sorted(folder.glob("*.html"))
    for some in _some_at_a_time([page for page in pages if not page.with_suffix(".docx").exists()]):
        _by_libreoffice(folder, "docx:MS Word 2007 XML", some, "--infilter=HTML (StarWriter)")
    (folder / "lo").mkdir(exist_ok=True)
    (folder / "cr").mkdir(exist_ok=True)
    documents = sorted(folder.glob("*.docx"))
    for some in _some_at_a_time([one for one in documents if not _pdf(one, "lo").exists()]):
        _by_libreoffice(folder / "lo", "pdf", some)
    for page in pages:
        if not _pdf(page, "cr").exists():
            _by_chromium(page, _pdf(page, "cr"))


def _some_at_a_time(files: list[Path]) -> Iterator[list[Path]]:
    for first in range(0, len(files), _AT_A_TIME):
        yield files[first : first + _AT_A_TIME]


def _pdf(page: Path, tool: str) -> Path:
    return page.parent / tool / f"{page.stem}.pdf"


def _by_libreoffice(folder: Path, kind: str, files: Sequence[Path], *more: str) -> None:
    order = [
        "soffice",
        f"-env:UserInstallation={(folder / 'profile').resolve().as_uri()}",
        "--headless",
        *more,
    ]
    subprocess.run(
        [*order, "--convert-to", kind, "--outdir", str(folder), *map(str, files)],
        capture_output=True,
        check=False,
    )


def _by_chromium(page: Path, pdf: Path) -> None:
    order = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer"]
    subprocess.run(
        [*order, f"--print-to-pdf={pdf}", page.resolve().as_uri()], capture_output=True, check=False
    )


def tally(reports: Sequence[Rendered], folder: Path) -> dict[str, Counter[str]]:
    """Count for each kind of file how many records are as they should be."""
    reader = Reader()
    return {
        kind: Counter(
            fact
            for report in reports
            if (file := folder / place.format(report.name)).exists() and not _cut_off(file)
            for fact in _facts(reader.read(Input(str(file))), report.gold)
        )
        for kind, place in KINDS.items()
    }


def _cut_off(file: Path) -> bool:
    """Tell whether LibreOffice made a PDF of a report in a table of its own: it cuts those off."""
    page = file.parent.parent / f"{file.stem}.html"
    return file.parent.name == "lo" and markup.NESTING in page.read_text(encoding="utf-8")


def _facts(read: Report, gold: dict[str, object]) -> Iterator[str]:
    yield "reports"
    exact = _cells(gold) == {id: cell.value for id, cell in read.cells() if cell.state != "missing"}
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


def _cells(gold: dict[str, object]) -> dict[str, object]:
    tables = json.loads(json.dumps(gold["tables"]))
    return {
        f"{table}.{row}.{column}": value
        for table, rows in tables.items()
        for row, columns in rows.items()
        for column, value in columns.items()
    }


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
        "PDFs that LibreOffice made of pages whose report lies in a table of its own are left out: it cuts\n"
        "such tables off at the end of the sheet.\n\n"
        f"{table(tally(reports, folder))}\n\nMeasured on {machine()}.\n"
    )
    (Path(__file__).parent.parent / "docs" / "renderings.md").write_text(page, encoding="utf-8")
    print(page)


if __name__ == "__main__":
    main(int(sys.argv[1]), Path(sys.argv[2]))
