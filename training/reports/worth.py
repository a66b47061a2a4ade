"""Measures what the labels of lines are worth in records: `python -m training.reports.worth`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from typing import NamedTuple

import msgspec
from msgspec import UNSET, Struct

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import label_lines
from nlp.labelling.model_folder import Corpus
from nlp.record.model import LabelledLine, LineLabel
from nlp.resources import folder
from nlp.text.lines import Line
from nlp.writers.output import keep
from training.generator.worlds import SCRAPED
from training.model.fitting import fit
from training.model.measurements import table
from training.model.train import DOCUMENTS, SETTINGS, assembled, learnt, readings_of, shipped
from training.net.documents import documents
from training.net.switches import Step, switched_off
from training.records.known import KnownRecord, RecordCounts, read_with
from training.scoring.gold import Record
from training.stress import held_out

_EVERY_TOOL_TEXT = 3
"""Of the texts of the net that tools made, each of so many is read."""

_PAGE = """\
# What labels are worth

Written by `python -m training.reports.worth`: the same pages read with the line model that ships, with a
model that was trained without words, with every line labelled `table_row`, and with no label at all. All
else is as it ships. "Wrong" cells are told and not as the page has them; a fault is a wrong or missing cell,
agency or year.

{sets}"""

_HEAD = (
    "labels",
    "cells right",
    "wrong",
    "agencies",
    "years",
    "items exact",
    "records accepted",
    "with a fault",
)

Labelling = Callable[[Sequence[Line], LineClassifier], list[LabelledLine]]


class Way(NamedTuple):
    """A way to label lines: by a model, or else by a function that takes its place."""

    name: str
    classifier: LineClassifier
    labelling: Labelling | None = None


class PageCounts(Struct, frozen=True):
    """What is right in the record of one page, and whether it is accepted."""

    counts: RecordCounts
    accepted: bool


def ways(without_words: LineClassifier | None = None) -> Iterator[Way]:
    """Yield the ways to label lines that are compared; the model without words where there is one."""
    model = LineClassifier.load(folder("models") / "lines")
    yield Way("the model", model)
    if without_words is not None:
        yield Way("a model without words", without_words)
    yield Way("every line `table_row`", model, _all_rows)
    yield Way("none", model, _none)


def trained_without_words() -> LineClassifier:
    """Return the model of the corpus that ships, trained without the words of lines."""
    documents_learnt = shipped(SETTINGS.seed, DOCUMENTS)
    readings = readings_of(documents_learnt, SETTINGS)
    kept = learnt(documents_learnt, readings, SETTINGS)
    return assembled(fit(kept, SETTINGS, "words"), SETTINGS, Corpus(0, 0, 0, 0, ""))


def pages_read(way: Way, known: Sequence[KnownRecord]) -> list[PageCounts]:
    """Return what is right in the records that are read with one way of labelling."""
    context: AbstractContextManager[None] = nullcontext()
    if way.labelling is not None:
        context = switched_off(Step(label_lines, way.labelling))
    with context:
        read = [read_with(way.classifier, document) for document in known]
    return [PageCounts(one.counts, not one.report.review and one.report.error is UNSET) for one in read]


def row(name: str, known: Sequence[KnownRecord], pages: Sequence[PageCounts]) -> tuple[str, ...]:
    """Return the figures of one way of labelling."""
    counts = [page.counts for page in pages]
    cells, items = sum(one.cells for one in counts), sum(one.items_known for one in counts)
    return (
        name,
        f"{sum(one.right for one in counts):,} of {cells:,}",
        f"{sum(one.wrong for one in counts):,}",
        _facts("organization", known, counts),
        _facts("year", known, counts),
        f"{sum(one.items for one in counts):,} of {items:,}",
        f"{sum(page.accepted for page in pages):,} of {len(pages):,}",
        f"{sum(one.silent for one in counts):,}",
    )


def _facts(name: str, known: Sequence[KnownRecord], counts: Sequence[RecordCounts]) -> str:
    """Return how many agencies or years are right, of those that are known."""
    told = [
        bool(getattr(one, name))
        for document, one in zip(known, counts, strict=True)
        if getattr(document.gold, name) is not UNSET
    ]
    return f"{sum(told):,} of {len(told):,}"


def _labelled(lines: Sequence[Line], label: LineLabel) -> list[LabelledLine]:
    return [LabelledLine(line.n, label, 1.0) for line in lines if not line.blank]


def _all_rows(lines: Sequence[Line], classifier: LineClassifier) -> list[LabelledLine]:
    return _labelled(lines, "table_row")


def _none(lines: Sequence[Line], classifier: LineClassifier) -> list[LabelledLine]:
    return []


def scraped(count: int | None = None) -> list[KnownRecord]:
    """Return the held-out pages in scraped dress, or the first of them."""
    samples = held_out.reports(count, world=SCRAPED)
    return [KnownRecord(one.name, one.text, msgspec.convert(one.gold, Record)) for one in samples]


def tool_texts() -> list[KnownRecord]:
    """Return a share of the texts that real tools made of known reports."""
    texts = list(documents(("tools",)))[::_EVERY_TOOL_TEXT]
    known: list[KnownRecord] = []
    for one in texts:
        gold = msgspec.convert({"source": one.name, **(one.gold or {})}, Record)
        known.append(KnownRecord(one.name, one.read().decode("utf-8"), gold))
    return known


def measured(known: Sequence[KnownRecord], compared: Sequence[Way]) -> str:
    """Return the table of what is read from the same pages with each way of labelling."""
    return table(_HEAD, *(row(way.name, known, pages_read(way, known)) for way in compared))


def main() -> None:
    """Measure, print the page and write it."""
    ArgumentParser(prog="python -m training.reports.worth", description=__doc__).parse_args()
    compared = list(ways(trained_without_words()))
    sets: list[str] = []
    for title, known in (("Pages in scraped dress, held out", scraped()), ("Texts of tools", tool_texts())):
        sets.append(f"## {title}\n\n{len(known)} documents.\n\n{measured(known, compared)}")
    text = _PAGE.format(sets="\n".join(sets))
    keep(folder("models") / "worth.md", text.encode("utf-8"))
    print(text)


if __name__ == "__main__":
    main()
