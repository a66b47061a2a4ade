"""Makes long documents: each kind of growth takes a report to a multiple of its length."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from typing import cast

from benchmarks.documents import reports
from training.generator.corpus import Sample

Grow = Callable[[int], str]

_TABLES = ("table_row", "numeric_cell")
_PROSE = ("narrative",)


def _prose(times: int) -> str:
    """The paragraphs of so many reports, each chapter's together."""
    return _merged(reports(times), _PROSE)


def _rows(times: int) -> str:
    """The table lines of so many reports, each table's together."""
    return _merged(reports(times), _TABLES)


def _reports(times: int) -> str:
    """So many reports in one file."""
    return "\n".join(report.text for report in reports(times))


def _line(times: int) -> str:
    """The prose of so many reports in one line of the first chapter."""
    first, *others = reports(times)
    long = "".join(line for report in others for line in _lines(report, _PROSE))
    return first.text.replace("\n", f"\n{long}\n", 1)


def _blank(times: int) -> str:
    """Blank lines after each line."""
    return _padded(times, lambda n: "\n")


def _furniture(times: int) -> str:
    """Page numbers after each line."""
    return _padded(times, lambda n: f"- {n} -\n")


KINDS: dict[str, Grow] = {
    "longer prose": _prose,
    "more rows": _rows,
    "more reports": _reports,
    "one long line": _line,
    "blank lines": _blank,
    "page numbers": _furniture,
}


def _lines(report: Sample, labels: Collection[str], first: int = 1, last: int | None = None) -> Iterator[str]:
    """Yield a report's lines of some labels, from one line to another."""
    pairs = zip(report.text.split("\n"), report.labels, strict=True)
    yield from (line for line, label in list(pairs)[first - 1 : last] if label in labels)


def _spans(report: Sample) -> dict[str, tuple[int, int]]:
    return cast("dict[str, tuple[int, int]]", report.gold["sections"])


def _merged(all_: tuple[Sample, ...], labels: Collection[str]) -> str:
    """Return the first report, each chapter followed by the lines of the others' same chapters."""
    first, *others = all_
    lines = first.text.split("\n")
    for kind, (_, last) in sorted(_spans(first).items(), key=lambda item: item[1], reverse=True):
        spans = ((other, _spans(other)[kind]) for other in others if kind in _spans(other))
        lines[last:last] = [line for other, span in spans for line in _lines(other, labels, *span)]
    return "\n".join(lines)


def _padded(times: int, line: Callable[[int], str]) -> str:
    """Return the first report with lines between its own, until it is so many times as long."""
    text = reports(1)[0].text
    lines = text.split("\n")
    padding, wanted, n = [], (times - 1) * len(text), 0
    while wanted > 0:
        padding.append(line(n))
        wanted -= len(padding[-1])
        n += 1
    share = -(-n // len(lines))
    parts = ("".join(padding[i * share : (i + 1) * share]) for i in range(len(lines)))
    return "\n".join(f"{own}\n{part}" for own, part in zip(lines, parts, strict=True))
