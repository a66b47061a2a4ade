"""Measures what three label files teach about a new kind of page, and what shuffled labels do to a model."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import replace
from random import Random

from msgspec.structs import replace as changed

from nlp.labelling.classifier import LineClassifier
from nlp.labelling.model_folder import Settings
from nlp.resources import folder
from training.annotation.choosing import Text, choices
from training.annotation.unseen import HELD_OUT, KINDS, PAGES, pages
from training.labels.label_files import Labelled
from training.model.comparing import Comparison, compare
from training.model.fitting import Reading, described
from training.model.measurements import table
from training.model.paired import KindChange
from training.model.train import DOCUMENTS, SETTINGS, corpus, fitted, learnt, readings_of, shipped

FILES = 3
"""The number of label files of a kind that are trained on."""

NONSENSE = 5
"""The number of label files with shuffled labels."""

_SEED = 30_303
"""The seed of the reports whose labels are shuffled."""

_PAGE = """\
# What three label files teach

Written by `python -m training.annotation.retraining`: of each kind that
`python -m training.annotation.unseen DIR KIND` writes,
the {files} of {pages} pages that `labels next` puts first were labelled and trained on beside the shipped
corpus.
Macro F1 of line labels on {held_out} pages of other agencies, which neither model was trained on; in brackets
the lines labelled wrong. "Without dressing" is the same training with `dressed` 0: the label files alone tell
of their kind.

{kinds}
The comparison that decides whether a model is promoted, of all documents ("everything": those pages and
the generated reports of agencies unseen), and what may be worse by more than the margins:

{everything}
The other way round: {nonsense} label files of usual reports whose column of labels was shuffled, trained
on in the same way. Such a model is refused.

{shuffled}"""


def main() -> None:
    """Train and compare, and write the page."""
    base = shipped(SETTINGS.seed, DOCUMENTS)
    readings = readings_of(base, SETTINGS)
    old = LineClassifier.load(folder("models") / "lines")
    kind_rows: list[Sequence[str]] = []
    everything_rows: list[Sequence[str]] = []
    for kind in KINDS:
        print(kind, file=sys.stderr, flush=True)
        files, held_out = chosen(kind, old)
        undressed = trained(base, readings, files, changed(SETTINGS, dressed=0.0))
        without_dressing = compare(old, undressed, held_out, 0)
        with_dressing = compare(old, trained(base, readings, files, SETTINGS), held_out)
        kind_rows.append(_kind_row(kind, without_dressing, with_dressing))
        everything_rows.append((f"with {kind}", *_everything_cells(with_dressing)))
    shuffled = compare(old, trained(base, readings, list(nonsense(NONSENSE)), SETTINGS))
    everything_head = ("model", "documents", "before", "after", "worse kinds")
    page = _PAGE.format(
        files=FILES,
        pages=PAGES,
        held_out=HELD_OUT,
        nonsense=NONSENSE,
        kinds=table(("kind", "before", "without dressing", "after", "95 of 100 resamples"), *kind_rows),
        everything=table(everything_head, *everything_rows),
        shuffled=table(everything_head, ("shuffled", *_everything_cells(shuffled))),
    )
    (folder("training") / "unseen.md").write_text(page, encoding="utf-8", newline="\n")
    print(page)


def chosen(kind: str, old: LineClassifier) -> tuple[list[Labelled], list[Labelled]]:
    """Return the label files of a kind that the model would learn the most from, and those held out."""
    every = list(pages(kind, PAGES + HELD_OUT))
    to_choose_from, held_out = every[:PAGES], every[PAGES:]
    best = choices([Text(page.name, page.text) for page in to_choose_from], old)[:FILES]
    names = {choice.path for choice in best}
    files = [replace(page, file=page.name) for page in to_choose_from if page.name in names]
    return files, held_out


def trained(
    base: Sequence[Labelled], readings: Sequence[Reading], files: Sequence[Labelled], settings: Settings
) -> LineClassifier:
    """Return the model of the corpus and label files, fitted as `nianbao train` does it.

    `readings` are those of the corpus `base`.
    """
    every = [*base, *files]
    all_readings = [*readings, *readings_of(files, settings)]
    return fitted(learnt(every, all_readings, settings), settings, described(every, len(files)))


def nonsense(count: int) -> Iterator[Labelled]:
    """Yield label files of generated reports whose labels are shuffled among the lines that are not blank."""
    for document in corpus(_SEED, count):
        labels = [label for label in document.labels if label]
        shuffled = iter(Random(document.name).sample(labels, len(labels)))
        every = tuple(next(shuffled) if label else "" for label in document.labels)
        yield replace(document, labels=every, file=f"{document.agency}.tsv", kinds=("shuffled",))


def _change_of(comparison: Comparison, kind: str) -> KindChange:
    (change,) = [change for change in [*comparison.own, *comparison.kinds] if change.kind == kind]
    return change


def _kind_row(kind: str, without_dressing: Comparison, with_dressing: Comparison) -> tuple[str, ...]:
    """Return a kind's macro F1 and lines labelled wrong before and after."""
    change = _change_of(with_dressing, kind)
    documents = [document for document in with_dressing.documents if kind in document.kinds]
    lines = sum(document.lines for document in documents)
    wrong_before = sum(document.wrong_before for document in documents)
    wrong_after = sum(document.wrong_after for document in documents)
    return (
        kind,
        f"{change.before:.4f} ({wrong_before:,} of {lines:,})",
        f"{_change_of(without_dressing, kind).after:.4f}",
        f"{change.after:.4f} ({wrong_after:,})",
        f"{change.low:+.4f} to {change.high:+.4f}",
    )


def _everything_cells(comparison: Comparison) -> tuple[str, ...]:
    """Return the macro F1 over all documents before and after, and the kinds that are worse."""
    everything = comparison.everything
    worse = [kind.kind for kind in comparison.worse]
    return (
        str(everything.documents),
        f"{everything.before:.4f}",
        f"{everything.after:.4f}",
        f"{len(worse)}: {', '.join(worse)}" if worse else "none",
    )


if __name__ == "__main__":
    main()
