"""The pages that the confidence of cells is fitted and measured on, each with the truth about its cells."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, Literal

from msgspec import Struct

from nlp.reading import reader
from nlp.reading.document import Document
from nlp.reading.inputs import BytesInput
from nlp.record.model import Cell
from nlp.resources import folder
from training.generator.corpus import samples
from training.mutations.__main__ import sheet_and_page
from training.mutations.layouts import is_html
from training.mutations.sheet import ZERO_OR_BLANK
from training.rendering.archive import KEPT_OUT, entries, gold
from training.scoring.cells import cells_by_id, is_right
from training.stress.noisy_pages import STRENGTHS
from training.stress.stress import Kinds, chosen, manuscripts

GENERATED, ODD, EMPTIED = 1200, 1000, 8
"""So many generated reports, odd ones, and ones whose numbers a tool lost, are read."""
_SEED = 20261124
"""The seed of all of them, which is used for nothing else."""
_WITH_CELLS = ("borders", "cells", "commas", "markdown", "pipes", "tabs")
"""Layouts that leave empty cells where numbers were."""
_NUMBER = re.compile(r"(?<=[\s|])[-+]?\d[\d,.]*(?=[\s|]|$)")
"""A number of a cell of its own."""
Source = Literal["generated", "tools", "stress", "odd", "emptied", "kept out"]


class KnownPage(Struct, frozen=True):
    """A page, whose it is, what wrote it, and the value of each cell that it prints, None for a blank one."""

    source: Source
    agency: str
    tool: str
    name: str
    text: str
    truth: Mapping[str, Any]

    def document(self) -> Document:
        """Return the page as a document that can be read."""
        return reader.read(BytesInput(self.name, content=self.text.encode("utf-8")))

    def is_right(self, id: str, cell: Cell) -> bool:
        """Return whether a told cell is right; one that the truth does not have is missing on the page."""
        return id in self.truth and is_right(cell, self.truth[id])


def pages() -> Iterator[KnownPage]:
    """Yield the pages to fit on, in an order that never changes."""
    yield from _generated()
    yield from _read_by_tools(folder("data") / "rendered", "tools")
    yield from _stressed()
    yield from _odd()
    yield from _emptied()


def pages_kept_out() -> Iterator[KnownPage]:
    """Yield the pages of tools, and of agencies, that nothing is fitted on."""
    yield from _read_by_tools(folder("data") / "rendered" / KEPT_OUT, "kept out")


def _generated() -> Iterator[KnownPage]:
    for sample in samples(_SEED, GENERATED):
        truth = cells_by_id(sample.gold)
        yield KnownPage("generated", sample.agency, sample.layout, sample.name, sample.text, truth)


def _read_by_tools(place: Path, source: Source) -> Iterator[KnownPage]:
    """Yield the texts that tools made of reports, with what these reports say."""
    truth_of = {name: cells_by_id(record) for name, record in gold(place).items()}
    for entry in entries(place):
        text = entry.labelled().text
        yield KnownPage(source, entry.agency, entry.tool, entry.name, text, truth_of[entry.name])


def _stressed() -> Iterator[KnownPage]:
    """Yield the gold records of the project with every kind of noise; the kind stands for the tool."""
    work = Kinds(manuscripts([str(folder("data") / "gold")]), STRENGTHS[::2], _SEED)
    for kind in chosen([]):
        for strength in work.strengths:
            for page in work.pages(kind, strength):
                truth = cells_by_id(page.gold)
                yield KnownPage("stress", page.name, kind, page.name, page.text, truth)


def _odd() -> Iterator[KnownPage]:
    """Yield reports written straight from the form with oddities of their own, each with one truth."""
    for number in range(ODD):
        sheet, layout, text = sheet_and_page(_SEED, number)
        name = f"{number}.html" if is_html(layout) else f"{number}.txt"
        if ZERO_OR_BLANK not in sheet.truth.values():
            yield KnownPage("odd", sheet.agency, f"odd {layout}", name, text, sheet.truth)


def _emptied() -> Iterator[KnownPage]:
    """Yield generated reports whose tables lost their numbers, as where a page shows these as pictures."""
    for sample in samples(_SEED, GENERATED + EMPTIED):
        if int(sample.name) < GENERATED or sample.layout in _WITH_CELLS:
            continue
        kept = []
        for line, label in zip(sample.text.split("\n"), sample.labels, strict=True):
            if label == "table_row":
                kept.append(_NUMBER.sub("", line))
            elif label != "numeric_cell":
                kept.append(line)
        text, truth = "\n".join(kept), cells_by_id(sample.gold)
        yield KnownPage("emptied", sample.agency, f"emptied {sample.layout}", sample.name, text, truth)
