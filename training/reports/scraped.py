"""Measures how held-out pages in scraped dress are read: `python -m training.reports.scraped`."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
import numpy as np
from msgspec import UNSET
from numpy.typing import NDArray

from nlp.reading.inputs import BytesInput
from nlp.record.model import Report
from nlp.resources import folder
from nlp.running.extraction import loaded
from nlp.writers import jsonl
from nlp.writers.output import keep
from training.generator.corpus import Sample
from training.generator.others import others
from training.generator.worlds import SCRAPED
from training.model.measurements import table
from training.scoring.bootstrap import interval, resampled
from training.scoring.calibration import Calibration, Doubts, calibration
from training.scoring.gold import Record
from training.scoring.items import item_scores
from training.scoring.lines import LABELS
from training.scoring.matching import Matched, Pair
from training.scoring.metrics import Found, all_found
from training.scoring.score import score
from training.scoring.scores import Scores
from training.stress import held_out

OTHERS = 200
"""The number of pages that are no report."""

_PAGE = """\
# Pages in scraped dress

[中文](scraped.zh.md)

Written by `python -m training.reports.scraped`: {count} generated reports as web sites print and scrapers
fetch them, and {others} pages beside them that are no report. Their agencies, phrases, spellings, sites and
layouts are kept from training and from the reader (`data/phrases/unseen`; a test holds that none is shared),
and each kind of noise of scraped pages comes {times:g} times as often as in the corpus. Intervals are 95 %
ones, by bootstrap over documents. What such pages cannot show is what nobody thought of writing.

{figures}
## Confusion of lines

{confusion}
## Calibration of lines

Over {lines:,} lines the expected calibration error is {ece:.4f}, the Brier score {brier:.4f}.

{bins}
## Lines by kind of noise and layout

Kinds on five pages at least, those with the largest share of wrong lines first.

