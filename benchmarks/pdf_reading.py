"""Measures PDF to record beside other readers of PDF on the same files: time, and cells that are right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from statistics import median
from typing import NamedTuple

from msgspec import json

from benchmarks.clock import cpu
from benchmarks.figure import Figure, Measured
from benchmarks.memos import grown
from benchmarks.pdfs import Cells, Pdf, pdfs
from benchmarks.peers import PEERS, hush, missing
from benchmarks.plain_fill import filled
from nlp.reading.inputs import Input
from nlp.record.model import Report
from nlp.running.extraction import Extraction

_OURS = "nianbao"
_TEXT, _TABLES = "pypdfium2, text", "pdfplumber, extract_tables"


class Reading(NamedTuple):
    """What a tool did with one PDF: CPU seconds, cells of gold, those that are right; the same of numbers.

    `numbers` are the cells that are not 0 and not blank.
    """

    seconds: float
    cells: int
    right: int
    numbers: int
    right_numbers: int


Readings = dict[str, list[Reading]]


@cache
def readings(quick: bool) -> Readings:
    """Return what each tool did with each PDF; the tools take turns, file by file."""
    hush()
    results: Readings = {name: [] for name in (_OURS, *PEERS)}
    with pdfs(0 if quick else 30) as files:
        ours = _Ours(files)
        for pdf in files:
            results[_OURS].append(ours.read(pdf))
            for name in PEERS:
                results[name].append(_peer(name, pdf))
    return results


class _Ours:
    """Reads PDFs from file to record, with empty caches."""

    def __init__(self, pdfs: Sequence[Pdf]) -> None:
        self._work = Extraction()
        self._work(Input(pdfs[0].path))
        self._memos = grown(lambda: [self._work(Input(pdf.path)) for pdf in pdfs[1:8]])

    def read(self, pdf: Pdf) -> Reading:
        for memo in self._memos:
            memo.forget()
        lines: list[bytes] = []
        seconds = cpu(lambda: lines.append(self._work(Input(pdf.path)).line))
        report = json.decode(lines[0], type=Report)
        return _judged(seconds, {id: cell.value for id, cell in report.cells()}, pdf)


def _peer(name: str, pdf: Pdf) -> Reading:
    pieces: list[str] = []
    seconds = cpu(lambda: pieces.extend(PEERS[name](pdf.path)))
    return _judged(seconds, filled(pieces, pdf.form), pdf)


def _judged(seconds: float, cells: Cells, pdf: Pdf) -> Reading:
    right = [id for id, value in pdf.cells.items() if cells.get(id) == value]
    numbers = {id for id, value in pdf.cells.items() if value}
    return Reading(seconds, len(pdf.cells), len(right), len(numbers), len(numbers.intersection(right)))


def _ratio(quick: bool, beside: str) -> Measured:
    """Return the ratio of our time to that of one peer, the median over the PDFs."""
    if missing():
        return _not_measured()
    results = readings(quick)
    pairs = zip(results[_OURS], results[beside], strict=True)
    ratios = [ours.seconds / peer.seconds for ours, peer in pairs]
    parts = {f"{name}, ms": _median_ms(results[name]) for name in (_OURS, beside)}
    return Measured(median(ratios), parts, _note(results))


def _cells(quick: bool) -> Measured:
    """Return the share of the cells that are not 0 which nianbao reads right; of the peers in the parts."""
    if missing():
        return _not_measured()
    results = readings(quick)
    parts: dict[str, float] = {}
    for name, done in results.items():
        share_right = sum(reading.right for reading in done) / sum(reading.cells for reading in done)
        parts[f"{name}, ms"] = _median_ms(done)
        parts[f"{name}, % of all cells right"] = 100 * share_right
        parts[f"{name}, % of cells that are not 0 right"] = 100 * _numbers_right(done)
    note = f"{_note(results)}; peers with a plain fill in reading order"
    return Measured(_numbers_right(results[_OURS]), parts, note)


def _not_measured() -> Measured:
    return Measured(None, {}, f"needs {', '.join(missing())}: pip install 'nianbao[bench]'")


def _median_ms(done: Sequence[Reading]) -> float:
    return 1e3 * median(reading.seconds for reading in done)


def _numbers_right(done: Sequence[Reading]) -> float:
    return sum(reading.right_numbers for reading in done) / sum(reading.numbers for reading in done)


def _note(results: Readings) -> str:
    return f"{len(results[_OURS])} PDFs, each read by all tools in turn"


OVER_TEXT = Figure(
    "pdf_over_text", "PDF → record ÷ pypdfium2 text alone", 1.15, lambda quick: _ratio(quick, _TEXT)
)
OVER_TABLES = Figure(
    "pdf_over_tables",
    "PDF → record ÷ pdfplumber `extract_tables`",
    0.06,
    lambda quick: _ratio(quick, _TABLES),
)
CELLS = Figure(
    "pdf_cells", "cells of PDFs that are not 0, read right; peers below", 0.995, _cells, at_least=True
)
