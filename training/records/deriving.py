"""Derives labels from a known record: what its cells, items and chapters say of the lines they stand on."""

from __future__ import annotations

from collections.abc import Container, Iterator, Sequence
from typing import NamedTuple

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.gazetteer import value_kind
from nlp.labelling.label_lines import label_lines
from nlp.record.model import LineLabel
from nlp.text.folding import filled, fold
from nlp.text.lines import Line
from training.labels.label_files import Labelled, agency
from training.records.known import KnownRecord, ReadRecord, read_with
from training.scoring.gold import Item, Items, Sections
from training.scoring.items import matches

UNCERTAIN = 0.1
"""What a line counts that the record says nothing of: the model only repeats what it would say anyway."""

_LEAST_RIGHT = 0.5
"""Where fewer of a record's cells are read right, the model's labels of the other lines say too little."""

_LONGEST_TITLE = 40
"""In characters: a longer first line of a chapter is prose that its heading runs into."""


class Derived(NamedTuple):
    """The label file derived from a record, None where none can be, and the words to tell what was done.

    `certain` are the lines, from 1, whose label the record itself tells; the others keep the model's label.
    """

    name: str
    file: Labelled | None
    certain: frozenset[int]
    told: str


def derived(document: KnownRecord, classifier: LineClassifier) -> Derived:
    """Return the label of each line of a known record, as far as it can be told.

    A line with a cell that is read as it is known is a row or holds values only; one on which a known
    chapter begins is its heading; lines of known items are prose. The classifier is one that has learnt
    what stands round the lines.
    """
    read = read_with(classifier, document)
    right, cells = read.counts.right, read.counts.cells
    if cells and right < _LEAST_RIGHT * cells:
        told = f"{right:,} of {cells:,} cells are found on the page: its lines are left out"
        return Derived(document.name, None, frozenset(), told)
    lines = classifier.lines_of(document.text)
    labels: list[LineLabel | None] = [None] * len(lines)
    for labelled in label_lines(lines, classifier):
        labels[labelled.n - 1] = labelled.label
    certain: dict[int, LineLabel] = {}
    certain.update(_of_items(read, document, labels))
    certain.update(_of_chapters(document.gold.sections, lines))
    certain.update(_of_cells(read, lines))
    certain = {n: label for n, label in certain.items() if labels[n - 1] is not None}
    for n, label in certain.items():
        labels[n - 1] = label
    file = _label_file(document, lines, labels, certain)
    told = f"{len(certain):,} of {sum(bool(label) for label in labels):,} lines are told by the record"
    return Derived(document.name, file, frozenset(certain), told)


def _label_file(
    document: KnownRecord,
    lines: Sequence[Line],
    labels: Sequence[LineLabel | None],
    certain: Container[int],
) -> Labelled:
    """Return the lines as the model sees them, under their labels."""
    gold = document.gold
    whose = gold.organization if isinstance(gold.organization, str) else agency(document.name)
    edition = gold.form if isinstance(gold.form, str) else ""
    text = "\n".join(line.raw for line in lines)
    kind = f"records of {document.kind}" if document.kind else "records"
    own = tuple(label or "" for label in labels)
    weights = tuple(1.0 if line.n in certain else UNCERTAIN for line in lines)
    return Labelled(document.name, whose, text, own, f"record {document.name}", edition, (kind,), weights)


def _of_cells(read: ReadRecord, lines: Sequence[Line]) -> Iterator[tuple[int, LineLabel]]:
    """Yield the label of each line with a cell that is read as it is known."""
    for cell in read.cells:
        if cell.right and cell.line is not None:
            yield cell.line, "numeric_cell" if _holds_values_only(lines[cell.line - 1]) else "table_row"


def _holds_values_only(line: Line) -> bool:
    """Return whether each cell of a line is a value or holds nothing."""
    cells = [filled(fold(cell)).strip(" |│┃") for cell in line.raw.replace("|", "\t").split("\t")]
    pieces = [piece for cell in cells for piece in cell.split()]
    return all(value_kind(piece) for piece in pieces)


def _of_chapters(sections: Sections | object, lines: Sequence[Line]) -> Iterator[tuple[int, LineLabel]]:
    """Yield the label of the first line of each known chapter, but of the text before the first."""
    if isinstance(sections, dict):
        begins = [span[0] for kind, span in sections.items() if span and kind != "preface"]
    elif isinstance(sections, list):
        begins = [section.lines[0] for section in sections if section.kind != "preface"]
    else:
        begins = []
    for n in begins:
        if 1 <= n <= len(lines):
            yield n, "narrative" if len(lines[n - 1].plain) > _LONGEST_TITLE else "heading"


def _of_items(
    read: ReadRecord, document: KnownRecord, labels: Sequence[LineLabel | None]
) -> Iterator[tuple[int, LineLabel]]:
    """Yield the lines of the items that are read as they are known, but for those in cells of a table."""
    gold, report = document.gold, read.report
    for known, items in ((gold.problems, report.problems), (gold.improvements, report.improvements)):
        texts: Items = [Item(item.text) for item in items]
        for position in matches(known, texts).values():
            first, last = items[position].lines or (1, 0)
            for n in range(first, last + 1):
                if labels[n - 1] != "table_row":
                    yield n, "narrative"
