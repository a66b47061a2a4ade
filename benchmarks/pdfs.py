"""Gathers the PDFs that readers of PDF are measured on, with the values of their cells."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, NamedTuple

from benchmarks.clock import ROOT
from benchmarks.renderings import generate
from nlp.form.form import Column, Form, named
from nlp.record.model import Number
from nlp.tables.page.cell_values import number
from training.rendering.chromium import printer
from training.scoring.cells import cells_by_id

_COMMITTED = ROOT / "tests" / "renderings"
_SHARED = ROOT.parent / "shared"
_PUBLISHED = {"pdf/hongze2023.pdf": "gold/reports/hongze2023.pdfium.json"}
"""PDFs of agencies that may lie beside the project, and their gold records."""
_MONEY = Column("amount", "", unit="万元")

Cells = dict[str, Number | None]


class Pdf(NamedTuple):
    """A PDF, the edition of the form that it follows, and the right value of each of its cells."""

    path: str
    form: Form
    cells: Cells


@contextmanager
def pdfs(count: int) -> Iterator[list[Pdf]]:
    """Yield the published and the committed PDFs, and `count` generated ones if Chromium is installed."""
    with TemporaryDirectory() as folder:
        found = [*_published(), *_committed()]
        if count and shutil.which("chromium"):
            found += _printed(count, Path(folder))
        yield found


def _published() -> Iterator[Pdf]:
    for pdf, gold in _PUBLISHED.items():
        if (_SHARED / pdf).exists() and (_SHARED / gold).exists():
            yield _pdf(_SHARED / pdf, json.loads((_SHARED / gold).read_text(encoding="utf-8")))


def _committed() -> Iterator[Pdf]:
    for pdf in sorted(_COMMITTED.glob("*.pdf")):
        yield _pdf(pdf, json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8")))


def _printed(count: int, folder: Path) -> Iterator[Pdf]:
    reports = generate(count, folder)
    with printer() as chromium:
        for report in reports:
            file = folder / f"{report.name}.pdf"
            file.write_bytes(chromium.pdf(folder / f"{report.name}.html"))
            yield _pdf(file, report.gold)


def _pdf(path: Path, gold: dict[str, Any]) -> Pdf:
    cells: Cells = {}
    for id, value in cells_by_id(gold).items():
        cells[id] = number(value, _MONEY) if isinstance(value, str) else value
    return Pdf(str(path), named(gold["form"]), cells)
