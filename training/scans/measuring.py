"""Reads the pictures of printed reports and holds each cell against what was printed."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path
from random import Random
from time import process_time
from typing import Any

import numpy as np
from msgspec import UNSET, Struct

from nlp.pipeline import Reader
from nlp.reading.inputs import BytesInput
from nlp.record.model import Report
from training.scans.cameras import CAMERAS, Camera, Gray
from training.scoring.cells import cells_by_id


class Taken(Struct, frozen=True):
    """One report in pictures: how it was taken, its pages, the seconds of a processor, and its cells.

    `cells` counts outcomes (`right`, `wrong`, `ambiguous`, `missing`, `refused`), `wrong` names the cells
    that were told wrong. `is_accepted` says whether nothing asks for a person; `facts_wrong` are the agency
    or the year, where they are told wrong.
    """

    name: str
    camera: str
    pages: int
    seconds: float
    is_accepted: bool
    reasons: list[str]
    cells: dict[str, int]
    wrong: list[str]
    facts_wrong: list[str]


def taken(folder: Path, first: int, end: int, reader: Reader) -> Iterator[Taken]:
    """Yield what is read of the pictures of reports; their PDFs and gold records lie in `folder`."""
    for number in range(first, end):
        name = f"{number:04}"
        camera = CAMERAS[number % len(CAMERAS)]
        maker = "lo" if number // len(CAMERAS) % 2 == 0 else "cr"
        gold = json.loads((folder / "gold" / f"{name}.json").read_text(encoding="utf-8"))
        pictures = _pictures(folder / maker / f"{name}.pdf", camera, number)
        begun = process_time()
        report = reader.read(BytesInput(f"{name}.pdf", content=_document(pictures, camera.dots)))
        yield _judged(name, camera, len(pictures), process_time() - begun, report, gold)


def _pictures(file: Path, camera: Camera, seed: int) -> list[Gray]:
    import pypdfium2 as pdfium

    pictures = []
    document = pdfium.PdfDocument(file)
    for n in range(len(document)):
        page = document[n].render(scale=camera.dots / 72).to_pil().convert("L")
        pictures.append(camera.take(np.array(page, np.uint8), Random(f"scans/{seed}/{n}")))
    document.close()
    return pictures


def _document(pictures: list[Gray], dots: int) -> bytes:
    """Return a PDF of pictures."""
    from PIL import Image

    pages = [Image.fromarray(picture) for picture in pictures]
    file = BytesIO()
    pages[0].save(file, "PDF", save_all=True, append_images=pages[1:], resolution=float(dots), quality=95)
    return file.getvalue()


def _judged(
    name: str, camera: Camera, pages: int, seconds: float, report: Report, gold: dict[str, Any]
) -> Taken:
    cells: Counter[str] = Counter()
    wrong = []
    for id, value in cells_by_id(gold).items():
        outcome, told = _outcome(report, id, value)
        cells[outcome] += 1
        if outcome == "wrong":
            wrong.append(f"{id}: {told} instead of {value}")
    facts = []
    for fact in ("organization", "year"):
        if getattr(report, fact) not in (None, gold.get(fact, getattr(report, fact))):
            facts.append(fact)
    accepted = report.error is UNSET and not report.review
    reasons = [reason.code for reason in report.review]
    if report.error is not UNSET:
        reasons = [report.error.code]
    return Taken(name, camera.name, pages, round(seconds, 2), accepted, reasons, dict(cells), wrong, facts)


def _outcome(report: Report, id: str, value: Any) -> tuple[str, object]:
    """Return how a cell was read, and the value that was told."""
    if report.error is not UNSET:
        return "refused", None
    try:
        cell = report.cell(id)
    except KeyError:
        return "missing", None
    if cell.state in ("ambiguous", "missing"):
        return cell.state, None
    return ("right" if cell.value == value else "wrong"), cell.value
