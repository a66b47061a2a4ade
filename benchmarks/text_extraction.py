"""Measures text to record, beside stock jieba cutting the same lines."""

from __future__ import annotations

from statistics import median, quantiles

from benchmarks.clock import cpu
from benchmarks.cold_reading import ColdReading
from benchmarks.documents import files, texts
from benchmarks.figure import Figure, Measured
from benchmarks.stock import Cut, cutter
from nlp.reading.inputs import Input


def measure(quick: bool) -> Measured:
    """Return the median over documents, each read by both arms in turn."""
    number = 5 if quick else 200
    reading = ColdReading()
    with files(texts(number)) as inputs, cutter() as cut:
        pairs = [(reading.seconds(input), _cutting(cut, input)) for input in inputs]
    return _measured(pairs, reading.memos)


def _cutting(cut: Cut, input: Input) -> float:
    lines = input.read().decode("utf-8").split("\n")
    return cpu(lambda: [cut(line) for line in lines])


def _measured(pairs: list[tuple[float, float]], memos: list[str]) -> Measured:
    ours, beside = zip(*pairs, strict=True)
    ratios = [one / other for one, other in pairs]
    lower, _, upper = quantiles(ratios, n=4)
    parts = {
        "nianbao, ms": median(ours) * 1e3,
        "jieba.lcut, ms": median(beside) * 1e3,
        "lower quartile": lower,
        "upper quartile": upper,
    }
    note = f"{len(pairs)} documents; forgotten before each: {', '.join(memos)}"
    return Measured(median(ratios), parts, note)


FIGURE = Figure(
    "text_extraction",
    "whole text extraction ÷ stock `jieba.lcut` over the same lines, cold memos",
    0.35,
    measure,
)
