"""The PDFs that readers of PDF are measured on, and what each of them says."""

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

_COMMITTED = ROOT / "tests" / "renderings"
_SHARED = ROOT.parent / "shared"
_PUBLISHED = {"pdf/hongze2023.pdf": "gold/reports/hongze2023.pdfium.json"}
"""PDFs of agencies that may lie beside the project, and their gold records."""
_MONEY = Column("amount", "", unit="万元")

Cells = dict[str, Number | None]


class Pdf(NamedTuple):
    """A PDF, the edition of the form that it follows, and the values that a right reading has."""

    path: str
    form: Form
    cells: Cells


@contextmanager
def pdfs(count: int) -> Iterator[list[Pdf]]:
    """Yield the published and the committed PDFs, and so many generated ones where Chromium prints them."""
    known = [*_published(), *_committed()]
    with TemporaryDirectory() as folder:
        yield known + (list(_printed(count, Path(folder))) if count and shutil.which("chromium") else [])


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
    return Pdf(str(path), named(gold["form"]), dict(_cells(gold)))


def _cells(gold: dict[str, Any]) -> Iterator[tuple[str, Number | None]]:
    for table, rows in gold["tables"].items():
        for row, columns in rows.items():
            for column, value in columns.items():
                yield f"{table}.{row}.{column}", number(value, _MONEY) if isinstance(value, str) else value