{kinds}"""

Counts = NDArray[np.float32]
"""Counts of each document, or of each resample of documents [documents, fields]."""


@dataclass(frozen=True)
class Read:
    """A held-out page and what it was read as."""

    sample: Sample
    report: Report

    @property
    def pair(self) -> Pair:
        """Gold, with the labels of the lines, and the record."""
        lines = [{"n": n, "label": label} for n, label in enumerate(self.sample.labels, 1) if label]
        gold = msgspec.convert({**self.sample.gold, "lines": lines}, Record)
        return Pair(self.sample.name, gold, msgspec.json.decode(jsonl.line(self.report), type=Record))

    def outcomes(self) -> Iterator[tuple[str, str, float]]:
        """Yield the right label, the one given and its confidence for each line."""
        for line in self.report.lines or ():
            yield self.sample.labels[line.n - 1], line.label, line.confidence


def read() -> list[Read]:
    """Return the held-out reports in scraped dress with what they are read as."""
    return [Read(sample, _report(sample.name, sample.text)) for sample in held_out.reports(world=SCRAPED)]


def _report(name: str, text: str) -> Report:
    return loaded(None).read(BytesInput(f"{name}.txt", content=text.encode("utf-8")), with_lines=True)


def is_refused(report: Report) -> bool:
    """Return whether a page was told to be no report."""
    return report.error is not UNSET and report.error.code == "no_report"


def macro_f1(counts: Counts) -> NDArray[np.float64]:
    """Return macro F1 for counts of lines [rows, right label · given label]."""
    size = len(LABELS)
    square = counts.reshape(-1, size, size).astype(np.float64)
    right = square.diagonal(axis1=1, axis2=2)
    with np.errstate(invalid="ignore"):
        f1: NDArray[np.float64] = 2 * right / (square.sum(axis=1) + square.sum(axis=2))
    mean: NDArray[np.float64] = np.nanmean(f1, axis=1)
    return mean


def ratio(counts: Counts) -> NDArray[np.float64]:
    """Return the first field over the second."""
    with np.errstate(invalid="ignore", divide="ignore"):
        return counts[:, 0].astype(np.float64) / counts[:, 1]


def shown(counts: Counts, figure: Callable[[Counts], NDArray[np.float64]]) -> str:
    """Return a figure over all documents with its interval: `0.9912 (0.9890–0.9931)`."""
    whole = float(figure(counts.sum(axis=0, keepdims=True))[0])
    drawn = resampled(counts)
    between = interval(figure(drawn)) if drawn is not None else None
    return f"{whole:.4f}" + (f" ({between[0]:.4f}–{between[1]:.4f})" if between else "")


def confusions(pages: Sequence[Read]) -> Counts:
    """Return how often each label was given for each, by page."""
    size = len(LABELS)
    counts = np.zeros((len(pages), size * size), np.float32)
    for row, page in enumerate(pages):
        for right, given, _ in page.outcomes():
            counts[row, LABELS.index(right) * size + LABELS.index(given)] += 1
    return counts


def _of(pairs: Sequence[tuple[int, int]]) -> Counts:
    return np.array(pairs, np.float32)


def figures(pages: Sequence[Read], refused: Sequence[bool]) -> str:
    """Return the table of figures; `refused` says of each page that is no report whether it was told so."""
    pairs = [page.pair for page in pages]
    scores = score(Matched(pairs, []))
    exact = [item_scores(pair.gold, pair.predicted).exact for pair in pairs]
    called_none = [(int(is_refused(page.report)), 1) for page in pages]
    rows = [("figure", "measured"), ("lines, macro F1", shown(confusions(pages), macro_f1))]
    for fact, name in (("organization", "agency"), ("year", "year")):
        told = [document.facts[fact] for document in scores.documents if fact in document.facts]
        rows.append((f"{name} right", shown(_of([(int(right), 1) for right in told]), ratio)))
        wrong = scores.acceptance.silently_wrong_facts[fact]
        rows.append((f"{name} wrong in an accepted record", f"{wrong.count} of {wrong.of}"))
    rows.append(("chapters with their exact lines, recall", shown(_recalls(scores), ratio)))
    rows += _found_rows("items exact", all_found(exact))
    rows += _found_rows("items at 0.9", all_found([scores.problems, scores.improvements]))
    rows.append(("cells right where they are answered", _cells(scores)))
    accepted = scores.acceptance
    rows.append(("records accepted", f"{accepted.records.count} of {accepted.records.of}"))
    rows.append(("wrong cells in them", f"{accepted.silently_wrong} of {accepted.cells_accepted:,}"))
    rows.append(("pages that are no report told so", shown(_of([(int(told), 1) for told in refused]), ratio)))
    rows.append(("reports called none", shown(_of(called_none), ratio)))
    return table(*rows)


def _recalls(scores: Scores) -> Counts:
    counts = [document.sections for document in scores.documents]
    return _of([(found.right, found.gold) for found in counts if found])


def _found_rows(name: str, found: Found | None) -> list[tuple[str, str]]:
    if found is None:
        return []
    return [
        (f"{name}, precision", f"{found.precision:.4f} ({found.right:,} of {found.predicted:,})"),
        (f"{name}, recall", f"{found.recall:.4f} ({found.right:,} of {found.gold:,})"),
    ]


def _cells(scores: Scores) -> str:
    right = scores.cells.cells.count
    answered = right + scores.cells.wrong
    return f"{right / answered:.6f} ({scores.cells.wrong:,} wrong, {scores.cells.unanswered:,} unanswered)"


def _confusion(counts: Counts) -> str:
    square = counts.sum(axis=0).reshape(len(LABELS), len(LABELS))
    rows: list[tuple[str, ...]] = [("is ↓ labelled →", *LABELS)]
    for label, row in zip(LABELS, square, strict=True):
        rows.append((label, *(f"{int(count):,}" for count in row)))
    return table(*rows)


def _kinds(pages: Sequence[Read]) -> str:
    """Return a row for each kind of noise and layout: pages, lines, wrong ones, how they are wrong mostly."""
    by_kind: dict[str, list[Read]] = {}
    for page in pages:
        for kind in (*page.sample.noise, f"layout {page.sample.layout}"):
            by_kind.setdefault(kind, []).append(page)
    found = []
    for kind, pages_of_kind in by_kind.items():
        outcomes = [outcome for page in pages_of_kind for outcome in page.outcomes()]
        mixed = sorted(f"{right} → {given}" for right, given, _ in outcomes if right != given)
        worst = max(mixed, key=mixed.count) if mixed else ""
        if len(pages_of_kind) >= _FEWEST:
            counts = (len(pages_of_kind), len(outcomes), len(mixed))
            found.append((len(mixed) / len(outcomes), kind, counts, worst))
    rows: list[tuple[str, ...]] = [("kind", "pages", "lines", "wrong", "mostly")]
    for _, kind, counts, worst in sorted(found, reverse=True):
        rows.append((kind, *(f"{count:,}" for count in counts), worst))
    return table(*rows)


_FEWEST = 5


def _calibration(pages: Sequence[Read]) -> Calibration:
    doubts = Doubts()
    for page in pages:
        doubts.update((confidence, right == given) for right, given, confidence in page.outcomes())
    found = calibration(doubts)
    assert found is not None
    return found


def main() -> None:
    """Measure, print the page and write it."""
    pages = read()
    pages_beside = others(held_out.settings()["seed"], OTHERS)
    refused = [is_refused(_report(f"other-{n}", text)) for n, text in enumerate(pages_beside)]
    counts = confusions(pages)
    reliability = _calibration(pages)
    bins = [("confidence", "lines", "mean confidence", "share right")]
    for bin in reliability.bins:
        shown_bin = f"{bin.low:g} to {bin.high:g}"
        bins.append((shown_bin, f"{bin.cells:,}", f"{bin.confidence:.4f}", f"{bin.right:.4f}"))
    text = _PAGE.format(
        count=len(pages),
        others=OTHERS,
        times=SCRAPED.dress,
        figures=figures(pages, refused),
        confusion=_confusion(counts),
        lines=reliability.cells,
        ece=reliability.error,
        brier=reliability.brier,
        bins=table(*bins),
        kinds=_kinds(pages),
    )
    print(text)
    keep(folder("data").parent / "docs" / "scraped.md", text.encode("utf-8"))


if __name__ == "__main__":
    main()
