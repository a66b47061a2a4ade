"""Measures what the labels of lines are worth in records: `python -m training.reports.worth`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

import msgspec
from msgspec import UNSET, Struct

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.label_lines import JudgedLine, certain_line, label_lines
from nlp.labelling.model_folder import Corpus, Settings
from nlp.record.model import LineLabel
from nlp.resources import folder
from nlp.text.lines import Line
from nlp.writers.output import keep
from training.generator.worlds import SCRAPED
from training.labels.label_files import Labelled
from training.model.card import CARD
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

TITLE = "What labels are worth"
"""The heading of the section about it in a model's card."""

_SECTION = """\
## {title}
The same pages read with this line model, with one that was trained on the same without words, with every
line labelled `table_row`, and with no label at all; all else is as it ships. "Wrong" cells are told and not
as the page has them; a fault is a wrong or missing cell, agency or year.

{sets}"""

_NEXT = "\n## Files\n"
"""What follows the section in a card."""

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

Labelling = Callable[[Sequence[Line], LineClassifier], list[JudgedLine]]


class Way(NamedTuple):
    """A way to label lines: by a model, or else by a function that takes its place."""

    name: str
    classifier: LineClassifier
    labelling: Labelling | None = None


class PageCounts(Struct, frozen=True):
    """What is right in the record of one page, and whether it is accepted."""

    counts: RecordCounts
    accepted: bool


def ways(model: LineClassifier, without_words: LineClassifier | None = None) -> Iterator[Way]:
    """Yield the ways to label lines that are compared; the model without words where there is one."""
    yield Way("the model", model)
    if without_words is not None:
        yield Way("a model without words", without_words)
    yield Way("every line `table_row`", model, _all_rows)
    yield Way("none", model, _none)


def trained_without_words(documents: Sequence[Labelled], settings: Settings = SETTINGS) -> LineClassifier:
    """Return a model of labelled documents that was trained without the words of their lines."""
    kept = learnt(documents, readings_of(documents, settings), settings)
    return assembled(fit(kept, settings, "words"), settings, Corpus(0, 0, 0, 0, ""))


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


def _labelled(lines: Sequence[Line], label: LineLabel) -> list[JudgedLine]:
    return [certain_line(line.n, label) for line in lines if not line.blank]


def _all_rows(lines: Sequence[Line], classifier: LineClassifier) -> list[JudgedLine]:
    return _labelled(lines, "table_row")


def _none(lines: Sequence[Line], classifier: LineClassifier) -> list[JudgedLine]:
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


def section(compared: Sequence[Way], count: int | None = None) -> str:
    """Return the section of a card, measured on all pages held out, or on the first `count` of each set."""
    every_page = {"Pages in scraped dress, held out": scraped(count), "Texts of tools": tool_texts()[:count]}
    sets = [
        f"### {title}\n\n{len(pages)} documents.\n\n{measured(pages, compared)}"
        for title, pages in every_page.items()
    ]
    return _SECTION.format(title=TITLE, sets="\n".join(sets))


def with_section(card: str, written: str) -> str:
    """Return a model's card with the section, in the place of an earlier one.

    >>> with_section("# Card\\n\\n## Files\\nTwo.\\n", "## What labels are worth\\nMuch.\\n")
    '# Card\\n\\n## What labels are worth\\nMuch.\\n\\n## Files\\nTwo.\\n'
    """
    before, next, after = card.partition(_NEXT)
    before = before.split(f"\n## {TITLE}\n")[0]
    return f"{before.rstrip()}\n\n{written}{next}{after}"


def tell(place: Path, without_words: LineClassifier) -> None:
    """Measure what the labels of the model in a folder are worth, and write it into the card there.

    Raises ModelError if the model cannot be loaded, OSError if the card cannot be written.
    """
    written = section(list(ways(LineClassifier.load(place), without_words)))
    card = (place / CARD).read_text(encoding="utf-8")
    keep(place / CARD, with_section(card, written).encode("utf-8"))


def main() -> None:
    """Measure what the labels of the shipped model are worth, and write it into its card."""
    ArgumentParser(prog="python -m training.reports.worth", description=__doc__).parse_args()
    tell(folder("models") / "lines", trained_without_words(shipped(SETTINGS.seed, DOCUMENTS)))


if __name__ == "__main__":
    main()
