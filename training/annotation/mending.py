"""Measures what three corrected records of an unseen kind mend: `python -m training.annotation.mending`."""

from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Sequence

from nlp.labelling.classifier import LineClassifier
from nlp.resources import folder
from nlp.writers.output import keep
from training.annotation.unseen import HELD_OUT, KINDS, known_records
from training.generator.corpus import samples
from training.model.measurements import table
from training.records.dresses import with_dresses
from training.records.known import KnownRecord, RecordCounts, read_with
from training.records.teaching import taught

RECORDS = 3
"""The number of records of a kind that are learnt."""

_PAGE = """\
# What three corrected records mend

Written by `python -m training.annotation.mending`: of each kind of page that `training/annotation/unseen.py`
writes, {records} records with their documents were learnt, and {others} others, of other agencies, read
before and after. The line model is the shipped one both times: what mends them is what the records taught
about the lines of their pages. "Wrong" cells are told and not as the page has them.

{mended}
All kinds learnt at once, {usual} generated reports in usual dress are read as before: {same} of {usual}.
"""

_USUAL = 200
_SEED = 61_003


def mended(kind: str, others: int, model: LineClassifier) -> tuple[tuple[str, ...], LineClassifier]:
    """Return a row of figures for a kind, and the model that has learnt its records."""
    known = list(known_records(kind, RECORDS + others))
    lesson = taught(known[:RECORDS], model)
    mending = with_dresses(model, lesson.dresses)
    before, after = _counts(known[RECORDS:], model), _counts(known[RECORDS:], mending)
    cells, items = sum(one.cells for one in after), sum(one.items_known for one in after)
    row = (
        kind,
        f"{_change('right', before, after)} of {cells:,}",
        _change("wrong", before, after),
        f"{_change('organization', before, after)} of {others}",
        f"{_change('year', before, after)} of {others}",
        f"{_change('items', before, after)} of {items:,}",
        _change("silent", before, after),
    )
    return row, mending


def _counts(known: Sequence[KnownRecord], model: LineClassifier) -> list[RecordCounts]:
    return [read_with(model, document).counts for document in known]


def _change(name: str, before: Sequence[RecordCounts], after: Sequence[RecordCounts]) -> str:
    sums = [sum(int(getattr(one, name)) for one in counts) for counts in (before, after)]
    return f"{sums[0]:,} → {sums[1]:,}"


def main() -> None:
    """Measure each kind, print the page and write it."""
    ArgumentParser(prog="python -m training.annotation.mending", description=__doc__).parse_args()
    shipped = LineClassifier.load(folder("models") / "lines")
    rows: list[tuple[str, ...]] = []
    model = shipped
    for kind in KINDS:
        row, _ = mended(kind, HELD_OUT, shipped)
        rows.append(row)
        model = with_dresses(model, taught(list(known_records(kind, RECORDS)), model).dresses)
    texts = [sample.text for sample in samples(_SEED, _USUAL)]
    same = sum(model.lines_of(text) == shipped.lines_of(text) for text in texts)
    head = ("kind", "cells right", "wrong", "agencies", "years", "items exact", "accepted with a fault")
    text = _PAGE.format(
        records=RECORDS, others=HELD_OUT, mended=table(head, *rows), usual=len(texts), same=same
    )
    keep(folder("training") / "mended.md", text.encode("utf-8"))
    print(text)


if __name__ == "__main__":
    main()
