"""PDF to record beside other readers of PDF on the same files: time, and cells that are right."""

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
    """What a tool did with one PDF: CPU seconds, and of the cells those that are right."""

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
    found: Readings = {name: [] for name in (_OURS, *PEERS)}
    with pdfs(0 if quick else 30) as all_:
        ours = _Ours(all_)
        for pdf in all_:
            found[_OURS].append(ours.read(pdf))
            for name in PEERS:
                found[name].append(_peer(name, pdf))
    return found


class _Ours:
    """Reads PDFs from file to record, with nothing remembered of those before."""

    def __init__(self, all_: Sequence[Pdf]) -> None:
        self._work = Extraction()
        self._work(Input(all_[0].path))
        self._memos = grown(lambda: [self._work(Input(pdf.path)) for pdf in all_[1:8]])

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
    if absent := missing():
        return Measured(None, {}, f"needs {', '.join(absent)}: pip install 'nianbao[bench]'")
    found = readings(quick)
    ratios = [one.seconds / other.seconds for one, other in zip(found[_OURS], found[beside], strict=True)]
    parts = {f"{name}, ms": 1e3 * median(one.seconds for one in found[name]) for name in (_OURS, beside)}
    return Measured(median(ratios), parts, _note(found))


def _cells(quick: bool) -> Measured:
    """Return the share of the cells that are not 0 which nianbao reads right; of the peers in the parts."""
    if absent := missing():
        return Measured(None, {}, f"needs {', '.join(absent)}: pip install 'nianbao[bench]'")
    found = readings(quick)
    parts: dict[str, float] = {}
    for name, done in found.items():
        parts[f"{name}, ms"] = 1e3 * median(one.seconds for one in done)
        parts[f"{name}, % of all cells right"] = 100 * _share([(one.right, one.cells) for one in done])
        parts[f"{name}, % of cells that are not 0 right"] = 100 * _numbers(done)
    note = f"{_note(found)}; peers with a plain fill in reading order"
    return Measured(_numbers(found[_OURS]), parts, note)


def _numbers(done: Sequence[Reading]) -> float:
    return _share([(one.right_numbers, one.numbers) for one in done])


def _share(counts: Sequence[tuple[int, int]]) -> float:
    return sum(right for right, _ in counts) / sum(all_ for _, all_ in counts)


def _note(found: Readings) -> str:
    return f"{len(found[_OURS])} PDFs, each read by all tools in turn"


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
